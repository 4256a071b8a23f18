"""Items that Zeeschuimer captured, bare or as 4CAT keeps them, under our own field names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crawlers.dispositions import Disposition
from crawlers.imports.facebook import read_facebook
from crawlers.imports.instagram import read_instagram, read_threads
from crawlers.imports.platforms import platform_of
from crawlers.imports.rows import NotAPostError
from crawlers.imports.tiktok import read_tiktok
from crawlers.imports.tweets import read_tweet

_READERS: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    "x": read_tweet,
    "instagram": read_instagram,
    "threads": read_threads,
    "tiktok": read_tiktok,
    "facebook": read_facebook,
}


def is_zeeschuimer(item: Mapping[str, Any]) -> bool:
    """As the browser extension writes it: where it was seen, and the platform's own data."""
    return "source_platform" in item and isinstance(item.get("data"), Mapping)


def is_four_cat(item: Mapping[str, Any]) -> bool:
    """As 4CAT exports it: the platform's own data, and beside it where it came from."""
    return isinstance(item.get("__import_meta"), Mapping)


def read_capture(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Id, address, words, author, time and counts of a captured post.

    Raises:
        NotAPostError: of a platform that is not known, an advertisement's frame, or withheld.
        ValueError: the platform writes its posts otherwise than this reader knows.
    """
    told = item if is_zeeschuimer(item) else item["__import_meta"]
    data = item["data"] if is_zeeschuimer(item) else item
    name = str(told.get("source_platform", ""))
    platform = platform_of(name)
    if platform not in _READERS:
        detail = f"platform {name[:60]!r} is not known; known are: {', '.join(sorted(_READERS))}"
        raise NotAPostError(Disposition.REFUSED_UNKNOWN_PLATFORM, detail)
    try:
        values = _READERS[platform](data)
    except (LookupError, TypeError, AttributeError, OverflowError) as error:
        what = f"is no post as {platform} writes it ({type(error).__name__}: {error})"
        raise ValueError(f"{what}; it may have changed its layout") from error
    return {"platform": platform, **values}
