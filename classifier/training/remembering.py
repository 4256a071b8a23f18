"""Vectors of training texts, kept in the cache: fitting again takes minutes, not an hour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.encoder import Encoder
from classifier.hashing import joined_sha256
from indices.jobs import Progress
from indices.settings import cache_dir

FloatArray = NDArray[np.float32]


def encode_once(
    encoder: Encoder, texts: Sequence[str], progress: Progress, label: str
) -> FloatArray:
    """The texts' vectors, from the last run where encoder and texts are the same."""
    path = cache_dir() / "training" / f"{joined_sha256([encoder.name, *texts])[:24]}.npy"
    try:
        known: FloatArray = np.load(path, allow_pickle=False)
        if known.shape == (len(texts), encoder.n_dims):
            return known
    except (OSError, ValueError):
        pass  # only a cache: what cannot be read is made again
    vectors = encoder.encode(texts, progress, label)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors
