"""The readable text of a kept response, for a person who checks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from crawlers.extraction.article import Article, read_article
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.extraction.page import Page
from crawlers.extraction.selected import OPTIONS
from crawlers.pseudonyms import without_names
from crawlers.recording.privacy import Privacy
from indices.documents import Post
from indices.evidence.reading import EvidenceRecord
from indices.evidence.wordings import Wording
from indices.personal_data.masking import mask
from indices.settings import Settings


def read_kept_text(record: EvidenceRecord, post: Post, key: str, *, masked: bool) -> str:
    """An article's title and text, else the payload as it is.

    Args:
        masked: personal data hidden, accounts as pseudonyms made with the key. Rows and answers
            of interfaces name people in any field, so what was stored of them is shown instead.
    """
    text = _read_article(record)
    if masked:
        return (
            mask(without_names(text, key)) if text else mask(f"{post.title}\n{post.text}".strip())
        )
    return text or record.payload.decode("utf-8", "replace")


def read_kept_wording(
    record: EvidenceRecord, post: Post, options: Mapping[str, str], settings: Settings
) -> Wording | None:
    """What the page said, as it was or would have been stored; None when it is no article."""
    article = _find_article(record, {name: options[name] for name in OPTIONS if name in options})
    if article is None or not article.text:
        return None
    said = replace(post, title=article.title, text=article.text)
    stored = Privacy(settings.crawl).protect(said)
    return Wording(stored.title, stored.text)


def _read_article(record: EvidenceRecord) -> str:
    article = _find_article(record, {})
    return f"{article.title}\n\n{article.text}".strip() if article else ""


def _find_article(record: EvidenceRecord, selectors: Mapping[str, str]) -> Article | None:
    if "html" not in record.content_type.lower():
        return None
    try:
        tree = parse_page(record.payload, record.content_type)
        page = Page(tree, record.url, UTC, record.seen_at or datetime.now(UTC))
        return read_article(page, selectors)
    except NotAPageError:
        return None
