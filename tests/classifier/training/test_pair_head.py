"""Invented claims teach the scorer of pairs, and collected posts alone choose what it joins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from classifier.grouping.pairs import FEATURES, PairScorer
from classifier.grouping.views import BUCKETS, ClaimView, Rarity, build_view
from classifier.training import pair_head
from classifier.training.claims import Claim
from classifier.training.group_gold import POST, RETOLD, GoldGroups, GoldPost, with_claims
from classifier.training.pair_head import THRESHOLDS, with_threshold

REAL = GoldGroups(
    [GoldPost(f"teks nyata {n}", claim, POST, "2025-01-01") for n, claim in enumerate((0, 0, 1))],
    frozenset({(0, 1)}),
)
CLAIMS = [Claim("Judul satu", ("cerita a", "cerita b")), Claim("Judul dua", ("cerita lain",))]
RARITY = Rarity(np.ones(BUCKETS, np.float32))
SCORER = PairScorer(np.zeros(len(FEATURES), np.float32), 0.0, RARITY, 0.5, 0.0, RARITY.weights)


def test_claims_are_others_than_those_of_the_posts_they_come_among() -> None:
    gold = with_claims(REAL, CLAIMS)
    claims = {post.text: post.claim for post in gold.posts}
    assert claims == {
        **{post.text: post.claim for post in REAL.posts},
        "cerita a": 2,
        "cerita b": 2,
        "cerita lain": 3,
    }
    assert {post.text for post in gold.posts if post.kind == RETOLD} == set(claims) - {
        post.text for post in REAL.posts
    }
    assert gold.unsure == REAL.unsure


def test_claims_alone_are_numbered_from_nought() -> None:
    gold = with_claims(GoldGroups([], frozenset()), CLAIMS)
    assert sorted(post.claim for post in gold.posts) == [0, 0, 1]


@pytest.mark.parametrize("best", THRESHOLDS)
def test_collected_posts_alone_choose_the_threshold(
    best: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = with_claims(REAL, CLAIMS)
    views = [build_view(post.text, None, RARITY) for post in gold.posts]
    claims = [post.claim for post in gold.posts if post.kind == POST]

    def grouped(seen: Sequence[ClaimView], scorer: PairScorer) -> list[str]:
        assert [set(view.words) for view in seen] == [
            set(build_view(post.text, None, RARITY).words)
            for post in gold.posts
            if post.kind == POST
        ]
        right = [str(claim) for claim in claims]
        return right if scorer.join_threshold == best else [str(n) for n in range(len(seen))]

    monkeypatch.setattr(pair_head, "group_in_order", grouped)
    assert with_threshold(SCORER, gold, views).join_threshold == best
