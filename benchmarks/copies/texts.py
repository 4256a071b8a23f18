"""Invented messages, and copies of them as people make them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.store.corpus import Corpus
from indices.documents import Post
from indices.identity import text_hash

HEADERS = [
    "Diteruskan berkali-kali\n",
    "Fwd: ",
    "[12/11/26 10.31] Budi RT 3: ",
    "*INFO PENTING*\nAssalamualaikum, mohon dibaca dan disebarkan kepada keluarga:\n",
    "Copas dari grup sebelah\n",
]
_WITH_STOCK_PHRASE = 0.6
EMOJI = "🙏😭🔥⚠️❗"


def with_header(text: str, chance: random.Random) -> str:
    """As a messenger or a forwarder begins it."""
    return chance.choice(HEADERS) + text


def with_appeal(text: str, chance: random.Random) -> str:
    """With the usual last line."""
    return f"{text}\nSebarkan ke semua grup supaya {chance.choice(['warga', 'keluarga'])} tahu!"


def with_typos(text: str, chance: random.Random) -> str:
    """One word in twenty has two letters swapped."""
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 3 and chance.random() < 0.05:
            at = chance.randrange(len(word) - 1)
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def with_emoji(text: str, chance: random.Random) -> str:
    """Between the words."""
    words = text.split(" ")
    return " ".join(
        word + (" " + chance.choice(EMOJI) if chance.random() < 0.1 else "") for word in words
    )


def cut(text: str, chance: random.Random) -> str:
    """Its end is lost."""
    return text[: int(len(text) * chance.uniform(0.7, 0.9))]


def shouted(text: str, _chance: random.Random) -> str:
    """In capitals."""
    return text.upper().replace(".", "!!!")


def all_at_once(text: str, chance: random.Random) -> str:
    """As it arrives after a few hands."""
    return with_header(with_typos(cut(text, chance), chance), chance)


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "forwarded header or preface": with_header,
    "appeal at the end": with_appeal,
    "typos, 5 % of words": with_typos,
    "emoji": with_emoji,
    "capitals and marks": shouted,
    "cut to 70-90 %": cut,
    "preface, typos and cut": all_at_once,
}


def same_form(
    text: str, chance: random.Random, drawn: Callable[[int], list[str]], share: float = 0.25
) -> str:
    """Another message of the same form: a share of its words are others."""
    words = text.split(" ")
    other = drawn(len(words))
    return " ".join(o if chance.random() < share else w for w, o in zip(words, other, strict=True))


def said(post: Post, text: str, name: str) -> Post:
    """The post with another text and id, without a title."""
    return replace(post, id=name, title="", text=text, text_hash=text_hash("", text))


def messages(corpus: Corpus, start: int, count: int) -> list[Post]:
    """Posts of 35 to 75 words, number `start` and on; many begin or end with a stock phrase."""
    form = corpus.batch(0, 1).posts[0]
    stock = _stock_phrases(corpus)
    random_numbers = np.random.default_rng([13, start])
    posts = []
    for number in range(start, start + count):
        words = corpus.drawn(random_numbers, int(random_numbers.integers(35, 75)))
        if random_numbers.random() < _WITH_STOCK_PHRASE:
            phrase = stock[random_numbers.integers(len(stock))]
            words = [*phrase, *words] if random_numbers.random() < 0.5 else [*words, *phrase]
        posts.append(said(form, " ".join(words) + ".", f"{number:024x}"))
    return posts


def _stock_phrases(corpus: Corpus) -> list[list[str]]:
    """Greetings and appeals that stand in messages of all kinds."""
    random_numbers = np.random.default_rng(29)
    return [corpus.drawn(random_numbers, int(random_numbers.integers(9, 14))) for _ in range(20)]
