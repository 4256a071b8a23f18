"""Groups of posts that stream through a command: all in memory, the oldest forgotten at last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import read_text
from classifier.grouping.assigning import Grouping
from classifier.grouping.pairs import PairScorer
from classifier.grouping.placing import NEIGHBOURS
from classifier.grouping.views import build_view
from indices.documents import Assessment, Post

FloatArray = NDArray[np.float32]

MOST_KEPT = 20_000
"""Posts of a stream that later ones may join, some 8 KB each; beyond it the older half goes."""


class StreamGrouper:
    """Places each post among those that came before it."""

    def __init__(self, scorer: PairScorer, most_kept: int = MOST_KEPT) -> None:
        self._grouping = Grouping(scorer)
        self._rarity = scorer.rarity
        self._most_kept = most_kept
        self._keys: list[str] = []
        self._vectors = np.zeros((0, 0), np.float32)
        self._names: set[str] = set()

    def place(
        self, posts: Sequence[Post], vectors: FloatArray, assessments: Sequence[Assessment]
    ) -> list[str]:
        """The group of each post, named after the group's first post.

        Args:
            vectors: as the matching encoder sees the posts, rows of unit length.
        """
        if not posts:
            return []
        if len(self._keys) > self._most_kept:
            self._forget(len(self._keys) // 2)
        known = len(self._keys)
        names = [self._new_name(post.id) for post in posts]
        self._remember(names, vectors)
        likeness = vectors @ self._vectors[: known + len(posts)].T
        groups = []
        for place, post in enumerate(posts):
            before = likeness[place, : known + place]
            near = [
                (self._keys[other], float(before[other])) for other in nearest(before, NEIGHBOURS)
            ]
            view = build_view(
                read_text(post), vectors[place], self._rarity, assessments[place].matches
            )
            placed = self._grouping.place(names[place], view, near, names[place])
            groups.append(placed.group_id)
        return groups

    def _new_name(self, post_id: str) -> str:
        """The post's id; where two posts bear one, a number tells them apart."""
        name, number = post_id, 2
        while name in self._names:
            name, number = f"{post_id}#{number}", number + 1
        self._names.add(name)
        return name

    def _remember(self, names: Sequence[str], vectors: FloatArray) -> None:
        start, end = len(self._keys), len(self._keys) + len(names)
        if end > len(self._vectors):
            larger = np.zeros((max(2 * end, 1024), vectors.shape[1]), np.float32)
            if start:
                larger[:start] = self._vectors[:start]
            self._vectors = larger
        self._vectors[start:end] = vectors
        self._keys += names

    def _forget(self, count: int) -> None:
        self._grouping.forget(self._keys[:count])
        left = len(self._keys) - count
        self._vectors[:left] = self._vectors[count : count + left]
        self._keys = self._keys[count:]


def nearest(likeness: FloatArray, limit: int) -> list[int]:
    """Positions of the highest values, highest first."""
    chosen = np.arange(len(likeness))
    if len(likeness) > limit:
        chosen = np.argpartition(-likeness, limit)[:limit]
    ordered: list[int] = chosen[np.argsort(-likeness[chosen], kind="stable")].tolist()
    return ordered
