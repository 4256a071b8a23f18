"""Posts go from one group to another: put down first, then done; twice does no harm."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from indices.documents import GroupChange, GroupChangeKind, GroupMember, Post
from indices.store import Store

MACHINE = "machine"


def new_group_id(post: Post, occasion: str = "") -> str:
    """The id of the group that a post begins: of two groups the older one's is the smaller.

    Args:
        occasion: what made it leave the group that bears its name already.
    """
    digest = hashlib.sha256(f"claim\n{post.id}\n{occasion}".encode("utf-8", "surrogatepass"))
    return f"{post.collected_at:%Y%m%d}-{digest.hexdigest()[:12]}"


def build_change(  # noqa: PLR0913 (a line of the record: who, when, why, from, to)
    members: Sequence[GroupMember],
    to_group: str,
    kind: GroupChangeKind,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    undoes: str = "",
) -> GroupChange:
    """What is put down of members of one group that go to another.

    Args:
        by: `MACHINE` or a user id.
        undoes: the id of the change that this one takes back.
    """
    post_ids = tuple(member.post_id for member in members)
    from_group = members[0].group_id
    named = "\n".join((at.isoformat(), from_group, to_group, *post_ids))
    digest = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
    return GroupChange(
        id=f"{at:%Y%m%d%H%M%S}-{digest[:12]}",
        kind=kind,
        changed_at=at,
        changed_by=by,
        from_group=from_group,
        to_group=to_group,
        post_ids=post_ids,
        reason=reason,
        undoes=undoes,
    )


def carry_out(store: Store, change: GroupChange) -> int:
    """Put the change down and move the posts that are still where it takes them from.

    Returns:
        How many posts moved.
    """
    store.put_group_change(change)
    members = store.find_members(change.post_ids).values()
    decided = change.changed_by != MACHINE and not change.undoes
    kept = change.changed_by == MACHINE
    moved = [
        replace(
            member,
            group_id=change.to_group,
            by_person=decided or (kept and member.by_person),
        )
        for member in members
        if member.group_id == change.from_group
    ]
    store.put_members(moved)
    return len(moved)
