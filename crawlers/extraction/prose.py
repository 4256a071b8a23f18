"""From the container to paragraphs: what outlets put between and after them is left out."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement as Element

from crawlers.extraction.blocks import Block, iter_blocks
from crawlers.extraction.body import find_container, is_junk
from crawlers.extraction.dates import parse_date
from crawlers.extraction.titles import squash

_ALSO_READ = re.compile(
    r"^[\W_]*(?:\(?\s*(?:baca|lihat|simak|tonton|klik|cek|dengarkan|pilihan|see|read|also)"
    r"(?:\s+(?:juga|pula|selengkapnya|lainnya|videonya|video|artikel|berita|also|more"
    r"|next|this))*"
    r"\s*[:：>]"
    r"|baca\s+(?:juga|selengkapnya|berita)\b|jangan lewatkan\b|(?:berita|artikel) terkait\b"
    r"|(?:yuk,? )?simak (?:juga|video|lifestyle|berita)\b|lihat (?:juga|foto|video)\b"
    r"|read also\b|also read\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W*(?:editor|penulis|reporter|pewarta|wartawan|kontributor|uploader|redaktur|penyunting|"
    r"penerjemah|foto|photo|sumber foto|fotografer|video|infografis|ilustrasi|laporan wartawan)"
    r"\s*(?:[:：/]|$)|^[:：]",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"^\W*(?:copyright\b|hak cipta\b|©|advertisements?$|iklan$|scroll to (?:continue|resume)|"
    r"halaman (?:selanjutnya|berikutnya|sebelumnya|\d+)|selanjutnya$|sebelumnya$|\[?gambas:|"
    r"(?:bagikan|share)(?:\s+(?:ke|via|on|artikel|berita|this|facebook|twitter|whatsapp|telegram|link)\b|\W*$)"
    r"|(?:\d+\s+)?(?:komentar|comments?)\W*$|tags?\s*[:：]|topik\s*[:：]|loading\b|kembali ke atas|"
    r"(?:ikuti|dapatkan|cek|simak|temukan|nikmati|gabung|yuk|mari|download|unduh)\b.{0,80}\b(?:whatsapp|telegram|"
    r"google news|channel|saluran|aplikasi|newsletter|media sosial|instagram)\b|"
    r"(?:artikel|berita|konten) ini (?:telah|sudah|pernah) (?:tayang|dimuat|terbit)\b|"
    r"follow (?:us|kami|akun)\b|pilihan editor\b|home\s*>)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^\W*(?:bagikan(?: ini| artikel| berita)?|sebarkan(?: ini)?|share(?: this)?|terkait"
    r"|related(?: posts?)?|(?:berita|artikel|pos|postingan) (?:terkait|lainnya|terbaru|terpopuler)"
    r"|baca (?:juga|lainnya)|rekomendasi(?: untuk anda)?|menyukai ini"
    r"|(?:tinggalkan|beri|leave a) (?:komentar|balasan|reply|comment)"
    r")\W*$",
    re.IGNORECASE,
)
_LEAST_BEFORE_END = 0.5
_PHOTO_CREDIT = re.compile(
    r"[([]\s*(?:foto|photo|dok|ist(?:imewa)?\b|sumber|ilustrasi)|(?:foto|dok)\s*[:/]", re.IGNORECASE
)
_LONGEST_BOILERPLATE = 320
_ADDRESS = re.compile(r"://|\bwww\.")
_LONGEST_DATELINE = 60
_LONGEST_CAPTION = 250
_LINKED_LINE, _LINKED_ITEM = 0.8, 0.6
_SHORTEST_REPEAT = 40
_SHORTEST_ARTICLE = 150
_MOST_BLOCKS = 10_000
_JUNK_SHARE = 0.4
_GALLERY = frozenset({"figure", "figcaption"})


def article_text(tree: Element, title: str, told: str = "") -> str:
    """The article's paragraphs, one a line; empty when the page holds no prose.

    Args:
        told: the text as the page tells it to machines, where it does.
    """
    root = next(iter(tree.iter("body")), tree)
    blocks = list(islice(iter_blocks(root), _MOST_BLOCKS))
    container = find_container(root, blocks, title)
    text = _paragraphs(container, title) if container is not None else ""
    if len(text) < _SHORTEST_ARTICLE:
        text = max(text, _captions(container, root), key=len)
    return told if len(told) > 2 * len(text) else text


def readable_text(element: Element) -> str:
    """The paragraphs of an element that a person chose, without what is never an article."""
    lines = [block.text for block in islice(iter_blocks(element), _MOST_BLOCKS)]
    return "\n".join(_without_repeats([line for line in lines if not _is_boilerplate(line)]))


def _paragraphs(container: Element, title: str) -> str:
    _drop_junk(container)
    blocks = islice(iter_blocks(container), _MOST_BLOCKS)
    lines = [block.text for block in _before_the_end(list(blocks)) if _is_article(block, title)]
    return "\n".join(_without_repeats(lines))


def _before_the_end(blocks: list[Block]) -> list[Block]:
    """What stands before a heading that opens the page's own business, in the last part of it."""
    whole = sum(len(block.text) for block in blocks)
    read = 0
    for place, block in enumerate(blocks):
        if read > _LEAST_BEFORE_END * whole and _ENDS.match(block.text):
            return blocks[:place]
        read += len(block.text)
    return blocks


