"""Old posts and evidence go; what a case rests on stays."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from indices.documents import PostVersion, ReviewStatus, SourceKind
from indices.evidence.members import iter_members
from indices.evidence.verifying import verify
from indices.jobs import JobContext
from indices.locks import exclusive
from indices.progress import SilentProgress
from indices.retention import retention
from indices.settings import RetentionSettings, Settings
from tests.factories import NOW, a_post, a_review
from tests.indices.evidence.records import write_evidence
from tests.stores import embedded_store


def context(home: Path, **days: int) -> JobContext:
    settings = Settings(home=home, retention=RetentionSettings(**days))
    settings.evidence_dir.mkdir()
    return JobContext(
        store=embedded_store(home), settings=settings, now=NOW, progress=SilentProgress()
    )


def evidence_file(given: JobContext, name: str, days_old: int, *bodies: bytes) -> list[str]:
    """A file of that age; what posts say of its records."""
    path = given.settings.evidence_dir / name
    evidence = write_evidence(path, *(bodies or (b"isi",)))
    written = (NOW - timedelta(days=days_old)).timestamp()
    os.utime(path, (written, written))
    return evidence


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
    evidence_file(given, "old.warc.gz", days_old=9_000)
    path = given.settings.evidence_dir / "old.warc.gz"
    assert retention(given).counts == {"posts": 0, "evidence_records": 0}
    assert path.exists()


def test_each_class_of_data_has_days_of_its_own(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=100, tip_days=10, press_days=0)
    ages = {
        SourceKind.PRESS: 900,
        SourceKind.TIPLINE: 20,
        SourceKind.PLATFORM: 20,
        SourceKind.GOVERNMENT: 101,
    }
    posts = [
        a_post(url=f"https://a.example/{kind}", source_kind=kind, collected_at=_ago(days))
        for kind, days in ages.items()
    ]
    given.store.upsert_posts(posts)
    assert retention(given).counts["posts"] == 2
    left = {record.post.source_kind for record in given.store.iter_records()}
    assert left == {SourceKind.PRESS, SourceKind.PLATFORM}


def test_old_evidence_goes_record_by_record_and_what_a_case_rests_on_stays(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=0, evidence_days=30)
    mixed = evidence_file(given, "mixed.warc.gz", 40, b"isu", b"lain")
    evidence_file(given, "gone.warc.gz", 40)
    young = evidence_file(given, "new.warc.gz", 2)
    posts = [
        a_post(url="https://warga.example/isu", evidence=mixed[0]),
        a_post(url="https://warga.example/lain", evidence=mixed[1]),
        a_post(url="https://warga.example/baru", evidence=young[0]),
    ]
    given.store.upsert_posts(posts)
    given.store.put_review(a_review(post_id=posts[0].id, status=ReviewStatus.IN_CASE))
    assert retention(given).counts["evidence_records"] == 2
    directory = given.settings.evidence_dir
    assert [str(verify(directory, each.evidence).soundness) for each in posts] == [
        "whole", "lost", "whole",
    ]  # fmt: skip
    assert sorted(path.name for path in directory.glob("*")) == ["mixed.warc.gz", "new.warc.gz"]


def test_evidence_of_deleted_posts_goes_with_them(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=10, evidence_days=0)
    one, two, before = evidence_file(given, "a.warc.gz", 20, b"satu", b"dua", b"dulu")
    gone = a_post(url="https://warga.example/dua", evidence=two, collected_at=_ago(20))
    earlier = PostVersion(title="Dulu", text_hash="0", replaced_at=NOW, evidence=before)
    kept = a_post(
        url="https://warga.example/satu", evidence=one, versions=(earlier,), collected_at=_ago(5)
    )
    given.store.upsert_posts([gone, kept])
    assert retention(given).counts == {"posts": 1, "evidence_records": 1}
    directory = given.settings.evidence_dir
    members = list(iter_members(directory / "a.warc.gz"))
    names = [each.target for each in members if each.kind != "warcinfo"]
    assert names == [kept.url, "https://warga.example/dulu"]
    assert verify(directory, kept.evidence).soundness == "whole"
    assert verify(directory, gone.evidence).soundness == "lost"


def test_while_a_crawl_goes_on_evidence_waits_for_the_next_run(tmp_path: Path) -> None:
    given = context(tmp_path, post_days=10, evidence_days=0)
    (evidence,) = evidence_file(given, "a.warc.gz", 20, b"satu")
    given.store.upsert_posts([a_post(evidence=evidence, collected_at=_ago(20))])
    with exclusive(tmp_path / "crawl.lock", "a crawl"):
        counts = retention(given).counts
        assert counts == {"posts": 1, "evidence_records": 0, "evidence_put_off": 1}
    assert retention(given).counts == {"posts": 0, "evidence_records": 1}
    assert list(given.settings.evidence_dir.iterdir()) == []


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)
