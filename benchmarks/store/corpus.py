"""Invented posts whose words and vectors are spread like those of real ones.

Words are made of syllables and drawn by Zipf's law with Mandelbrot's shift, so that a few stand in
most posts and most stand in a few. Vectors lie in clusters around one common direction, as those
of sentence encoders do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from indices.documents import Assessment, Post, SourceKind
from indices.identity import text_hash

START = datetime(2026, 1, 1, tzinfo=UTC)
DIMENSIONS = 384
_ONSETS = ["b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "ng", "ny", "p", "r", "s", "t", "w"]
_NUCLEI = ["a", "e", "i", "o", "u", "an", "ur", "ak", "as", "ing", "at"]
_CLUSTERS = 400
_KINDS = list(SourceKind)
_TOPICS = ["politik", "kesehatan", "kebencanaan", "penipuan", "lain-lain"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some posts, what a model says of them, and their vectors."""

    posts: list[Post]
    assessments: list[Assessment]
    vectors: NDArray[np.float32]


class Corpus:
    """The same posts for the same numbers, whichever process asks."""

    def __init__(self, vocabulary_size: int = 60_000) -> None:
        random = np.random.default_rng(7)
        syllables = [onset + nucleus for onset in _ONSETS for nucleus in _NUCLEI]
        counts = random.choice([1, 2, 3, 4], vocabulary_size * 2, p=[0.02, 0.4, 0.4, 0.18])
        made = ("".join(random.choice(syllables, count)) for count in counts)
        self.words = np.array(list(dict.fromkeys(made))[:vocabulary_size])
        weights = 1.0 / (np.arange(len(self.words)) + 2.7) ** 1.05
        self._cumulative = np.cumsum(weights / weights.sum())
        common = random.standard_normal(DIMENSIONS)
        self._centres = common * 1.5 + random.standard_normal((_CLUSTERS, DIMENSIONS)) * 0.6

    def batch(self, start: int, count: int) -> Batch:
        """Posts number `start` and on."""
        random = np.random.default_rng([11, start])
        posts = [self._post(start + place, random) for place in range(count)]
        probabilities = random.random(count) ** 3
        assessments = [
            Assessment(
                post_id=post.id,
                model="benchmark 1",
                text_hash=post.text_hash,
                probability=float(probability),
                flagged=bool(probability > 0.5),
                threshold=0.5,
                assessed_at=START,
                topic=str(random.choice(_TOPICS)),
            )
            for post, probability in zip(posts, probabilities, strict=True)
        ]
        return Batch(posts, assessments, self.vectors(random, count))

    def vectors(self, random: np.random.Generator, count: int) -> NDArray[np.float32]:
        """Shape (count, 384), unit length."""
        noise = random.standard_normal((count, DIMENSIONS)) * 0.5
        vectors = self._centres[random.integers(_CLUSTERS, size=count)] + noise
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit.astype(np.float32)

    def drawn(self, random: np.random.Generator, count: int) -> list[str]:
        """Words as they come in a text."""
        return self.words[np.searchsorted(self._cumulative, random.random(count))].tolist()

    def _post(self, number: int, random: np.random.Generator) -> Post:
        title = " ".join(self.drawn(random, int(random.integers(6, 13)))).capitalize()
        text = " ".join(self.drawn(random, int(random.integers(35, 75)))) + "."
        url = f"https://kabar{number % 40}.example/berita/{number}"
        collected = START + timedelta(seconds=int(random.integers(0, 300 * 86_400)))
        return Post(
            id=f"{number * 2654435761 % 2**32:08x}{number:016x}",
            source_id=f"sumber-{number % 40}",
            source_kind=_KINDS[number % len(_KINDS)],
            platform="web" if number % 3 else "mastodon",
            url=url,
            canonical_url=url,
            title=title,
            text=text,
            published_at=collected - timedelta(minutes=int(random.integers(0, 600))),
            collected_at=collected,
            region=f"kecamatan-{number % 12}",
            text_hash=text_hash(title, text),
        )