def _captions(container: Element | None, root: Element) -> str:
    """Photo stories say everything in their captions."""
    for place in (container, root):
        if place is None:
            continue
        blocks = iter_blocks(place, keep=_GALLERY)
        lines = [b.text for b in blocks if b.is_prose and b.element.tag in _GALLERY]
        text = "\n".join(_without_repeats([line for line in lines if not _is_boilerplate(line)]))
        if len(text) >= _SHORTEST_ARTICLE:
            return text
    return ""


def _drop_junk(container: Element) -> None:
    """Take out what its class calls an aside, unless that is where most of the text is."""
    whole = len(container.text_content())
    queue = list(container)
    while queue:
        element = queue.pop()
        if not isinstance(element.tag, str):
            continue
        if is_junk(element) and len(element.text_content()) < _JUNK_SHARE * whole:
            element.drop_tree()
        else:
            queue.extend(element)


def _is_article(block: Block, title: str) -> bool:
    text = block.text
    if (
        _is_boilerplate(text)
        or _ENDS.match(text)
        or not any(character.isalnum() for character in text)
    ):
        return False
    if len(text) < _LONGEST_DATELINE and _is_dateline(text):
        return False
    if _is_photo_caption(block):
        return False
    most_linked = _LINKED_ITEM if block.element.tag == "li" else _LINKED_LINE
    if block.link_characters > most_linked * len(text) and not _ADDRESS.search(text):
        return len(text) <= 15 and block.element.tag != "li"
    return len(text) > 2 * len(title) + 20 or squash(text) != squash(title)


def _is_photo_caption(block: Block) -> bool:
    """A short line in one paragraph with its picture, in italics or with the picture's credit."""
    home = block.element
    if len(block.text) > _LONGEST_CAPTION or home.tag != "p" or home.find(".//img") is None:
        return False
    slanted = " ".join(" ".join(e.text_content() for e in home.iter("em", "i", "small")).split())
    return block.text in slanted or bool(_PHOTO_CREDIT.search(block.text))


def _is_dateline(text: str) -> bool:
    written = parse_date(text)
    return written is not None and written.has_time


def _is_boilerplate(text: str) -> bool:
    if len(text) > _LONGEST_BOILERPLATE:
        return False
    return bool(
        _ALSO_READ.match(text) or _CHROME.match(text) or (len(text) < 120 and _CREDIT.match(text))
    )


def _without_repeats(lines: list[str]) -> list[str]:
    """Each long line once: teasers and captions like to come twice."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        key = line.casefold()
        if len(key) < _SHORTEST_REPEAT or key not in seen:
            kept.append(line)
        seen.add(key)
    return kept
