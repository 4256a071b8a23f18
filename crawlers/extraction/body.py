"""The text of an article: the container that holds most prose, without what is not prose."""

from __future__ import annotations

import re
from collections import defaultdict
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
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:related|terkait|baca-?juga|bacajuga|lainnya|rekomendasi|recommend\w*|share|sharing"
    r"|shareaddthis|sosmed|social|komentar|comments?|disqus|tags?|tagging|breadcrumbs?|caption|captions"
    r"|iklan|ads?|advert\w*|banner|sidebar|popular|terpopuler|populer|newsletter|subscribe|copyright"
    r"|penulis|editor|byline|author|credit|credits|pagination|paging|widget|promo|hidden|sponsor\w*"
    r"|footer|menu|navbar|navigation|nav|topik|video-?list|parallax\w*|lihatjg|linksisip|read-?more"
    r"|inline-?related|jixie|taboola|outbrain|mgid|follow|google-?news|whatsapp|toc|login|modal|popup"
    r"|list-?berita|berita-?lain|news-?list|also|next|prev|previous|date|time|meta)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_CONTAINER = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|articlebody|entry-?content|post-?(?:content|body)|"
    r"detail-?(?:text|content|berita|body|konten)|detailtext|read-?(?:content|text|body)|content-?detail|"
    r"isi|isi-?berita|itp_bodycontent|body-?content|text-?detail|text_detail|news-?content|story-?body)(?:$|[\s_-])",
    re.IGNORECASE,
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
    pieces: list[str] = []
    links = 0
    home = root

    def flush() -> Iterator[Block]:
        nonlocal links
        text = " ".join("".join(pieces).split())
        if text:
            yield Block(text, min(links, len(text)), home)
        pieces.clear()
        links = 0

    # an explicit stack: hostile pages nest deeper than Python calls
    stack: list[tuple[str, Element, Element, bool]] = [("open", root, root, False)]
    while stack:
        step, element, parent_home, in_link = stack.pop()
        if step == "tail":
            home = parent_home
            if element.tail:
                pieces.append(element.tail)
                links += len(element.tail.strip()) if in_link else 0
            continue
        if step == "close":
            yield from flush()
            home = parent_home
            continue
        tag = element.tag
        if not isinstance(tag, str) or (element is not root and _is_skipped(element, tag, keep)):
            continue
        linked = in_link or tag == "a"
        if tag == "br":
            yield from flush()
            continue
        own_home = parent_home
        if tag in _BLOCKS or tag in keep:
            yield from flush()
            own_home = element
            home = element
            stack.append(("close", element, parent_home, in_link))
        if element.text:
            pieces.append(element.text)
            links += len(element.text.strip()) if linked else 0
        for child in reversed(element):
            stack.append(("tail", child, own_home, linked))
            stack.append(("open", child, own_home, linked))
    yield from flush()


def _is_skipped(element: Element, tag: str, keep: frozenset[str]) -> bool:
    if tag in keep:
        return False
    if tag in _NEVER_TEXT:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def is_junk(element: Element) -> bool:
    """Its class or id says that it is not the article."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return bool(names) and len(names) < 500 and bool(_JUNK.search(names))


def find_container(root: Element, blocks: list[Block]) -> Element | None:
    """The element that most likely holds the article, after Readability's way of scoring.

    Source: Arc90's Readability, as described by its many heirs: a paragraph speaks for its
    parent fully and for its grandparent by half.
    """
    scores: defaultdict[Element, float] = defaultdict(float)
    for block in blocks:
        if not block.is_prose or block.element.tag in _HEADINGS or _in_junk(block.element, root):
            continue
        worth = 1 + min(len(block.text) / 100, 6) + block.text.count(",") * 0.5
        home = block.element.getparent() if block.element.tag in {"p", "li"} else block.element
        for share in (1.0, 0.5, 0.25):
            if home is None:
                break
            scores[home] += worth * share
            home = home.getparent()
    for element in scores:
        if element.get("itemprop") == "articleBody" or _CONTAINER.search(_names(element)):
            scores[element] *= 1.5
    return max(scores, key=lambda element: scores[element], default=None)


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _in_junk(element: Element, root: Element) -> bool:
    depth = 0
    current: Element | None = element
    while current is not None and current is not root and depth < 12:
        if is_junk(current) and not _CONTAINER.search(_names(current)):
            return True
        current = current.getparent()
        depth += 1
    return False
