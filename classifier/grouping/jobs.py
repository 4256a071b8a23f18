"""Assessed posts join their groups in the store, oldest first, each batch kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from classifier.artefact import load_artefact
from classifier.grouping.learning import taught_scorer
from classifier.grouping.pairs import load_pair_scorer
from classifier.grouping.placing import Placer
from classifier.installing import in_use
from indices.claim_groups.rulings import Rulings
from indices.documents import Post
from indices.jobs import JobContext
from indices.locks import exclusive

BATCH_POSTS = 256


def place_posts(context: JobContext) -> dict[str, int]:
    """Put every assessed post that is in no group into one; a kill loses one batch.

    Returns:
        Counts: `placed`, and `joined` of them that found a group.

    Raises:
        AlreadyRunningError: another process places posts of this installation.
        ArtefactError: the model's group part is damaged.
    """
    store = context.store
    counts = {"placed": 0, "joined": 0}
    scorer = load_pair_scorer(load_artefact(in_use(context.settings).model))
    lock = exclusive(groups_lock(context), "placing posts in claim groups")
    with lock, context.progress.bar("Grouping") as bar:
        taught = taught_scorer(scorer, store)
        placer = Placer(store, taught, Rulings.of(store.iter_group_rulings()))
        for posts in _batches(store.iter_unplaced()):
            members = placer.place(posts)
            store.put_members(members)
            counts["placed"] += len(members)
            counts["joined"] += sum(bool(member.like_id) for member in members)
            bar.advance(len(posts))
    return counts


def groups_lock(context: JobContext) -> Path:
    """Held by whatever moves posts between groups by itself."""
    return context.settings.home / "groups.lock"


def _batches(posts: Iterator[Post]) -> Iterator[list[Post]]:
    while batch := list(islice(posts, BATCH_POSTS)):
        yield batch
