"""A post's claim group in plain words, for the desk and other readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from indices.documents import GroupChange, GroupMember, Post, PostRecord
from indices.personal_data.masking import mask
from indices.store import Store
from indices.text import query_terms, words_by_term

MOST_SHOWN = 50
MOST_SHARED = 6
_READ_CHARACTERS = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMember:
    """Another post of the same claim, as seen from one post."""

    post: Post
    member: GroupMember
    shared_terms: tuple[str, ...]
    """Telling words of this post that both have in some form; nothing of what is masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGroup:
    """A group as seen from one of its posts: all others counted, some of them shown."""

    own: GroupMember
    total: int
    """Of posts, this one among them."""
    others: Sequence[OtherMember]
    changes: Sequence[GroupChange]
    """What moved posts out of or into this group, newest first."""

    @property
    def id(self) -> str:
        """The group's."""
        return self.own.group_id

    @property
    def first_id(self) -> str:
        """The post that the others are compared with here: the post itself."""
        return self.own.post_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeGroup:
    """A claim that several posts of a time tell."""

    id: str
    first: PostRecord
    """The group's oldest, which may be older than that time."""
    total: int
    """Of posts in that time."""


def find_claim_group(store: Store, post: Post, *, limit: int = MOST_SHOWN) -> ClaimGroup | None:
    """The group of a post; None before it was placed."""
    own = store.find_members([post.id]).get(post.id)
    if own is None:
        return None
    shown = [m for m in store.iter_members(own.group_id, limit=limit + 1) if m.post_id != post.id]
    records = store.find_records([member.post_id for member in shown[:limit]])
    mine = frozenset(query_terms(_read(post)))
    others = [
        OtherMember(
            post=records[member.post_id].post,
            member=member,
            shared_terms=_shared(mine, records[member.post_id].post),
        )
        for member in shown[:limit]
        if member.post_id in records
    ]
    return ClaimGroup(
        own=own,
        total=store.count_members([own.group_id]).get(own.group_id, 1),
        others=others,
        changes=list(store.iter_group_changes(group_id=own.group_id))[::-1],
    )


def count_others(store: Store, post_ids: Sequence[str]) -> Mapping[str, int]:
    """How many other posts tell the same claim, for those posts that have any."""
    groups = {key: member.group_id for key, member in store.find_members(post_ids).items()}
    sizes = store.count_members(list(groups.values()))
    return {key: sizes[group] - 1 for key, group in groups.items() if sizes.get(group, 1) > 1}


def find_largest(store: Store, *, since: datetime, limit: int) -> list[LargeGroup]:
    """The claims that most posts tell which were collected since then."""
    totals = store.find_largest_groups(since=since, limit=limit)
    firsts = {group: next(store.iter_members(group, limit=1), None) for group in totals}
    ids = [member.post_id for member in firsts.values() if member]
    records = store.find_records(ids)
    return [
        LargeGroup(id=group, first=records[first.post_id], total=totals[group])
        for group, first in firsts.items()
        if first and first.post_id in records
    ]


def _read(post: Post) -> str:
    return mask(f"{post.title}\n{post.text}")[:_READ_CHARACTERS]


def _shared(mine: frozenset[str], other: Post) -> tuple[str, ...]:
    text = _read(other)
    words = words_by_term(text)
    shared = (words[term] for term in query_terms(text) if term in mine and len(term) > 2)
    return tuple(dict.fromkeys(shared))[:MOST_SHARED]
