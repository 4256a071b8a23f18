"""Killed at any moment: what was acknowledged is there, once, and the file is whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indices.embedded.integrity import find_damage
from indices.embedded.store import EmbeddedStore
from indices.queries import PostQuery
from tests.indices.contract_documents import make_post, make_vector

WRITER = """
import sys
from pathlib import Path
from indices.embedded.store import EmbeddedStore
from tests.indices.contract_documents import make_assessment, make_post, make_vector
store = EmbeddedStore.open(Path(sys.argv[1]))
start = int(sys.argv[2])
while True:
    posts = [make_post(number) for number in range(start, start + 20)]
    store.upsert_posts(posts)
    store.put_assessments([make_assessment(post) for post in posts], make_vector(start, 20))
    print(start, flush=True)
    start += 20
"""


def kill_while_writing(path: Path, start: int, seconds: float) -> int:
    """The end of what the writer said it had written when it was killed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, path, str(start)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    acknowledged = [line for line in (first, *writer.stdout.read().splitlines()) if line.strip()]
    writer.wait()
    writer.stdout.close()
    return int(acknowledged[-1]) + 20


@pytest.mark.slow
def test_a_writer_killed_again_and_again_loses_nothing_it_acknowledged(path: Path) -> None:
    moments, end = random.Random(5), 0
    for _ in range(6):
        end = kill_while_writing(path, end, moments.uniform(0, 0.4))
        assert find_damage(path) == []

    store = EmbeddedStore.open(path)
    posts = [make_post(number) for number in range(end)]
    assert store.upsert_posts(posts).created == 0
    records = list(store.iter_records())
    assert len(records) == len({record.post.id for record in records}) >= end
    found = store.search(PostQuery(text="jembatan"), vector=make_vector(0, 1)[0])
    assert found.total > 0
    assert store.search(PostQuery(text="jembatan")).total == len(records)
    store.close()


def test_a_reader_sees_whole_batches_while_another_process_writes(path: Path) -> None:
    EmbeddedStore.open(path).close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, path, "0"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    store = EmbeddedStore.open(path)
    totals = []
    try:
        while not totals or totals[-1] < 200:
            written = int(writer.stdout.readline()) + 20
            page = store.search(PostQuery(text="jembatan"), limit=1)
            assessed = store.search(PostQuery(flagged=True), limit=1)
            near = store.search(PostQuery(), vector=make_vector(0, 1)[0], limit=1)
            assert page.total >= written
            assert page.total % 20 == 0
            assert min(assessed.total, near.total) >= min(written, 1000)
            totals.append(page.total)
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert totals == sorted(totals)
    store.close()
