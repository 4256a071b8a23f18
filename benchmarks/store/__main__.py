"""Measure both stores at one size and print a table of it.

python -m benchmarks.store --posts 100000
python -m benchmarks.store --posts 100000 --elasticsearch http://127.0.0.1:9200
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.store.phases import Measured, read, write, write_on
from indices.settings import Settings

WRITING = " (while another process writes)"
WRITING_SECONDS = 20.0


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200, help="searches of each kind")
    parser.add_argument("--elasticsearch", default="", metavar="URL")
    parser.add_argument("--only", choices=("embedded", "elasticsearch"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.only != "elasticsearch":
            report("embedded", Settings(home=Path(folder)), given.posts, given.rounds)
        if given.elasticsearch and given.only != "embedded":
            with _server_settings(Path(folder), given.elasticsearch) as settings:
                report("elasticsearch", settings, given.posts, given.rounds)


def report(backend: str, settings: Settings, post_count: int, rounds: int) -> None:
    """All phases on one backend, as a markdown table."""
    print(f"\n### {backend}, {post_count:,} posts\n")
    writing = _apart(write, settings, post_count)
    reading = _apart(read, settings, post_count, rounds)
    beside = _beside(settings, post_count, rounds)
    print("| write | rate | per second of CPU |\n| --- | ---: | ---: |")
    for name in ("posts", "assessments with vectors"):
        wall, cpu = sum(writing.seconds[name]), sum(writing.cpu_seconds[name])
        print(f"| {name} | {post_count / wall:,.0f}/s | {post_count / cpu:,.0f} |")
    print("\n| read | p50 | p95 | p95 of CPU |\n| --- | ---: | ---: | ---: |")
    for measured in (reading, beside):
        for name, seconds in measured.seconds.items():
            p50, p95 = np.percentile(np.array(seconds) * 1000, [50, 95])
            cpu_p95 = np.percentile(np.array(measured.cpu_seconds[name]) * 1000, 95)
            print(f"| {name} | {p50:.1f} ms | {p95:.1f} ms | {cpu_p95:.1f} ms |")
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    print(f"Peak memory: writer {writing.peak_mib:.0f} MiB, reader {reading.peak_mib:.0f} MiB.")
    if settings.store_path.exists():
        print(f"File: {settings.store_path.stat().st_size / 2**20:.0f} MiB.")


def _apart(work: Callable[..., Measured], *arguments: object) -> Measured:
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning) as process:
        return process.submit(work, *arguments).result()


def _beside(settings: Settings, post_count: int, rounds: int) -> Measured:
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawning) as processes:
        writer = processes.submit(write_on, settings, post_count, WRITING_SECONDS)
        reading = processes.submit(read, settings, post_count, rounds // 4, WRITING).result()
        written = writer.result()
        reading.seconds |= written.seconds
        reading.cpu_seconds |= written.cpu_seconds
    return reading


@contextmanager
def _server_settings(folder: Path, url: str) -> Iterator[Settings]:
    from elasticsearch import Elasticsearch

    from indices.elastic.schema import drop_indices

    prefix = f"benchmark-{secrets.token_hex(4)}"
    settings = Settings(home=folder / "server", elasticsearch_url=url, index_prefix=prefix)
    yield settings
    with Elasticsearch(url) as client:
        drop_indices(client, prefix)


if __name__ == "__main__":
    sys.exit(main())
