"""More of anything never makes a post wait longer, and every part is there to be seen."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indices.documents import PlaceLevel, PlaceTag, PostRecord, Reason
from indices.priority import FLOOR, UNKNOWN, Priority, combine, weigh
from indices.settings import PrioritySettings
from tests.factories import NOW, a_post, an_assessment

PARTS = ("harm", "reach", "speed", "locality", "probability")
REGION = "Kabupaten Lembah Sarang"
part = st.floats(FLOOR, 1)
weight = st.floats(0, 5)
count = st.integers(0, 10_000_000)


def priority(
    *,
    probability: float = 0.5,
    n_copies: int = 0,
    weights: PrioritySettings | None = None,
    **post: object,
) -> Priority:
    given_post = a_post(region="", **post)
    assessment = an_assessment(probability=probability, reasons=())
    record = PostRecord(post=given_post, assessment=assessment)
    return weigh(record, n_copies=n_copies, region=REGION, weights=weights or PrioritySettings())


@given(st.tuples(*[part] * 5), st.tuples(*[weight] * 5), st.integers(0, 4), part)
def test_a_larger_part_never_lowers_the_product(
    parts: tuple[float, ...], weights: tuple[float, ...], place: int, other: float
) -> None:
    chosen = PrioritySettings(**dict(zip(PARTS, weights, strict=True)))
    before = dict(zip(PARTS, parts, strict=True))
    after = before | {PARTS[place]: max(other, parts[place])}
    assert combine(after, chosen) >= combine(before, chosen)
    assert 0 <= combine(before, chosen) <= 1


@given(st.tuples(count, count), st.tuples(*[st.integers(0, 5_000)] * 2), st.tuples(*[part] * 2))
def test_more_reactions_copies_or_probability_never_wait_longer(
    shares: tuple[int, int], copies: tuple[int, int], chances: tuple[float, float]
) -> None:
    low, high = sorted(chances)
    fewer = priority(reach={"shares": shares[0]}, n_copies=copies[0], probability=low)
    greater = priority(reach={"shares": sum(shares)}, n_copies=sum(copies), probability=high)
    for name, value in asdict(fewer).items():
        assert getattr(greater, name) >= value


def test_what_spreads_in_an_hour_comes_before_what_took_a_week() -> None:
    reach = {"shares": 300}
    quick = priority(reach=reach, published_at=NOW - timedelta(hours=1), collected_at=NOW)
    slow = priority(reach=reach, published_at=NOW - timedelta(days=7), collected_at=NOW)
    assert quick.speed > slow.speed
    assert quick.reach == slow.reach
    assert quick.value > slow.value


def test_health_and_disaster_weigh_more_than_gossip_and_here_more_than_elsewhere() -> None:
    gossip = priority(title="", text="Artis itu berlibur lagi")
    flood = priority(title="", text="Bendungan jebol, banjir menuju kota")
    here = priority(title="", text="Bendungan jebol, banjir menuju Lembah Sarang")
    assert gossip.harm < flood.harm == here.harm
    assert flood.locality < here.locality == 1


def test_a_village_of_the_own_regency_is_local_and_a_place_elsewhere_is_not() -> None:
    village = PlaceTag(
        code="64.02.01.2001", name="Desa X", level=PlaceLevel.VILLAGE, parents=("64", "64.02")
    )
    far = PlaceTag(code="73.01", name="Kabupaten Y", level=PlaceLevel.REGENCY, parents=("73",))

    def locality(*places: PlaceTag, own: tuple[str, ...] = ("64.02",)) -> float:
        record = PostRecord(post=a_post(title="", text="Banjir", places=places))
        return weigh(
            record, n_copies=0, region=REGION, weights=PrioritySettings(), own_places=own
        ).locality

    assert locality(village) == locality(far, village) == 1
    assert locality(far) < locality() < 1
    assert locality(far, own=()) == locality()  # without a list of places nobody can tell


def test_what_is_not_known_is_in_the_middle() -> None:
    unknown = priority(reach={})
    assert (unknown.reach, unknown.speed) == (UNKNOWN, UNKNOWN)
    record = PostRecord(post=a_post(region=""))
    alone = weigh(record, n_copies=0, region="", weights=PrioritySettings())
    assert alone.locality == UNKNOWN
    assert alone.probability == FLOOR


def test_a_weight_of_nothing_leaves_a_part_out() -> None:
    weights = PrioritySettings(probability=0)
    assert priority(probability=0.1, weights=weights).value == pytest.approx(
        priority(probability=0.9, weights=weights).value
    )


def test_reasons_that_speak_against_do_no_harm() -> None:
    record = PostRecord(post=a_post(region=""), assessment=an_assessment(reasons=()))
    against = Reason(code="scam_pattern", text="", weight=-1)
    changed = replace(record, assessment=an_assessment(reasons=(against,)))
    weighed = [
        weigh(each, n_copies=0, region=REGION, weights=PrioritySettings())
        for each in (record, changed)
    ]
    assert weighed[0] == weighed[1]
