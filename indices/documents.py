"""What the record holds: plain frozen documents, known to every package and tied to no framework.

Every `_at` is an aware datetime in UTC, every `_on` a date. Raw values stay beside parsed ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """Who speaks; the press guard hangs on `PRESS`."""

    PRESS = "press"
    GOVERNMENT = "government"
    COMMUNITY = "community"
    PLATFORM = "platform"
    TIPLINE = "tipline"
    FACT_CHECKER = "fact_checker"


class Verdict(StrEnum):
    """The three public conclusions; nothing else is ever stamped on a claim."""

    HOAX = "HOAKS"
    TRUE = "BENAR"
    UNVERIFIED = "BELUM TERVERIFIKASI"


class ReviewStatus(StrEnum):
    """Where the desk stands with a post, mirrored from the case that carries it."""

    NEW = "new"
    TRIAGED = "triaged"
    IN_CASE = "in_case"
    ANSWERED = "answered"
    MONITORED = "monitored"
    CLOSED = "closed"


class ReviewLabel(StrEnum):
    """What a person said the post is; the classifier learns from these."""

    HOAX = "hoax"
    TRUE = "true"
    UNVERIFIED = "unverified"
    OPINION = "opinion"
    SATIRE = "satire"
    OUT_OF_REGION = "out_of_region"
    NOT_AN_ISSUE = "not_an_issue"


class PersonalKind(StrEnum):
    """What a number or a line gives away; where two fit, the first one here is taken."""

    NIK = "nik"
    """A national identity number, or a family card's, which is built alike."""
    PHONE = "phone"
    """A mobile number; land lines are mostly offices'."""
    ACCOUNT = "account"
    """A bank account or virtual account."""
    PLATE = "plate"
    ADDRESS = "address"
    """Where somebody lives: a street with a house number, RT or block, not a street alone."""


