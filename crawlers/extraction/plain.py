"""A scrap of HTML to plain text, as feeds and social platforms give it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from lxml import etree

_NEW_LINE = frozenset({"p", "br", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "tr"})
_SILENT = frozenset({"script", "style", "template", "iframe"})
_LONGEST = 500_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")
_OPENS_NOTHING = re.compile(r"<!\[(?!CDATA\[)")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]")


class _TextReader:
    """Collects text; a link that shows its shortened address gives the whole address.

    lxml calls it for each tag and text, and builds no tree.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._silent = 0
        self._address: str | None = None
        self._link_start = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Paragraphs begin new lines; a link remembers where its words begin."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _NEW_LINE:
            self.pieces.append("\n")
        elif tag == "a":
            self._address = attributes.get("href") or ""
            self._link_start = len(self.pieces)

    def end(self, tag: str) -> None:
        """Paragraphs end lines; links show where they lead."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _NEW_LINE:
            self.pieces.append("\n")
        elif tag == "a" and self._address:
            shown = "".join(self.pieces[self._link_start :]).strip().rstrip("…")
            if "." in shown and shown in self._address:
                self.pieces[self._link_start :] = [self._address]
            self._address = None

    def data(self, text: str) -> None:
        """Text, unless it is code."""
        if not self._silent:
            self.pieces.append(text)

    def close(self) -> None:
        """Nothing is left to do."""


def plain_text(markup: str) -> str:
    """Its text, a line for each paragraph."""
    markup = storable(markup[:_LONGEST])
    return clean_lines(_read(markup) if _MARKUP.search(markup) else markup)


def _read(markup: str) -> str:
    """By libxml2, whose time grows with the length: Python's own parser took hours over `<a <a`."""
    markup = _OPENS_NOTHING.sub("&lt;![", markup)
    tags, end, rest = markup.rpartition(">")
    reader = _TextReader()
    target: Any = reader  # types of lxml expect bytes too, which HTML never gives
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    with suppress(etree.XMLSyntaxError):  # nothing but comments
        # behind the last tag nothing opens one: `a <b` is said, not marked
        parser.feed(f"{tags}{end}{rest.replace('<', '&lt;')}".encode("utf-8", "replace"))
        parser.close()
    return "".join(reader.pieces)


def clean_lines(text: str) -> str:
    """Text that is no markup: single spaces, no empty lines, nothing that cannot be kept."""
    text = storable(text[:_LONGEST])
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def storable(text: str) -> str:
    """No control characters, no halves of characters: what JSON may hold and no index can keep."""
    text = _CONTROL.sub(" ", text)
    if not _HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
