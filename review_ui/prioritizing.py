"""The queue in order of priority: the likeliest posts are weighed, and pages fit together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indices.copies.explaining import count_other_copies
from indices.documents import PostRecord
from indices.errors import BadInputError
from indices.priority import Priority, weigh
from indices.queries import Hit, Order, Page, PostQuery
from indices.settings import Settings
from indices.store import Store
from review_ui.places import own_region

MOST_WEIGHED = 1_000
"""Of the likeliest posts; a queue that is longer is told so."""
_MARK = "prioritas"


@dataclass(frozen=True, slots=True)
class RankedPage:
    """A page of the queue with each post's priority."""

    page: Page
    priorities: dict[str, Priority]
    left_out: int
    """Posts that were not weighed, the least likely ones."""


def weigh_all(records: list[PostRecord], store: Store, settings: Settings) -> dict[str, Priority]:
    """The priorities of these posts, by id."""
    own = own_region(settings.home)
    copies = count_other_copies(store, [record.post.id for record in records])
    return {
        record.post.id: weigh(
            record,
            n_copies=copies.get(record.post.id, 0),
            region=settings.office.region,
            weights=settings.priority,
            own_places=own,
        )
        for record in records
    }


def rank_page(
    store: Store, settings: Settings, query: PostQuery, limit: int, cursor: str | None
) -> RankedPage:
    """One page, highest priority first; equal ones by id.

    Raises:
        BadInputError: the cursor was not made here.
    """
    found = store.search(replace(query, order=Order.PROBABILITY), limit=MOST_WEIGHED)
    records = [hit.record for hit in found.hits]
    priorities = weigh_all(records, store, settings)
    ordered = sorted(records, key=lambda record: _place(priorities, record.post.id))
    after = _read_cursor(cursor)
    rest = [r for r in ordered if after is None or _place(priorities, r.post.id) > after]
    shown = rest[:limit]
    following = None
    if len(rest) > limit:
        value, post_id = _place(priorities, shown[-1].post.id)
        following = f"{_MARK}~{-value!r}~{post_id}"
    hits = tuple(Hit(record=r, score=priorities[r.post.id].value) for r in shown)
    page = Page(hits=hits, total=found.total, next_cursor=following)
    return RankedPage(page, priorities, found.total - len(records))


def _place(priorities: dict[str, Priority], post_id: str) -> tuple[float, str]:
    return -priorities[post_id].value, post_id


def _read_cursor(cursor: str | None) -> tuple[float, str] | None:
    if not cursor:
        return None
    mark, _, rest = cursor.partition("~")
    value, _, post_id = rest.partition("~")
    try:
        if mark == _MARK:
            return -float(value), post_id
    except ValueError:
        pass
    raise BadInputError("this page of the queue does not exist; go to its beginning")
