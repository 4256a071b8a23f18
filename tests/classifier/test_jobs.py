"""The nightly step on a real store: nothing twice, nothing lost, a surge is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from classifier.jobs import assess
from indices.documents import FactCheck
from indices.embedded.store import EmbeddedStore
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.queries import PostQuery
from indices.settings import Settings
from tests.classifier.conftest import NOW, make_post
from tests.classifier.test_assessing import CHATTER, SCAM


@pytest.fixture
def context(tmp_path: Path) -> Iterator[JobContext]:
    settings = Settings(home=tmp_path)
    store = EmbeddedStore.open(settings.store_path)
    yield JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())
    store.close()


def add_posts(context: JobContext, prefix: str, text: str, count: int) -> None:
    context.store.upsert_posts([make_post(f"{text} {n}", id_=f"{prefix}{n}") for n in range(count)])


def test_every_post_is_assessed_once_with_its_vector(context: JobContext) -> None:
    add_posts(context, "c", CHATTER, 3)
    add_posts(context, "s", SCAM, 2)
    report = assess(context)
    assert report.counts["assessed"] == 5
    assert report.counts["flagged"] == 2
    assert context.store.find_vector("c1") is not None
    assert assess(context).counts["assessed"] == 0


def test_a_changed_text_is_assessed_again(context: JobContext) -> None:
    context.store.upsert_posts([make_post(CHATTER)])
    assess(context)
    context.store.upsert_posts([make_post(SCAM)])
    assert assess(context).counts["assessed"] == 1
    record = context.store.find_record("p1")
    assert record is not None
    assert record.assessment is not None
    assert record.assessment.flagged


def test_imported_fact_checks_are_matched(context: JobContext) -> None:
    context.store.upsert_fact_checks(
        [
            FactCheck(id="f1", url="u", title="Jembatan Sarang runtuh", collected_at=NOW),
            FactCheck(id="f2", url="u", title="Tarif parkir pasar naik", collected_at=NOW),
        ]
    )
    context.store.upsert_posts([make_post("gawat, jembatan sarang runtuh tadi pagi katanya")])
    assert assess(context).counts["fact_checks"] == 2
    record = context.store.find_record("p1")
    assert record is not None
    assert record.assessment is not None
    assert record.assessment.matches[0].fact_check_id == "f1"


def test_a_jump_of_flags_raises_one_alarm(context: JobContext) -> None:
    add_posts(context, "c", CHATTER, 220)
    assert assess(context).alarms == ()
    add_posts(context, "s", SCAM, 20)
    later = JobContext(
        store=context.store,
        settings=context.settings,
        now=NOW + timedelta(days=1),
        progress=context.progress,
    )
    (alarm,) = assess(later).alarms
    assert alarm.code == "flag_surge"
    assert "melonjak" in alarm.text
    flagged = context.store.search(PostQuery(flagged=True)).total
    assert flagged == 20
