"""`python -m benchmarks.kill --moments 20`: on the embedded store and, if given, Elasticsearch."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.kill.trial import run_trial
from crawlers.demo.web import DemoWeb


def main() -> None:
    """Print one row a backend; exit 1 when one did not survive."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--elasticsearch", default=os.environ.get("ELASTICSEARCH_URL", ""))
    arguments = parser.parse_args()
    print("| backend | killed | posts | lost | extra | twice | unassessed | index well |")
    print("| --- | --: | --: | --: | --: | --: | --: | --- |")
    urls = ["", *filter(None, [arguments.elasticsearch])]
    survived = [_survives(url, arguments.moments, arguments.seed) for url in urls]
    sys.exit(0 if all(survived) else 1)


def _survives(url: str, moments: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with DemoWeb(datetime.now(UTC), home) as web:
            outcome = run_trial(
                home, web.sources, moments=moments, seed=seed, elasticsearch_url=url
            )
    backend = "elasticsearch" if url else "embedded"
    print(
        f"| {backend} | {outcome.killed} of {moments} | {outcome.posts} | {len(outcome.lost)} "
        f"| {len(outcome.extra)} | {outcome.twice} | {outcome.unassessed} | {outcome.healthy} |",
        flush=True,
    )
    return outcome.survived


if __name__ == "__main__":
    main()
