"""The words of a text, hosts and accounts left out, in time that grows with its length."""

from __future__ import annotations

import time

import pytest

from indices.places.mentions import Words


@pytest.mark.parametrize("piece", ["1.", "Gg.", "a-", "a.co", "@a.", "www."])
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    started = time.process_time()
    Words(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 2
