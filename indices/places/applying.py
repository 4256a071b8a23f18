"""The present list of places over posts that are stored already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from indices.documents import Post
from indices.places.finding import find_places
from indices.places.gazetteer import Gazetteer
from indices.progress import ProgressBar
from indices.store import Store

_BATCH = 500


def apply_places(store: Store, gazetteer: Gazetteer, bar: ProgressBar) -> int:
    """Look for places in every post again; safe to interrupt and to repeat.

    Returns:
        How many posts name other places than before.
    """
    changed = 0
    posts = _iter_changed(store, gazetteer, bar)
    while batch := list(islice(posts, _BATCH)):
        store.upsert_posts(batch)
        changed += len(batch)
    return changed


def _iter_changed(store: Store, gazetteer: Gazetteer, bar: ProgressBar) -> Iterator[Post]:
    for record in store.iter_records():
        post = record.post
        is_local = gazetteer.is_of_own_region(post.region)
        places = find_places(gazetteer, post.title, post.text, is_local=is_local)
        bar.advance()
        if places != post.places:
            yield replace(post, places=places)
