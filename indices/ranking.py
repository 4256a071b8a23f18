"""Ranking that both backends share: fused orders, and the marks where a page ends."""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Hashable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from indices.errors import BadInputError

FUSION_K = 60
"""How much the first places of one order weigh against agreement between orders."""
FUSION_DEPTH = 1000
"""How many of each order are fused; a hybrid result never goes deeper."""
_MAX_CURSOR = 8192
_INTEGERS = range(-(2**63), 2**63)

Key = TypeVar("Key", bound=Hashable)
Position = tuple[str | int | float | None, ...]


def fuse(*orders: Iterable[Key]) -> dict[Key, float]:
    """Reciprocal rank fusion: what stands high in several orders comes first.

    Args:
        orders: each best first, without repetition.

    Returns:
        Key to score, best first; equal scores keep the order in which they were met.

    Source: Cormack, Clarke, Buettcher, SIGIR 2009.
    """
    scores: dict[Key, float] = {}
    for order in orders:
        for rank, key in enumerate(order, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (FUSION_K + rank)
    return dict(sorted(scores.items(), key=itemgetter(1), reverse=True))


def encode_cursor(order: str, position: Sequence[str | int | float | None]) -> str:
    """Where a page ended, as an opaque word that survives a URL.

    Args:
        order: names the sequence, so that a cursor of another one is refused.
        position: sort values of the last hit.
    """
    text = json.dumps([order, *position], separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, order: str, types: Sequence[type]) -> Position:
    """The position that `encode_cursor` was given.

    Args:
        types: what each value must be (`str`, `int` or `float`); None is allowed in any place.

    Raises:
        BadInputError: it was not made here, or for another order.
    """
    found_order, *position = _decoded(cursor)
    if found_order != order or len(position) != len(types):
        raise _refused()
    if not all(map(_fits, position, types)):
        raise _refused()
    return tuple(position)


def _decoded(cursor: str) -> list[str | int | float | None]:
    if not 0 < len(cursor) <= _MAX_CURSOR or not cursor.isascii():
        raise _refused()
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise _refused() from error
    if not isinstance(values, list) or not values:
        raise _refused()
    return values


def _fits(value: object, wanted: type) -> bool:
    if value is None:
        return True
    if isinstance(value, bool) or not isinstance(value, wanted):
        return False
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or value in _INTEGERS


def _refused() -> BadInputError:
    return BadInputError("cursor: was not made by this search; ask for the first page again")
