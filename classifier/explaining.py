"""Reasons a reviewer understands in five seconds, in Indonesian, each with its share of the sum."""

from __future__ import annotations

from collections.abc import Sequence

from classifier.cues import Finding
from indices.documents import Match, Reason
from indices.languages.function_words import NAMES
from indices.languages.guessing import MIXED, UNSURE

SMALLEST_WEIGHT = 0.15
"""Less than this moves no decision and only fills the screen."""
SMALLEST_SHOWN = 0.001
MOST_REASONS = 6
_FEWEST_WORDS = 3
_MOST_QUOTES = 6
_UNDERSTOOD = frozenset({"", "id", "ms", UNSURE})
"""Nothing need be said of these: the model was trained for them, or nobody can tell."""


def match_reason(matches: Sequence[Match], weight: float) -> list[Reason]:
    """The known hoax that this post may repeat."""
    if not matches or (weight < SMALLEST_WEIGHT and not matches[0].strong):
        return []
    best = matches[0]
    shared = f" (kata yang sama: {', '.join(best.shared_terms[:6])})" if best.shared_terms else ""
    degree = "Sangat mirip" if best.strong else "Mungkin mengulang"
    text = f"{degree} cek fakta “{best.title}”{shared}"
    return [Reason(code="match", text=text, weight=round(weight, 3))]


def wording_reason(weight: float, words: Sequence[str]) -> list[Reason]:
    """How close the wording is to known hoaxes, or to ordinary posts."""
    if abs(weight) < SMALLEST_WEIGHT:
        return []
    if weight < 0:
        text = "Susunan kata seperti unggahan biasa"
    elif words:
        text = f"Susunan kata seperti hoaks yang dikenal, terutama: {', '.join(words)}"
    else:
        text = "Susunan kata seperti hoaks yang dikenal"
    return [Reason(code="wording", text=text, weight=round(weight, 3))]


def scam_reason(weight: float, quotes: Sequence[str]) -> list[Reason]:
    """How far the post looks like a scam, by the head that was fitted to scams alone."""
    if weight < SMALLEST_WEIGHT:
        return []
    shown = ", ".join(f"“{quote}”" for quote in quotes[:_MOST_QUOTES])
    text = "Seperti penipuan yang dikenal" + (f": {shown}" if shown else "")
    return [Reason(code="scam", text=text, weight=round(weight, 3))]


def cue_reasons(
    findings: Sequence[Finding], weights: Sequence[float], *, flagged: bool
) -> list[Reason]:
    """What was found of each sign, in the post's own words.

    Of a flagged post every sign that speaks for it is shown: the encoder has read the same words,
    so that a sign by itself may move little and still be what a reviewer looks for.
    """
    least = SMALLEST_SHOWN if flagged else SMALLEST_WEIGHT
    return [
        Reason(code=finding.code, text=_found(finding), weight=round(weight, 3))
        for finding, weight in zip(findings, weights, strict=True)
        if finding.strength > 0 and (weight >= least or -weight >= SMALLEST_WEIGHT)
    ]


def confidence_reasons(cleaned: str, language: str) -> list[Reason]:
    """Why an answer should be taken with care."""
    if is_too_short(cleaned):
        return [
            Reason(code="too_short", text="Keyakinan rendah: terlalu sedikit kata untuk dinilai")
        ]
    if language in _UNDERSTOOD:
        return []
    seems = f"tampaknya bahasa {NAMES[language]}" if language in NAMES else "bahasa lain"
    text = "Keyakinan rendah: " + ("bercampur bahasa" if language == MIXED else seems)
    return [Reason(code="language", text=text)]


def is_too_short(cleaned: str) -> bool:
    """Whether nothing is left to judge: no text, one word, only emoji, links or single letters."""
    words = {word for word in cleaned.split() if sum(letter.isalpha() for letter in word) > 1}
    return len(words) < _FEWEST_WORDS


def strongest(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons that moved most, strongest first; those about confidence always stay."""
    doubts = [reason for reason in reasons if reason.weight == 0]
    moving = sorted((r for r in reasons if r.weight), key=lambda reason: -abs(reason.weight))
    return (*moving[: MOST_REASONS - len(doubts)], *doubts)


def _found(finding: Finding) -> str:
    if not finding.quotes:
        return finding.text
    return f"{finding.text}: {', '.join(f'“{quote}”' for quote in finding.quotes)}"
