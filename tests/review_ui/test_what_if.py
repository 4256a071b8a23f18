"""The sentence about what would change an answer is arithmetic, and says the fewest things."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indices.documents import Assessment, Reason
from review_ui.what_if import PARTS, confidence, find_change, percent, told_change
from tests.factories import a_post, an_assessment
from tests.review_ui.browsing import Visitor


def judged(probability: float, *reasons: tuple[str, float], threshold: float = 0.5) -> Assessment:
    return an_assessment(
        probability=probability,
        threshold=threshold,
        flagged=probability >= threshold,
        reasons=tuple(Reason(code=code, text=code, weight=weight) for code, weight in reasons),
    )


def chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def test_the_one_reason_that_made_a_flag_is_named() -> None:
    change = find_change(judged(chance(1.0), ("forward_appeal", 1.5), ("capitals", 0.4)))
    assert change.without == ("forward_appeal",)
    assert change.probability == pytest.approx(chance(-0.5))


def test_two_together_are_named_where_one_is_not_enough() -> None:
    change = find_change(judged(chance(1.5), ("urgency", 1.0), ("money", 0.8), ("match", 0.3)))
    assert change.without == ("urgency", "money")
    assert not change.flagged


def test_what_held_a_post_back_is_named() -> None:
    change = find_change(judged(chance(-0.5), ("wording", -1.2), ("urgency", 0.4)))
    assert change.without == ("wording",)
    assert change.flagged


def test_nothing_is_claimed_where_nothing_would_change_it() -> None:
    assert find_change(judged(0.99, ("urgency", 0.3))).without == ()


@given(
    st.floats(0.01, 0.99),
    st.lists(st.tuples(st.sampled_from(sorted(PARTS)), st.floats(-4, 4)), max_size=6),
)
def test_without_what_is_named_the_answer_is_the_other_one(
    probability: float, reasons: list[tuple[str, float]]
) -> None:
    assessment = judged(probability, *reasons)
    change = find_change(assessment)
    if change.without:
        assert change.flagged is not assessment.flagged
        beyond = change.probability - assessment.threshold
        assert beyond > -1e-9 if change.flagged else beyond < 1e-9


@pytest.mark.parametrize(
    ("chance", "told"),
    [(0.0, "< 1"), (0.004, "< 1"), (0.006, "1"), (0.314, "31"), (0.994, "99"), (0.999, "> 99")],
)
def test_no_chance_is_told_as_certain(chance: float, told: str) -> None:
    assert percent(chance) == told


def test_sentences_and_confidence_are_in_the_readers_language(app: Flask) -> None:
    near = judged(chance(0.3), ("forward_appeal", 1.0))
    with app.test_request_context(headers={"Accept-Language": "id"}):
        assert (
            told_change(near) == "Tanpa kalimat ajakan menyebarkan, tidak ditandai (peluang 33 %)."
        )
        assert confidence(near) == "Keyakinan rendah: dekat ambang"
        assert confidence(judged(0.97)) == "Keyakinan tinggi: jauh dari ambang"
        assert confidence(judged(0.97, ("too_short", 0.0))) == "Keyakinan rendah"


def test_the_post_page_says_what_would_change_it(as_role: Callable[[str], Visitor]) -> None:
    page = as_role("penelaah").get(f"/unggahan/{a_post().id}")
    assert "Keyakinan" in page
    assert "ambang" in page
    assert "membatalkan tanda" in page or "tidak ditandai" in page
