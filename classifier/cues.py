"""Signs in a post that a person can check: what they are, and what exactly was found."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import readable

FloatArray = NDArray[np.float32]

_PHONE = re.compile(r"(?<!\d)(?:\+?62|0)8\d[\d\s.-]{6,13}\d")
_MONEY = re.compile(r"\brp\.? ?\d[\d.,]*|\b\d+ ?(?:juta|jt|miliar|milyar|triliun)\b")
_QUOTED_FINDINGS = 4
MANY_FINDINGS = 3.0
"""More findings of one kind than this say nothing more."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of sign."""

    code: str
    text: str
    """What a reviewer reads, in Indonesian."""
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What of one kind was found in a post; `strength` is 0 to 1."""

    code: str
    text: str
    strength: float
    quotes: tuple[str, ...] = ()


@cache
def load_cues() -> tuple[Cue, ...]:
    """The word lists that ship with the package, in their order."""
    raw: Mapping[str, Any] = tomllib.loads(files("classifier").joinpath("cues.toml").read_text())
    return tuple(
        Cue(entry["code"], entry["text"], _compiled(entry["patterns"])) for entry in raw["cue"]
    )


def cue_codes() -> tuple[str, ...]:
    """Names of all signs, in the order of `cue_strengths`."""
    return (*(cue.code for cue in load_cues()), "capitals", "exclamations", "phone", "money")


def find_cues(text: str) -> list[Finding]:
    """All kinds of signs in their fixed order, the absent ones with strength 0."""
    plain = readable(text)
    lower = plain.lower()
    findings = [_listed(cue, lower) for cue in load_cues()]
    capitals = _capital_share(plain)
    marks = plain.count("!")
    phones = _quotes(_PHONE, lower)
    amounts = _quotes(_MONEY, lower)
    findings += [
        Finding("capitals", "Banyak huruf kapital", capitals),
        Finding("exclamations", "Banyak tanda seru", min(marks, 5) / 5, ("!" * min(marks, 5),)),
        Finding("phone", "Nomor telepon", float(bool(phones)), phones),
        Finding("money", "Menyebut jumlah uang", float(bool(amounts)), amounts),
    ]
    return findings


def cue_strengths(texts: Sequence[str]) -> FloatArray:
    """Strengths of all signs; shape (n_texts, n_cues), 0 to 1."""
    rows = [[finding.strength for finding in find_cues(text)] for text in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), len(cue_codes()))


def _listed(cue: Cue, lower: str) -> Finding:
    quotes = _quotes(cue.pattern, lower)
    return Finding(cue.code, cue.text, min(len(quotes), MANY_FINDINGS) / MANY_FINDINGS, quotes)


def _quotes(pattern: re.Pattern[str], lower: str) -> tuple[str, ...]:
    found = dict.fromkeys(match.group().strip() for match in pattern.finditer(lower))
    return tuple(found)[:_QUOTED_FINDINGS]


def _capital_share(plain: str) -> float:
    """The share of words of three letters or more written in capitals."""
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if len(word) >= 3]
    return sum(word.isupper() for word in words) / len(words) if len(words) >= 3 else 0.0


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
