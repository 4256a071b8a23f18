"""A scrap of HTML to plain text, as feeds and social platforms give it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_NEW_LINE = frozenset({"p", "br", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "tr"})
_SILENT = frozenset({"script", "style", "template", "iframe"})
_LONGEST = 500_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]")


class _TextReader(HTMLParser):
    """Collects text; a link that shows its shortened address gives the whole address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._address: str | None = None
        self._link_start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Paragraphs begin new lines; a link remembers where its words begin."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _NEW_LINE:
            self.pieces.append("\n")
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""
            self._link_start = len(self.pieces)

    def handle_endtag(self, tag: str) -> None:
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

    def handle_data(self, data: str) -> None:
        """Text, unless it is code."""
        if not self._silent:
            self.pieces.append(data)


def plain_text(markup: str) -> str:
    """Its text, a line for each paragraph."""
    markup = storable(markup[:_LONGEST])
    if _MARKUP.search(markup):
        try:
            markup = _read(markup)
        except AssertionError:  # how Python's parser refuses a `<![` that opens nothing it knows
            markup = _read(markup.replace("<![", "&lt;!["))
    return clean_lines(markup)


def _read(markup: str) -> str:
    reader = _TextReader()
    reader.feed(markup)
    reader.close()
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
