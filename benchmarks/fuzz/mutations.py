"""Breaks a document as networks, authors and attackers do; the same seed, the same breaks."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from benchmarks.fuzz import workbooks

MOST_BYTES = 20_000
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xc2\xa0", b"\r", b"\x1b[2J", b"]]>", b"<![CDATA[", b"<!--",
    b"-->", b"&#x0;", b"&#xD800;", b"&#99999999;", b"&lol;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<script>", b"</script>", b"<svg/onload=x>", b"<", b">", b'"', b"'", b"{", b"}", b"[", b"]",
    b",", b":", b"\\", b"\\ud800", b"\\u0000", b"1e999", b"NaN", b"-1", b"9" * 20, b"null",
    b"true", b"=cmd()", b"@", b"%00", b"%zz", b"http://[::1", b"javascript:", b"//", b"..", b"?",
    b"2026-13-45T99:99:99+99:99", b"0000-00-00", b"31 Februari 2026", b"24:61 WITA", b"1/1/26",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 10**20, 1e308, float("nan"), "", " ", "\ud800", "\0", "x" * 5000,
    "9" * 400, "2026-13-45T99:99:99Z", "0001-01-01T00:00:00+23:59", "https://[::1", "javascript:1",
    "//", "\u202eabc", [], [None], [[]], [{}], {}, {"value": None}, {"id": []}, ["a", 1, None],
)  # fmt: skip
"""What stands where another kind of value was expected."""
Mutation = Callable[[bytearray, random.Random], bytes | bytearray]


def mutate(document: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """One to six breaks, one after the other; never longer than `MOST_BYTES`.

    Half of the JSON documents stay JSON, and more of a workbook's sheets whole XML: only their
    values are others.
    """
    if rng.random() < 0.8 and (sheet := workbooks.revalue(document, rng)) is not None:
        return sheet[:MOST_BYTES]
    if rng.random() < 0.5 and (revalued := _revalued(document, rng)) is not None:
        return revalued[:MOST_BYTES]
    broken = bytearray(document)
    for _ in range(rng.randint(1, 6)):
        if rng.random() < 0.1:
            broken = bytearray(_spliced(broken, rng.choice(others), rng))
        else:
            broken = bytearray(rng.choice(_MUTATIONS)(broken, rng))
    return bytes(broken[:MOST_BYTES])


def _revalued(document: bytes, rng: random.Random) -> bytes | None:
    """Whole JSON, one to four of its values replaced or dropped; None when it is no JSON."""
    try:
        root = json.loads(document)
    except ValueError:
        return None
    for _ in range(rng.randint(1, 4)):
        places = _places(root)
        if places:
            holder, key = rng.choice(places)
            if rng.random() < 0.2:
                del holder[key]
            else:
                holder[key] = deepcopy(rng.choice(VALUES))
    return json.dumps(root).encode()


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every place where a value stands: what holds it, and its key or number."""
    if not isinstance(node, dict | list):
        return []
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    inner = [place for key in keys for place in _places(node[key])]
    return [(node, key) for key in keys] + inner


def _place(document: bytearray, rng: random.Random) -> int:
    return rng.randint(0, len(document))


def _flip(document: bytearray, rng: random.Random) -> bytearray:
    for _ in range(rng.randint(1, 8)):
        if document:
            document[rng.randrange(len(document))] = rng.randrange(256)
    return document


def _insert(document: bytearray, rng: random.Random) -> bytes:
    place = _place(document, rng)
    return document[:place] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 3, 200)) + document[place:]


def _cut(document: bytearray, rng: random.Random) -> bytes:
    return document[: _place(document, rng)]


def _drop(document: bytearray, rng: random.Random) -> bytes:
    start = _place(document, rng)
    return document[:start] + document[start + rng.randint(1, 200) :]


def _repeat(document: bytearray, rng: random.Random) -> bytes:
    start = _place(document, rng)
    piece = document[start : start + rng.randint(1, 80)]
    return document[:start] + piece * rng.choice((2, 5, 100)) + document[start:]


def _swap(document: bytearray, rng: random.Random) -> bytes:
    one, two = sorted((_place(document, rng), _place(document, rng)))
    return document[two:] + document[one:two] + document[:one]


def _spliced(document: bytearray, other: bytes, rng: random.Random) -> bytes:
    return bytes(document[: _place(document, rng)]) + other[rng.randint(0, len(other)) :]


_MUTATIONS: tuple[Mutation, ...] = (_flip, _insert, _cut, _drop, _repeat, _swap)
