"""The time of publication: what the page tells machines first, then the line under the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml.html import HtmlElement as Element

from crawlers.extraction.dates import WrittenDate, may_hold_date, parse_date, parse_told_date
from crawlers.extraction.page import Page
from crawlers.extraction.structured import dates_in_broken_json_ld, text_of
from crawlers.extraction.titles import squash

_META = (
    "article:published_time", "datepublished", "og:published_time", "article:published",
    "content_publisheddate", "parsely-pub-date", "publishdate", "publish-date", "published-date",
    "published_date", "pubdate", "publication_date", "date", "dc.date.issued", "dcterms.created",
    "dc.date", "sailthru.date", "article.published", "og:article:published_time",
    "dable:published_time",
    "datecreated", "cxenseparse:recs:publishtime", "originalpublicationdate", "content_publishdate",
)  # fmt: skip
_DATE_CLASS = re.compile(
    r"(?:date|time|tanggal|waktu|jam|publish|schedule|posted|meta|kalender)", re.IGNORECASE
)
_MICROFORMAT = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' published ')][@title or @datetime]"
)
_URL_STAMP = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)/(\d\d)(\d\d)(\d\d)")
_UPDATED = re.compile(
    r"\W*(?:diperbarui|diupdate|updated?|terakhir|last|modified)\b", re.IGNORECASE
)
_SKIPPED = frozenset("script style noscript template select option textarea".split())
_LONGEST_LINE = 140
_MOST_BESIDE_DATE = 40
_MOST_LINES = 4000
_BEFORE_THE_WEB = 1994


class Published:
    """When, as it was written, and where that stood."""

    __slots__ = ("moment", "raw", "why")

    def __init__(self, moment: datetime, raw: str, why: str) -> None:
        self.moment = moment
        self.raw = raw
        self.why = why


def find_published(page: Page, title: str) -> Published | None:
    """The best time that the page gives; one with hours beats a bare day."""
    days: list[Published] = []
    for raw, why in _told_to_machines(page):
        written = parse_told_date(raw, page.zone)
        if written is None or not _is_plausible(written, page):
            continue
        if written.has_time and not _is_bare_midnight(written):
            return Published(_in_its_zone(written, page, title), raw, why)
        days.append(Published(written.moment, raw, why))
    for written in _written_lines(page, title):
        if _is_plausible(written, page) and _agrees(written, days):
            return Published(written.moment, written.raw, "line on the page")
    return days[0] if days else _from_url(page)


def _told_to_machines(page: Page) -> Iterator[tuple[str, str]]:
    for key in ("datePublished", "dateCreated"):
        if raw := text_of(page.described.get(key)):
            yield raw, f"JSON-LD {key}"
    for raw in dates_in_broken_json_ld(page.tree):
        yield raw, "broken JSON-LD datePublished"
    for name in _META:
        if raw := page.meta.first(name):
            yield raw, f"meta {name}"
    for element in page.tree.xpath("//*[@itemprop='datePublished' or @pubdate]")[:5]:
        told = (element.get(name) for name in ("datetime", "content", "title"))
        yield next(filter(None, told), element.text_content()), "itemprop datePublished"
    for element in page.tree.xpath("//article//time[@datetime] | //header//time[@datetime]")[:1]:
        yield element.get("datetime", ""), "time element"
    times = page.tree.xpath("//time[@datetime]")
    if len(times) == 1:
        yield times[0].get("datetime", ""), "time element"
    for element in page.tree.xpath(_MICROFORMAT)[:1]:
        yield element.get("datetime") or element.get("title", ""), "microformat published"


def _is_plausible(written: WrittenDate, page: Page) -> bool:
    """Neither before the web nor after tomorrow."""
    if written.moment.year <= _BEFORE_THE_WEB:
        return False
    return page.now is None or written.moment <= page.now + timedelta(days=1)


def _is_bare_midnight(written: WrittenDate) -> bool:
    moment = written.moment
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _in_its_zone(written: WrittenDate, page: Page, title: str) -> datetime:
    """Local time that says no zone, or calls itself UTC: the visible line or the URL tells."""
    moment = written.moment
    if written.has_zone and moment.utcoffset() != timedelta(0):
        return moment
    wall = moment.replace(tzinfo=None)
    near = [line for line in _written_lines(page, title)[:3] if _shows(line.moment, wall)]
    named = next((line.moment.tzinfo for line in near if line.has_zone), None)
    stamp = _from_url(page)
    local = bool(near) or (stamp is not None and _shows(stamp.moment, wall))
    return wall.replace(tzinfo=named or page.zone) if local else moment


def _shows(moment: datetime, wall: datetime) -> bool:
    """Whether its clock shows about that time, wherever it hangs."""
    return abs(moment.replace(tzinfo=None) - wall) <= timedelta(minutes=30)


def _agrees(written: WrittenDate, days: list[Published]) -> bool:
    if not written.has_time:
        return False
    return not days or any(abs(day.moment - written.moment) < timedelta(hours=36) for day in days)


def _written_lines(page: Page, title: str) -> list[WrittenDate]:
    """Date lines of the page: those after the headline first, as written beside an article."""
    wanted = squash(title)
    after: list[WrittenDate] = []
    before: list[WrittenDate] = []
    late: list[WrittenDate] = []
    seen_title = False
    body = next(iter(page.tree.iter("body")), page.tree)
    for element, text in _short_texts(body):
        if wanted and not seen_title and squash(text) == wanted:
            seen_title = True
            continue
        if not may_hold_date(text):
            continue
        written = parse_date(text, page.zone)
        if (
            written is not None
            and written.has_time
            and _looks_like_dateline(element, text, written)
        ):
            updated = _UPDATED.match(text) is not None
            (late if updated else after if seen_title else before).append(written)
    # a date right above the headline is as good as one below it, a list far above is not
    return [*after[:1], *before[-1:], *after[1:6], *before[:5], *late[:1]]


def _short_texts(body: Element) -> Iterator[tuple[Element, str]]:
    count = 0
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        for text in _own_texts(element):
            count += 1
            if count > _MOST_LINES:
                return
            yield element, text


def _own_texts(element: Element) -> Iterator[str]:
    """Its direct text as one piece, then the whole of it when it is a short line of small parts."""
    direct = " ".join(
        piece.strip()
        for piece in (element.text or "", *(c.tail or "" for c in element))
        if piece.strip()
    )
    if direct and len(direct) <= _LONGEST_LINE:
        yield " ".join(direct.split())
    if 0 < len(element) <= 6:
        whole = " ".join("".join(element.itertext()).split()) if _is_small(element) else ""
        if whole and whole != direct and len(whole) <= _LONGEST_LINE:
            yield whole


def _is_small(element: Element) -> bool:
    return sum(1 for _, _ in zip(range(13), element.iter(), strict=False)) <= 12


def _looks_like_dateline(element: Element, text: str, written: WrittenDate) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    parent = element.getparent()
    if parent is not None:
        names += f" {parent.get('class') or ''}"
    return (
        written.has_weekday
        or written.has_zone
        or bool(_DATE_CLASS.search(names))
        or len(text) - written.length < _MOST_BESIDE_DATE
    )


def _from_url(page: Page) -> Published | None:
    found = _URL_STAMP.search(page.url)
    if not found:
        return None
    try:
        moment = datetime(*(int(part) for part in found.groups()), tzinfo=page.zone)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    return Published(moment, found.group(), "address")
