"""Posts join the group that they resemble on average, obey people, and say why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from classifier.artefact import SHIPPED, load_artefact
from classifier.grouping.assigning import Grouping, Placement, crowding_of, spread_evenly
from classifier.grouping.pairs import (
    FEATURES,
    PairScorer,
    load_pair_scorer,
    pair_features,
    same_match,
)
from classifier.grouping.views import ClaimView, build_view
from indices.claim_groups.rulings import Rulings
from indices.documents import GroupRuling, Match

FLOOD = "Waduk Loa Pinang jebol malam ini, 12 warga hanyut terbawa arus deras"
FLOOD_AGAIN = "Kabar duka: waduk Loa Pinang jebol tadi malam, 12 warga hanyut terbawa arus"
PRIZE = "Undian berhadiah Bank Lembah, isi data diri di tautan dan menangkan sepeda motor"


@pytest.fixture(scope="module")
def scorer() -> PairScorer:
    return load_pair_scorer(load_artefact(SHIPPED))


def unit(*values: float) -> np.ndarray:
    vector = np.zeros(384, np.float32)
    vector[: len(values)] = values
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def view(scorer: PairScorer, text: str, *values: float, match: float = 0.0) -> ClaimView:
    matches = [Match(fact_check_id="f", title="t", score=match)] if match else []
    return build_view(text, unit(*values) if values else None, scorer.rarity, matches)


def place_all(
    scorer: PairScorer, views: Sequence[ClaimView], rulings: Rulings | None = None
) -> list[Placement]:
    grouping = Grouping(scorer, rulings or Rulings())
    placed = []
    for place, own in enumerate(views):
        near = [(str(o), float(views[o].vector @ own.vector)) for o in range(place)]
        near.sort(key=lambda found: -found[1])
        placed.append(grouping.place(str(place), own, near, f"g{place}"))
    return placed


def said(one: str, other: str, *, same: bool) -> GroupRuling:
    return GroupRuling(
        id=one + other,
        one_id=one,
        other_id=other,
        same_claim=same,
        ruled_by="1",
        ruled_at=datetime(2026, 11, 16, tzinfo=UTC),
    )


def test_the_same_claim_in_other_words_joins_and_another_claim_does_not(
    scorer: PairScorer,
) -> None:
    views = [
        view(scorer, FLOOD, 1, 0.1),
        view(scorer, PRIZE, 0, 0, 1),
        view(scorer, FLOOD_AGAIN, 1, 0.2),
    ]

    first, other, again = place_all(scorer, views)

    assert (first.group_id, other.group_id) == ("g0", "g1")
    assert (again.group_id, again.like_id) == ("g0", "0")
    assert scorer.join_threshold <= again.probability < 1


def test_posts_that_say_nothing_join_nobody(scorer: PairScorer) -> None:
    texts = [
        "",
        "",
        "wkwkwk",
        "wkwkwk",
        "🙏🙏🙏",
        "🙏🙏🙏",
        "yang dan di ke dari",
        "\x00\ud800 \u202e",
    ]
    placed = place_all(scorer, [view(scorer, text, 1) for text in texts])

    assert len({each.group_id for each in placed}) == len(texts)


def test_posts_without_a_vector_are_compared_by_words_and_break_nothing(
    scorer: PairScorer,
) -> None:
    bare, whole = view(scorer, FLOOD), view(scorer, FLOOD, 1)

    (chance,) = scorer.probability(bare, [whole], [0.5], [0.5])

    assert 0 <= chance < 1


def test_two_posts_that_repeat_one_fact_check_tell_one_claim(scorer: PairScorer) -> None:
    one, other = view(scorer, FLOOD, 1, match=0.97), view(scorer, PRIZE, 0, 1, match=0.98)

    assert same_match(one, other) == pytest.approx(0.97 * 0.98)
    assert scorer.probability(one, [other], [0.5], [0.5])[0] > 0.9
    unmatched = scorer.probability(view(scorer, FLOOD, 1), [other], [0.5], [0.5])[0]
    assert unmatched < scorer.join_threshold


def test_a_persons_word_is_stronger_than_likeness(scorer: PairScorer) -> None:
    views = [view(scorer, FLOOD, 1), view(scorer, PRIZE, 0, 1), view(scorer, FLOOD_AGAIN, 1, 0.1)]
    rulings = Rulings.of([said("0", "2", same=False), said("1", "2", same=True)])

    placed = place_all(scorer, views, rulings)

    assert placed[2].group_id == "g1"
    assert placed[2].by_person
    apart = place_all(scorer, views, Rulings.of([said("0", "2", same=False)]))
    assert apart[2].group_id == "g2"


def test_a_viral_text_stays_one_group_however_many_copies_come(scorer: PairScorer) -> None:
    placed = place_all(scorer, [view(scorer, FLOOD, 1, n / 1000) for n in range(60)])

    assert {each.group_id for each in placed} == {"g0"}


def test_one_likeness_among_unlike_members_is_not_enough(scorer: PairScorer) -> None:
    grouping = Grouping(scorer)
    for number, text in enumerate((FLOOD, PRIZE, PRIZE + " hari ini", PRIZE + " besok")):
        own = view(scorer, text, 1 if number == 0 else 0, float(number > 0))
        grouping.add(str(number), "g", own, 0.5)

    placed = grouping.place("x", view(scorer, FLOOD_AGAIN, 1, 0.05), [("0", 0.99)], "own")

    assert placed.group_id == "own"


def test_every_feature_has_its_weight_and_order_does_not_matter(scorer: PairScorer) -> None:
    one, other = view(scorer, FLOOD, 1), view(scorer, FLOOD_AGAIN, 1, 1)

    assert len(scorer.weights) == len(FEATURES)
    assert len(pair_features(one, other)) == len(FEATURES) - 2
    assert pair_features(one, other) == pytest.approx(pair_features(other, one))


def test_crowding_leans_on_what_is_usual_where_few_lie_near() -> None:
    assert crowding_of([], 0.6) == pytest.approx(0.6)
    assert crowding_of([0.9], 0.6) == pytest.approx(0.75)
    assert crowding_of([0.9, 0.8, 0.7, 0.1], 0.6) == pytest.approx(0.75)


def test_members_are_spread_from_the_oldest_to_the_newest() -> None:
    assert spread_evenly(["a", "b"]) == ["a", "b"]
    assert spread_evenly([str(n) for n in range(101)], 3) == ["0", "50", "100"]


def test_what_is_forgotten_is_in_no_group(scorer: PairScorer) -> None:
    grouping = Grouping(scorer)
    grouping.add("0", "g", view(scorer, FLOOD, 1), 0.5)
    grouping.add("1", "g", view(scorer, FLOOD_AGAIN, 1), 0.5)

    grouping.forget(["0", "unknown"])
    assert grouping.members == {"g": ["1"]}
    grouping.forget(["1"])
    assert not grouping.members
    assert not grouping.views


@pytest.mark.parametrize("cosine", [0.2, 0.4, 0.5, 0.6])
@pytest.mark.parametrize("n_posts", [2, 3, 4])
def test_posts_that_say_different_things_stay_apart_in_a_store_of_few(
    scorer: PairScorer, cosine: float, n_posts: int
) -> None:
    """The least cosine of two real posts was 0.43."""
    texts = [
        FLOOD,
        PRIZE,
        "Harga cabai di pasar naik lagi pekan ini, pedagang mengeluh",
        "Vaksin baru membuat anak lumpuh, kata seorang dokter di radio",
    ][:n_posts]
    near, aside = float(np.sqrt(cosine)), float(np.sqrt(1 - cosine))
    alone = [[near, *[aside * (one == other) for other in range(4)]] for one in range(n_posts)]
    views = [view(scorer, text, *values) for text, values in zip(texts, alone, strict=True)]
    placed = place_all(scorer, views)
    assert len({each.group_id for each in placed}) == n_posts
