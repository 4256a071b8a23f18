"""What a week amounts to, as numbers and facts; how it is worded is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from review_ui.desk.vocabulary import CaseStatus, DecisionKind
from review_ui.summaries.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what is watched could be seen."""

    delivered: tuple[str, ...] = ()
    """Names of the sources that something came from."""
    silent: tuple[str, ...] = ()
    """Reached, but nothing new came."""
    failed: tuple[str, ...] = ()
    """Tried, and never reached."""
    not_crawled: tuple[str, ...] = ()
    """Not even tried."""
    crawled_days: int = 0
    missing_days: tuple[date, ...] = ()
    """Days of the week, as far as it has passed, on which no crawl reached anything."""

    @property
    def total(self) -> int:
        """How many sources are watched."""
        groups = (self.delivered, self.silent, self.failed, self.not_crawled)
        return sum(len(group) for group in groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCounts:
    """Posts of the week, by what became of them so far."""

    collected: int = 0
    assessed: int = 0
    flagged: int = 0
    undecided: int = 0
    """Flagged, and nobody has looked yet."""
    collected_by_day: Mapping[date, int] = field(default_factory=dict)
    flagged_by_day: Mapping[date, int] = field(default_factory=dict)
    flagged_topics: Mapping[str, int] = field(default_factory=dict)
    by_source: Mapping[str, int] = field(default_factory=dict)
    """Source id to number of posts."""
    models: tuple[str, ...] = ()
    """Which models assessed them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCounts:
    """What people did in the week, and what they left open at its end."""

    opened: int = 0
    decisions: Mapping[DecisionKind, int] = field(default_factory=dict)
    """Cases by the last decision taken on them in the week."""
    closed_without_label: int = 0
    """Criticism, satire, other regions: closed, and nothing was stamped on anybody."""
    published: int = 0
    corrected: int = 0
    withdrawn: int = 0
    open_codes: tuple[str, ...] = ()
    overdue_codes: tuple[str, ...] = ()
    """Open for longer than the office's own limit."""
    waiting_codes: tuple[str, ...] = ()
    """Open because a draft waits for its second person."""
    hours_to_publication: tuple[float, ...] = ()
    """From the first post seen to the first publication, one for each answered case."""

    @property
    def decided(self) -> int:
        """Cases decided on."""
        return sum(self.decisions.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFact:
    """An official source of an answer."""

    agency: str
    document: str
    url: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a second person approved and the public can read."""

    headline: str
    fact: str
    verdict: str
    published_at: datetime
    slug: str = ""
    facts: tuple[CitedFact, ...] = ()
    posts_since: int = 0
    """Posts with the claim that appeared after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A case as it stood at the end of the week."""

    code: str
    title: str
    claim: str
    topic: str
    status: CaseStatus
    opened_at: datetime
    decision: DecisionKind | None = None
    harm: int = 0
    """0 not judged, 1 low, 2 medium, 3 high; the same for `reach`."""
    reach: int = 0
    links: int = 0
    links_in_week: int = 0
    first_seen_at: datetime | None = None
    answer: Answer | None = None
    overdue: bool = False
    waiting: bool = False

    @property
    def priority(self) -> tuple[int, int, int, int]:
        """Harm first, then reach, then how many posts carry it, in the week and in all."""
        return (self.harm, self.reach, self.links_in_week, self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """All the counts of one week."""

    coverage: Coverage = Coverage()
    posts: PostCounts = PostCounts()
    desk: DeskCounts = DeskCounts()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySummary:
    """One week for the spokesperson, with the week before beside it."""

    week: Week
    as_of: datetime
    """The end of the week, or now while it runs: nothing later is counted."""
    written_at: datetime
    office: str
    region: str
    sla: timedelta
    public_url: str
    figures: WeekFigures
    before: WeekFigures
    issues: tuple[Issue, ...] = ()
    """The five that matter most, first things first."""
    other_issues: int = 0
    """How many more were active."""

    @property
    def complete(self) -> bool:
        """The week is over."""
        return self.as_of >= self.week.ends_at

    @property
    def empty(self) -> bool:
        """Nothing was flagged, decided or answered, and nothing is open."""
        posts, desk = self.figures.posts, self.figures.desk
        done = desk.opened or desk.decided or desk.published or desk.corrected or desk.withdrawn
        return not (posts.flagged or done or desk.open_codes or self.issues)
