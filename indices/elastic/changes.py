"""Read, decide, write if nobody else has written since; else read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indices.elastic.bulk import Outcome, Write, build_write, pauses, send
from indices.elastic.reading import BATCH, IndexMovedError, read_batch
from indices.elastic.schema import Index
from indices.elastic.session import Session

ATTEMPTS = 12
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """A document that should not be there yet."""

    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Fields to set in a document that must still be as it was read."""

    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """A whole document, whatever is there."""

    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Away with it, if it is still as it was read."""


Change = Create | Update | Replace | Delete
Decide = Callable[[str, Fields | None], Change | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    fields: Fields
    seq_no: int
    primary_term: int


def change(
    session: Session, index: Index, ids: Iterable[str], fields: Sequence[str], decide: Decide
) -> dict[str, Change]:
    """Ask `decide` about each document as it is now, and write what it says.

    Args:
        fields: names of the stored fields that `decide` gets to see; none reads nothing.
        decide: given the id and the stored fields (None for an unknown id), says what to write;
            None for nothing. Called again when somebody else wrote meanwhile.

    Returns:
        What was written, by id.
    """
    written: dict[str, Change] = {}
    waiting = list(dict.fromkeys(ids))
    for start in range(0, len(waiting), BATCH):
        written |= _change_batch(session, index, waiting[start : start + BATCH], fields, decide)
    return written


def _change_batch(
    session: Session, index: Index, ids: list[str], fields: Sequence[str], decide: Decide
) -> dict[str, Change]:
    written: dict[str, Change] = {}
    for pause in pauses(ATTEMPTS):
        name = session.index_name(index)
        try:
            stored = _read(session, name, ids, fields)
        except IndexMovedError:
            session.forget_names()
            time.sleep(pause)
            continue
        decided = {id_: decide(id_, _fields(stored.get(id_))) for id_ in ids}
        changes = {id_: wanted for id_, wanted in decided.items() if wanted is not None}
        writes = [_build(id_, wanted, stored.get(id_)) for id_, wanted in changes.items()]
        outcomes = send(session.connection, name, writes)
        written |= {id_: changes[id_] for id_, end in outcomes.items() if end is Outcome.DONE}
        ids = [id_ for id_, end in outcomes.items() if end is not Outcome.DONE]
        if not ids:
            return written
        if Outcome.MOVED in outcomes.values():
            session.forget_names()
            time.sleep(pause)
    raise session.connection.unavailable("the same documents were written all the time")


def _fields(stored: _Stored | None) -> Fields | None:
    return stored.fields if stored else None


def _read(session: Session, name: str, ids: list[str], fields: Sequence[str]) -> dict[str, _Stored]:
    if not fields:
        return {}
    return {
        id_: _Stored(
            fields=found["_source"], seq_no=found["_seq_no"], primary_term=found["_primary_term"]
        )
        for id_, found in read_batch(session, name, ids, fields).items()
    }


def _build(id_: str, wanted: Change, stored: _Stored | None) -> Write:
    meta: dict[str, Any] = {"_id": id_}
    if isinstance(wanted, Replace):
        return build_write("index", meta, wanted.fields)
    if isinstance(wanted, Create):
        return build_write("create", meta, wanted.fields)
    if stored is not None:
        meta |= {"if_seq_no": stored.seq_no, "if_primary_term": stored.primary_term}
    if isinstance(wanted, Delete):
        return build_write("delete", meta, None)
    return build_write("update", meta, {"doc": wanted.fields})
