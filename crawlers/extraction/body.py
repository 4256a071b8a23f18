"""Where the article stands: the container that holds most prose."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice

from lxml.html import HtmlElement as Element

from crawlers.extraction.blocks import Block
from crawlers.extraction.titles import squash

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:related\w*|terkait\w*|sharedaddy|addtoany\w*|a2a|twitter-tweet|instagram-media|tiktok-embed|fb-post|baca-?juga|bacajuga|lainnya|rekomendasi|recommend\w*|share|sharing"
    r"|shareaddthis|sosmed|social|komentar|comments?|disqus|tags?|tagging|breadcrumbs?|caption|captions"
    r"|iklan|ads?|advert\w*|banner|sidebar|popular|terpopuler|populer|newsletter|subscribe|copyright"
    r"|penulis|editor|byline|author|credit|credits|pagination|paging|widget|promo|hidden|sponsor\w*"
    r"|footer|menu|navbar|navigation|nav|topik|video-?list|parallax\w*|lihatjg|linksisip|read-?more"
    r"|inline-?related|jixie|taboola|outbrain|mgid|follow|google-?news|whatsapp|toc|login|modal|popup"
    r"|list-?berita|berita-?lain|news-?list|also|next|prev|previous|date|time|meta"
    r"|foto|photo|image|img|gambar|keterangan|deskripsi)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_CONTAINER = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|articlebody|entry-?content|post-?(?:content|body)|"
    r"detail-?(?:text|content|berita|body|konten|desc)|detailtext|read-?(?:content|text|body)|"
    r"content-?(?:detail|news|berita|article)|isi|isi-?berita|body-?content|text-?detail|"
    r"news-?content|story-?body|txt-?article|bodycontent)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ALWAYS_JUNK = re.compile(
    r"(?:^|[\s-])(?:komentar|comments?|disqus|comment-?list|responses)(?:$|[\s-])", re.IGNORECASE
)
_MISNAMED_SHARE = 0.3
_MOST_OF_A_CARD = 25
_LONGEST_CARD = 600
_LINKED_SHARE = 0.25
_SHARES = (1.0, 0.5, 0.25, 0.15, 0.1)
_HIGHEST = 12
_LEAST_BELOW_HEADLINE = 0.15
_SHORTEST_LEAD = 120


def is_junk(element: Element) -> bool:
    """Its class or id says that it is not the article."""
    return bool(_JUNK.search(_names(element)))


def find_container(root: Element, blocks: list[Block], title: str = "") -> Element | None:
    """The element that most likely holds the article.

    Args:
        title: of the page, to know its headline by.

    Source: the scoring of Arc90's Readability, as its many heirs describe it: a paragraph speaks
    for its parent fully and for its grandparents by ever less.
    """
    told = {block.text: block for block in blocks if _speaks(block)}
    prose = [block for block in told.values() if not _is_teaser(block.element)]
    asides = _find_asides(root, prose)
    scores: defaultdict[Element, float] = defaultdict(float)
    for block in prose:
        if any(ancestor in asides for ancestor in _ancestry(block.element, root)):
            continue
        worth = 1 + min(len(block.text) / 100, 6) + block.text.count(",") * 0.5
        home = block.element.getparent() if block.element.tag in {"p", "li"} else block.element
        for share, element in zip(_SHARES, _ancestry(home, root), strict=False):
            scores[element] += worth * share
    for element in scores:
        if _is_named_container(element):
            scores[element] *= 1.5
    best = max(scores, key=lambda element: scores[element], default=None)
    if best is None:
        return None
    widest = _widen(best, root, blocks)
    near = _below_headline(blocks, title, widest, root)
    if near is None or scores[near] < _LEAST_BELOW_HEADLINE * scores[best]:
        return widest
    return _widen(near, root, blocks)


def _below_headline(
    blocks: list[Block], title: str, chosen: Element, root: Element
) -> Element | None:
    """Where the first long paragraph below the headline stands, unless that was chosen.

    A short article is outweighed by a box about the outlet; nobody puts that under a headline.
    What was chosen stays where it goes on from that paragraph, as an article does from its deck.
    """
    headlines = [place for place, block in enumerate(blocks) if block.element.tag == "h1"]
    if not headlines:
        return None
    told = (place for place in headlines if squash(blocks[place].text) == squash(title))
    headline = next(told, headlines[0])
    long = (place for place in range(headline + 1, len(blocks)) if _is_lead(blocks[place]))
    lead = next(long, None)
    if lead is None or chosen in (above := _ancestry(blocks[lead].element, root)):
        return None
    first = _first_prose(blocks, chosen, root)
    between = blocks[lead + 1 : first]
    if headline < first and not any(block.element.tag in _HEADINGS for block in between):
        return None
    return above[1] if above[0].tag in {"p", "li"} and len(above) > 1 else above[0]


def _is_lead(block: Block) -> bool:
    return _speaks(block) and len(block.text) >= _SHORTEST_LEAD


def _first_prose(blocks: list[Block], container: Element, root: Element) -> int:
    inside = (
        place
        for place, block in enumerate(blocks)
        if _speaks(block) and container in _ancestry(block.element, root)
    )
    return next(inside, 0)


def _speaks(block: Block) -> bool:
    return block.is_prose and block.element.tag not in _HEADINGS


def _is_teaser(element: Element) -> bool:
    """Stands in a small card that is mostly a link to another page."""
    card = element if element.tag == "li" else element.getparent()
    if card is None or len(list(islice(card.iter(), _MOST_OF_A_CARD))) == _MOST_OF_A_CARD:
        return False
    length = len(card.text_content())
    linked = sum(len(link.text_content()) for link in card.iter("a"))
    return length < _LONGEST_CARD and linked > _LINKED_SHARE * length


def _find_asides(root: Element, prose: list[Block]) -> set[Element]:
    """Elements named as asides that hold little of the page's prose; a big one is misnamed."""
    held: defaultdict[Element, int] = defaultdict(int)
    for block in prose:
        for element in _ancestry(block.element, root):
            held[element] += len(block.text)
    whole = sum(len(block.text) for block in prose)
    return {
        element
        for element, length in held.items()
        if element is not root
        and (
            (is_junk(element) and length < _MISNAMED_SHARE * whole)
            or _ALWAYS_JUNK.search(_names(element))
        )
    }


