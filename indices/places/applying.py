"""The present reading of places, language and relevance over posts that are stored already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from indices.documents import Post, Source
from indices.progress import ProgressBar
from indices.reading import read_post
from indices.relevance import RelevanceRule
from indices.store import Store

_BATCH = 500


@dataclass(slots=True)
class Reading:
    """Stored posts read once more; none is deleted.

    Args:
        rule: for which of them their sources would keep them today.
    """

    store: Store
    rule: RelevanceRule
    changed: int = 0
    """Posts that are read differently now."""
    left: int = 0
    """Posts that a crawl would leave today: they stay, without a reason."""
    _sources: dict[str, Source] = field(default_factory=dict)

    def run(self, bar: ProgressBar) -> None:
        """Safe to interrupt and to repeat."""
        self._sources = {source.id: source for source in self.store.iter_sources()}
        posts = self._iter_changed(bar)
        while batch := list(islice(posts, _BATCH)):
            self.store.upsert_posts(batch)
            self.changed += len(batch)

    def _iter_changed(self, bar: ProgressBar) -> Iterator[Post]:
        for record in self.store.iter_records():
            post = self._judged(read_post(self.rule.gazetteer, record.post))
            bar.advance()
            if post != record.post:
                yield post

    def _judged(self, post: Post) -> Post:
        """As a crawl would; a post whose source is not known any more keeps its reason."""
        source = self._sources.get(post.source_id)
        if source is None:
            return post
        post, verdict = self.rule.apply(source, post)
        self.left += not verdict.kept
        return post
