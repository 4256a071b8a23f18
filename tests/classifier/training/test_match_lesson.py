"""Wrong tellings that teach are alike, but never another telling of the right claim."""

from __future__ import annotations

import random

import numpy as np
import pytest

from classifier.training.claims import Claim, claims_for_adapter, claims_for_scorer, read_claims
from classifier.training.match_adapter import same_claim_mask
from classifier.training.match_lesson import (
    Question,
    batch_places,
    batches_of_one_kind,
    collected_lesson,
    with_invented,
)

TITLES = (
    "jembatan sarang runtuh diterjang banjir",
    "jembatan sarang runtuh karena banjir",
    "jembatan layang pekalongan retak",
    "beras plastik dijual di pasar",
)
LESSON = collected_lesson(("jembatan sarang sudah runtuh", "awas beras plastik"), TITLES, (0, 3))
CLAIM = Claim("gula pasir dicampur kaca", ("katanya gulanya ada kaca", "gula kaca", "ih kaca"))
NEIGHBOUR = Claim("garam dapur dicampur kaca", ("katanya garamnya ada kaca",))
INVENTED = with_invented(LESSON, [(CLAIM, NEIGHBOUR)])


def test_another_telling_of_the_same_claim_is_no_wrong_answer() -> None:
    first, twin, other, _ = LESSON.tellings
    assert first.tells_the_same(twin)
    assert not first.tells_the_same(other)
    assert set(LESSON.questions[0].wrong) == {2, 3}


def test_a_batch_holds_its_own_titles_first_and_then_lookalikes() -> None:
    places = batch_places(LESSON, [1, 0], random.Random(0))
    assert places[:2] == [3, 0]
    assert places[2] in LESSON.questions[1].wrong
    assert places[3] in LESSON.questions[0].wrong


def test_the_mask_hides_tellings_of_the_same_claim_but_never_the_answer() -> None:
    mask = same_claim_mask(LESSON, [0, 3, 1, 2], 2).numpy()
    assert np.array_equal(mask, [[False, False, True, False], [False, False, False, False]])


def test_an_invented_post_is_asked_for_its_title_as_often_as_for_who_tells_it_again() -> None:
    title, first, second, third = range(len(TITLES), len(TITLES) + 4)
    neighbour = third + 1, third + 2
    assert INVENTED.questions[2] == Question(
        CLAIM.posts[0], (title, title, second, third), neighbour
    )
    assert INVENTED.questions[-1] == Question(
        NEIGHBOUR.posts[0], (neighbour[0],), (title, first, second, third)
    )


def test_a_neighbour_is_wrong_however_alike_and_another_telling_never() -> None:
    title, first, second, neighbour = (INVENTED.tellings[place] for place in (4, 5, 6, 8))
    assert not title.tells_the_same(neighbour)
    assert first.tells_the_same(second)


def test_what_teaches_the_adapter_does_not_teach_who_weighs_its_cosine() -> None:
    both = claims_for_adapter(), claims_for_scorer()
    assert sorted(map(repr, both[0] + both[1])) == sorted(map(repr, read_claims()))
    assert len(both[0]) == 2 * len(both[1])


@pytest.mark.parametrize("seed", range(5))
def test_a_batch_holds_collected_posts_or_invented_ones_but_never_both(seed: int) -> None:
    batches = batches_of_one_kind(INVENTED, 2, random.Random(seed))
    assert sorted(number for batch in batches for number in batch) == list(range(6))
    assert all(len({number < 2 for number in batch}) == 1 for batch in batches)
