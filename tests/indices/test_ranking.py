"""Fusing orders, and cursors that only their maker can read."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.errors import BadInputError
from indices.ranking import FUSION_K, decode_cursor, encode_cursor, fuse


def test_what_both_orders_rank_high_comes_first() -> None:
    assert list(fuse(["a", "b", "c"], ["b", "d", "a"])) == ["b", "a", "d", "c"]


def test_the_score_is_the_sum_of_reciprocal_ranks() -> None:
    scores = fuse(["a", "b"], ["b"])

    assert scores["b"] == 1 / (FUSION_K + 2) + 1 / (FUSION_K + 1)
    assert scores["a"] == 1 / (FUSION_K + 1)


def test_equal_scores_keep_the_order_in_which_they_were_met() -> None:
    assert list(fuse(["z"], ["a"])) == ["z", "a"]


def test_nothing_fused_is_nothing() -> None:
    assert fuse() == fuse([], []) == {}


@settings(deadline=None)
@given(
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=100),
)
def test_a_cursor_gives_its_position_back(number: int, score: float, post_id: str) -> None:
    cursor = encode_cursor("newest", [number, score, post_id])

    assert cursor.isascii()
    assert decode_cursor(cursor, "newest", (int, float, str)) == (number, score, post_id)


def cursor_of(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "bukan kursor",
        "é",
        "=",
        "A",
        "AAAA" * 5000,
        cursor_of({}),
        cursor_of([]),
        cursor_of("newest"),
        cursor_of(["other", 1, "a"]),
        cursor_of(["newest", 1]),
        cursor_of(["newest", 1, "a", "b"]),
        cursor_of(["newest", "1", "a"]),
        cursor_of(["newest", True, "a"]),
        cursor_of(["newest", 2**63, "a"]),
        cursor_of(["newest", 1, ["a"]]),
        cursor_of(["newest", float("nan"), "a"]),
        cursor_of([["newest"], 1, "a"]),
        base64.urlsafe_b64encode(b"[" * 6000).decode(),
    ],
)
def test_what_was_not_made_here_is_refused(cursor: str) -> None:
    with pytest.raises(BadInputError, match="first page"):
        decode_cursor(cursor, "newest", (int, str))


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(BadInputError):
        decode_cursor(cursor_of(["newest", float("inf"), "a"]), "newest", (float, str))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        decode_cursor(text, "newest", (int, str))
