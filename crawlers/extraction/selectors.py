"""CSS selectors that a source gives where the generic way fails."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement as Element

LONGEST = 300


@lru_cache(maxsize=512)
def compile_selector(selector: str) -> CSSSelector:
    """The selector, ready to use.

    Raises:
        ValueError: it is none, or longer than any needs to be.
    """
    if len(selector) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, RecursionError) as error:
        raise ValueError(str(error) or "is no CSS selector") from error


def select(element: Element, selector: str) -> list[Element]:
    """All elements below it that the selector finds, in the order of the page."""
    found: Any = compile_selector(selector)(element)
    return [each for each in found if isinstance(each, Element)]


def first(element: Element, selector: str) -> Element | None:
    """The first of them."""
    return next(iter(select(element, selector)), None)


def text_of(element: Element | None) -> str:
    """Its text on one line."""
    return "" if element is None else " ".join(element.text_content().split())


def written_time(element: Element | None) -> str:
    """A time as machines are told it, else as readers see it."""
    if element is None:
        return ""
    told = element.get("datetime") or element.get("content") or text_of(element)
    return str(told)[:200]
