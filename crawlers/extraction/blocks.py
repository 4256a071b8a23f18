"""A page as runs of text, split where a reader sees a new line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement as Element

_NEVER_TEXT = frozenset(
    (
        "script style noscript template iframe form button select input textarea nav svg object "
        "video audio aside footer label map canvas embed math head figure figcaption picture "
        "dialog menu"
    ).split()
)
_BLOCKS = frozenset(
    "p div section article main body li ul ol td th tr table tbody thead blockquote pre dd dt dl "
    "h1 h2 h3 h4 h5 h6 header hr center address fieldset details summary".split()
)
_SHORTEST_PROSE = 25


@dataclass(slots=True)
class Block:
    """A run of text between block boundaries."""

    text: str
    link_characters: int
    element: Element
    """The block element that it stands in."""

    @property
    def is_prose(self) -> bool:
        """Long enough, and not a list of links."""
        return len(self.text) >= _SHORTEST_PROSE and self.link_characters * 2 < len(self.text)


def iter_blocks(root: Element, *, keep: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The text blocks below an element in order of the document, junk left out.

    Args:
        keep: tags to read although they are usually not prose, e.g. `figcaption`.
    """
    return _BlockReader(root, keep).read()


class _BlockReader:
    """Walks with a stack of its own: hostile pages nest deeper than Python calls."""

    def __init__(self, root: Element, keep: frozenset[str]) -> None:
        self._root = root
        self._keep = keep
        self._home = root
        self._pieces: list[str] = []
        self._link_characters = 0
        self._steps: list[tuple[str, Element, Element, bool]] = [("open", root, root, False)]

    def read(self) -> Iterator[Block]:
        """Each step: an element opens or closes, or the text after it comes."""
        while self._steps:
            step, element, home, in_link = self._steps.pop()
            if step == "open":
                yield from self._open(element, home, in_link)
                continue
            if step == "close":
                yield from self._flush()
            self._home = home
            if step == "tail":
                self._add(element.tail, in_link)
        yield from self._flush()

    def _open(self, element: Element, home: Element, in_link: bool) -> Iterator[Block]:
        tag = element.tag
        skipped = not isinstance(tag, str) or _is_skipped(element, tag, self._keep)
        if skipped and element is not self._root:
            return
        in_link = in_link or tag == "a"
        if tag in _BLOCKS or tag in self._keep or tag == "br":
            yield from self._flush()
        if tag in _BLOCKS or tag in self._keep:
            self._steps.append(("close", element, home, in_link))
            self._home = home = element
        self._add(element.text, in_link)
        for child in reversed(element):
            self._steps.append(("tail", child, home, in_link))
            self._steps.append(("open", child, home, in_link))

    def _add(self, text: str | None, in_link: bool) -> None:
        if text:
            self._pieces.append(text)
            self._link_characters += len(text.strip()) if in_link else 0

    def _flush(self) -> Iterator[Block]:
        text = " ".join("".join(self._pieces).split())
        if text:
            yield Block(text, min(self._link_characters, len(text)), self._home)
        self._pieces.clear()
        self._link_characters = 0


def _is_skipped(element: Element, tag: str, keep: frozenset[str]) -> bool:
    if tag in keep:
        return False
    if tag in _NEVER_TEXT:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None
