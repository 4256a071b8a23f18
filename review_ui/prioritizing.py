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
class RankedQueue:
    """What the queue holds, highest priority first; equal ones by id."""

    records: list[PostRecord]
    priorities: dict[str, Priority]
    total: int
    """Posts that were found."""
    left_out: int
    """Posts that were not weighed, the least likely ones."""

    def page(self, limit: int, cursor: str | None) -> Page:
        """The rows after the last page's.

        Raises:
            BadInputError: the cursor was not made here.
        """
        after = _read_cursor(cursor)
        rest = [r for r in self.records if after is None or self._place(r) > after]
        shown = rest[:limit]
        following = None
        if len(rest) > limit:
            value, post_id = self._place(shown[-1])
            following = f"{_MARK}~{-value!r}~{post_id}"
        hits = tuple(Hit(record=r, score=self.priorities[r.post.id].value) for r in shown)
        return Page(hits=hits, total=self.total, next_cursor=following)

    def _place(self, record: PostRecord) -> tuple[float, str]:
        return -self.priorities[record.post.id].value, record.post.id


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


def rank_queue(
    store: Store, settings: Settings, query: PostQuery, *, one_per_claim: bool = False
) -> RankedQueue:
    """Weigh the likeliest posts.

    Args:
        one_per_claim: of posts that tell the same claim, only the one with the highest priority.
    """
    found = store.search(replace(query, order=Order.PROBABILITY), limit=MOST_WEIGHED)
    records = [hit.record for hit in found.hits]
    priorities = weigh_all(records, store, settings)
    ordered = sorted(records, key=lambda r: (-priorities[r.post.id].value, r.post.id))
    if one_per_claim:
        ordered = _first_of_each_claim(store, ordered)
    return RankedQueue(ordered, priorities, found.total, found.total - len(records))


def _first_of_each_claim(store: Store, ordered: list[PostRecord]) -> list[PostRecord]:
    """A post that was not placed yet tells a claim of its own."""
    members = store.find_members([record.post.id for record in ordered])
    first: dict[str, PostRecord] = {}
    for record in ordered:
        member = members.get(record.post.id)
        first.setdefault(member.group_id if member else record.post.id, record)
    return list(first.values())


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
