"""What counting promises: facets and the summary's tables, by local day too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indices.documents import ReviewStatus, SourceKind
from indices.progress import SilentBar
from indices.queries import CountField, PostQuery
from indices.store import Store
from tests.indices.contract_documents import (
    DISTRICT,
    REGENCY,
    make_assessment,
    make_post,
    make_review,
)


@pytest.fixture
def filled(store: Store) -> Store:
    posts = [
        make_post(1, source_id="a", platform="x", language="jv", region="hulu", places=(REGENCY,)),
        make_post(2, source_id="a", source_kind=SourceKind.PLATFORM, places=(DISTRICT, REGENCY)),
        make_post(3, source_id="b", region=""),
    ]
    store.upsert_posts(posts)
    store.put_assessments(
        [
            make_assessment(posts[0], flagged=True, topic="politik"),
            make_assessment(posts[1], flagged=False, topic=""),
        ]
    )
    store.put_review(make_review(posts[0], status=ReviewStatus.ANSWERED, case_id="isu-1"))
    store.refresh()
    return store


def test_posts_are_counted_by_every_field(filled: Store) -> None:
    counts = filled.count_by(PostQuery(), list(CountField))

    assert {field: dict(values) for field, values in counts.items()} == {
        CountField.DAY: {"2026-11-16": 3},
        CountField.SOURCE: {"a": 2, "b": 1},
        CountField.SOURCE_KIND: {"press": 2, "platform": 1},
        CountField.PLATFORM: {"x": 1, "web": 2},
        CountField.LANGUAGE: {"jv": 1, "id": 2},
        CountField.REGION: {"hulu": 1, "lembah-sarang": 1, "": 1},
        CountField.PLACE: {"64": 2, "64.02": 2, "64.02.01": 1},
        CountField.TOPIC: {"politik": 1, "": 2},
        CountField.STATUS: {"answered": 1, "new": 2},
        CountField.FLAGGED: {"true": 1, "false": 1, "unassessed": 1},
    }


def test_only_matching_posts_and_asked_fields_are_counted(filled: Store) -> None:
    query = PostQuery(text="jembatan", source_ids=("a",), flagged=True)

    counts = filled.count_by(query, [CountField.SOURCE, CountField.STATUS])

    assert {field: dict(values) for field, values in counts.items()} == {
        CountField.SOURCE: {"a": 1},
        CountField.STATUS: {"answered": 1},
    }
    assert dict(filled.count_by(PostQuery(), [])) == {}


def test_the_day_is_the_local_one_on_both_sides_of_midnight(store: Store) -> None:
    store.upsert_posts(
        [
            make_post(1, collected_at=datetime(2026, 11, 15, 15, 59, 59, 999999, tzinfo=UTC)),
            make_post(2, collected_at=datetime(2026, 11, 15, 16, 0, tzinfo=UTC)),
            make_post(3, collected_at=datetime(2026, 11, 16, 15, 59, tzinfo=UTC)),
        ]
    )
    store.refresh()

    def days(timezone: str) -> dict[str, int]:
        counts = store.count_by(PostQuery(), [CountField.DAY], timezone=timezone)
        return dict(counts[CountField.DAY])

    assert days("Asia/Makassar") == {"2026-11-15": 1, "2026-11-16": 2}
    assert days("UTC") == {"2026-11-15": 2, "2026-11-16": 1}
    assert days("Asia/Jayapura") == {"2026-11-16": 2, "2026-11-17": 1}


def test_the_day_follows_a_change_of_the_clock(store: Store) -> None:
    store.upsert_posts(
        [
            make_post(1, collected_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC)),
            make_post(2, collected_at=datetime(2026, 12, 1, 22, 30, tzinfo=UTC)),
        ]
    )
    store.refresh()

    counts = store.count_by(PostQuery(), [CountField.DAY], timezone="Europe/Amsterdam")

    assert dict(counts[CountField.DAY]) == {"2026-07-02": 1, "2026-12-01": 1}


def test_many_values_are_all_counted(store: Store) -> None:
    store.upsert_posts([make_post(number, source_id=f"sumber-{number}") for number in range(1500)])
    store.refresh()

    counts = store.count_by(PostQuery(), [CountField.SOURCE])[CountField.SOURCE]

    assert len(counts) == 1500
    assert set(counts.values()) == {1}


def test_health_counts_what_is_there(filled: Store) -> None:
    health = filled.check_health()

    assert health.status in {"green", "yellow"}
    assert health.backend
    assert health.version
    expected = {"posts": 3, "assessments": 2, "reviews": 1, "fact_checks": 0, "sources": 0}
    assert {name: health.counts[name] for name in expected} == expected
    assert health.counts["vectors"] == 0
    assert not health.counts.get("spooled")


def test_rebuilding_keeps_every_post_and_finds_it_again(filled: Store) -> None:
    before = list(filled.iter_records())

    assert filled.rebuild(SilentBar()) == 3

    assert list(filled.iter_records()) == before
    assert filled.search(PostQuery(text="jembatan")).total == 3
