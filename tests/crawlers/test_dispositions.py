from __future__ import annotations

from crawlers.dispositions import MEANINGS, Disposition, grouped


def test_every_disposition_has_a_meaning_and_a_column() -> None:
    assert set(MEANINGS) == set(Disposition)
    assert set(grouped({})) == {disposition.group for disposition in Disposition}


def test_columns_add_up_to_what_was_found() -> None:
    counts = {disposition.value: 2 for disposition in Disposition}
    assert sum(grouped(counts).values()) == sum(counts.values())
