"""Indonesian text as index terms: the one analysis that both backends use for posts and queries.

Whatever somebody typed goes in; lower-case stems and numbers come out. The work is bounded and
linear in the length of the text, and the same text gives the same terms everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from threading import Lock

import ftfy
import Stemmer

from indices.words import SLANG, STOP_WORDS

MAX_CHARACTERS = 100_000
MAX_QUERY_TERMS = 32
ALL_TERMS_UP_TO = 6
"""A query of so many terms finds posts that have all of them; a longer one is a pasted message
and finds posts that have any of them, best first."""
_MAX_WORD = 40

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+", re.IGNORECASE
)
_MENTION = re.compile(r"(?<![^\W_])@[\w.]{1,64}(?:@[\w.-]{1,255})?")
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_TWICE = re.compile(r"(?<=[^\W\d_]{3})2(?!\d)")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")

_stemmer = Stemmer.Stemmer("indonesian")
_stemmer_lock = Lock()  # PyStemmer does not promise that threads may share one


def terms(text: str) -> list[str]:
    """Index terms in reading order, repeated where the text repeats them.

    `anak-anak` and `anak2` become one `anak`; `Rp50.000` becomes `rp`, `50000`; links, mail
    addresses and @mentions go, hashtags stay as words.
    """
    words = _WORD.findall(_cleaned(text))
    if max(map(len, words), default=0) > _MAX_WORD:
        words = [word[:_MAX_WORD] for word in words]
    found = list(chain.from_iterable(map(_terms_of, words)))
    return [term for term, before in zip(found, ["", *found], strict=False) if term != before]


def words_by_term(text: str) -> dict[str, str]:
    """Each term with the first word that stands for it, in small letters: for people to read."""
    words = [word[:_MAX_WORD] for word in _WORD.findall(_cleaned(text))]
    return {term: word for word in reversed(words) for term in _terms_of(word)}


def query_terms(text: str) -> list[str]:
    """Distinct terms to look for, in order, at most `MAX_QUERY_TERMS`.

    Stop words go, unless the query has nothing else.
    """
    distinct = list(dict.fromkeys(terms(text)))
    telling = [term for term in distinct if term not in _stop_terms()]
    return (telling or distinct)[:MAX_QUERY_TERMS]


def _cleaned(text: str) -> str:
    """Lower case without links and names; looks first, as most texts need little of it."""
    text = text[:MAX_CHARACTERS]
    if not text.isascii():
        text = _plain(text)
    if "@" in text or "//" in text or "www." in text:
        text = _MENTION.sub(" ", _LINK.sub(" ", text))
    if _DIGIT.search(text):
        text = _TWICE.sub("", _THOUSANDS.sub("", text))
    return text.casefold()


def _plain(text: str) -> str:
    """Mis-decoded, styled, accented and broken-up letters as plain ones."""
    mended = ftfy.fix_text(text, uncurl_quotes=False)
    # Some characters unfold into many: bound the work again.
    unfolded = unicodedata.normalize("NFKD", mended[:MAX_CHARACTERS])[:MAX_CHARACTERS]
    kept = (letter for letter in unfolded if unicodedata.category(letter) not in {"Mn", "Cf"})
    return unicodedata.normalize("NFC", "".join(kept))


def _terms_of(word: str) -> tuple[str, ...]:
    # numbers hardly ever come again: kept, they would push words out and fill the memory
    return (word,) if word.isdigit() else _stems_of(word)


@lru_cache(maxsize=16_384)
def _stems_of(word: str) -> tuple[str, ...]:
    word = _STRETCHED.sub(r"\1", word)
    return tuple(_stem(part) for part in SLANG.get(word, word).split())


def _stem(word: str) -> str:
    with _stemmer_lock:
        stem: str = _stemmer.stemWord(word)
    return stem


@lru_cache(maxsize=1)
def _stop_terms() -> frozenset[str]:
    return frozenset(term for word in STOP_WORDS for term in _terms_of(word))
