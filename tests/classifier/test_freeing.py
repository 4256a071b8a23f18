"""What a process no longer uses, the system gets back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from classifier.freeing import give_memory_back


def megabytes_held() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux keeps memory so")
def test_memory_between_what_is_kept_goes_back() -> None:
    pieces = [bytearray(4_000) for _ in range(50_000)]
    kept = pieces[::500]
    full = megabytes_held()
    del pieces
    give_memory_back()
    assert megabytes_held() < full - 100
    assert len(kept) == 100
