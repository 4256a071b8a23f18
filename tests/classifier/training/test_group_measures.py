"""Pairs are counted as the measures promise."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.training.group_gold import ORDINARY, POST, WORDED, GoldGroups, GoldPost
from classifier.training.group_measures import b_cubed, count_pairs


def gold(*claims: int, unsure: tuple[tuple[int, int], ...] = ()) -> GoldGroups:
    """The second post of a claim is the fact-checker's."""
    seen: set[int] = set()
    posts = []
    for claim in claims:
        kind = ORDINARY if claim < 0 else WORDED if claim in seen else POST
        seen.add(claim)
        posts.append(GoldPost(f"teks {len(posts)}", claim, kind, ""))
    return GoldGroups(posts, frozenset(unsure))


def test_right_groups_score_one_and_no_groups_find_nothing() -> None:
    known = gold(0, 0, 1, 1, -1, -1)

    assert count_pairs(known, list("aabbcd")).scores() == (1, 1, 1)
    assert count_pairs(known, list("abcdef")).scores() == (0, 0, 0)
    assert b_cubed(known, list("aabbcd")) == (1, 1, 1)


def test_wrong_pairs_lower_precision_ordinary_ones_too_but_not_among_themselves() -> None:
    known = gold(0, 0, 1, 1, -1, -1)

    counts = count_pairs(known, list("aaabcc"))
    assert counts.scores() == pytest.approx((1 / 3, 1 / 2, 2 / 5))
    assert counts.by_kind == {(POST, WORDED): (1, 2)}
    assert count_pairs(known, list("aabbac")).scores()[0] == pytest.approx(2 / 4)
    assert count_pairs(known, list("aabbcc")).scores() == (1, 1, 1)


def test_claims_that_may_be_one_are_left_out() -> None:
    known = gold(0, 0, 1, 1, unsure=((0, 1),))

    assert count_pairs(known, list("aaaa")).scores() == (1, 1, 1)
    assert b_cubed(known, list("aaaa"))[0] == 1


def test_claims_can_be_drawn_anew() -> None:
    counts = count_pairs(gold(0, 0, 1, 1), list("aabc"))

    assert counts.scores(np.array([1.0, 0.0])) == (1, 1, 1)
    assert counts.scores(np.array([0.0, 1.0])) == (0, 0, 0)
