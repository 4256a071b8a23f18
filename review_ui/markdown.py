"""What editors type, as safe HTML; what was collected never comes through here."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_PARSER = MarkdownIt("zero", {"breaks": True}).enable(
    ["emphasis", "list", "link", "newline", "entity", "escape", "balance_pairs", "autolink"]
)
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a"}


def render_markdown(text: str) -> Markup:
    """Paragraphs, emphasis, lists and http(s) links; everything else is text."""
    html = nh3.clean(
        _PARSER.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(html)  # noqa: S704 - nh3 cleaned it just now
