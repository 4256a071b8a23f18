"""A store filled with messages, and what that takes the fuller it gets."""

from __future__ import annotations

import random
import resource
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from benchmarks.copies.texts import all_at_once, messages, said
from benchmarks.store.corpus import Corpus
from indices.copies.fingerprints import build_fingerprint
from indices.copies.grouping import group_posts
from indices.documents import Post
from indices.store import Store

BATCH = 500
STAGES = 10
_VIRAL = 500
"""Messages of which there are many copies, the first the most, by Zipf's law."""
_BEYOND = 10**9
"""Messages with numbers from here on are none that is stored as it is."""


class Stopwatch:
    """Sums the time and the time of this process's own work spent inside it."""

    def __init__(self) -> None:
        self._seconds = self._own_seconds = 0.0

    def __enter__(self) -> Self:
        self._seconds -= time.perf_counter()
        self._own_seconds -= time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self._seconds += time.perf_counter()
        self._own_seconds += time.process_time()

    def rates(self, count: int) -> str:
        """A second, and a second of processor time, which other work on the machine leaves be."""
        return f"{count / self._seconds:,.0f} | {count / self._own_seconds:,.0f}"


@dataclass(frozen=True)
class Filling:
    """What is put into which store.

    Args:
        posts: the number of the first message that is not stored.
        viral: the part of the posts that are copies of a few messages, 0 to 1.
        size_mebibytes: what the store takes on disk now.
    """

    store: Store
    corpus: Corpus
    posts: int
    viral: float
    size_mebibytes: Callable[[], float]

    def run(self, posts: int) -> None:
        """Write and group so many, and print a row after each tenth."""
        print(
            "| posts | written/s | of CPU | grouped/s | of CPU | lookups/s | of CPU"
            " | MiB on disk | peak MiB |"
        )
        print("| ---: " * 9 + "|")
        stage = max(posts // STAGES // BATCH, 1) * BATCH
        for start in range(0, posts, stage):
            self.stage(start, min(stage, posts - start))

    def stage(self, start: int, count: int) -> None:
        """Write and group the messages of these numbers, and print what that took."""
        writing, grouping = Stopwatch(), Stopwatch()
        for first in range(start, start + count, BATCH):
            posts = self.mixed(first, min(BATCH, start + count - first))
            with writing:
                self.store.upsert_posts(posts)
            with grouping:
                group_posts(self.store, posts)
        rates = f"{writing.rates(count)} | {grouping.rates(count)} | {self._lookups()}"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sizes = f"{self.size_mebibytes():,.0f} | {peak:,.0f}"
        print(f"| {start + count:,} | {rates} | {sizes} |")
        sys.stdout.flush()

    def mixed(self, start: int, count: int) -> list[Post]:
        """New messages, and among them copies of the viral ones; the same for the same numbers."""
        chance = random.Random(start)
        return [
            self._copy(chance, post.id) if chance.random() < self.viral else post
            for post in messages(self.corpus, start, count)
        ]

    def _copy(self, chance: random.Random, post_id: str) -> Post:
        original = self._viral[int(_VIRAL ** chance.random()) - 1]  # ranks by Zipf's law
        return said(original, all_at_once(original.text, chance), post_id)

    @cached_property
    def _viral(self) -> list[Post]:
        return messages(self.corpus, _BEYOND, _VIRAL)

    def _lookups(self) -> str:
        """Half of what is asked for is new, half a copy of a message that is stored."""
        chance = random.Random(3)
        new = messages(self.corpus, self.posts, BATCH)
        old = messages(self.corpus, 0, BATCH)
        copies = [said(p, all_at_once(p.text, chance), secrets.token_hex(12)) for p in old]
        asked = [build_fingerprint(post).keys for post in [*new, *copies]]
        with Stopwatch() as looking:
            for batch in _batches(asked):
                self.store.find_alike(batch)
        return looking.rates(len(asked))


def _batches(keys: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
