"""Vectors kept on disk by text, so that only new texts are read; nothing but a cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from classifier.encoder import Encoder
from classifier.hashing import joined_sha256
from indices.progress import Progress

FloatArray = NDArray[np.float32]

KEY_DIGITS = 32
KEPT_AT_ONCE = 4_096


def remembered_vectors(
    encoder: Encoder, texts: Sequence[str], directory: Path, progress: Progress, label: str
) -> FloatArray:
    """The texts' vectors, those of the last run from disk; shape (n, n_dims).

    The file then holds exactly these texts, so that it never grows beyond what is in use.
    """
    path = directory / f"vectors-{joined_sha256([encoder.name])[:12]}.safetensors"
    known = _read_known(path, encoder.n_dims)
    keys = [joined_sha256([text])[:KEY_DIGITS] for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    for part in _parts(list(new)):
        vectors = encoder.encode([new[key] for key in part], progress, label)
        known |= dict(zip(part, vectors, strict=True))
        _keep(path, known)  # a kill costs the last part only
    if len(known) > len(set(keys)):
        _keep(path, {key: known[key] for key in keys})
    return np.array([known[key] for key in keys], dtype=np.float32).reshape(-1, encoder.n_dims)


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), KEPT_AT_ONCE):
        yield keys[start : start + KEPT_AT_ONCE]


def _keep(path: Path, known: dict[str, FloatArray]) -> None:
    with suppress(OSError, SafetensorError):  # a full disk costs time, not answers
        _write_known(path, known)


def _read_known(path: Path, n_dims: int) -> dict[str, FloatArray]:
    try:
        stored = load_file(path)
        keys = bytes(stored["keys"]).decode().split()
        vectors: FloatArray = stored["vectors"]
    except (OSError, SafetensorError, KeyError, UnicodeDecodeError):
        return {}  # what cannot be read is made again
    if vectors.shape != (len(keys), n_dims):
        return {}
    return dict(zip(keys, vectors, strict=True))


def _write_known(path: Path, known: dict[str, FloatArray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = np.frombuffer("\n".join(known).encode(), dtype=np.uint8)
    vectors = np.array(list(known.values()), dtype=np.float32)
    part = path.with_suffix(".part")
    save_file({"keys": keys, "vectors": vectors}, part)
    part.replace(path)
