"""Files that only grow: one JSON document a line, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from indices.codec import document_from_json, document_to_json
from indices.errors import BadInputError

Document = TypeVar("Document")


def append_line(path: Path, document: object) -> None:
    """Add a document; a kill leaves its line whole or absent but for an unfinished last one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        unfinished = file.tell() and not _ends_a_line(file.fileno(), file.tell())
        file.write((b"\n" if unfinished else b"") + document_to_json(document).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_lines(path: Path, document_type: type[Document]) -> list[Document]:
    """Newest first; a line that a kill left unfinished is passed over."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    documents: list[Document] = []
    for line in lines:
        try:
            documents.append(document_from_json(document_type, line))
        except BadInputError:
            continue
    return documents[::-1]


def _ends_a_line(descriptor: int, size: int) -> bool:
    return os.pread(descriptor, 1, size - 1) == b"\n"
