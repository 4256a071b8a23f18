"""One post record of Bluesky (`app.bsky.feed.post`): links whole, pictures as they are said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.connectors.answers import objects, part, words
from crawlers.connectors.items import PlatformItem
from crawlers.extraction.plain import clean_lines, storable

_ADDRESS = re.compile(
    r"^at://(did:[a-z]{1,20}:[\w.:%-]{1,200})/app\.bsky\.feed\.post/([\w.:~-]{1,200})$", re.ASCII
)


def read_record(address: str, record: Any, reach: Mapping[str, int]) -> PlatformItem:
    """What it says.

    Args:
        address: `at://DID/app.bsky.feed.post/KEY`.

    Raises:
        ValueError: address or text is missing.
    """
    found = _ADDRESS.match(address)
    if not found or not isinstance(part(record, "text"), str):
        raise ValueError("uri or text is missing")
    languages = part(record, "langs")
    parts = [_with_whole_links(record), *_embedded(part(record, "embed"))]
    return PlatformItem(
        platform="bluesky",
        reference=address,
        url=f"https://bsky.app/profile/{found[1]}/post/{found[2]}",
        text=clean_lines("\n".join(parts)),
        account=found[1],
        published_raw=words(record, "createdAt"),
        language=storable(str(languages[0])) if isinstance(languages, list) and languages else "",
        reach=reach,
    )


def _with_whole_links(record: Mapping[str, Any]) -> str:
    """Links are shown shortened; where they lead stands beside the text, by place in its bytes."""
    text = words(record, "text").encode("utf-8", "replace")
    end = len(text)
    for begin, stop, link in sorted(_links(record), reverse=True)[:100]:
        if 0 <= begin < stop <= end:
            text, end = text[:begin] + link.encode("utf-8", "replace") + text[stop:], begin
    return text.decode("utf-8", "replace")


def _links(record: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    for facet in objects(record, "facets"):
        begin, stop = part(facet, "index", "byteStart"), part(facet, "index", "byteEnd")
        for feature in objects(facet, "features"):
            link = words(feature, "uri")
            if isinstance(begin, int) and isinstance(stop, int) and link.startswith("http"):
                yield begin, stop, link


def _embedded(embed: Any) -> Iterator[str]:
    """What pictures and videos are said to show, the page a card leads to, the post it quotes."""
    media = part(embed, "media") or embed
    for image in objects(media, "images"):
        if alt := words(image, "alt").strip():
            yield f"[gambar: {' '.join(alt.split())}]"
    if alt := words(media, "alt").strip():
        yield f"[video: {' '.join(alt.split())}]"
    if link := words(media, "external", "uri"):
        yield f"[tautan: {link} {words(media, 'external', 'title')[:300]}]"
    quoted = words(embed, "record", "uri") or words(embed, "record", "record", "uri")
    if _ADDRESS.match(quoted):
        yield f"[mengutip {quoted}]"
