"""Letting go of records that no post names: the file is written anew, and then takes its place."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from indices.evidence.members import Member, iter_members
from indices.whole_files import finish, unfinished_file


def drop_records(path: Path, kept_ids: Collection[str], kept_targets: Collection[str] = ()) -> int:
    """Write the file without other records; remove it when none is left.

    Killed at any moment, the file is the old one or the new one. A record that cannot be
    unpacked is kept while its file is: what it holds cannot be known.

    Args:
        kept_ids: records that posts name.
        kept_targets: addresses all of whose records stay: earlier versions of what a case holds.

    Returns:
        How many records went.
    """
    kept = [_is_kept(each, kept_ids, kept_targets) for each in iter_members(path)]
    gone = kept.count(False)
    if not gone:
        return 0
    if kept.count(True) <= 1 and _holds_only_its_head(path, kept):
        path.unlink()
        return gone
    pieces = (each.raw for each, stays in zip(iter_members(path), kept, strict=True) if stays)
    _replace(path, pieces)
    return gone


def _is_kept(member: Member, ids: Collection[str], targets: Collection[str]) -> bool:
    if member.fault or member.kind == "warcinfo":
        return True
    return member.record_id in ids or member.target in targets


def _holds_only_its_head(path: Path, kept: list[bool]) -> bool:
    members = zip(iter_members(path), kept, strict=True)
    return all(member.kind == "warcinfo" for member, stays in members if stays)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    """The time of the last writing stays, since the age of evidence is counted from it."""
    before = path.stat()
    with unfinished_file(path) as (partial, out):
        out.writelines(pieces)
        finish(out)
        partial.chmod(before.st_mode & 0o777)
        os.utime(partial, ns=(before.st_atime_ns, before.st_mtime_ns))
        partial.replace(path)
