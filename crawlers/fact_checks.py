"""A fact-checker's page becomes fact-checks: from ClaimReview, or from its headline's own tag."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from crawlers.dispositions import Disposition
from crawlers.extraction.article import Article, read_article
from crawlers.extraction.dates import parse_date
from crawlers.extraction.markup import parse_page
from crawlers.extraction.page import Page
from crawlers.extraction.structured import find_claim_reviews, text_of
from indices.documents import FactCheck
from indices.identity import canonical_url, post_id

if TYPE_CHECKING:
    from crawlers.entries import Entry
    from crawlers.fetching.fetcher import Fetched
    from crawlers.work import SourceWork

_HEADLINE_TAG = re.compile(
    r"^\W*[\[(](?P<verdict>[A-Z /-]{4,40})[\])]\s*"
    r"|^(?P<word>HOAKS|HOAX|SALAH|PENIPUAN|CEK FAKTA)\s*[:!]\s*",
    re.IGNORECASE,
)


_MOST_REVIEWS = 20
_ORDER = (
    Disposition.STORED,
    Disposition.STORED_LATER,
    Disposition.UPDATED,
    Disposition.DUPLICATE,
)


@dataclass(frozen=True, slots=True)
class StoredFactChecks:
    """What became of one page."""

    first_id: str
    disposition: Disposition


async def store_fact_checks(work: SourceWork, entry: Entry, fetched: Fetched) -> StoredFactChecks:
    """Read the page, and store each fact-check that is new or has changed."""
    found = read_fact_checks(work, entry, fetched)
    ends = [await _store(work, fact_check) for fact_check in found]
    best = min(ends, key=_ORDER.index)
    return StoredFactChecks(found[0].id, best)


async def _store(work: SourceWork, fact_check: FactCheck) -> Disposition:
    counts = await work.put_fact_check(fact_check)
    if counts.spooled:
        return Disposition.STORED_LATER
    if counts.created:
        return Disposition.STORED
    return Disposition.UPDATED if counts.updated else Disposition.DUPLICATE


def read_fact_checks(work: SourceWork, entry: Entry, fetched: Fetched) -> list[FactCheck]:
    """At least one: a page without ClaimReview is a fact-check by its headline.

    Raises:
        NotAPageError: it is not HTML.
    """
    tree = parse_page(fetched.body, fetched.header("Content-Type"))
    reviews = find_claim_reviews(tree)[:_MOST_REVIEWS] or [{}]
    article = read_article(Page(tree, fetched.url, work.zone, work.clock.now()))
    address = canonical_url(article.canonical_url) or canonical_url(fetched.url)
    title = article.title or entry.title or text_of(reviews[0].get("claimReviewed"))
    article = replace(article, canonical_url=address, title=title)
    return [_build(work, article, review, number) for number, review in enumerate(reviews)]


def _build(work: SourceWork, article: Article, review: dict[str, Any], number: int) -> FactCheck:
    address = article.canonical_url
    tag = _HEADLINE_TAG.match(article.title)
    verdict = _rating(review.get("reviewRating"))
    if not verdict and tag:
        verdict = (tag["verdict"] or tag["word"] or "").strip()
    return FactCheck(
        id=post_id("claim", f"{address}#{number}") if number else post_id("web", address),
        url=address,
        title=article.title,
        claim=text_of(review.get("claimReviewed"))[:2000],
        verdict=verdict[:100],
        publisher=text_of(review.get("author"))[:200] or work.source.name,
        published_on=_day(text_of(review.get("datePublished")), article, work.zone),
        collected_at=work.clock.now(),
        source_id=work.source.id,
        text=article.text,
        language=work.source.language,
    )


def _rating(rating: Any) -> str:
    if isinstance(rating, list):
        rating = rating[0] if rating else {}
    if not isinstance(rating, dict):
        return text_of(rating)
    return text_of(rating.get("alternateName")) or text_of(rating.get("name"))


def _day(raw: str, article: Article, zone: tzinfo) -> date | None:
    written = parse_date(raw, zone) if raw else None
    moment = written.moment if written else article.published_at
    return moment.date() if moment else None
