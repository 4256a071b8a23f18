"""Groups in a real store: placed as posts come, mended at night, obeying people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from classifier.grouping.jobs import place_posts
from classifier.grouping.nightly import groups
from indices.claim_groups.moving import MACHINE
from indices.documents import GroupChangeKind, GroupMember, GroupRuling
from indices.embedded.store import EmbeddedStore
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.settings import Settings
from tests.classifier.grouping.test_assigning import FLOOD, FLOOD_AGAIN, PRIZE, unit
from tests.factories import NOW, a_post, an_assessment


@pytest.fixture
def context(tmp_path: Path) -> Iterator[JobContext]:
    settings = Settings(home=tmp_path)
    store = EmbeddedStore.open(settings.store_path)
    yield JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())
    store.close()


def bring(context: JobContext, *told: tuple[str, str, tuple[float, ...]]) -> None:
    """Posts by id, text and the beginning of their vector; assessed, not placed."""
    known = context.store.check_health().counts["posts"]
    posts = [
        a_post(id=key, title="", text=text, collected_at=NOW - timedelta(hours=20 - known - n))
        for n, (key, text, _) in enumerate(told)
    ]
    context.store.upsert_posts(posts)
    vectors = np.array([unit(*values) for _, _, values in told])
    assessments = [an_assessment(post_id=p.id, text_hash=p.text_hash, matches=()) for p in posts]
    context.store.put_assessments(assessments, vectors)


def group_of(context: JobContext, key: str) -> str:
    return context.store.find_members([key])[key].group_id


def set_group(context: JobContext, key: str, group_id: str, *, by_person: bool = False) -> None:
    member = context.store.find_members([key])[key]
    moved = replace(member, group_id=group_id, by_person=by_person, crowding=0.5)
    context.store.put_members([moved])


def rule(context: JobContext, one: str, other: str, *, same: bool) -> None:
    context.store.put_group_ruling(
        GroupRuling(
            id=one + other,
            one_id=one,
            other_id=other,
            same_claim=same,
            ruled_by="7",
            ruled_at=NOW,
        )
    )


ALL = (("a", FLOOD, (1.0, 0.1)), ("b", PRIZE, (0.0, 0.0, 1.0)), ("c", FLOOD_AGAIN, (1.0, 0.2)))


def test_posts_are_placed_once_whether_they_come_together_or_later(context: JobContext) -> None:
    bring(context, *ALL[:2])
    assert place_posts(context) == {"placed": 2, "joined": 0}
    before = group_of(context, "a")

    bring(context, ALL[2])

    assert place_posts(context) == {"placed": 1, "joined": 1}
    assert group_of(context, "c") == group_of(context, "a") == before
    assert group_of(context, "b") != before
    assert place_posts(context) == {"placed": 0, "joined": 0}


def test_a_post_that_a_person_kept_apart_is_not_placed_with_the_other(
    context: JobContext,
) -> None:
    rule(context, "a", "c", same=False)
    rule(context, "b", "c", same=True)
    bring(context, *ALL)

    place_posts(context)

    member = context.store.find_members(["c"])["c"]
    assert member.group_id == group_of(context, "b")
    assert member.by_person


def test_at_night_a_member_that_does_not_fit_leaves_and_two_groups_of_one_claim_join(
    context: JobContext,
) -> None:
    bring(context, *ALL)
    place_posts(context)
    own = group_of(context, "a")
    set_group(context, "b", own)  # as if it had been taken for the same
    set_group(context, "c", "20261116-z")

    report = groups(context)

    assert report.counts == {"placed": 0, "joined": 0, "split": 1, "merged": 1}
    assert group_of(context, "a") == group_of(context, "c") == own
    assert group_of(context, "b") != own
    split, merged = sorted(context.store.iter_group_changes(), key=lambda change: change.kind)[::-1]
    assert (split.kind, split.post_ids) == (GroupChangeKind.SPLIT, ("b",))
    assert (merged.from_group, merged.to_group) == ("20261116-z", own)
    assert split.changed_by == merged.changed_by == MACHINE
    assert "%" in merged.reason
    assert groups(context).counts["split"] == groups(context).counts["merged"] == 0


def test_at_night_nothing_that_a_person_decided_changes(context: JobContext) -> None:
    bring(context, *ALL)
    place_posts(context)
    own = group_of(context, "a")
    set_group(context, "b", own, by_person=True)
    set_group(context, "c", "20261116-z", by_person=True)
    rule(context, "a", "c", same=False)

    assert groups(context).counts["split"] == 0
    assert (group_of(context, "b"), group_of(context, "c")) == (own, "20261116-z")
    assert list(context.store.iter_group_changes()) == []


def test_a_group_that_a_person_put_a_post_into_keeps_its_id(context: JobContext) -> None:
    bring(context, *ALL, ("d", FLOOD_AGAIN + " sekali", (1.0, 0.15)))
    place_posts(context)
    set_group(context, "c", "20261116-z", by_person=True)

    groups(context)

    members = context.store.find_members(["a", "c", "d"]).values()
    assert {member.group_id for member in members} == {"20261116-z"}


def test_members_that_were_deleted_meanwhile_break_nothing(context: JobContext) -> None:
    bring(context, *ALL)
    place_posts(context)
    context.store.delete_posts_before(NOW - timedelta(hours=19, minutes=30))

    assert groups(context).counts["merged"] == 0
    context.store.put_members([GroupMember(post_id="a", text_hash="x", group_id="g")])
    assert context.store.find_members(["a"]) == {}
