"""The language of a text, told by its small words; a statistical guesser speaks where they do not.

A text in two languages is one text and is marked as mixed; one that is too short to tell is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from indices.languages.function_words import LANGUAGES_OF, NAMES, REGIONAL

MIXED, OTHER, UNSURE = "mixed", "other", "unsure"
_MOST_CHARACTERS = 4_000
_FEWEST_WORDS = 4
_TELLING = 2.0
"""Small words of a language from which it is worth a thought."""
_LEAST_SHARE, _LEAST_ENGLISH = 0.08, 0.2
"""Of all words that are small words of the language; English has many, slogans in it few."""
_MIXED_FROM = 0.3
"""The weaker of two languages has so much of the stronger one's."""
_SURE = 0.9
"""Of the statistical guesser's probabilities, which are rather bold."""
_INDONESIAN = ("id", "ms", "jv")
"""It takes Indonesian for its neighbours; Javanese is told by its small words."""
_GUESSED = ["id", "ms", "jv", "en", "ar", "zh", "ja", "ko", "th", "vi", "hi", "ru", "nl", "tl"]
_LEFT_OUT = re.compile(r"(?:https?://|www\.)\S+|[@#][\w.@-]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ACCENTS = str.maketrans("éèê", "eee")


@dataclass(frozen=True, slots=True)
class Language:
    """What a text is written in."""

    code: str
    """`id`, `ms`, `jv`, `su`, `bjn`, `bug`, `en`, `other`, `mixed` or `unsure`."""
    why: str
    """In Indonesian words."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """Small words of each language found, most first, in hundredths of all words."""


def guess_language(text: str, *, hint: str = "") -> Language:
    """Of a post as it was written.

    Args:
        hint: the language that its source is said to write; tells Indonesian from Malay where
            their words do not.
    """
    words = _words(text)
    scores = _score(words)
    shares = {name: round(100 * score / len(words), 1) for name, score in scores.items()}
    code, why = _decide(text, words, scores, hint)
    return Language(code, why, shares)


def _words(text: str) -> list[str]:
    plain = _LEFT_OUT.sub(" ", text[:_MOST_CHARACTERS]).lower().translate(_ACCENTS)
    return _WORD.findall(plain)


def _score(words: list[str]) -> dict[str, float]:
    """Small words of each language, most first; one that several have counts for each in part."""
    scores: dict[str, float] = {}
    for word in words:
        languages = LANGUAGES_OF.get(word, ())
        for language in languages:
            scores[language] = scores.get(language, 0.0) + 1 / len(languages)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def _decide(text: str, words: list[str], scores: Mapping[str, float], hint: str) -> tuple[str, str]:
    telling = [
        language
        for language, score in scores.items()
        if score >= _TELLING and score >= _least_share(language) * len(words)
    ]
    if len(words) < _FEWEST_WORDS and not telling:
        return UNSURE, f"terlalu pendek untuk ditentukan ({len(words)} kata)"
    if not telling:
        return _guess(text, scores)
    first = telling[0]
    second = _find_second(first, telling, scores)
    if second:
        both = (f"{NAMES[name]} ({_count(scores[name])})" for name in (first, second))
        return MIXED, f"bercampur: kata tugas bahasa {' dan '.join(both)}"
    if {first, *telling} >= {"id", "ms"} and first in {"id", "ms"} and hint in {"id", "ms"}:
        first = hint
    return first, f"{_count(scores[first])} kata tugas bahasa {NAMES[first]} dari {len(words)} kata"


def _least_share(language: str) -> float:
    return _LEAST_ENGLISH if language == "en" else _LEAST_SHARE


def _find_second(first: str, telling: list[str], scores: Mapping[str, float]) -> str:
    """Another language that has enough of its own; Indonesian and Malay are not told apart so."""
    for other in telling[1:]:
        near = {first, other} <= {"id", "ms"} or not ({first, other} - {"id", "ms"})
        foreign = "en" in {first, other} and scores[other] < _TELLING + 1  # a title, a brand
        if not near and not foreign and scores[other] >= _MIXED_FROM * scores[first]:
            return other
    return ""


def _guess(text: str, scores: Mapping[str, float]) -> tuple[str, str]:
    """No small words speak: names, lists, other scripts, other languages."""
    plain = _LEFT_OUT.sub(" ", text[:1_000])
    ranked = dict(_identifier().rank(plain))
    guessed = max(ranked, key=lambda language: float(ranked[language]))
    if sum(ranked[language] for language in _INDONESIAN) >= _SURE:
        if any(scores.get(language) for language in REGIONAL):
            return UNSURE, "ada kata bahasa daerah, tetapi terlalu sedikit untuk menentukan"
        return "id", "menurut susunan hurufnya"
    if ranked[guessed] < _SURE or (guessed == "en" and not scores.get("en")):
        return UNSURE, "kata-katanya tidak cukup khas untuk menentukan bahasa"
    return ("en" if guessed == "en" else OTHER), "menurut susunan hurufnya"


def _count(score: float) -> str:
    return f"{score:.1f}".rstrip("0").rstrip(".").replace(".", ",")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_GUESSED)
    return identifier
