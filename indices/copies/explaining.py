"""Copies in plain words, for the desk, summaries and commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indices.copies.fingerprints import build_fingerprint
from indices.copies.shingles import similarity
from indices.documents import Post
from indices.store import Store

MOST_SHOWN = 50
LEAST_SAME = 0.75
"""Less alike may be another text of the same form: measured in docs/performance/copies.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCopy:
    """Another post with the same text, as seen from one post."""

    post: Post
    similarity: float

    @property
    def percent(self) -> int:
        """Rounded down: 100 stands for the same words only."""
        return int(self.similarity * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The other posts of one text: all of them counted, some of them shown, most alike first."""

    total: int = 0
    shown: tuple[OtherCopy, ...] = ()

    @property
    def explanation(self) -> str:
        """One Indonesian phrase; empty where there are no copies."""
        if not self.shown:
            return ""
        nearest = self.shown[0]
        name = nearest.post.title or nearest.post.text[:60].strip()
        how = "sama" if nearest.similarity >= LEAST_SAME else "mirip"
        return f"teks {how} dengan “{name}” ({nearest.post.source_id}), {nearest.percent} %"


def find_other_copies(store: Store, post: Post, *, limit: int = MOST_SHOWN) -> Copies:
    """The posts of this post's group, each compared with it."""
    own = store.find_copies([post.id]).get(post.id)
    if own is None:
        return Copies()
    ids = [copy.post_id for copy in store.iter_group(own.group_id) if copy.post_id != post.id]
    records = store.find_records(ids[:limit])
    mine = build_fingerprint(post)
    compared = []
    for key in ids[:limit]:
        if key in records:
            other = build_fingerprint(records[key].post)
            same = mine.exact == other.exact
            share = 1.0 if same else min(similarity(mine.shingles, other.shingles), 0.99)
            compared.append(OtherCopy(post=records[key].post, similarity=share))
    return Copies(total=len(ids), shown=tuple(sorted(compared, key=lambda c: -c.similarity)))


def count_other_copies(store: Store, post_ids: list[str]) -> Mapping[str, int]:
    """How many other posts have the same text, for those posts that have any."""
    groups = {key: copy.group_id for key, copy in store.find_copies(post_ids).items()}
    sizes = store.count_groups(list(groups.values()))
    return {key: sizes[group] - 1 for key, group in groups.items() if sizes.get(group, 1) > 1}
