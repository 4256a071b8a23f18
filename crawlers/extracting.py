"""One page for a person or a script: read from a file or fetched with all the care of a crawl."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.connectors.options import a_zone
from crawlers.extraction.article import Article, extract_article
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import LARGEST_PAGE_BYTES
from indices.codec import json_line
from indices.errors import BadInputError
from indices.runtime import Runtime
from indices.settings import Settings

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def read_page(runtime: Runtime, page: str, url: str, timezone: str) -> Article:
    """The article of a file, or of an address.

    Raises:
        BadInputError: it cannot be read or is no HTML page; one line says which.
    """
    a_zone("--timezone", timezone)
    content_type = ""
    if page.lower().startswith(("http://", "https://")):
        body, content_type, url = fetch_page(runtime.settings, page)
    else:
        _check_address(url)
        body = _read_file(page)
    try:
        return extract_article(
            body, url, content_type=content_type, zone=ZoneInfo(timezone), now=datetime.now(UTC)
        )
    except NotAPageError as error:
        raise BadInputError(f"{page}: {error}") from error


def fetch_page(settings: Settings, url: str) -> tuple[bytes, str, str]:
    """Body, content type and final address.

    Raises:
        BadInputError: it was refused or failed; one line says why.
    """
    from crawlers.fetching.errors import FetchError
    from crawlers.fetching.fetcher import Fetched, Fetcher
    from crawlers.fetching.session import run_session

    got: list[Fetched] = []

    async def work(fetcher: Fetcher) -> None:
        got.append(await fetcher.fetch(url))

    try:
        run_session(settings, work)
    except FetchError as error:
        raise BadInputError(f"{url}: {error.detail}") from error
    return got[0].body, got[0].header("Content-Type"), got[0].url


def article_as_json(article: Article) -> str:
    """One line; null where the page does not say."""
    published = article.published_at
    values: Mapping[str, object] = {
        "title": article.title or None,
        "published_at": published.isoformat() if published else None,
        "published_raw": article.published_raw or None,
        "author": article.author or None,
        "canonical_url": article.canonical_url or None,
        "section": article.section or None,
        "language": article.language or None,
        "image": article.image or None,
        "text": article.text or None,
        "genre": str(article.genre) or "article",
        "why": dict(article.why),
    }
    return json_line(values)


def article_as_text(article: Article) -> str:
    """For a person: the parts, then the text."""
    published = article.published_at.isoformat() if article.published_at else ""
    parts = {
        "title": article.title,
        "published_at": published,
        "author": article.author,
        "canonical_url": article.canonical_url,
        "section": article.section,
    }
    lines = [
        f"{name:<14} {value or '-'}" + (f"   ({article.why[name]})" if name in article.why else "")
        for name, value in parts.items()
    ]
    return "\n".join([*lines, "", article.text])


def _check_address(url: str) -> None:
    try:
        urlsplit(url)
    except ValueError as error:
        text = f"--url {url}: is no address ({error}); give the page's, as https://..."
        raise BadInputError(text) from error


def _read_file(page: str) -> bytes:
    if _SCHEME.match(page):
        raise BadInputError(f"{page}: only http and https are fetched; save the page as a file")
    try:
        with Path(page).expanduser().open("rb") as stream:
            return stream.read(LARGEST_PAGE_BYTES)
    except OSError as error:
        raise BadInputError(f"{page}: cannot be read ({error.strerror}); check its path") from error
