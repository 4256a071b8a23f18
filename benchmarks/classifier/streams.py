"""Vectors of the research data for trials with backgrounds, kept between runs source by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.cues import cue_strengths
from classifier.encoder import Encoder
from classifier.remembering import remembered_vectors
from classifier.scams import ScamHead
from classifier.training.corpus import ORDINARY_SOURCES, read_ordinary
from classifier.training.fitting import remembered_rows
from classifier.training.flag_head import Sample
from classifier.training.samples import TextRow, build_sample, collect_rows
from classifier.training.splits import TRAIN, ordinary_split
from indices.progress import Progress
from indices.settings import cache_dir

FloatArray = NDArray[np.float32]

OWN_POSTS = 500
MANY_POSTS = 2_000
MANY_SOURCES = ("x_vaksin",)
"""What gets a background of 2,000 as the only source; reading more of them takes long."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Posts of one source as an office would collect them."""

    vectors: FloatArray
    cues: FloatArray

    def signed_by(self, head: ScamHead) -> Stream:
        """With the signs that the last layer sees: the cues left to it, and the head's answer."""
        return Stream(self.vectors, head.signs(self.vectors, self.cues))


def read_sample(
    directory: Path, encoder: Encoder, progress: Progress
) -> tuple[list[TextRow], Sample]:
    """What the last layer is fitted and measured on, no library at hand."""
    rows = collect_rows(directory, 0)
    texts = [row.text for row in rows]
    vectors = remembered_rows(encoder, texts, progress, "flagging")
    readings = encoder.with_words(texts, vectors)
    return rows, build_sample(rows, readings, np.zeros(len(rows), dtype=np.float32))


def read_streams(
    directory: Path, encoder: Encoder, progress: Progress, names: Sequence[str]
) -> dict[str, Stream]:
    """The posts of these sources that may serve as background: of the training split, never cut."""
    return {
        source.name: _stream(read_ordinary(directory, source), source.name, encoder, progress)
        for source in ORDINARY_SOURCES
        if source.name in names
    }


def _stream(texts: Sequence[str], name: str, encoder: Encoder, progress: Progress) -> Stream:
    wanted = MANY_POSTS if name in MANY_SOURCES else OWN_POSTS
    chosen = [text for text in texts if ordinary_split(text) == TRAIN][:wanted]
    vectors = _vectors(encoder, chosen, progress, f"stream-{name}")
    return Stream(encoder.with_words(chosen, vectors), cue_strengths(chosen))


def _vectors(encoder: Encoder, texts: Sequence[str], progress: Progress, name: str) -> FloatArray:
    directory = cache_dir() / "trials" / name
    return remembered_vectors(encoder, texts, directory, progress, name)
