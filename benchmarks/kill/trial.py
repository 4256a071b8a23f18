"""One trial: a clean run beside a run that is killed again and again, and what differs."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indices.documents import PostRecord, Source
from indices.opening import open_store
from indices.settings import load_settings

MOST_TRIES = 10
"""A signal may come too late, most of all where the first run also built the encoder."""
DEMO_SETTINGS = """
[crawl]
delay_seconds = 0
allowed_private_hosts = ["127.0.0.1", "localhost"]
pseudonym_key = "kill-trial"
"""


@dataclass(frozen=True)
class Outcome:
    """What the killed installation holds in the end, against the clean one."""

    lost: set[str]
    """Ids of posts that only the clean run has."""
    extra: set[str]
    """Ids of posts that only the killed run has."""
    twice: int
    """Addresses that stand in more than one post of the killed run."""
    unassessed: int
    killed: int
    """Runs that were still under way when the signal came."""
    healthy: bool
    """The store says of itself that it is well."""
    posts: int

    @property
    def survived(self) -> bool:
        """Nothing lost, nothing twice, nothing left undone, index well."""
        return self.healthy and not (self.lost or self.extra or self.twice or self.unassessed)


def run_trial(
    home: Path, sources: Sequence[Source], *, moments: int, seed: int, elasticsearch_url: str = ""
) -> Outcome:
    """Kill `luruskan daily` at that many random moments, run it once more, and compare.

    A run that ends before its signal has nothing left to interrupt: the next moment then comes
    in a new installation. All of them must end up like the one that was never killed.

    Args:
        home: an empty directory; the installations are made inside.
        sources: what to crawl; must answer on loopback all the while.
    """
    clean = _prepare(home / "clean", sources, elasticsearch_url)
    started = time.monotonic()
    _daily(clean).wait()
    whole_seconds = time.monotonic() - started
    chance = random.Random(seed)
    killed = [_prepare(home / "killed-0", sources, elasticsearch_url)]
    hits = 0
    for _ in range(MOST_TRIES * moments):
        if hits == moments:
            break
        if _kill_once(killed[-1], chance.uniform(0.2, whole_seconds)):
            hits += 1
        else:
            killed.append(_prepare(home / f"killed-{len(killed)}", sources, elasticsearch_url))
    _daily(killed[-1]).wait()
    return _sum([_compare(clean, one) for one in killed], hits)


def _sum(outcomes: Sequence[Outcome], hits: int) -> Outcome:
    return Outcome(
        lost=set().union(*(outcome.lost for outcome in outcomes)),
        extra=set().union(*(outcome.extra for outcome in outcomes)),
        twice=sum(outcome.twice for outcome in outcomes),
        unassessed=sum(outcome.unassessed for outcome in outcomes),
        killed=hits,
        healthy=all(outcome.healthy for outcome in outcomes),
        posts=min(outcome.posts for outcome in outcomes),
    )


def _prepare(home: Path, sources: Sequence[Source], elasticsearch_url: str) -> Path:
    home.mkdir(parents=True)
    lines = [DEMO_SETTINGS]
    if elasticsearch_url:
        prefix = f"kill-{os.getpid()}-{home.name}"
        lines = [f'elasticsearch_url = "{elasticsearch_url}"\nindex_prefix = "{prefix}"', *lines]
    (home / "luruskan.toml").write_text("\n".join(lines))
    store = open_store(load_settings(home))
    for source in sources:
        store.put_source(source)
    store.close()
    return home


def _daily(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "indices", "--home", str(home), "daily"]
    with (home / "daily.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def _kill_once(home: Path, after_seconds: float) -> bool:
    process = _daily(home)
    try:
        process.wait(timeout=after_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _compare(clean: Path, killed: Path) -> Outcome:
    expected, _ = _records(clean)
    found, healthy = _records(killed)
    addresses = [record.post.canonical_url or record.post.id for record in found.values()]
    return Outcome(
        lost=expected.keys() - found.keys(),
        extra=found.keys() - expected.keys(),
        twice=len(addresses) - len(set(addresses)),
        unassessed=sum(record.assessment is None for record in found.values()),
        killed=0,
        healthy=healthy,
        posts=len(found),
    )


def _records(home: Path) -> tuple[dict[str, PostRecord], bool]:
    store = open_store(load_settings(home))
    try:
        store.refresh()
        records = {record.post.id: record for record in store.iter_records()}
        return records, store.check_health().status != "red"
    finally:
        store.close()
