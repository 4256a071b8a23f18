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

    Args:
        home: an empty directory; two installations are made inside.
        sources: what to crawl; must answer on loopback all the while.
    """
    clean = _prepare(home / "clean", sources, elasticsearch_url)
    killed = _prepare(home / "killed", sources, elasticsearch_url)
    started = time.monotonic()
    _daily(clean).wait()
    whole_seconds = time.monotonic() - started
    chance = random.Random(seed)
    hits = sum(_kill_once(killed, chance.uniform(0.2, whole_seconds)) for _ in range(moments))
    _daily(killed).wait()
    return _compare(clean, killed, hits)


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


def _compare(clean: Path, killed: Path, hits: int) -> Outcome:
    expected, _ = _records(clean)
    found, healthy = _records(killed)
    addresses = [record.post.canonical_url or record.post.id for record in found.values()]
    return Outcome(
        lost=expected.keys() - found.keys(),
        extra=found.keys() - expected.keys(),
        twice=len(addresses) - len(set(addresses)),
        unassessed=sum(record.assessment is None for record in found.values()),
        killed=hits,
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
