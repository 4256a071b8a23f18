"""In what order posts deserve a person's time: harm × reach × speed × locality × probability.

Each part lies between a floor and 1, and more of it never makes a post wait longer. Nothing here
depends on when it is asked, so that pages of a queue ordered by it fit together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from indices.documents import PostRecord
from indices.settings import PrioritySettings

FLOOR = 0.05
"""No part alone makes a post worth nothing."""
UNKNOWN = 0.5
MOST_REACH = 1_000_000
MOST_PER_HOUR = 10_000
COPY_COUNTS = 50
"""A copy elsewhere counts as so many reactions."""
_HEAVIER = {"shares": 5, "forwards": 5, "replies": 2}
_READ_CHARACTERS = 2_000
_HARMS = (
    (0.35, r"vaksin|obat|penyakit|virus|dokter|keracunan|kesehatan|rumah sakit|sembuh"),
    (0.35, r"gempa|tsunami|banjir|longsor|erupsi|evakuasi|bendungan|jebol|kebakaran"),
    (0.35, r"rusuh|kerusuhan|bentrok|serang|bakar|bunuh|tewas|penculikan|teror|bom"),
    (0.3, r"rekening|transfer|undian|hadiah|pinjaman|otp|bantuan tunai|data pribadi"),
    (0.25, r"agama|masjid|gereja|suku|etnis|kafir|pribumi|pemilu|pilkada"),
)
_HARMFUL_REASONS = {"scam_pattern": 0.2, "health_claim": 0.2, "forward_appeal": 0.1, "urgency": 0.1}
_LEAST_HARM = 0.3
_KINDS_OF_REGION = frozenset("kabupaten kota provinsi kab prov daerah kecamatan".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """All parts of a post's priority, each from `FLOOR` to 1, and the product."""

    harm: float
    reach: float
    speed: float
    locality: float
    probability: float
    value: float
    """0 to 1; only its order means something."""


def weigh(
    record: PostRecord,
    *,
    n_copies: int,
    region: str,
    weights: PrioritySettings,
    own_places: Collection[str] = (),
) -> Priority:
    """A post's priority.

    Args:
        n_copies: how many other posts have the same text.
        region: the office's, as its settings name it.
        own_places: codes of the office's own regencies, where the list of places tells them.
    """
    reactions = _reactions(record)
    parts = {
        "harm": _harm(record),
        "reach": _reach(reactions, n_copies),
        "speed": _speed(record, reactions, n_copies),
        "locality": _locality(record, region, own_places),
        "probability": record.assessment.probability if record.assessment else 0.0,
    }
    bounded = {name: min(1.0, max(FLOOR, part)) for name, part in parts.items()}
    return Priority(**bounded, value=combine(bounded, weights))


def combine(parts: dict[str, float], weights: PrioritySettings) -> float:
    """The product of all parts, each to the power of its weight."""
    product = 1.0
    for name, part in parts.items():
        product *= math.pow(part, getattr(weights, name))
    return product


def _reactions(record: PostRecord) -> float | None:
    """Reactions, shares counting more; None where the platform gave no counts."""
    reach = record.post.reach
    if not reach:
        return None
    return sum(_HEAVIER.get(name, 1) * max(0, count) for name, count in reach.items())


def _harm(record: PostRecord) -> float:
    text = f"{record.post.title} {record.post.text}"[:_READ_CHARACTERS].lower()
    harm = _LEAST_HARM
    harm += sum(share for share, pattern in _HARMS if _compiled(pattern).search(text))
    reasons = record.assessment.reasons if record.assessment else ()
    return harm + sum(_HARMFUL_REASONS.get(r.code, 0.0) for r in reasons if r.weight > 0)


def _reach(reactions: float | None, n_copies: int) -> float:
    if reactions is None and not n_copies:
        return UNKNOWN
    known = (reactions or 0.0) + COPY_COUNTS * n_copies
    share = math.log1p(known) / math.log1p(MOST_REACH)
    return max(UNKNOWN, share) if reactions is None else share


def _speed(record: PostRecord, reactions: float | None, n_copies: int) -> float:
    published, collected = record.post.published_at, record.post.collected_at
    if reactions is None or published is None:
        return UNKNOWN
    hours = max(1.0, (collected - published).total_seconds() / 3600)
    per_hour = (reactions + COPY_COUNTS * n_copies) / hours
    return math.log1p(per_hour) / math.log1p(MOST_PER_HOUR)


def _locality(record: PostRecord, region: str, own_places: Collection[str]) -> float:
    """1 where the region or a place in it is named, 0.7 where the source is of a region and the
    post names no place elsewhere, else half of that.
    """
    if any(code in own_places for code in record.post.place_codes):
        return 1.0
    words = [word for word in re.findall(r"\w+", region.lower()) if word not in _KINDS_OF_REGION]
    if not words:
        return UNKNOWN
    text = f"{record.post.title} {record.post.text}".lower()
    if all(re.search(rf"\b{re.escape(word)}\b", text) for word in words):
        return 1.0
    elsewhere = bool(own_places) and bool(record.post.places)
    return 0.7 if record.post.region and not elsewhere else 0.35


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\w*")
