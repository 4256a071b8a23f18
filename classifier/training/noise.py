"""Texts that say nothing: keyboard noise, greetings, filler. No reason to bother a person."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence

N_NOISE = 200
_KEYS = "asdfghjklqwertyuiop"
_FILLER = (
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut"
    " labore et dolore magna aliqua"
).split()
_GREETINGS = (
    "selamat pagi",
    "selamat siang",
    "selamat malam",
    "halo",
    "assalamualaikum",
    "hai",
    "terima kasih",
    "permisi",
    "test",
    "tes",
)
_GREETED = (
    "semua",
    "teman teman",
    "bapak ibu",
    "kak",
    "semoga sehat selalu",
    "apa kabar",
    "warga grup",
    "gaes",
)


def noise_texts(ordinary: Sequence[str], rng: random.Random, n_texts: int = N_NOISE) -> list[str]:
    """Invented texts of six kinds; the last kind shuffles words of ordinary posts."""
    words = [word for text in ordinary for word in text.split()]
    kinds = (
        lambda: rng.choices(string.ascii_lowercase, k=rng.randint(3, 12)),
        lambda: [_keys(rng) for _ in range(rng.randint(3, 6))],
        lambda: rng.choices(_FILLER, k=rng.randint(5, 20)),
        lambda: (
            [rng.choice(_GREETINGS)] * rng.randint(1, 3) + rng.sample(_GREETED, rng.randint(1, 3))
        ),
        lambda: [str(rng.randint(0, 99_999)) for _ in range(rng.randint(3, 9))],
        lambda: rng.choices(words or _FILLER, k=rng.randint(3, 8)),
    )
    return [" ".join(kinds[number % len(kinds)]()) for number in range(n_texts)]


def _keys(rng: random.Random) -> str:
    return "".join(rng.choices(_KEYS, k=rng.randint(4, 12)))
