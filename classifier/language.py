"""Whether a post is in a language that the model was trained for."""

from __future__ import annotations

from functools import cache
from typing import Any

UNDERSTOOD = frozenset({"id", "ms", "jv"})
"""Indonesian, and its neighbours that a language guesser takes it for."""
SURE_FROM_WORDS = 6
_GUESSED = ["id", "ms", "jv", "en", "ar", "zh", "ja", "ko", "th", "vi", "hi", "ru", "nl", "tl"]


def guess_language(cleaned: str) -> str:
    """ISO 639-1 code, `id` also for its neighbours; empty where there is too little to tell."""
    if len(cleaned.split()) < SURE_FROM_WORDS and cleaned.isascii():
        return ""
    guessed = str(_identifier().classify(cleaned[:1000])[0]) if cleaned else ""
    return "id" if guessed in UNDERSTOOD else guessed


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_GUESSED)
    return identifier
