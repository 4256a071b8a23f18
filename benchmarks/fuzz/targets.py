"""The parsers, each with whole documents to break and what it may answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.fuzz.imports import PARSERS
from classifier.cleaning import clean_text
from classifier.reading import iter_posts
from crawlers.connectors.answers import objects, read_json
from crawlers.connectors.bluesky import read_view
from crawlers.connectors.feed import parse_feed
from crawlers.connectors.sitemap import iter_fields, parse_sitemap
from crawlers.connectors.statuses import read_status
from crawlers.connectors.telegram_messages import MESSAGE, read_message
from crawlers.connectors.x_posts import read_x_post
from crawlers.connectors.youtube_items import read_comment, read_video
from crawlers.extraction.article import extract_article
from crawlers.extraction.dates import WESTERN, parse_date
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.extraction.plain import plain_text
from crawlers.extraction.structured import find_claim_reviews
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.fetching.robots import ROBOT_NAME, parse_robots
from crawlers.imports.rows import NotAPostError
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
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "Kabar", "items": [
        {"id": URL, "url": URL, "title": "Tanggul", "content_html": "<p>Isi <b>tebal</b></p>",
         "date_published": "2026-11-26T10:30:00+08:00", "authors": [{"name": "Ani"}],
         "tags": ["kabar"]}]}
).encode()  # fmt: skip
ROBOTS = b"""User-agent: *
Disallow: /admin
Allow: /admin/*.html$
Crawl-delay: 2
User-agent: Luruskan
Disallow: /*?
Request-rate: 1/5
Sitemap: https://kabaruji.example/peta.xml
"""
SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>{URL}</loc><lastmod>2026-11-26T10:30:00+08:00</lastmod></url></urlset>""".encode()
NDJSON = (
    b'{"id": "1", "text": "Awas, sebarkan!", "published_at": "2026-11-26T10:30:00+08:00"}\n'
    b'{"id": 2, "text": "Biasa \\ud83d\\ude00", "source_kind": "press", "url": "https://a.example"}\n'
)
STATUS = (
    b'{"items": [{"id": "7", "uri": "https://s.example/7", "url": "https://s.example/@a/7", '
    b'"created_at": "2026-11-26T02:30:00.000Z", "language": "id", "visibility": "public", '
    b'"content": "<p>Tanggul <a href=\\"https://k.example/1\\">k.example</a></p>", "reblog": null, '
    b'"account": {"acct": "a", "url": "https://s.example/@a"}, "favourites_count": 3, "poll": '
    b'{"options": [{"title": "Ya"}]}, "media_attachments": [{"description": "Peta"}]}]}'
)
SKEET = (
    b'{"items": [{"uri": "at://did:plc:a/app.bsky.feed.post/3k", "author": {"did": "did:plc:a", '
    b'"labels": [{"val": "x"}]}, "record": {"text": "Lihat k.example/b", "createdAt": '
    b'"2026-11-26T02:30:00Z", "langs": ["id"], "facets": [{"index": {"byteStart": 6, "byteEnd": 17}'
    b', "features": [{"uri": "https://k.example/banjir"}]}], "embed": {"images": [{"alt": "Peta"}]}'
    b'}, "likeCount": 3, "repostCount": 2, "indexedAt": "2026-11-26T02:30:00Z"}]}'
)
TWEET = (
    b'{"items": [{"id": "1900000000000000000", "text": "Tanggul &amp; air https://t.co/a", '
    b'"author_id": "7", "created_at": "2026-11-26T02:30:00.000Z", "lang": "in", "entities": '
    b'{"urls": [{"url": "https://t.co/a", "expanded_url": "https://k.example/1"}]}, '
    b'"note_tweet": {"text": "Panjang"}, "public_metrics": {"like_count": 3, "quote_count": 1}}]}'
)
VIDEO = (
    b'{"items": [{"id": "abc-1", "snippet": {"title": "Banjir", "description": "Isi\\nlagi", '
    b'"channelId": "UCa", "publishedAt": "2026-11-26T02:30:00Z", "textDisplay": "Kata", '
    b'"textOriginal": "Kata", "authorChannelId": {"value": "UCb"}, "likeCount": 4}, '
    b'"statistics": {"viewCount": "1200", "likeCount": "30"}}]}'
)
MESSAGES = b"""<html><body><section class="tgme_channel_history">
<div class="tgme_widget_message js-widget_message" data-post="kabar/7">
<div class="tgme_widget_message_forwarded_from">Forwarded from <a href="https://t.me/lain">Lain</a>
</div><a class="tgme_widget_message_photo_wrap"></a><div class="tgme_widget_message_text">Air
<b>naik</b></div><div class="tgme_widget_message_poll_question">Pindah?</div>
<span class="tgme_widget_message_views">1.2K</span><span class="tgme_widget_message_meta">edited
<a class="tgme_widget_message_date"><time datetime="2026-11-26T02:30:00+00:00"></time></a></span>
</div></section></body></html>"""
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


def _robots(body: bytes) -> Any:
    rules = parse_robots(body)
    return rules.can_fetch(URL, ROBOT_NAME), rules.crawl_delay(ROBOT_NAME)


def _each(read: Callable[[Any], Any]) -> Callable[[bytes], Any]:
    """Reads every item of an answer of an interface."""

    def parse(body: bytes) -> Any:
        return [read(item) for item in objects(read_json(_answer(body), "uji"), "items")]

    return parse


def _answer(body: bytes) -> Fetched:
    return Fetched(URL, 200, (), body, NOW)


def _messages(body: bytes) -> Any:
    return [read_message(each, "kabar") for each in parse_page(body).xpath(MESSAGE)]


_PLATFORM = (SourceUnreadableError, FetchError, ValueError)
"""An item that is not as the platform writes it is counted as failed_parse."""


def _text(body: bytes) -> str:
    return body.decode("utf-8", "surrogateescape")


TARGETS: dict[str, Target] = {
    "page": Target(lambda body: extract_article(body, URL), (PAGE,), (NotAPageError,)),
    "claim review": Target(
        lambda body: find_claim_reviews(parse_page(body)), (PAGE,), (NotAPageError,)
    ),
    "feed": Target(_feed, (RSS, ATOM), (SourceUnreadableError,)),
    "JSON feed": Target(_feed, (JSON_FEED,), (SourceUnreadableError,)),
    "robots.txt": Target(_robots, (ROBOTS,)),
    "sitemap": Target(
        lambda body: list(iter_fields(parse_sitemap(body, 100_000))),
        (SITEMAP,),
        (SourceUnreadableError, FetchError),
    ),
    "Mastodon status": Target(_each(lambda item: read_status(item, URL)), (STATUS,), _PLATFORM),
    "Bluesky post": Target(_each(read_view), (SKEET,), _PLATFORM),
    "X post": Target(_each(read_x_post), (TWEET,), _PLATFORM),
    "YouTube video": Target(_each(read_video), (VIDEO,), _PLATFORM),
    "YouTube comment": Target(_each(lambda item: read_comment(item, "v")), (VIDEO,), _PLATFORM),
    "Telegram message": Target(_messages, (MESSAGES,), (NotAPageError, FetchError, ValueError)),
    **{
        name: Target(parse, documents, (ValueError, NotAPostError, SourceUnreadableError))
        for name, parse, documents in PARSERS
    },
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
