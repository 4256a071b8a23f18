"""One trial: a clean run beside a run that is killed again and again, and what differs."""

from __future__ import annotations

import random
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from indices.documents import PostRecord, Source
from indices.evidence.places import parse_place
from indices.opening import open_store
from indices.settings import load_settings

MOST_TRIES = 10
"""A signal may come too late, most of all where the first run also built the encoder."""
DEMO_SETTINGS = """
[crawl]
delay_seconds = 0
max_items_per_source = 1000000
allowed_private_hosts = ["127.0.0.1", "localhost"]
pseudonym_key = "kill-trial"
"""


@dataclass(frozen=True)
class Work:
    """What is killed, and where it writes."""

    command: str = "daily"
    """`daily`, or `crawl` alone."""
    elasticsearch_url: str = ""
    """Empty for the embedded store."""
    longest_stretch: float = 1.0
    """Between two kills, as a part of a run that nobody kills: the smaller, the more often one
    installation is killed on its way, and the sooner all moments are through."""


DAILY = Work()


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
    without_evidence: int
    """Posts whose evidence is not in its file."""
    healthy: bool
    """The store says of itself that it is well."""
    posts: int

    @property
    def survived(self) -> bool:
        """Nothing lost, nothing twice, nothing left undone, index well."""
        wrong = (self.lost, self.extra, self.twice, self.unassessed, self.without_evidence)
        return self.healthy and not any(wrong)


def run_trial(
    home: Path, sources: Sequence[Source], *, moments: int, seed: int, work: Work = DAILY
) -> Outcome:
    """Kill the work at that many random moments, run it once more, and compare.

    A run that ends before its signal has nothing left to interrupt: the next moment then comes
    in a new installation. All of them must end up like the one that was never killed.

    Args:
        home: an empty directory; the installations are made inside.
        sources: what to crawl; must answer on loopback all the while.
    """
    clean = _prepare(home / "clean", sources, work)
    started = time.monotonic()
    _start(clean, work).wait()
    longest_seconds = (time.monotonic() - started) * work.longest_stretch
    chance = random.Random(seed)
    killed = [_prepare(home / "killed-0", sources, work)]
    hits = 0
    for _ in range(MOST_TRIES * moments):
        if hits == moments:
            break
        if _kill_once(killed[-1], work, chance.uniform(0.2, longest_seconds)):
            hits += 1
        else:
            killed.append(_prepare(home / f"killed-{len(killed)}", sources, work))
    _start(killed[-1], work).wait()
    return _sum([_compare(clean, one, work) for one in killed], hits)


def _sum(outcomes: Sequence[Outcome], hits: int) -> Outcome:
    return Outcome(
        lost=set().union(*(outcome.lost for outcome in outcomes)),
        extra=set().union(*(outcome.extra for outcome in outcomes)),
        twice=sum(outcome.twice for outcome in outcomes),
        unassessed=sum(outcome.unassessed for outcome in outcomes),
        without_evidence=sum(outcome.without_evidence for outcome in outcomes),
        killed=hits,
        healthy=all(outcome.healthy for outcome in outcomes),
        posts=min(outcome.posts for outcome in outcomes),
    )


def _prepare(home: Path, sources: Sequence[Source], work: Work) -> Path:
    home.mkdir(parents=True)
    lines = [DEMO_SETTINGS]
    if work.elasticsearch_url:
        prefix = f"kill-{secrets.token_hex(4)}-{home.name}"
        lines = [
            f'elasticsearch_url = "{work.elasticsearch_url}"\nindex_prefix = "{prefix}"',
            *lines,
        ]
    (home / "luruskan.toml").write_text("\n".join(lines))
    store = open_store(load_settings(home))
    for source in sources:
        store.put_source(source)
    store.close()
    return home


def _start(home: Path, work: Work) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "indices", "--home", str(home), work.command]
    with (home / "work.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def _kill_once(home: Path, work: Work, after_seconds: float) -> bool:
    process = _start(home, work)
    try:
        process.wait(timeout=after_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _compare(clean: Path, killed: Path, work: Work) -> Outcome:
    expected, _ = _records(clean)
    found, healthy = _records(killed)
    unassessed = sum(record.assessment is None for record in found.values())
    kept = _kept_evidence(killed)
    named = [parse_place(r.post.evidence) for r in found.values() if r.post.evidence]
    addresses = [record.post.canonical_url or record.post.id for record in found.values()]
    return Outcome(
        lost=expected.keys() - found.keys(),
        extra=found.keys() - expected.keys(),
        twice=len(addresses) - len(set(addresses)),
        unassessed=unassessed if work.command == "daily" else 0,
        without_evidence=sum((place.file_name, place.record_id) not in kept for place in named),
        killed=0,
        healthy=healthy,
        posts=len(found),
    )


def _kept_evidence(home: Path) -> set[tuple[str, str]]:
    """Every whole record of every file; a kill may leave a torn one at an end."""
    kept = set()
    for path in (home / "evidence").glob("*.warc.gz"):
        with path.open("rb") as stream, suppress(ArchiveLoadFailed, EOFError):
            for record in ArchiveIterator(stream):
                record.content_stream().read()
                identity = record.rec_headers.get_header("WARC-Record-ID").strip("<>")
                kept.add((path.name, identity))
    return kept


def _records(home: Path) -> tuple[dict[str, PostRecord], bool]:
    store = open_store(load_settings(home))
    try:
        store.refresh()
        records = {record.post.id: record for record in store.iter_records()}
        return records, store.check_health().status != "red"
    finally:
        store.close()
