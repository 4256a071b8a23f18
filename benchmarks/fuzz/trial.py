"""One parser against many broken documents: crashes, slow answers and unsafe text are findings."""

from __future__ import annotations

import hashlib
import math
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.fuzz.mutations import mutate
from benchmarks.fuzz.targets import TARGETS, Target, strings_of

SLOW_SECONDS = 3.0
"""Of one input of at most 20 kB; a hundred times the usual, so a busy machine is no finding."""
_CONTROLS = frozenset(chr(code) for code in range(32)) - set("\n\t\r")
_HALVES = ("\ud800", "\udfff")


@dataclass
class Findings:
    """What one parser did with its inputs."""

    inputs: int = 0
    read: int = 0
    refused: int = 0
    slowest_seconds: float = 0.0
    failures: dict[str, bytes] = field(default_factory=dict)
    """What went wrong to the first input that showed it."""


def run_trial(
    name: str,
    *,
    inputs: int,
    seed: int,
    seeds_dir: Path | None = None,
    most_seconds: float = math.inf,
) -> Findings:
    """Break and parse; inputs that failed once (kept in `seeds_dir`) come first, for ever.

    Args:
        most_seconds: by the clock; `Findings.inputs` says how many were tried until then.
    """
    target, findings, started = TARGETS[name], Findings(), time.monotonic()
    for document in _documents(name, target, inputs, seed, seeds_dir):
        if time.monotonic() - started > most_seconds:
            break
        findings.inputs += 1
        failure = _try(target, document, findings)
        if failure and failure not in findings.failures:
            findings.failures[failure] = document
            _keep(name, document, seeds_dir)
    return findings


def _documents(
    name: str, target: Target, inputs: int, seed: int, seeds_dir: Path | None
) -> Iterator[bytes]:
    if seeds_dir is not None:
        for path in sorted((seeds_dir / name.replace(" ", "-")).glob("*")):
            yield path.read_bytes()
    rng = random.Random(f"{name}/{seed}")
    everything = [document for each in TARGETS.values() for document in each.documents]
    for _ in range(inputs):
        yield mutate(rng.choice(target.documents), everything, rng)


def _try(target: Target, document: bytes, findings: Findings) -> str:
    started = time.thread_time()
    try:
        strings = strings_of(target.parse(document))
        findings.read += 1
    except target.answers:
        findings.refused += 1
        strings = []
    except Exception as error:  # noqa: BLE001 (what escapes is what is looked for)
        said = re.sub(r"\d+", "N", str(error)[:80])
        return f"{type(error).__name__}: {said}"
    seconds = time.thread_time() - started
    findings.slowest_seconds = max(findings.slowest_seconds, seconds)
    if seconds > SLOW_SECONDS:
        return f"took {SLOW_SECONDS} s or more"
    return next(filter(None, map(_unsafe, strings)), "")


def _unsafe(text: str) -> str:
    if any(_HALVES[0] <= character <= _HALVES[1] for character in text):
        return "half a character in a string"
    return "a control character in a string" if not _CONTROLS.isdisjoint(text) else ""


def _keep(name: str, document: bytes, seeds_dir: Path | None) -> None:
    if seeds_dir is None:
        return
    folder = seeds_dir / name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(document).hexdigest()[:16]).write_bytes(document)
