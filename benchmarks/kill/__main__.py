"""`python -m benchmarks.kill --moments 20`: on the embedded store and, if given, Elasticsearch.

With `--pages 2000` a crawl of that many pages is killed instead of the demo's whole day.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.crawl.__main__ import serving
from benchmarks.kill.trial import Outcome, Work, run_trial
from crawlers.adding import build_source
from crawlers.demo.web import DemoWeb


def main() -> None:
    """Print one row a backend; exit 1 when one did not survive."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--stretch", type=float, default=1.0, help="see Work.longest_stretch")
    parser.add_argument("--only", choices=["", "embedded", "elasticsearch"], default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--elasticsearch", default=os.environ.get("ELASTICSEARCH_URL", ""))
    arguments = parser.parse_args()
    print("| backend | killed | posts | lost | extra | twice | no evidence | unassessed | well |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --- |")
    urls = {"embedded": "", "elasticsearch": arguments.elasticsearch}
    chosen = [url for name, url in urls.items() if arguments.only in {"", name}]
    chosen = [url for url in chosen if url or arguments.only != "elasticsearch"]
    survived = [_survives(url, arguments) for url in dict.fromkeys(chosen)]
    sys.exit(0 if all(survived) else 1)


def _survives(url: str, arguments: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory() as name:
        outcome = _outcome(url, arguments, Path(name))
    moments = arguments.moments
    backend = "elasticsearch" if url else "embedded"
    print(
        f"| {backend} | {outcome.killed} of {moments} | {outcome.posts} | {len(outcome.lost)} "
        f"| {len(outcome.extra)} | {outcome.twice} | {outcome.without_evidence} "
        f"| {outcome.unassessed} | {outcome.healthy} |",
        flush=True,
    )
    return outcome.survived


def _outcome(url: str, arguments: argparse.Namespace, home: Path) -> Outcome:
    how = {"moments": arguments.moments, "seed": arguments.seed}
    if not arguments.pages:
        with DemoWeb(datetime.now(UTC), home) as web:
            return run_trial(home, web.sources, **how, work=Work("daily", url, arguments.stretch))
    with serving(arguments.pages) as address:
        site = build_source(address, {}, {"source_id": "situs"})
        return run_trial(home, [site], **how, work=Work("crawl", url, arguments.stretch))


if __name__ == "__main__":
    main()
