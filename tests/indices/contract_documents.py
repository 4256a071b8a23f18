"""Numbered documents for the store contract: short to write, each its own."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indices.documents import Assessment, FactCheck, PlaceLevel, PlaceTag, Post, Review
from tests.factories import a_fact_check, a_post, a_review, an_assessment, unit_vector

REGENCY = PlaceTag(
    code="64.02",
    name="Kabupaten Hulu",
    level=PlaceLevel.REGENCY,
    parents=("64",),
    why="nama “Hulu”",
)
DISTRICT = PlaceTag(
    code="64.02.01",
    name="Kecamatan Hilir",
    level=PlaceLevel.DISTRICT,
    parents=("64", "64.02"),
    why="disebut “Kec. Hilir”",
)


def make_post(number: int, **over: Any) -> Post:
    """The post of that number."""
    return a_post(**{"url": f"https://kabarlembah.example/berita/{number}"} | over)


def make_assessment(post: Post, **over: Any) -> Assessment:
    """What a model says of the post as it is now."""
    return an_assessment(**{"post_id": post.id, "text_hash": post.text_hash} | over)


def make_review(post: Post, **over: Any) -> Review:
    """What the desk says of the post."""
    return a_review(**{"post_id": post.id} | over)


def make_fact_check(number: int, **over: Any) -> FactCheck:
    """The fact-check of that number."""
    names = {"id": f"periksa-{number}", "url": f"https://periksalembah.example/{number}"}
    return a_fact_check(**names | over)


def make_vector(seed: int, count: int, dimensions: int = 8) -> NDArray[np.float32]:
    """Shape (count, dimensions), float32, rows of unit length."""
    return np.stack([unit_vector(seed * 1000 + row, dimensions) for row in range(count)])
