"""One write as a line of the spool, and back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from indices.codec import document_from_dict, document_to_json
from indices.documents import Assessment, CrawlRun, CrawlState, FactCheck, Post, Source
from indices.errors import BadInputError
from indices.store import FloatArray

Document = Assessment | CrawlRun | CrawlState | FactCheck | Post | Source
_TYPES: dict[str, type[Document]] = {
    kind.__name__: kind for kind in (Assessment, CrawlRun, CrawlState, FactCheck, Post, Source)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpooledWrite:
    """Documents of one kind to put, and the vectors that came with them."""

    documents: Sequence[Document]
    vectors: FloatArray | None = None
    """Shape (n_documents, n_dims), float32."""


def write_line(write: SpooledWrite) -> bytes:
    """One line; the count stands first, so that it can be read without the rest."""
    values: dict[str, Any] = {
        "count": len(write.documents),
        "kind": type(write.documents[0]).__name__,
        "documents": [orjson.Fragment(document_to_json(item)) for item in write.documents],
    }
    if write.vectors is not None:
        packed = np.ascontiguousarray(write.vectors, dtype="<f4").tobytes()
        values["vectors"] = base64.b64encode(packed).decode()
    return orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)


def read_write(line: bytes) -> SpooledWrite:
    """The write of one line.

    Raises:
        BadInputError: the line was cut off or changed.
    """
    if not line.endswith(b"\n"):
        raise BadInputError("the line was cut off by a crash")
    try:
        values = orjson.loads(line)
        kind = _TYPES[values["kind"]]
        documents = [document_from_dict(kind, item) for item in values["documents"]]
        packed = values.get("vectors")
        vectors = None if packed is None else _unpack(packed, len(documents))
    except (orjson.JSONDecodeError, KeyError, TypeError, binascii.Error, ValueError) as error:
        raise BadInputError(f"the line cannot be read ({error})") from error
    return SpooledWrite(documents=documents, vectors=vectors)


def _unpack(packed: str, count: int) -> FloatArray:
    values = np.frombuffer(base64.b64decode(packed), dtype="<f4").reshape(count, -1)
    return np.array(values, dtype=np.float32)
