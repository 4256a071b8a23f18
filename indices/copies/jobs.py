"""The daily step that finds copies among the posts that were not compared yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from indices.copies.grouping import group_posts
from indices.documents import Post
from indices.jobs import JobContext, JobReport
from indices.locks import exclusive

BATCH_POSTS = 200


def copies(context: JobContext) -> JobReport:
    """Compare all posts that are new or have new words; each batch is kept, so a kill loses one.

    Raises:
        AlreadyRunningError: another process compares posts of this installation.
    """
    counts = {"compared": 0, "copies": 0}
    lock = context.settings.home / "copies.lock"
    with exclusive(lock, "finding copies"), context.progress.bar("Comparing copies") as bar:
        for posts in _batches(context.store.iter_ungrouped()):
            written = {copy.post_id: copy for copy in group_posts(context.store, posts)}
            counts["compared"] += len(posts)
            counts["copies"] += sum(bool(written[post.id].like_id) for post in posts)
            bar.advance(len(posts))
    context.store.refresh()
    return JobReport(job="copies", counts=counts)


def _batches(posts: Iterator[Post]) -> Iterator[list[Post]]:
    while batch := list(islice(posts, BATCH_POSTS)):
        yield batch
