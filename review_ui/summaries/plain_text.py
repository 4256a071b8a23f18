"""What people typed, made fit to stand in a summary: one line, masked, bounded, without tricks."""

from __future__ import annotations

import re
import unicodedata

from review_ui.masking import mask

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_ACCOUNT_NAME = re.compile(r"(?<![\w/@.])@\w[\w.@-]{1,80}")
_SENTENCE_END = re.compile(r"[.!?](?=\s)")


def tidy(text: str, limit: int) -> str:
    """One line without control or direction marks, personal data masked, at most `limit` long."""
    bounded = text[: 20 * limit]  # enough to cut from; the rest is never read
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", bounded)
        if character.isspace() or unicodedata.category(character) not in _HIDDEN
    )
    masked = _ACCOUNT_NAME.sub("[akun]", mask(" ".join(visible.split())))
    return shorten(masked, limit)


def shorten(text: str, limit: int) -> str:
    """Cut at the end of a sentence where that keeps most of it, else between words."""
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] > limit * 0.6:
        return head[: ends[-1]] + " …"
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit * 0.6 else head).rstrip(" ,;:") + "…"
