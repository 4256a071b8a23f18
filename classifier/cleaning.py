"""One way to clean a text before any model reads it, the same in training and in use.

Known hoaxes reach us through fact-checkers, who transcribe a post: typographic quotes, `[dot]` in
addresses, a "NARASI:" label, links left out. Ordinary posts come from scrapers, which mask names
and cut differently. Whatever tells the two ways apart, and not the posts, goes here.
"""

from __future__ import annotations

import html
import re
import unicodedata

from indices.documents import Post

READ_CHARACTERS = 5_000
"""How much of a post is read; what comes later changes no judgement and would only cost time."""

_DOT = re.compile(r"\s*[\[(]\s*(?:dot|\.|titik)\s*[\])]\s*", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?|hxxps?)\s*:\s*//\S*|\bwww\.\S+|\bpic\.twitter\.com/\S+"
    r"|\b[\w-]+(?:\.[\w-]+){0,9}\.(?:com|co|id|net|org|info|xyz|me|ly|my|site|online|click|link|top|vip"
    r"|buzz|shop|blogspot|wixsite|web|app|io|tv|gl|cc)\b(?:/\S*)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<!\w)@[\w.]+")
_PLACEHOLDER = re.compile(
    r"[\[<](?:username|user|url|link|nama|photo|video|foto)[\]>]", re.IGNORECASE
)
_SHORT_CODE = re.compile(r":[a-z][a-z0-9_+-]{2,40}:")
_LABEL = re.compile(
    r"(?:narasi|terjemahan|terjemah|caption|takarir|transkrip|transkripsi"
    r"|teks|judul|isi pesan|archive|arsip|sumber|akun|kategori|klaim)\s*(?:\([^)\n]{0,40}\)\s*)?:",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset("\n.!?)]")
_OMISSION = re.compile(
    r"[\[(]\s*(?:\.{2,}|…)\s*[\])]|\.{2,}|…|\(\s*(?:read|lihat) more\s*\)", re.IGNORECASE
)
_QUOTES = re.compile(r"[\"'`´“”„‟‘’‚‛«»‹›]+")
_UNSPOKEN = re.compile(r"[^\w\s.,!?%:/-]+", re.UNICODE)
_LOOSE_MARK = re.compile(r"\s+([.,!?:%])")
_REPEATED_MARK = re.compile(r"([.,!?:%/_-])(?:\s*\1)+")
_LOOSE_JOINER = re.compile(r"(?<!\w)[-/:_]+|[-/:_]+(?!\w)")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def clean_text(text: str) -> str:
    """What the encoder reads: lower case, plain marks; no links, names, emoji, labels."""
    text = readable(text)
    text = _DOT.sub(".", text)
    for pattern in (_LINK, _MENTION, _PLACEHOLDER, _SHORT_CODE):
        text = pattern.sub(" ", text)
    text = _without_labels(text)
    text = _QUOTES.sub("", _OMISSION.sub(" ", text))
    text = _UNSPOKEN.sub(" ", text.lower())
    text = _LOOSE_JOINER.sub(" ", _LOOSE_MARK.sub(r"\1", text))
    text = _STRETCHED.sub(r"\1\1", _REPEATED_MARK.sub(r"\1", text))
    return " ".join(text.split()).strip(" .,:")


def read_text(post: Post) -> str:
    """A post's title and text as one, without saying the title twice."""
    title, text = post.title.strip(), post.text.strip()
    if not title or text.startswith(title):
        return text
    return f"{title}\n{text}" if text else title


def readable(text: str) -> str:
    """The part of a text that is read, as one would type it: no fancy letters, no control marks."""
    text = unicodedata.normalize("NFKC", html.unescape(text[:READ_CHARACTERS]))
    return text.translate(_PLAIN)


def _without_labels(text: str) -> str:
    """Labels that open the text or a sentence go, with the marks before them.

    The label is looked for first, then what stands before it: the other way round, five thousand
    brackets took half a minute.
    """
    kept, end, found = [], 0, _LABEL.search(text)
    while found:
        start = _opening(text, end, found.start())
        if start >= 0:
            kept.append(text[end:start])
            end = found.end()
        found = _LABEL.search(text, max(end, found.start() + 1))
    return " ".join([*kept, text[end:]])


def _opening(text: str, after: int, label: int) -> int:
    """Where the marks before a label begin; -1 when it stands in the middle of a sentence."""
    start = label
    while start > after and not (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    if not start:
        return 0
    before = range(max(start - 1, 0), label)
    return next((place + 1 for place in before if text[place] in _SENTENCE_ENDS), -1)


def words_of(cleaned: str) -> list[str]:
    """Letters and digits in order; what the lexical matcher compares."""
    return _WORD.findall(cleaned)


class _PlainLetters(dict[int, str]):
    """What stands for each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        plain = " " if category == "Cc" and character != "\n" else character
        if category in {"Cf", "Cs", "Mn"}:
            plain = ""  # zero-width joiners, halves of emoji, accents over nothing
        self[code] = plain
        return plain


_PLAIN = _PlainLetters()
