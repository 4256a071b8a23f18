"""The readable text of a kept response, for a person who checks it."""

from __future__ import annotations

from datetime import UTC, datetime

from crawlers.extraction.article import read_article
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.extraction.page import Page
from crawlers.pseudonyms import without_names
from indices.documents import Post
from indices.evidence.reading import EvidenceRecord
from indices.personal_data.masking import mask


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


def _read_article(record: EvidenceRecord) -> str:
    if "html" not in record.content_type.lower():
        return ""
    try:
        tree = parse_page(record.payload, record.content_type)
        page = Page(tree, record.url, UTC, record.seen_at or datetime.now(UTC))
        article = read_article(page)
    except NotAPageError:
        return ""
    return f"{article.title}\n\n{article.text}".strip()
