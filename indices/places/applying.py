"""The present reading of places and language over posts that are stored already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from indices.documents import Post
from indices.places.gazetteer import Gazetteer
from indices.progress import ProgressBar
from indices.reading import read_post
from indices.store import Store

_BATCH = 500


def read_again(store: Store, gazetteer: Gazetteer, bar: ProgressBar) -> int:
    """Look for places and language in every post again; safe to interrupt and to repeat.

    Returns:
        How many posts are read differently now.
    """
    changed = 0
    posts = _iter_changed(store, gazetteer, bar)
    while batch := list(islice(posts, _BATCH)):
        store.upsert_posts(batch)
        changed += len(batch)
    return changed


def _iter_changed(store: Store, gazetteer: Gazetteer, bar: ProgressBar) -> Iterator[Post]:
    for record in store.iter_records():
        post = read_post(gazetteer, record.post)
        bar.advance()
        if post != record.post:
            yield post
