"""Which group a post belongs to: found by shared keys, proved by real similarity.

Posts that are at least `LEAST_SIMILARITY` alike are in one group, whatever the order in which
they came: a post that is like two groups joins them, and the older group's id stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from indices.copies.fingerprints import (
    Fingerprint,
    build_fingerprint,
    may_be_copies,
    restore_fingerprint,
)
from indices.copies.shingles import similarity
from indices.documents import Copy, Post
from indices.store import Store

LEAST_SIMILARITY = 0.6
"""Of letter sequences. Measured in docs/performance/copies.md."""
MOST_ALIKE = 12
"""Posts that a text is compared with, and the texts read for it."""
_MOST_SKETCHES = 128
"""Posts that share a key, of which those are chosen by their sketches."""


def group_posts(store: Store, posts: Sequence[Post]) -> list[Copy]:
    """Compare posts with all that were compared before, and with each other; oldest first.

    Returns:
        What was written: the posts, and members of groups that were joined.
    """
    batch = _Batch.of(store, posts)
    for post in posts:
        batch.place(post)
    copies = list(batch.copies.values())
    store.put_copies(copies)
    return copies


@dataclass(slots=True)
class _Batch:
    """Posts being placed, and what is known of those that they may be like."""

    store: Store
    fingerprints: dict[str, Fingerprint]
    candidates: dict[str, list[Copy]]
    """By post, from the store."""
    copies: dict[str, Copy] = field(default_factory=dict)
    """By post, to be written."""
    _by_key: dict[int, list[str]] = field(default_factory=dict)
    """Posts of this batch that were placed."""

    @classmethod
    def of(cls, store: Store, posts: Sequence[Post]) -> _Batch:
        fingerprints = {post.id: build_fingerprint(post) for post in posts}
        keys = [fingerprints[post.id].keys for post in posts]
        found = store.find_alike(keys, limit=_MOST_SKETCHES)
        candidates = {
            post.id: [
                copy
                for copy in _promising(fingerprints[post.id], alike)
                if copy.post_id not in fingerprints
            ]
            for post, alike in zip(posts, found, strict=True)
        }
        ids = {copy.post_id for alike in candidates.values() for copy in alike}
        known = {key: record.post for key, record in store.find_records(list(ids)).items()}
        fingerprints |= _current(known, candidates)
        return cls(store, fingerprints, candidates)

    def place(self, post: Post) -> None:
        """Find the post's group, or make it the first of its own."""
        own = self.fingerprints[post.id]
        alike = [
            (share, copy)
            for copy in self._possible(post.id, own)
            if (share := self._share(own, copy.post_id)) >= LEAST_SIMILARITY
        ]
        best = max(alike, key=lambda found: found[0], default=None)
        groups = sorted({copy.group_id for _, copy in alike})
        self.copies[post.id] = Copy(
            post_id=post.id,
            text_hash=post.text_hash,
            group_id=groups[0] if groups else _new_group(post),
            keys=own.keys,
            sketch=own.sketch.hex(),
            like_id=best[1].post_id if best else "",
            similarity=best[0] if best else 1.0,
        )
        for joined in groups[1:]:
            self._join(joined, groups[0])
        for key in own.keys:
            self._by_key.setdefault(key, []).append(post.id)

    def _possible(self, post_id: str, own: Fingerprint) -> list[Copy]:
        stored = [self.copies.get(c.post_id, c) for c in self.candidates[post_id]]
        shared: dict[str, int] = {}
        for key in own.keys:
            for other in self._by_key.get(key, ())[:MOST_ALIKE]:
                shared[other] = shared.get(other, 0) + 1
        nearest = sorted(shared, key=lambda other: -shared[other])[:MOST_ALIKE]
        return stored + [self.copies[other] for other in nearest if other != post_id]

    def _share(self, own: Fingerprint, other_id: str) -> float:
        other = self.fingerprints.get(other_id)
        if other is None:  # deleted meanwhile, or with other words than those that were compared
            return 0.0
        if own.exact == other.exact:
            return 1.0
        return similarity(own.shingles, other.shingles) if own.bands and other.bands else 0.0

    def _join(self, joined: str, into: str) -> None:
        members = {copy.post_id: copy for copy in self.store.iter_group(joined)}
        members |= {key: copy for key, copy in self.copies.items() if copy.group_id == joined}
        for key, copy in members.items():
            self.copies[key] = replace(self.copies.get(key, copy), group_id=into)
        for alike in self.candidates.values():
            alike[:] = [replace(c, group_id=into) if c.group_id == joined else c for c in alike]


def _promising(own: Fingerprint, alike: Sequence[Copy]) -> list[Copy]:
    """Those that may really be copies: among very many posts most that share a key are none."""
    may_be = may_be_copies(own.sketch, [bytes.fromhex(copy.sketch) for copy in alike])
    return list(compress(alike, may_be))[:MOST_ALIKE]


def _current(
    known: Mapping[str, Post], candidates: Mapping[str, Sequence[Copy]]
) -> dict[str, Fingerprint]:
    compared = {copy.post_id: copy for alike in candidates.values() for copy in alike}
    return {
        key: restore_fingerprint(post, compared[key].keys)
        for key, post in known.items()
        if post.text_hash == compared[key].text_hash
    }


def _new_group(post: Post) -> str:
    """Sorts by the day of the group's first post, so that the older of two is the smaller."""
    digest = hashlib.sha256(f"{post.id}\n{post.text_hash}".encode("utf-8", "surrogatepass"))
    return f"{post.collected_at:%Y%m%d}-{digest.hexdigest()[:12]}"
