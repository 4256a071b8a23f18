"""Old posts and evidence go; what a case rests on stays."""

import os
from datetime import timedelta
from pathlib import Path

from indices.documents import ReviewStatus
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.retention import retention
from indices.settings import RetentionSettings, Settings
from tests.factories import NOW, a_post, a_review
from tests.stores import embedded_store


def context(home: Path, **days: int) -> JobContext:
    settings = Settings(home=home, retention=RetentionSettings(**days))
    settings.evidence_dir.mkdir()
    return JobContext(
        store=embedded_store(home), settings=settings, now=NOW, progress=SilentProgress()
    )


def evidence_file(given: JobContext, name: str, days_old: int) -> Path:
    path = given.settings.evidence_dir / name
    path.write_bytes(b"")
    written = (NOW - timedelta(days=days_old)).timestamp()
    os.utime(path, (written, written))
    return path


def test_posts_past_their_days_go_and_newer_ones_stay(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=10)
    old = a_post(url="https://a.example/1", collected_at=NOW - timedelta(days=11))
    new = a_post(url="https://a.example/2", collected_at=NOW - timedelta(days=9))
    given.store.upsert_posts([old, new])
    assert retention(given).counts["posts"] == 1
    assert [record.post.id for record in given.store.iter_records()] == [new.id]


def test_zero_days_keep_everything_for_ever(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=0, evidence_days=0)
    given.store.upsert_posts([a_post(collected_at=NOW - timedelta(days=9_000))])
    path = evidence_file(given, "old.warc.gz", days_old=9_000)
    assert retention(given).counts == {"posts": 0, "evidence_files": 0}
    assert path.exists()


def test_evidence_past_its_days_goes_unless_a_case_rests_on_it(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=0, evidence_days=30)
    post = a_post(evidence="kept.warc.gz#urn:uuid:1")
    given.store.upsert_posts([post])
    given.store.put_review(a_review(post_id=post.id, status=ReviewStatus.IN_CASE))
    kept = evidence_file(given, "kept.warc.gz", days_old=40)
    gone = evidence_file(given, "gone.warc.gz", days_old=40)
    new = evidence_file(given, "new.warc.gz", days_old=2)
    assert retention(given).counts["evidence_files"] == 1
    assert (kept.exists(), gone.exists(), new.exists()) == (True, False, True)
