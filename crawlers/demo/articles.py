"""Pages and feeds of the invented sites, each with the markup that such sites have in the wild."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from functools import cached_property
from html import escape
from importlib.resources import files
from string import Template
from xml.sax.saxutils import escape as escape_xml

from crawlers.demo.content.loading import TIMEZONE, Article, indonesian_day
from crawlers.demo.serving import Answer, Request


@dataclass(frozen=True)
class ArticleSite:
    """A site with a feed, article pages and a robots.txt, all made from its articles."""

    template: str
    name: str
    host: str
    """Its name in the invented world."""
    usual_origin: str
    """Where it is when its port is free; pages say so in their canonical link, wherever it is."""
    articles: tuple[Article, ...]
    atom: bool = False

    def answer(self, request: Request) -> Answer:
        """The page at that path."""
        if request.path == "/robots.txt":
            return Answer("User-agent: *\nDisallow: /internal/\n", "text/plain")
        if request.path == "/feed":
            return self._feed(request.origin)
        article = self._by_path.get(request.path)
        if article is None or article.gone:
            return Answer("<!doctype html><title>Tidak ada</title>", "text/html", status=404)
        return Answer(self._page(article), "text/html")

    @cached_property
    def _by_path(self) -> Mapping[str, Article]:
        return {path_of(article): article for article in self.articles}

    def _page(self, article: Article) -> str:
        text = files("crawlers.demo.pages").joinpath(f"{self.template}.html")
        related = self._related(article)
        local = article.published_at.astimezone(TIMEZONE)
        canonical = f"{self.usual_origin}{path_of(article)}"
        values = {
            "title": article.title,
            "canonical": canonical,
            "author": article.author,
            "section": article.section,
            "summary": article.paragraphs[0],
            "published": local.isoformat(),
            "published_words": indonesian_day(article.published_at),
            "clock": f"{local:%H:%M}",
            "related_path": path_of(related),
            "related_title": related.title,
            "claim_reviewed": article.claim_reviewed,
            "rating": article.rating,
        }
        return Template(text.read_text(encoding="utf-8")).substitute(
            {name: escape(value) for name, value in values.items()},
            paragraphs="\n".join(f"<p>{escape(part)}</p>" for part in article.paragraphs),
            figure=_figure(article, self.name),
            json_ld=_json_ld(article, self.name, canonical),
        )

    def _related(self, article: Article) -> Article:
        """The next older article that can be read."""
        readable = [item for item in self.articles if not item.gone and not item.path]
        older = [item for item in readable if item.published_at < article.published_at]
        return (older or readable)[0]

    def _feed(self, origin: str) -> Answer:
        if self.atom:
            return Answer(self._atom(origin), "application/atom+xml")
        return Answer(self._rss(origin), "application/rss+xml")

    def _rss(self, origin: str) -> str:
        items = "".join(
            f"<item><title>{escape_xml(item.title)}</title>"
            f"<link>{origin}{path_of(item)}</link>"
            f'<guid isPermaLink="false">{self.host}/{item.slug}</guid>'
            f"<category>{escape_xml(item.section)}</category>"
            f"<dc:creator>{escape_xml(item.author)}</dc:creator>"
            f"<pubDate>{format_datetime(item.published_at.astimezone(TIMEZONE))}</pubDate>"
            f"<description>{escape_xml(item.paragraphs[0])}</description></item>"
            for item in self.articles
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"<title>{escape_xml(self.name)}</title><link>{origin}/</link>"
            f"<description>Rekaan</description><language>id</language>{items}</channel></rss>"
        )

    def _atom(self, origin: str) -> str:
        entries = "".join(
            f"<entry><title>{escape_xml(item.title)}</title>"
            f'<link rel="alternate" href="{origin}{path_of(item)}"/>'
            f"<id>tag:{self.host},2026:{item.slug}</id>"
            f"<published>{item.published_at.astimezone(UTC).isoformat()}</published>"
            f"<updated>{item.published_at.astimezone(UTC).isoformat()}</updated>"
            f"<author><name>{escape_xml(item.author)}</name></author>"
            f'<category term="{escape_xml(item.section)}"/>'
            f"<summary>{escape_xml(item.paragraphs[0])}</summary></entry>"
            for item in self.articles
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>{escape_xml(self.name)}</title><id>tag:{self.host},2026:feed</id>"
            f"<updated>{self.articles[0].published_at.astimezone(UTC).isoformat()}</updated>"
            f"{entries}</feed>"
        )


def path_of(article: Article) -> str:
    """Where an article lives on its site."""
    return article.path or f"/berita/{article.slug}"


def _figure(article: Article, site: str) -> str:
    if not article.caption:
        return ""
    caption = escape(article.caption)
    return (
        f'<figure><img src="/foto/{article.slug}.jpg" alt="{caption}" width="800" height="450">'
        f"<figcaption>{caption} (Foto: {site}/rekaan)</figcaption></figure>"
    )


def _json_ld(article: Article, site: str, canonical: str) -> str:
    values = _claim_review(article) if article.claim_reviewed else _news_article(article)
    organisation = {"@type": "Organization", "name": site}
    author = organisation if article.claim_reviewed else {"@type": "Person", "name": article.author}
    values |= {
        "@context": "https://schema.org",
        "url": canonical,
        "author": author,
        "publisher": organisation,
        "datePublished": article.published_at.astimezone(TIMEZONE).isoformat(),
        "inLanguage": "id",
    }
    return json.dumps(values, ensure_ascii=False).replace("<", "\\u003c")


def _news_article(article: Article) -> dict[str, object]:
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "articleSection": article.section,
    }


def _claim_review(article: Article) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "headline": article.title,
        "claimReviewed": article.claim_reviewed,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": article.rating,
        },
    }