def _widen(best: Element, root: Element, blocks: list[Block]) -> Element:
    """The named container around the best element, when it adds paragraphs and little else."""
    prose, other = _lengths(best, root, blocks)
    for element in filter(_is_named_container, _ancestry(best.getparent(), root)):
        wide_prose, wide_other = _lengths(element, root, blocks)
        if wide_prose == prose:
            continue
        if not wide_other - other < wide_prose - prose <= prose:
            break
        best, prose, other = element, wide_prose, wide_other
    return best


def _lengths(container: Element, root: Element, blocks: list[Block]) -> tuple[int, int]:
    """Characters of prose in it, and of everything else."""
    prose = other = 0
    for block in blocks:
        if container in _ancestry(block.element, root):
            prose += len(block.text) if block.is_prose else 0
            other += 0 if block.is_prose else len(block.text)
    return prose, other


def _ancestry(element: Element | None, root: Element) -> list[Element]:
    """The element and what it stands in, up to the root, as far as is worth looking."""
    chain: list[Element] = []
    while element is not None and len(chain) < _HIGHEST:
        chain.append(element)
        element = None if element is root else element.getparent()
    return chain


def _is_named_container(element: Element) -> bool:
    return element.get("itemprop") == "articleBody" or bool(_CONTAINER.search(_names(element)))


def _names(element: Element) -> str:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names[:300].replace("__", "-").replace("_", "-")
