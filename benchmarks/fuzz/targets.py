"""The parsers, each with whole documents to break and what it may answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime
from typing import Any

from classifier.cleaning import clean_text
from classifier.reading import iter_posts
from crawlers.connectors.feed import parse_feed
from crawlers.connectors.sitemap import parse_sitemap
from crawlers.extraction.article import extract_article
from crawlers.extraction.dates import WESTERN, parse_date
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.extraction.plain import plain_text
from crawlers.extraction.structured import find_claim_reviews
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError
from indices.errors import BadInputError
from indices.identity import canonical_url
from indices.text import terms

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
URL = "https://kabaruji.example/berita/1"
_PARAGRAPH = (
    "Pemerintah kabupaten memperbaiki tanggul sungai yang jebol akibat hujan, kata kepala dinas."
)
_JSON_LD = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "NewsArticle", "headline": "Tanggul", "datePublished": "2026-11-26T10:30+08"},
            {"@type": "ClaimReview", "claimReviewed": "Tanggul jebol", "url": URL,
             "reviewRating": {"@type": "Rating", "alternateName": "SALAH"}},
        ],
    }
)  # fmt: skip
PAGE = f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Tanggul | Kabar</title>
<meta property="article:published_time" content="2026-11-26T10:30:00+08:00">
<script type="application/ld+json">{_JSON_LD}</script></head><body><h1>Tanggul</h1>
<time datetime="2026-11-26T02:30:00Z">Kamis, 26 November 2026 | 10:30 WITA</time><div class="isi">
<p>{_PARAGRAPH}</p><p>{_PARAGRAPH} Lagi.</p><p>Baca juga: <a href="/2">Lain</a></p><ul><li>Satu</li>
</ul><table><tr><td>{_PARAGRAPH}</td></tr></table></div></body></html>""".encode()
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Kabar</title>
<link>https://kabaruji.example/</link><item><title>Tanggul</title><link>{URL}</link>
<pubDate>Thu, 26 Nov 2026 10:30:00 +0800</pubDate><description>&lt;p&gt;Isi&lt;/p&gt;</description>
</item></channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title><entry><title>Tanggul</title>
<link href="{URL}"/><id>1</id><updated>2026-11-26T10:30:00+08:00</updated><summary type="html">
&lt;b&gt;Isi&lt;/b&gt;</summary></entry></feed>""".encode()
SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>{URL}</loc><lastmod>2026-11-26T10:30:00+08:00</lastmod></url></urlset>""".encode()
NDJSON = (
    b'{"id": "1", "text": "Awas, sebarkan!", "published_at": "2026-11-26T10:30:00+08:00"}\n'
    b'{"id": 2, "text": "Biasa \\ud83d\\ude00", "source_kind": "press", "url": "https://a.example"}\n'
)
DATES = (
    "Kamis, 26 November 2026 | 10:30 WITA", "26/11/2026 10.30 WIB", "2026-11-26T10:30:00+08:00",
    "Nov 26, 2026 10:30 am", "Thu, 26 Nov 2026 10:30:00 +0800", "26-11-2026 - 10:30:22",
)  # fmt: skip
ADDRESSES = (
    b"https://m.kabaruji.example/amp/berita/1?page=all&utm_source=x#atas",
    b"http://user:pass@KABARUJI.example:8080/a/../b;c?d=%zz",
    b"https://xn--kabar-uji.example/\xe2\x80\xae/x",
)


@dataclass(frozen=True)
class Target:
    """A parser, documents that it reads well, and the errors that are answers."""

    parse: Callable[[bytes], Any]
    documents: tuple[bytes, ...]
    answers: tuple[type[Exception], ...] = ()


def _feed(body: bytes) -> Any:
    return parse_feed(Fetched(URL, 200, (), body, NOW), WESTERN)


def _text(body: bytes) -> str:
    return body.decode("utf-8", "surrogateescape")


TARGETS: dict[str, Target] = {
    "page": Target(lambda body: extract_article(body, URL), (PAGE,), (NotAPageError,)),
    "claim review": Target(
        lambda body: find_claim_reviews(parse_page(body)), (PAGE,), (NotAPageError,)
    ),
    "feed": Target(_feed, (RSS, ATOM), (SourceUnreadableError,)),
    "sitemap": Target(
        lambda body: parse_sitemap(body, 100_000), (SITEMAP,), (SourceUnreadableError, FetchError)
    ),
    "posts as NDJSON": Target(
        lambda body: list(iter_posts(body.splitlines(keepends=True), NOW)),
        (NDJSON,),
        (BadInputError,),
    ),
    "date": Target(lambda body: parse_date(_text(body)), tuple(date.encode() for date in DATES)),
    "address": Target(lambda body: canonical_url(_text(body)), ADDRESSES),
    "scrap of markup": Target(lambda body: plain_text(_text(body)), (PAGE, RSS)),
    "words": Target(lambda body: (clean_text(_text(body)), terms(_text(body))), (PAGE, NDJSON)),
}


def strings_of(answer: Any) -> list[str]:
    """Every string that would be stored."""
    if isinstance(answer, str):
        return [answer]
    if is_dataclass(answer) and not isinstance(answer, type):
        return strings_of(asdict(answer))
    if isinstance(answer, dict):
        return [text for value in answer.values() for text in strings_of(value)]
    if isinstance(answer, list | tuple):
        return [text for value in answer for text in strings_of(value)]
    return []
