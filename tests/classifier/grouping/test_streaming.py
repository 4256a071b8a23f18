"""Groups of a stream bear the first post's id, however odd ids and texts are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from classifier.artefact import SHIPPED, load_artefact
from classifier.grouping.pairs import PairScorer, load_pair_scorer
from classifier.grouping.streaming import StreamGrouper, nearest
from indices.documents import Post
from tests.classifier.conftest import make_post
from tests.classifier.grouping.test_assigning import FLOOD, FLOOD_AGAIN, PRIZE, unit
from tests.factories import an_assessment

FAR, NEAR, AWAY = unit(1, 0.1), unit(1, 0.2), unit(0, 0, 1)


@pytest.fixture(scope="module")
def scorer() -> PairScorer:
    return load_pair_scorer(load_artefact(SHIPPED))


def place(grouper: StreamGrouper, posts: Sequence[Post], *vectors: np.ndarray) -> list[str]:
    said = [an_assessment(post_id=post.id, matches=()) for post in posts]
    return grouper.place(posts, np.array(vectors), said)


def test_a_group_is_named_after_its_first_post_across_batches(scorer: PairScorer) -> None:
    grouper = StreamGrouper(scorer)
    first = [make_post(FLOOD, id_="7"), make_post(PRIZE, id_="8")]

    assert place(grouper, first, FAR, AWAY) == ["7", "8"]
    assert place(grouper, [make_post(FLOOD_AGAIN, id_="9")], NEAR) == ["7"]
    assert place(grouper, [], *[]) == []


def test_two_posts_of_one_id_are_told_apart(scorer: PairScorer) -> None:
    grouper = StreamGrouper(scorer)
    posts = [make_post(FLOOD, id_="x"), make_post(PRIZE, id_="x"), make_post(PRIZE, id_="x")]

    assert place(grouper, posts, FAR, AWAY, AWAY) == ["x", "x#2", "x#2"]


def test_posts_that_say_nothing_are_alone(scorer: PairScorer) -> None:
    texts = ["", "", "\x00", "wkwk", "wkwk", "!" * 50_000]
    posts = [make_post(text, id_=str(n)) for n, text in enumerate(texts)]

    groups = place(StreamGrouper(scorer), posts, *[FAR] * len(posts))

    assert groups == [str(n) for n in range(len(posts))]


def test_what_came_long_ago_is_forgotten_and_the_rest_still_found(scorer: PairScorer) -> None:
    grouper = StreamGrouper(scorer, most_kept=3)
    filler = [make_post(f"Kabar desa nomor {n} hari ini cerah", id_=f"f{n}") for n in range(3)]
    place(grouper, [make_post(FLOOD, id_="old"), *filler], FAR, *[AWAY] * 3)

    assert place(grouper, [make_post(FLOOD_AGAIN, id_="new")], NEAR) == ["new"]
    assert place(grouper, [make_post(FLOOD, id_="newer")], FAR) == ["new"]


def test_the_nearest_come_first() -> None:
    assert nearest(np.array([0.1, 0.9, 0.5], np.float32), 2) == [1, 2]
    assert nearest(np.zeros(0, np.float32), 2) == []
