"""Posts join groups one by one: the group whose members they resemble on average, or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from classifier.grouping.pairs import PairScorer
from classifier.grouping.views import ClaimView
from indices.claim_groups.rulings import NO_RULINGS, Rulings

FloatArray = NDArray[np.float32]

MOST_COMPARED = 6
"""Members of a group that a post is compared with, the oldest and the rest evenly."""
MOST_GROUPS = 4
"""Groups that a post is compared with, the likeliest first."""
RIVALS = 3
"""Other groups whose nearest posts say how crowded the place is where a post lies."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a post went, and why."""

    group_id: str
    like_id: str = ""
    """The member that it is most like; empty for the first of a group."""
    probability: float = 1.0
    """That it tells the claim of the members it was compared with, on average."""
    by_person: bool = False
    """Whether a person said so."""
    crowding: float = 0.0
    """Mean cosine with the nearest posts of other groups, one each."""


@dataclass(slots=True)
class Grouping:
    """The groups that are known so far, as far as they matter for the posts being placed."""

    scorer: PairScorer
    rulings: Rulings = NO_RULINGS
    views: dict[str, ClaimView] = field(default_factory=dict)
    crowding: dict[str, float] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    """By group, oldest first; perhaps not all of them."""

    def add(self, post_id: str, group_id: str, view: ClaimView, crowding: float) -> None:
        """A post whose group is known already."""
        self.views[post_id], self.crowding[post_id] = view, crowding
        if self.group_of.get(post_id) != group_id:
            self.group_of[post_id] = group_id
            self.members.setdefault(group_id, []).append(post_id)

    def forget(self, post_ids: Sequence[str]) -> None:
        """Posts that later ones need not be compared with any longer."""
        for key in post_ids:
            self.views.pop(key, None)
            self.crowding.pop(key, None)
            group = self.group_of.pop(key, None)
            if group is not None:
                self.members[group].remove(key)
                if not self.members[group]:
                    del self.members[group]

    def place(
        self, post_id: str, view: ClaimView, near: Sequence[tuple[str, float]], new_group: str
    ) -> Placement:
        """Find the post's group among those of the posts near it, or begin one.

        Args:
            near: ids of posts that were added, without the post itself, and their cosines with
                it, the nearest first.
            new_group: the id of the group that it begins where it joins none.
        """
        cosines: dict[str, float] = {}
        for key, cosine in near:
            cosines.setdefault(self.group_of[key], cosine)
        placement = self._ruled(post_id) or self._likeliest(post_id, view, near, cosines)
        placement = placement or Placement(new_group)
        crowding = self._crowding(cosines, placement.group_id)
        self.add(post_id, placement.group_id, view, crowding)
        return replace(placement, crowding=crowding)

    def link(self, view: ClaimView, group_id: str, crowding: float) -> tuple[float, str]:
        """The mean probability with a group's members, and the member that is likest."""
        compared = spread_evenly(self.members[group_id])
        chances = self._chances(view, compared, [crowding] * len(compared))
        return float(chances.mean()), compared[int(chances.argmax())]

    def _ruled(self, post_id: str) -> Placement | None:
        for other in self.rulings.together_with(post_id):
            if other in self.group_of:
                return Placement(self.group_of[other], other, by_person=True)
        return None

    def _likeliest(
        self,
        post_id: str,
        view: ClaimView,
        near: Sequence[tuple[str, float]],
        cosines: Mapping[str, float],
    ) -> Placement | None:
        threshold = self.scorer.join_threshold
        best = self._best_chances(view, near, cosines)
        likely = sorted(best, key=lambda group: (-best[group], group))[:MOST_GROUPS]
        found = [
            Placement(group, like, link)
            for group in likely
            if best[group] >= threshold
            and not self.rulings.keeps_apart(post_id, self.members[group])
            for link, like in [self.link(view, group, self._crowding(cosines, group))]
            if link >= threshold
        ]
        return max(found, key=lambda placement: placement.probability, default=None)

    def _best_chances(
        self, view: ClaimView, near: Sequence[tuple[str, float]], cosines: Mapping[str, float]
    ) -> dict[str, float]:
        """By group the highest probability with one of its posts that lie near."""
        keys = [key for key, _ in near]
        crowding = {group: self._crowding(cosines, group) for group in cosines}
        own = [crowding[self.group_of[key]] for key in keys]
        best: dict[str, float] = {}
        for key, chance in zip(keys, self._chances(view, keys, own).tolist(), strict=True):
            group = self.group_of[key]
            best[group] = max(chance, best.get(group, 0.0))
        return best

    def _chances(
        self, view: ClaimView, keys: Sequence[str], crowding: Sequence[float]
    ) -> FloatArray:
        views = [self.views[key] for key in keys]
        return self.scorer.probability(view, views, crowding, [self.crowding[k] for k in keys])

    def _crowding(self, cosines: Mapping[str, float], group_id: str) -> float:
        rivals = [cosine for group, cosine in cosines.items() if group != group_id]
        return crowding_of(rivals, self.scorer.usual_crowding)


def crowding_of(rivals: Sequence[float], usual: float) -> float:
    """How near the nearest posts of other groups lie, leaning on what is usual where few are.

    Args:
        rivals: one cosine for each other group, the highest first.
    """
    nearest = rivals[:RIVALS]
    return (sum(nearest) + usual) / (len(nearest) + 1)


def spread_evenly(members: Sequence[str], limit: int = MOST_COMPARED) -> list[str]:
    """The oldest member and others from all times, so many at most."""
    if len(members) <= limit:
        return list(members)
    places = np.linspace(0, len(members) - 1, limit).round().astype(int)
    return [members[place] for place in places]
