"""What people say of claim groups: a post belongs elsewhere, two groups tell one claim.

The word is kept as pairs of posts ("the same claim", "another claim"), told to the index through
the outbox with the move itself, and obeyed by whatever places posts later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indices.claim_groups.moving import build_change, new_group_id
from indices.documents import GroupChange, GroupChangeKind, GroupMember, GroupRuling
from review_ui.desk import audit, outbox
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError, WrongStateError
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_

MOST_PAIRS = 5
"""Members that a post taken out is kept apart from; one of them in a group keeps it out."""


def take_out(desk: Desk, post_id: str, reason: str = "") -> GroupChange:
    """Put a post into a group of its own, away from those it was with."""
    desk.require(Permission.TRIAGE)
    member = _get_member(desk, post_id)
    others = [m for m in desk.store.iter_members(member.group_id) if m.post_id != post_id]
    if not others:
        raise WrongStateError(N_("Unggahan ini sudah sendiri dalam kelompoknya."))
    record = desk.store.find_records([post_id])[post_id]
    own = new_group_id(record.post, desk.now.isoformat())
    change = _change(desk, [member], own, GroupChangeKind.MOVED, reason)
    likest = [other for other in others if other.post_id == member.like_id]
    apart = [*likest, *(other for other in others if other not in likest)][:MOST_PAIRS]
    pairs = [(post_id, other.post_id) for other in apart]
    return _rule(desk, change, pairs, same_claim=False)


def put_in(desk: Desk, post_id: str, other_id: str, reason: str = "") -> GroupChange:
    """Put a post into the group of another post."""
    desk.require(Permission.TRIAGE)
    member, other = _get_member(desk, post_id), _get_member(desk, other_id)
    if member.group_id == other.group_id:
        raise WrongStateError(N_("Kedua unggahan sudah dalam kelompok yang sama."))
    change = _change(desk, [member], other.group_id, GroupChangeKind.MOVED, reason)
    return _rule(desk, change, [(post_id, other_id)], same_claim=True)


def merge(desk: Desk, post_id: str, other_id: str, reason: str = "") -> GroupChange:
    """Join the whole groups of two posts; the larger one keeps its id, of two alike the older."""
    desk.require(Permission.TRIAGE)
    found = [_get_member(desk, key).group_id for key in (post_id, other_id)]
    if found[0] == found[1]:
        raise WrongStateError(N_("Kedua unggahan sudah dalam kelompok yang sama."))
    groups = {key: list(desk.store.iter_members(key)) for key in found}
    stays, goes = sorted(groups, key=lambda key: (-len(groups[key]), key))
    change = _change(desk, groups[goes], stays, GroupChangeKind.MERGED, reason)
    return _rule(desk, change, [(post_id, other_id)], same_claim=True)


def undo(desk: Desk, change_id: str) -> GroupChange:
    """Take back one's own last word on a group, with the pairs that it ruled."""
    desk.require(Permission.TRIAGE)
    change = _find_change(desk, change_id)
    if change is None or change.changed_by != str(desk.user.id) or change.undoes:
        raise WrongStateError(N_("Perubahan kelompok ini tidak bisa dibatalkan."))
    members = desk.store.find_members(change.post_ids).values()
    still = [member for member in members if member.group_id == change.to_group]
    if not still:
        raise WrongStateError(N_("Unggahan ini sudah dipindahkan lagi; muat ulang."))
    back = build_change(
        still,
        change.from_group,
        change.kind,
        by=str(desk.user.id),
        at=desk.now,
        undoes=change.id,
    )
    ruled = [r for r in desk.store.iter_group_rulings() if r.id.startswith(f"{change.id}/")]
    return _rule(desk, back, [ruling.pair for ruling in ruled], same_claim=None)


def _get_member(desk: Desk, post_id: str) -> GroupMember:
    member = desk.store.find_members([post_id]).get(post_id)
    if member is None:
        raise GuardError(N_("Unggahan ini belum dikelompokkan; jalankan luruskan assess."))
    return member


def _find_change(desk: Desk, change_id: str) -> GroupChange | None:
    changes: Iterable[GroupChange] = desk.store.iter_group_changes()
    return next((change for change in changes if change.id == change_id), None)


def _change(
    desk: Desk, members: Sequence[GroupMember], to_group: str, kind: GroupChangeKind, reason: str
) -> GroupChange:
    by = str(desk.user.id)
    return build_change(members, to_group, kind, by=by, at=desk.now, reason=reason)


def _rule(
    desk: Desk,
    change: GroupChange,
    pairs: Sequence[tuple[str, str]],
    *,
    same_claim: bool | None,
) -> GroupChange:
    """Keep it for the index, and for the record of who changed what."""
    rulings = [
        GroupRuling(
            id=f"{change.id}/{number}",
            one_id=one,
            other_id=other,
            same_claim=same_claim,
            ruled_by=change.changed_by,
            ruled_at=desk.now,
            reason=change.reason,
        )
        for number, (one, other) in enumerate(pairs)
    ]
    outbox.queue_group_change(desk.session, change, rulings)
    action = "group.undone" if change.undoes else f"group.{change.kind}"
    moved = {"group": (change.from_group, change.to_group), "posts": (None, change.post_ids)}
    audit.record(desk, action, change.post_ids[0], changes=moved, note=change.reason)
    return change
