"""Fill a store with posts, find copies among them, and print what it took and what was found.

python -m benchmarks.copies --posts 100000
python -m benchmarks.copies --posts 100000 --elasticsearch http://127.0.0.1:9200
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
import psutil

from benchmarks.copies.texts import EDITS, messages, said, same_form
from benchmarks.store.corpus import Corpus
from indices.copies.fingerprints import build_fingerprint
from indices.copies.grouping import group_posts
from indices.documents import Post
from indices.opening import open_store
from indices.settings import Settings
from indices.store import Store

BATCH = 500


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--tried", type=int, default=300, help="copies made of each kind")
    parser.add_argument("--elasticsearch", default="", metavar="URL")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _settings(folder, given.elasticsearch) as chosen:
        store = open_store(chosen)
        corpus = Corpus()
        print(f"{given.posts:,} posts, {'Elasticsearch' if given.elasticsearch else 'embedded'}\n")
        _fill(store, corpus, given.posts)
        _fingerprints(corpus)
        _lookups(store, corpus, given.posts)
        _quality(store, corpus, given.posts, given.tried)
        store.close()
        if chosen.store_path.exists():
            print(f"File: {chosen.store_path.stat().st_size / 2**20:,.0f} MiB.")
        memory = psutil.Process().memory_info().rss / 2**20
        print(f"Memory at the end: {memory:,.0f} MiB. Load {os.getloadavg()[0]:.1f}.")


def _fill(store: Store, corpus: Corpus, count: int) -> None:
    writing, grouping = _Stopwatch(), _Stopwatch()
    for start in range(0, count, BATCH):
        posts = messages(corpus, start, min(BATCH, count - start))
        with writing:
            store.upsert_posts(posts)
        with grouping:
            group_posts(store, posts)
    print(f"Written {writing.rates(count)}.\nGrouped {grouping.rates(count)}.")


def _fingerprints(corpus: Corpus) -> None:
    posts = messages(corpus, 0, 2000)
    with _Stopwatch() as making:
        for post in posts:
            build_fingerprint(post)
    print(f"Fingerprints {making.rates(len(posts))}.")


def _lookups(store: Store, corpus: Corpus, count: int) -> None:
    asked = [build_fingerprint(post).keys for post in messages(corpus, count, 2000)]
    with _Stopwatch() as looking:
        found = sum(len(alike) for alike in store.find_alike(asked))
    print(f"Lookups {looking.rates(len(asked))}; {found / len(asked):.2f} candidates each.")


class _Stopwatch:
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
        return f"{count / self._seconds:,.0f}/s, {count / self._own_seconds:,.0f}/s of CPU"


def _quality(store: Store, corpus: Corpus, count: int, tried: int) -> None:
    """Copies of stored posts, and new posts of the same form that are none."""
    chance = random.Random(17)
    originals = messages(corpus, chance.randrange(count // BATCH) * BATCH, min(tried, BATCH))
    print("\n| copy | found | of the right group |\n| --- | ---: | ---: |")
    made = found = right = 0
    for name, edit in EDITS.items():
        copies = [said(p, edit(p.text, chance), secrets.token_hex(12)) for p in originals]
        hits, correct = _judge(store, copies, originals)
        made, found, right = made + len(copies), found + hits, right + correct
        print(f"| {name} | {hits / len(copies):.1%} | {correct / max(hits, 1):.1%} |")
    drawn = _drawer(corpus)
    others = [
        said(p, same_form(p.text, chance, drawn), secrets.token_hex(12)) for p in originals
    ] + messages(corpus, count, tried)
    false, _ = _judge(store, others, others)
    print(
        f"\nRecall {right / made:.3f}; precision {right / (found + false):.3f}"
        f" ({false} of {len(others)} other posts were taken for copies)."
    )


def _judge(store: Store, posts: list[Post], originals: list[Post]) -> tuple[int, int]:
    """How many were found to be copies, and how many of the right post."""
    groups = store.find_copies([post.id for post in originals])
    hits = correct = 0
    for post, original in zip(posts, originals, strict=True):
        store.upsert_posts([post])
        placed = {copy.post_id: copy for copy in group_posts(store, [post])}[post.id]
        hits += bool(placed.like_id)
        wanted = groups.get(original.id)
        correct += bool(placed.like_id and wanted and placed.group_id == wanted.group_id)
    return hits, correct


def _drawer(corpus: Corpus) -> Callable[[int], list[str]]:
    numbers = np.random.default_rng(23)
    return lambda count: corpus.drawn(numbers, count)


@contextmanager
def _settings(folder: str, url: str) -> Iterator[Settings]:
    if not url:
        yield Settings(home=Path(folder))
        return
    from elasticsearch import Elasticsearch

    from indices.elastic.schema import drop_indices

    chosen = Settings(
        home=Path(folder), elasticsearch_url=url, index_prefix=f"bench-{secrets.token_hex(4)}"
    )
    yield chosen
    with Elasticsearch(url) as client:
        drop_indices(client, chosen.index_prefix)


if __name__ == "__main__":
    main()
