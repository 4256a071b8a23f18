"""What people said of pairs, taken together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from indices.claim_groups.rulings import NO_RULINGS, Rulings
from indices.documents import GroupRuling

NOW = datetime(2026, 11, 16, tzinfo=UTC)


def said(one: str, other: str, same: bool | None, minute: int = 0) -> GroupRuling:
    return GroupRuling(
        id=f"{one}{other}{minute}",
        one_id=one,
        other_id=other,
        same_claim=same,
        ruled_by="1",
        ruled_at=NOW + timedelta(minutes=minute),
    )


def test_without_a_word_nothing_is_ruled() -> None:
    assert Rulings.of([]) == NO_RULINGS
    assert NO_RULINGS.together_with("a") == []
    assert not NO_RULINGS.keeps_apart("a", ["b"])


def test_the_same_claim_follows_along_chains_and_both_ways() -> None:
    rulings = Rulings.of([said("a", "b", True), said("c", "b", True), said("d", "e", True)])

    assert rulings.together_with("a") == ["b", "c"]
    assert rulings.together_with("c") == ["a", "b"]
    assert rulings.together_with("d") == ["e"]


def test_a_word_against_a_pair_is_stronger_than_what_follows_from_others() -> None:
    rulings = Rulings.of([said("a", "b", True), said("b", "c", True), said("c", "a", False)])

    assert rulings.together_with("a") == ["b"]
    assert rulings.keeps_apart("a", ["x", "c"])
    assert not rulings.keeps_apart("a", ["b"])


def test_of_two_words_on_a_pair_the_later_one_holds_and_can_be_taken_back() -> None:
    first, second = said("a", "b", True), said("b", "a", False, minute=1)

    assert Rulings.of([second, first]).keeps_apart("a", ["b"])
    assert Rulings.of([first, second]).together_with("a") == []
    back = replace(second, id="back", same_claim=None, ruled_at=NOW + timedelta(minutes=2))
    assert Rulings.of([first, second, back]) == NO_RULINGS
