"""What the invented region writes: articles, posts and messages, read from data files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

Item = TypeVar("Item", "Article", "Status", "Message")
TIMEZONE = ZoneInfo("Asia/Makassar")
SPAN_DAYS = 21
"""Everything is published in the three weeks before the demo's first start."""
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page of one of the invented sites."""

    slug: str
    title: str
    text: str
    published_at: datetime
    path: str = ""
    """Where it lives on its site, when not under `/berita/`."""
    section: str = "Cek Fakta"
    author: str = "Tim Periksa Lembah"
    caption: str = ""
    genre: str = ""
    """`criticism` or `satire`; empty for ordinary news."""
    claim: str = ""
    """Which invented rumour it carries or checks."""
    claim_reviewed: str = ""
    rating: str = ""
    gone: bool = False
    """Announced in the feed, but no longer there."""

    @property
    def paragraphs(self) -> list[str]:
        """The text in paragraphs."""
        return [part.replace("\n", " ").strip() for part in self.text.strip().split("\n\n")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody on the invented Mastodon instance."""

    username: str
    display_name: str
    note: str
    followers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A post on the invented Mastodon instance."""

    account: str
    text: str
    published_at: datetime
    kind: str = "chatter"
    """`chatter`, `official`, `criticism`, `satire`, `scam` or `hoax`; never served."""
    claim: str = ""
    likes: int = 0
    shares: int = 0
    replies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that a citizen forwarded to the tip line."""

    text: str
    published_at: datetime
    claim: str = ""
    forwards: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the invented region wrote, newest first."""

    articles: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)
    """By site: `kabar_lembah`, `suara_sarang`, `portal_resmi`, `periksa_lembah`."""
    accounts: tuple[Account, ...] = ()
    statuses: tuple[Status, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def size(self) -> int:
        """How many items there are in all."""
        articles = sum(len(items) for items in self.articles.values())
        return articles + len(self.statuses) + len(self.messages)


SITES = ("kabar_lembah", "suara_sarang", "portal_resmi", "periksa_lembah")
STATUS_KINDS = ("chatter", "official", "criticism", "satire", "scams", "hoaxes")


def load_content(first_start: datetime) -> Content:
    """Everything, published relative to the demo's first start and never after it."""
    return Content(
        articles={site: _newest_first(_iter_articles(site, first_start)) for site in SITES},
        accounts=tuple(Account(**row) for row in _rows("warga_accounts", "account")),
        statuses=_newest_first(_iter_statuses(first_start)),
        messages=_newest_first(_iter_messages(first_start)),
    )


def indonesian_day(moment: datetime) -> str:
    """`Senin, 16 November 2026` in the region's own time."""
    local = moment.astimezone(TIMEZONE)
    return f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year}"


def _iter_articles(site: str, first_start: datetime) -> Iterator[Article]:
    for row in _rows(site, "item"):
        values = _with_time(row, first_start)
        article = Article(**values)
        yield replace(article, text=_dated(article.text, article.published_at))


def _iter_statuses(first_start: datetime) -> Iterator[Status]:
    for kind in STATUS_KINDS:
        for row in _rows(f"warga_{kind}", "status"):
            yield Status(**{"kind": kind, **_with_time(row, first_start)})


def _iter_messages(first_start: datetime) -> Iterator[Message]:
    for row in _rows("pesan_warga", "message"):
        yield Message(**_with_time(row, first_start))


def _rows(name: str, table: str) -> list[dict[str, Any]]:
    text = files("crawlers.demo.content").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[table]
    return rows


def _with_time(row: dict[str, Any], first_start: datetime) -> dict[str, Any]:
    values = {key: value for key, value in row.items() if key not in {"days_ago", "at"}}
    values["text"] = str(row["text"]).strip()
    values["published_at"] = _published_at(first_start, int(row["days_ago"]), str(row["at"]))
    return values


def _published_at(first_start: datetime, days_ago: int, at: str) -> datetime:
    """That many days ago at that local time; what would lie ahead moves to the day before."""
    day: date = first_start.astimezone(TIMEZONE).date() - timedelta(days=days_ago)
    moment = datetime.combine(day, time.fromisoformat(at), tzinfo=TIMEZONE)
    return moment if moment <= first_start else moment - timedelta(days=1)


def _dated(text: str, published_at: datetime) -> str:
    local = published_at.astimezone(TIMEZONE)
    return text.replace("{hari}", _DAYS[local.weekday()]).replace(
        "{tanggal}", f"{local.day}/{local.month}/{local.year}"
    )


def _newest_first(items: Iterator[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.published_at, reverse=True))