class PlaceLevel(StrEnum):
    """How large a place is in the administration; the largest first."""

    PROVINCE = "province"
    REGENCY = "regency"
    """Kabupaten or kota."""
    DISTRICT = "district"
    """Kecamatan or distrik."""
    VILLAGE = "village"
    """Desa, kelurahan, nagari, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet, account, channel, feed or tip line that is watched."""

    id: str
    """Lower-case words joined by hyphens, unique in the installation."""
    name: str
    kind: SourceKind
    connector: str
    """How it publishes: `feed`, `mastodon`, `file`, ... (a key of `crawlers.connectors`)."""
    url: str
    """Feed URL, instance URL or file path, as the connector reads it."""
    region: str = ""
    language: str = "id"
    options: Mapping[str, str] = field(default_factory=dict)
    """The connector's own settings, e.g. `hashtag` or `account` for Mastodon."""
    enabled: bool = True
    verified_on: date | None = None
    """When a person last saw that the address works; None where nobody could check."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostVersion:
    """An earlier wording of a post; what it said is in its evidence."""

    title: str
    text_hash: str
    replaced_at: datetime
    """When the next wording was seen."""
    characters: int = 0
    """Length of the text."""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTag:
    """A place that a post names; `indices.places` finds it."""

    code: str
    """Kemendagri's, or the office's own."""
    name: str
    """With its kind: `Desa Loa Pinang`."""
    level: PlaceLevel
    parents: tuple[str, ...] = ()
    """Codes of what it lies in, largest first."""
    why: str = ""
    """The evidence, in Indonesian words; quotes the post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Anything collected: article, social post, forwarded message, tip. Owned by the crawlers."""

    id: str
    """`indices.identity.post_id`: the same post always gets the same id."""
    source_id: str
    source_kind: SourceKind
    platform: str = "web"
    """`web`, `mastodon`, `x`, `whatsapp`, ..."""
    url: str = ""
    """Where a reader finds it, as published; empty for a forwarded message."""
    canonical_url: str = ""
    """`indices.identity.canonical_url` of the page's own canonical link or of `url`."""
    title: str = ""
    text: str = ""
    """Plain text, paragraphs separated by one newline."""
    author: str = ""
    """A byline for press; a pseudonym for platform accounts, never a user name."""
    published_at: datetime | None = None
    published_raw: str = ""
    """The time as the source wrote it."""
    collected_at: datetime
    """When it was first seen here; a later crawl does not move it."""
    language: str = "id"
    region: str = ""
    section: str = ""
    reach: Mapping[str, int] = field(default_factory=dict)
    """Counts as the platform gave them: `likes`, `shares`, `replies`, `views`, `forwards`."""
    text_hash: str = ""
    """`indices.identity.text_hash`; changes exactly when title or text do."""
    evidence: str = ""
    """Where the response that became this post is kept; may be empty.

    `FILE.warc.gz#RECORD-ID#DIGEST`, see `indices.evidence.places`.
    """
    personal_data: tuple[PersonalKind, ...] = ()
    """What of a person title and text give away; `indices.personal_data` finds where."""
    places: tuple[PlaceTag, ...] = ()
    """What it names, the office's own region first."""
    relevance: str = ""
    """Why it was kept, in Indonesian words; empty where its source is kept whole."""
    versions: tuple[PostVersion, ...] = ()
    """Earlier wordings, oldest first; the newest twenty."""

    @property
    def place_codes(self) -> tuple[str, ...]:
        """Codes of its places and of all that these lie in: what is searched and counted."""
        codes = (code for tag in self.places for code in (tag.code, *tag.parents))
        return tuple(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Which posts have the same text as this one. Owned by `indices.copies`, made from the post."""

    post_id: str
    text_hash: str
    """The `Post.text_hash` that was compared; a copy of an older text is looked for again."""
    group_id: str
    """Shared by all posts of one text, and kept: the day of its first post, then a hash."""
    keys: tuple[int, ...] = ()
    """Posts that share one may be copies: see `indices.copies.fingerprints`."""
    sketch: str = ""
    """Hexadecimal: tells others apart unread. Empty for a short text or of an older program."""
    like_id: str = ""
    """The earlier post that it is most like; empty for the first of its group."""
    similarity: float = 1.0
    """0 to 1: how much of the letter sequences it shares with that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """Which claim a post tells, with which others. Owned by the classifier, ruled by the desk."""

    post_id: str
    text_hash: str
    """The `Post.text_hash` that was compared; a member of an older text is placed again."""
    group_id: str
    """Shared by all posts of one claim, and kept: the day of its first post, then a hash."""
    like_id: str = ""
    """The member that it was most like; empty for the first of its group."""
    probability: float = 1.0
    """That it tells the claim of the members it was compared with, on average."""
    by_person: bool = False
    """Whether a person put it there."""
    crowding: float = 0.0
    """Mean cosine with the nearest posts of other groups when it was placed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRuling:
    """What a person said of two posts: whether they tell the same claim. Owned by the desk."""

    id: str
    one_id: str
    other_id: str
    same_claim: bool | None
    """None takes back what was said of the pair before."""
    ruled_by: str
    """A user id of the desk, not a name."""
    ruled_at: datetime
    reason: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Both posts, whichever was named first."""
        return min(self.one_id, self.other_id), max(self.one_id, self.other_id)


class GroupChangeKind(StrEnum):
    """What became of a group."""

    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    """A person moved single posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """Posts that went from one group to another: who moved them, when and why."""

    id: str
    kind: GroupChangeKind
    changed_at: datetime
    changed_by: str
    """`machine`, or a user id of the desk."""
    from_group: str
    to_group: str
    post_ids: tuple[str, ...]
    reason: str = ""
    """One Indonesian sentence."""
    undoes: str = ""
    """The id of the change that a person took back with this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that moved an assessment, in words a reviewer reads."""

    code: str
    """A stable key, e.g. `match`, `urgency`, `forward_appeal`, `scam_pattern`, `wording`."""
    text: str
    """One Indonesian sentence or phrase; may quote the post."""
    weight: float = 0.0
    """Contribution to the log-odds; positive speaks for flagging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A known fact-check that a post may repeat: suggested by the machine, confirmed by people."""

    fact_check_id: str
    title: str
    score: float
    """0 to 1, higher is closer; a rank key unless the model card says it is calibrated."""
    url: str = ""
    verdict: str = ""
    shared_terms: tuple[str, ...] = ()
    strong: bool = False
    """Above the model's strong threshold, else only suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the classifier says of one post. Owned by the classifier; never published."""

    post_id: str
    model: str
    """Name and version of the model that said it."""
    text_hash: str
    """The `Post.text_hash` that was read; an assessment of an older text is stale."""
    probability: float
    """0 to 1: that a person should decide on this post."""
    flagged: bool
    threshold: float
    """The probability from which a post was flagged when this was said."""
    assessed_at: datetime
    reasons: tuple[Reason, ...] = ()
    matches: tuple[Match, ...] = ()
    topic: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheck:
    """A debunk that somebody published: a fact-checker's, or the office's own rebuttal."""

    id: str
    url: str
    title: str
    claim: str = ""
    """ClaimReview `claimReviewed`, where given."""
    verdict: str = ""
    """The publisher's own rating words, raw."""
    publisher: str = ""
    published_on: date | None = None
    collected_at: datetime
    source_id: str = ""
    text: str = ""
    language: str = "id"
    own: bool = False
    """True for a rebuttal of this office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the desk decided about one post. Owned by the desk, mirrored here through its outbox."""

    post_id: str
    version: int
    """1 for the first review of a post, then counting up without a gap."""
    status: ReviewStatus
    label: ReviewLabel | None = None
    case_id: str = ""
    reviewer: str = ""
    """A user id of the desk, not a name."""
    reviewed_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRecord:
    """A post with what the classifier and the desk say of it."""

    post: Post
    assessment: Assessment | None = None
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRun:
    """One source in one crawl: how it went, and what became of every item found."""

    id: str
    """Run id, a slash, source id."""
    run_id: str
    source_id: str
    started_at: datetime
    finished_at: datetime | None = None
    """None while it runs, and for ever when it was killed."""
    found: int = 0
    dispositions: Mapping[str, int] = field(default_factory=dict)
    """`crawlers.dispositions.Disposition` value to count; sums to `found` when finished."""
    error: str = ""
    """Why the source itself could not be read; empty when it could."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """How many `posts` were read, how many had a `title`, `published_at`, `author` or `text`, and
    how many pages were `unreadable`; `turned_over` where nothing known was in the feed any more,
    `left_over` where posts wait for the next run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlState:
    """What a connector remembers of a source between runs: cursors, validators, next poll."""

    source_id: str
    values: Mapping[str, str] = field(default_factory=dict)
    updated_at: datetime
