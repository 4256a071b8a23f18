"""Fill a store with posts, find copies among them, and print what it took and what was found.

python -m benchmarks.copies --posts 100000
python -m benchmarks.copies --posts 1000000 --times 40
python -m benchmarks.copies --posts 100000 --elasticsearch http://127.0.0.1:9200
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.copies.filling import Filling, Stopwatch
from benchmarks.copies.multiplying import multiply
from benchmarks.copies.texts import EDITS, messages, said, same_form
from benchmarks.store.corpus import Corpus
from indices.copies.fingerprints import build_fingerprint
from indices.copies.grouping import group_posts
from indices.documents import Post
from indices.opening import open_store
from indices.settings import Settings
from indices.store import Store


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--tried", type=int, default=300, help="copies made of each kind")
    parser.add_argument("--viral", type=float, default=0.1, help="part that copies a few texts")
    parser.add_argument("--times", type=int, default=1, help="each post so often, by SQL")
    parser.add_argument("--elasticsearch", default="", metavar="URL")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _settings(folder, given.elasticsearch) as chosen:
        store = open_store(chosen)
        corpus = Corpus()
        print(f"{given.posts:,} posts, {'Elasticsearch' if given.elasticsearch else 'embedded'}\n")
        filling = Filling(store, corpus, given.posts, given.viral, lambda: _size(chosen))
        filling.run(given.posts // given.times)
        if given.times > 1:
            multiply(chosen.store_path, given.times)
            filling.stage(given.posts, 2000)
        _fingerprints(corpus)
        _quality(filling, given.tried)
        store.close()
        print(f"Load {os.getloadavg()[0]:.1f}.")


def _size(chosen: Settings) -> float:
    """MiB, of the file and its log, or of the index."""
    if not chosen.elasticsearch_url:
        beside = chosen.store_path.parent.glob(f"{chosen.store_path.name}*")
        return sum(path.stat().st_size for path in beside) / 2**20
    from elasticsearch import Elasticsearch

    with Elasticsearch(chosen.elasticsearch_url) as client:
        stats = client.indices.stats(index=f"{chosen.index_prefix}*", metric="store")
    return float(stats["_all"]["primaries"]["store"]["size_in_bytes"]) / 2**20


def _fingerprints(corpus: Corpus) -> None:
    posts = messages(corpus, 0, 2000)
    with Stopwatch() as making:
        for post in posts:
            build_fingerprint(post)
    print(f"\nFingerprints, a second and a second of CPU: {making.rates(len(posts))}.")


def _quality(filling: Filling, tried: int) -> None:
    """Copies of stored posts, and new posts of the same form that are none."""
    store, corpus, count = filling.store, filling.corpus, filling.posts
    chance = random.Random(17)
    originals = messages(corpus, count + 10_000, tried)  # the newest: looked at last
    store.upsert_posts(originals)
    group_posts(store, originals)
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
    ] + messages(corpus, count + 20_000, tried)
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
