"""`python -m benchmarks.fuzz --inputs 100000`: every parser against that many broken documents."""

from __future__ import annotations

import argparse
import math
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.fuzz.targets import TARGETS
from benchmarks.fuzz.trial import Findings, run_trial

SEEDS = Path(__file__).with_name("seeds")


def main() -> None:
    """Print one row a parser; exit 1 when one failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-seconds", type=float, default=math.inf, help="for each parser")
    parser.add_argument("--only", choices=sorted(TARGETS), action="append")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="where failing inputs are kept")
    given = parser.parse_args()
    names = given.only or list(TARGETS)
    trial = partial(
        run_trial,
        inputs=given.inputs,
        seed=given.seed,
        seeds_dir=given.seeds,
        most_seconds=given.most_seconds,
    )
    print("| parser | inputs | read | refused | slowest, ms of CPU | failures |")
    print("| --- | --: | --: | --: | --: | --- |")
    with ProcessPoolExecutor(given.processes) as pool:
        failed = [_report(*row) for row in zip(names, pool.map(trial, names), strict=True)]
    sys.exit(1 if any(failed) else 0)


def _report(name: str, findings: Findings) -> bool:
    failures = "; ".join(findings.failures) or "none"
    slowest = findings.slowest_seconds * 1000
    print(
        f"| {name} | {findings.inputs} | {findings.read} | {findings.refused} | {slowest:.0f} "
        f"| {failures} |",
        flush=True,
    )
    return bool(findings.failures)


if __name__ == "__main__":
    main()
