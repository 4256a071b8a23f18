"""Which evidence must stay: what living posts name, and once it is old, what cases rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indices.documents import PostRecord, ReviewStatus
from indices.evidence.rewriting import drop_records
from indices.jobs import JobContext
from indices.locks import AlreadyRunningError, exclusive
from indices.queries import PostQuery

IN_A_CASE = (ReviewStatus.IN_CASE, ReviewStatus.ANSWERED, ReviewStatus.MONITORED)
_MARK = ".retention-due"


@dataclass(slots=True)
class Named:
    """What posts say of evidence."""

    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Record ids by file name."""
    addresses: set[str] = field(default_factory=set)
    """Earlier responses of the same addresses are earlier versions of these posts."""

    def add(self, record: PostRecord) -> None:
        """Evidence of one more post and of its earlier wordings."""
        versions = (version.evidence for version in record.post.versions)
        for evidence in filter(None, (record.post.evidence, *versions)):
            name, record_id, _ = [*evidence.split("#", 2), "", ""][:3]
            self.ids[name].add(record_id)
        if record.post.url:
            self.addresses.add(record.post.url)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of it."""

    records: int = 0
    put_off: bool = False
    """A crawl goes on, or posts still wait to be written: the next run does it."""


def mark_due(context: JobContext) -> bool:
    """Before posts are deleted, so that a run killed after that is made good by the next.

    Returns:
        True when an earlier run left its work to this one.
    """
    mark = context.settings.evidence_dir / _MARK
    if not mark.parent.is_dir():
        return False
    was_there = mark.exists()
    mark.touch()
    return was_there


def drop_unnamed(context: JobContext, *, something_went: bool) -> Dropped:
    """Rewrite the files that hold what nothing needs any longer.

    Args:
        something_went: posts were deleted; else only old files are looked at.
    """
    directory = context.settings.evidence_dir
    files = sorted(directory.glob("*.warc.gz"))
    old = {path for path in files if _is_old(path, context)}
    if context.store.check_health().counts.get("spooled"):
        return Dropped(put_off=True)
    try:
        with exclusive(context.settings.home / "crawl.lock", "a crawl"):
            for left_over in directory.glob(".*.part"):
                left_over.unlink()
            dropped = _drop_old(context, old)
            dropped += _drop_deleted(context, set(files) - old) if something_went else 0
    except AlreadyRunningError:
        return Dropped(put_off=True)
    (directory / _MARK).unlink(missing_ok=True)
    return Dropped(records=dropped)


def _drop_old(context: JobContext, files: set[Path]) -> int:
    """Of old files only what cases rest on stays."""
    if not files:
        return 0
    query = PostQuery(statuses=IN_A_CASE)
    return _drop(files, _named(context.store.iter_records(query)))


def _drop_deleted(context: JobContext, files: set[Path]) -> int:
    """No crawl goes on here: a record that no post names will never be named."""
    return _drop(files, _named(context.store.iter_records()))


def _drop(files: set[Path], named: Named) -> int:
    return sum(drop_records(path, named.ids[path.name], named.addresses) for path in files)


def _named(records: Iterator[PostRecord]) -> Named:
    named = Named()
    for record in records:
        named.add(record)
    return named


def _is_old(path: Path, context: JobContext) -> bool:
    days = context.settings.retention.evidence_days
    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return bool(days) and written_at < context.now - timedelta(days=days)
