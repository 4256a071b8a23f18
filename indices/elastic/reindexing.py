"""A new index from the present documents while readers and writers go on.

Copying follows the sequence numbers that the server gives to every write: first all documents,
then again and again those written since, until few are left. Then writing is blocked for a
moment (writers wait and try again), the last ones and the deletions are caught up, and the alias
moves in one step. Whoever still holds the old name finds it gone and looks again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from elasticsearch import Elasticsearch

from indices.elastic.bulk import build_write, send
from indices.elastic.schema import Index, alias_of, create_index
from indices.elastic.session import Session

if TYPE_CHECKING:
    from indices.progress import ProgressBar

PAGE = 500
ENOUGH = 200
"""So few documents left to catch up that writers may wait for them."""
MOST_ROUNDS = 20
GRACE_SECONDS = 2.0
"""For searches that began in the old index; pages held open there go on in the new one."""
Marks = dict[int, int]
"""Shard number to the sequence number up to which everything was copied."""
_log = structlog.get_logger(__name__)


def rebuild(session: Session, bar: ProgressBar) -> int:
    """Replace the index of posts; see `Store.rebuild`.

    Raises:
        StoreUnavailableError: the server went away; the old index goes on as it was.
    """
    _sweep(session)
    old = session.index_name(Index.POSTS)
    new = _next_name(old)
    with session.calling() as client:
        create_index(client, session.prefix, Index.POSTS, new, live=False)
    try:
        _fill(session, old, new, bar)
    except BaseException:
        with session.calling() as client:
            client.options(ignore_status=404).indices.delete(index=new)
        raise
    time.sleep(GRACE_SECONDS)
    with session.calling() as client:
        client.indices.delete(index=old)
        session.forget_names()
        return int(client.count(index=session.alias(Index.POSTS))["count"])


def _fill(session: Session, old: str, new: str, bar: ProgressBar) -> None:
    with session.calling() as client:
        bar.resize(client.count(index=old)["count"])
    marks: Marks = {}
    for _ in range(MOST_ROUNDS):
        copied, marks = _copy_since(session, old, new, marks, bar)
        if copied <= ENOUGH:
            break
    with _blocked(session, old):
        _copy_since(session, old, new, marks, bar)
        _forget_deleted(session, old, new)
        _swap(session, old, new)


def _copy_since(
    session: Session, old: str, new: str, marks: Marks, bar: ProgressBar
) -> tuple[int, Marks]:
    """Copy what was written after the marks; how many, and the next marks."""
    reached = _checkpoints(session, old)
    with session.calling() as client:
        client.indices.refresh(index=old)
    copied = 0
    for shard in reached:
        for hits in _iter_pages(session, old, shard, marks.get(shard, -1)):
            writes = [build_write("index", {"_id": hit["_id"]}, hit["_source"]) for hit in hits]
            send(session.connection, new, writes)
            copied += len(hits)
            bar.advance(len(hits))
    return copied, reached


def _checkpoints(session: Session, index: str) -> Marks:
    """For each shard the number up to which every copy has every write."""
    with session.calling() as client:
        shards = client.indices.stats(index=index, level="shards")["indices"][index]["shards"]
    return {
        int(number): copy["seq_no"]["global_checkpoint"]
        for number, copies in shards.items()
        for copy in copies
        if copy["routing"]["primary"]
    }


def _iter_pages(
    session: Session, index: str, shard: int, after: int
) -> Iterator[list[dict[str, Any]]]:
    while True:
        with session.calling() as client:
            answer = client.search(
                index=index,
                preference=f"_shards:{shard}",
                query={"range": {"_seq_no": {"gt": after}}},
                sort=[{"_seq_no": "asc"}],
                size=PAGE,
                track_total_hits=False,
            )
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield hits
        after = hits[-1]["sort"][0]


@contextmanager
def _blocked(session: Session, index: str) -> Iterator[None]:
    """No writes while the block runs; it returns only after those under way are done."""
    with session.calling() as client:
        client.indices.add_block(index=index, block="write")
    try:
        yield
    except BaseException:
        _unblock(session, index)
        raise


def _unblock(session: Session, index: str) -> None:
    with session.calling() as client:
        client.indices.put_settings(index=index, settings={"index.blocks.write": None})


def _forget_deleted(session: Session, old: str, new: str) -> None:
    """Delete from the new index what was deleted from the old one after it was copied."""
    with session.calling() as client:
        client.indices.refresh(index=[old, new])
        if client.count(index=old)["count"] == client.count(index=new)["count"]:
            return
    kept = set(_iter_ids(session, old))
    gone = [id_ for id_ in _iter_ids(session, new) if id_ not in kept]
    send(session.connection, new, [build_write("delete", {"_id": id_}, None) for id_ in gone])


def _iter_ids(session: Session, index: str) -> Iterator[str]:
    after: list[str] | None = None
    while True:
        with session.calling() as client:
            answer = client.search(
                index=index,
                sort=[{"id": "asc"}],
                size=10_000,
                search_after=after,
                source=False,
                track_total_hits=False,
            )
        hits = answer["hits"]["hits"]
        yield from (hit["_id"] for hit in hits)
        if not hits:
            return
        after = hits[-1]["sort"]


def _swap(session: Session, old: str, new: str) -> None:
    alias = session.alias(Index.POSTS)
    with session.calling() as client:
        client.indices.refresh(index=new)
        client.indices.update_aliases(
            actions=[
                {"remove": {"index": old, "alias": alias}},
                {"add": {"index": new, "alias": alias}},
            ]
        )


def _sweep(session: Session) -> None:
    """Clear away what a reindex that was killed has left: half-built indices and the block."""
    live = session.index_name(Index.POSTS)
    alias = alias_of(session.prefix, Index.POSTS)
    with session.calling() as client:
        for name in _left_over(client, alias, live):
            _log.warning("deleting a half-built index", index=name)
            client.indices.delete(index=name)
    _unblock(session, live)


def _left_over(client: Elasticsearch, alias: str, live: str) -> list[str]:
    return [name for name in client.indices.get_alias(index=f"{alias}-v*") if name != live]


def _next_name(name: str) -> str:
    found = re.fullmatch(r"(.*-v)(\d+)", name)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{name}-v2"
