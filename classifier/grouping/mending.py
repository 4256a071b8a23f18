"""What a second look changes: members that do not fit leave, groups that tell one claim join.

Nothing that a person decided is changed: who was put somewhere by a person stays there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.grouping.assigning import MOST_COMPARED, spread_evenly
from classifier.grouping.pairs import PairScorer
from classifier.grouping.views import ClaimView
from indices.claim_groups.rulings import Rulings
from indices.documents import GroupMember

FloatArray = NDArray[np.float32]

MOST_LOOKED_AT = 40
"""Members of a group that are compared with each other, evenly from the oldest to the newest."""
LEAVING_SHARE = 0.6
"""A member leaves below this share of the probability that it would need to join: groups that
were just made are not torn apart again."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group with those of its members that are looked at."""

    id: str
    size: int
    members: Sequence[GroupMember]
    """Oldest first."""
    views: Mapping[str, ClaimView]

    def spread(self, limit: int) -> list[GroupMember]:
        """The oldest member and others from all times, so many at most."""
        chosen = set(spread_evenly([member.post_id for member in self.members], limit))
        return [member for member in self.members if member.post_id in chosen]

    @property
    def has_fixed(self) -> bool:
        """Whether a person put one of its members here."""
        return any(member.by_person for member in self.members)


def find_leavers(group: Group, scorer: PairScorer, rulings: Rulings) -> list[GroupMember]:
    """Members that fit the others too badly, the worst first; never the oldest member."""
    chances = _chances(group, scorer)
    staying = list(range(len(group.members)))
    leavers: list[GroupMember] = []
    while len(staying) > 1:
        worst = min(staying[1:], key=lambda place: _fit(group, chances, staying, place, rulings))
        if _fit(group, chances, staying, worst, rulings) >= LEAVING_SHARE * scorer.join_threshold:
            break
        staying.remove(worst)
        leavers.append(group.members[worst])
    return leavers


def regroup(
    leavers: Sequence[GroupMember], group: Group, scorer: PairScorer, rulings: Rulings
) -> list[list[GroupMember]]:
    """Those who leave together where they fit each other; oldest first."""
    leaving = {member.post_id for member in leavers}
    parts: list[list[GroupMember]] = []
    for member in group.members:
        if member.post_id in leaving:
            fitting = [part for part in parts if _fits(member, part, group, scorer, rulings)]
            if fitting:
                fitting[0].append(member)
            else:
                parts.append([member])
    return parts


def link_of(one: Group, other: Group, scorer: PairScorer) -> float:
    """The mean probability that a member of one and a member of the other tell one claim."""
    ours, theirs = one.spread(MOST_COMPARED), other.spread(MOST_COMPARED)
    rows = [_chance(member, one, theirs, other, scorer) for member in ours]
    return float(np.mean(rows)) if rows and theirs else 0.0


def may_merge(one: Group, other: Group, rulings: Rulings) -> tuple[Group, Group] | None:
    """Which group goes into which; None where a person's word stands against it.

    The larger group keeps its id, of two alike the older one, unless a person put a member into
    the smaller one: then that one keeps its own.
    """
    if one.has_fixed and other.has_fixed:
        return None
    keys = [member.post_id for member in other.members]
    if any(rulings.keeps_apart(member.post_id, keys) for member in one.members):
        return None
    goes, stays = sorted((one, other), key=lambda group: (group.size, _newest_first(group.id)))
    return (stays, goes) if goes.has_fixed else (goes, stays)


def _fits(
    member: GroupMember,
    part: Sequence[GroupMember],
    group: Group,
    scorer: PairScorer,
    rulings: Rulings,
) -> bool:
    if rulings.keeps_apart(member.post_id, [other.post_id for other in part]):
        return False
    return float(_chance(member, group, part, group, scorer).mean()) >= scorer.join_threshold


def _newest_first(group_id: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in group_id)


def _fit(
    group: Group, chances: FloatArray, staying: Sequence[int], place: int, rulings: Rulings
) -> float:
    """How well a member fits those who stay, on average; 1 where a person put it here."""
    member = group.members[place]
    others = [other for other in staying if other != place]
    keys = [group.members[other].post_id for other in others]
    if member.by_person or any(key in keys for key in rulings.together_with(member.post_id)):
        return 1.0
    if rulings.keeps_apart(member.post_id, keys):
        return 0.0
    return float(chances[place, others].mean())


def _chances(group: Group, scorer: PairScorer) -> FloatArray:
    """Of each pair of members; shape (n_members, n_members)."""
    members = group.members
    return np.array([_chance(m, group, members, group, scorer) for m in members], np.float32)


def _chance(
    member: GroupMember,
    one: Group,
    theirs: Sequence[GroupMember],
    other: Group,
    scorer: PairScorer,
) -> FloatArray:
    """That each of the other group's members tells the claim of a member of this one."""
    views = [other.views[each.post_id] for each in theirs]
    crowding = [each.crowding for each in theirs]
    own = [member.crowding] * len(crowding)
    return scorer.probability(one.views[member.post_id], views, own, crowding)
