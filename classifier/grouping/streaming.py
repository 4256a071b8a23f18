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
"""Posts of a stream that later ones may join, some 5 KB each; beyond it the older half goes."""


class StreamGrouper:
    """Places each post among those that came before it."""

    def __init__(self, scorer: PairScorer, most_kept: int = MOST_KEPT) -> None:
        self._grouping = Grouping(scorer)
        self._rarity = scorer.rarity
        self._most_kept = most_kept
        self._keys: list[str] = []
        self._vectors: list[FloatArray] = []
        """As they came, a batch each: the posts' views look into the same memory."""
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
            self._forget_older_half()
        known = len(self._keys)
        names = [self._new_name(post.id) for post in posts]
        self._keys += names
        self._vectors.append(vectors)
        likeness = np.hstack([vectors @ batch.T for batch in self._vectors])
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

    def _forget_older_half(self) -> None:
        """Whole batches, so that their memory goes too."""
        left = len(self._keys)
        while self._vectors and left > self._most_kept // 2:
            left -= len(self._vectors.pop(0))
        self._grouping.forget(self._keys[: len(self._keys) - left])
        self._keys = self._keys[len(self._keys) - left :]


def nearest(likeness: FloatArray, limit: int) -> list[int]:
    """Positions of the highest values, highest first."""
    chosen = np.arange(len(likeness))
    if len(likeness) > limit:
        chosen = np.argpartition(-likeness, limit)[:limit]
    ordered: list[int] = chosen[np.argsort(-likeness[chosen], kind="stable")].tolist()
    return ordered
