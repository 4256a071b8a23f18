"""Bytes to a tree, whatever the bytes: charset mended, size and depth bounded."""

from __future__ import annotations

import codecs
import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement as Element

from crawlers.extraction.errors import NotAPageError

LARGEST_PAGE_BYTES = 3_000_000
"""What lies beyond is not read: no article is that long."""
MOST_ELEMENTS = 60_000

_BINARY_STARTS = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_OF_TEXTS = re.compile(r"utf|iso|cp|koi|gb|big5|euc|shift|mac|hz|johab|tis|ptcp|kz|ascii")
"""Python also knows some that unpack (`zip`), are of no text (`uu`) or slow (`punycode`)."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_page(body: bytes, content_type: str = "") -> str:
    """The page as text: what is valid UTF-8 is UTF-8, whatever its header claims."""
    body = body[:LARGEST_PAGE_BYTES]
    if name := _unmarked_utf16(body):
        return body.decode(name, "replace")
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        # a final=False decoder forgives a character that was cut at the end
        return codecs.getincrementaldecoder("utf-8")("strict").decode(body, final=False)
    except UnicodeDecodeError:
        return body.decode(_declared_charset(body, content_type), "replace")


def parse_page(body: bytes, content_type: str = "") -> Element:
    """The tree of an HTML page.

    Raises:
        NotAPageError: it is something else, or nothing.
    """
    if looks_binary(body) or (content_type and not _may_be_html(content_type)):
        raise NotAPageError(f"is not an HTML page ({content_type or 'binary data'})")
    text = _CONTROL.sub(" ", decode_page(body, content_type))
    if not text.strip():
        raise NotAPageError("is empty")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotAPageError("holds no HTML") from error
    if not isinstance(tree.tag, str) or tree.tag != "html" or len(tree) == 0:
        raise NotAPageError("holds no HTML")
    if sum(1 for _, _ in zip(range(MOST_ELEMENTS + 1), tree.iter(), strict=False)) > MOST_ELEMENTS:
        raise NotAPageError(f"has more than {MOST_ELEMENTS} elements; no article has")
    return tree


def looks_binary(body: bytes) -> bool:
    """A picture, an archive, a document: anything that is not text."""
    head = body[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _unmarked_utf16(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return head.startswith(_BINARY_STARTS) or controls > 8 + len(head) // 100


def _unmarked_utf16(body: bytes) -> str:
    """Which UTF-16 it is, told by the zero that goes with every letter of its first tags."""
    head = body[:40]
    for name, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if len(head) >= 20 and not any(head[zeros::2]) and all(head[letters::2]):
            return name
    return ""


def _may_be_html(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in {
        "",
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/xml",
        "text/xml",
    }


def _declared_charset(body: bytes, content_type: str) -> str:
    for place in (content_type.encode("latin-1", "replace"), body[:4096]):
        found = _CHARSET.search(place)
        if found:
            try:
                name = codecs.lookup(found.group(1).decode("ascii")).name
            except LookupError:
                continue
            if not _OF_TEXTS.match(name):
                continue
            # browsers read Latin-1 as Windows-1252; broken UTF-8 stays UTF-8
            return "cp1252" if name in {"iso8859-1", "ascii"} else name
    return "cp1252"
