"""Reads from the store what lies near new posts, and places them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import read_text
from classifier.grouping.assigning import MOST_COMPARED, Grouping, Placement
from classifier.grouping.pairs import PairScorer
from classifier.grouping.views import ClaimView, build_view
from indices.claim_groups.moving import new_group_id
from indices.claim_groups.rulings import Rulings
from indices.documents import GroupMember, Post, PostRecord
from indices.queries import Neighbour
from indices.store import Store

FloatArray = NDArray[np.float32]

NEIGHBOURS = 24
"""Posts that are looked at for each new one; some are of its own batch, or came later."""
MOST_REMEMBERED = 20_000
"""Posts that are remembered between batches, some 8 KB each."""


class Placer:
    """The groups of a store, as far as they lie near the posts being placed."""

    def __init__(self, store: Store, scorer: PairScorer, rulings: Rulings) -> None:
        self._store, self._scorer, self._rulings = store, scorer, rulings
        self._grouping = Grouping(scorer, rulings)

    def place(self, posts: Sequence[Post]) -> list[GroupMember]:
        """Where each post goes, in order; the caller writes it."""
        if len(self._grouping.views) > MOST_REMEMBERED:
            self._grouping = Grouping(self._scorer, self._rulings)
        views = read_views(self._store, [post.id for post in posts], self._scorer)
        posts = [post for post in posts if post.id in views]  # some may have gone meanwhile
        near = self._find_near(posts, views)
        ruled = (key for post in posts for key in self._rulings.together_with(post.id))
        nearby = {neighbour.post_id for found in near for neighbour in found}
        self._load((nearby | set(ruled)) - views.keys())
        return [
            self._member(post, views[post.id], keys) for post, keys in zip(posts, near, strict=True)
        ]

    def _member(self, post: Post, view: ClaimView, near: Sequence[Neighbour]) -> GroupMember:
        known = [
            (neighbour.post_id, neighbour.cosine)
            for neighbour in near
            if neighbour.post_id in self._grouping.group_of and neighbour.post_id != post.id
        ]
        placed = self._grouping.place(post.id, view, known, new_group_id(post))
        return member_of(post, placed)

    def _find_near(
        self, posts: Sequence[Post], views: dict[str, ClaimView]
    ) -> list[list[Neighbour]]:
        """For each post those that lie near it, itself among them."""
        asked = [post.id for post in posts if len(views[post.id].vector)]
        if not asked:
            return [[] for _ in posts]
        vectors = np.array([views[key].vector for key in asked], np.float32)
        found = self._store.find_nearest(vectors, limit=NEIGHBOURS + 1)
        near = dict(zip(asked, found, strict=True))
        return [near.get(post.id, []) for post in posts]

    def _load(self, post_ids: Collection[str]) -> None:
        """The groups of these posts with their oldest members, where they are in any."""
        unknown = [key for key in post_ids if key not in self._grouping.views]
        members = self._store.find_members(unknown)
        groups = {member.group_id for member in members.values()} - self._grouping.members.keys()
        oldest = {
            member.post_id: member
            for group in groups
            for member in self._store.iter_members(group, limit=MOST_COMPARED)
        }
        self._add(oldest | members)

    def _add(self, members: dict[str, GroupMember]) -> None:
        views = read_views(self._store, list(members), self._scorer)
        for key, member in members.items():
            if key in views:
                self._grouping.add(key, member.group_id, views[key], member.crowding)


def read_views(store: Store, post_ids: Sequence[str], scorer: PairScorer) -> dict[str, ClaimView]:
    """What is compared of the posts as they are now, by id; unknown ones are left out."""
    return {
        key: _view(record, store.find_vector(key), scorer)
        for key, record in store.find_records(post_ids).items()
    }


def member_of(post: Post, placed: Placement) -> GroupMember:
    """What is kept of where a post went."""
    return GroupMember(
        post_id=post.id,
        text_hash=post.text_hash,
        group_id=placed.group_id,
        like_id=placed.like_id,
        probability=round(placed.probability, 4),
        by_person=placed.by_person,
        crowding=round(placed.crowding, 4),
    )


def _view(record: PostRecord, vector: FloatArray | None, scorer: PairScorer) -> ClaimView:
    matches = record.assessment.matches if record.assessment else ()
    return build_view(read_text(record.post), vector, scorer.rarity, matches)
