"""Everything that matches, page after page, however much there is.

The order is by values that a document keeps, so each page can ask for what comes after the last
one: nothing is held open on the server, and a slow reader never loses its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from indices.codec import document_from_json
from indices.documents import Post
from indices.elastic.schema import Index
from indices.elastic.session import Session

PAGE = 500
Sort = Sequence[dict[str, str]]
BY_ID: Sort = ({"id": "asc"},)
OLDEST: Sort = ({"collected_us": "asc"}, {"id": "asc"})


def iter_fields(
    session: Session, index: Index, query: dict[str, Any], fields: Sequence[str], sort: Sort = BY_ID
) -> Iterator[dict[str, Any]]:
    """The named stored fields of every matching document that was written before the call."""
    session.refresh(index)
    after: list[Any] | None = None
    while True:
        with session.calling() as client:
            answer = client.search(
                index=session.alias(index),
                allow_partial_search_results=False,
                query=query,
                source_includes=list(fields),
                sort=list(sort),
                size=PAGE,
                search_after=after,
                track_total_hits=False,
            )
        hits = answer["hits"]["hits"]
        yield from (hit["_source"] for hit in hits)
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]


def iter_posts(session: Session, query: dict[str, Any], limit: int | None) -> Iterator[Post]:
    """Posts that match, oldest first."""
    for fields in islice(iter_fields(session, Index.POSTS, query, ("post",), OLDEST), limit):
        yield document_from_json(Post, fields["post"])
