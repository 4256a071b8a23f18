"""The count of one source in one crawl: each item found is a ticket that ends exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.dispositions import SEEN, UNREADABLE, Disposition
from crawlers.recording.journal import Journal
from indices.documents import CrawlRun, Post

TURNED_OVER = "turned_over"
"""Counted among a run's fields: nothing known is in the feed any more, so some was missed."""
LEFT_OVER = "left_over"
"""Counted among a run's fields: a stretch of posts is left for the next run."""

NOT_RELEVANT = "not_relevant"
"""Counted among a run's fields: read now and left; the disposition counts earlier ones too."""


class Ticket:
    """One item found; it must end, and can end only once."""

    __slots__ = ("_tally", "disposition", "reference")

    def __init__(self, tally: SourceTally, reference: str) -> None:
        self._tally = tally
        self.reference = reference
        """What names the item to a person: its address, or file and line."""
        self.disposition: Disposition | None = None

    def end(self, disposition: Disposition, detail: str = "", *, known: bool = False) -> None:
        """Count the item; what was refused or failed is also logged with its name.

        Args:
            known: it ends as in an earlier crawl, without having been read again.
        """
        if self.disposition is not None:
            raise RuntimeError(f"{self.reference} ended twice, last as {disposition}")
        self.disposition = disposition
        self._tally.count(self, detail, known=known)


@dataclass(slots=True)
class SourceTally:
    """What was found at one source, and what became of it."""

    run_id: str
    source_id: str
    started_at: datetime
    journal: Journal
    on_advance: Callable[[int], None] = lambda _: None
    found: int = 0
    expected: int = 0
    """How many are known to come, for the progress bar; not all of them may be reached."""
    dispositions: Counter[Disposition] = field(default_factory=Counter)
    error: str = ""
    fields: Counter[str] = field(default_factory=Counter)
    _open: set[Ticket] = field(default_factory=set)

    def find(self, reference: str) -> Ticket:
        """One more item."""
        ticket = Ticket(self, reference)
        self.found += 1
        self._open.add(ticket)
        return ticket

    def count(self, ticket: Ticket, detail: str, *, known: bool) -> None:
        """Called by a ticket at its end."""
        left = ticket.disposition is Disposition.REFUSED_NOT_RELEVANT
        self.fields["unreadable"] += ticket.disposition in UNREADABLE and not known
        self.fields[NOT_RELEVANT] += left and not known
        self._open.discard(ticket)
        self.dispositions[ticket.disposition or Disposition.FAILED_PARSE] += 1
        self.on_advance(1)
        if ticket.disposition not in SEEN and not (left and known):
            self.journal.item(self.source_id, ticket.reference, str(ticket.disposition), detail)

    def count_fields(self, post: Post) -> None:
        """What was found in it: a field that is lost tells of a changed layout."""
        self.fields["posts"] += 1
        for name in ("title", "published_at", "author", "text"):
            self.fields[name] += bool(getattr(post, name))

    def end_open(self, disposition: Disposition, detail: str) -> None:
        """End whatever was left, so that nothing found goes uncounted."""
        for ticket in list(self._open):
            ticket.end(disposition, detail)

    def as_run(self, *, finished_at: datetime | None = None) -> CrawlRun:
        """The document for the store; without a time of end it says that the crawl goes on."""
        return CrawlRun(
            id=f"{self.run_id}/{self.source_id}",
            run_id=self.run_id,
            source_id=self.source_id,
            started_at=self.started_at,
            finished_at=finished_at,
            found=self.found,
            dispositions={str(name): count for name, count in sorted(self.dispositions.items())},
            error=self.error,
            fields={name: count for name, count in sorted(self.fields.items()) if count},
        )
