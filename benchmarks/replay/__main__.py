"""`python -m benchmarks.replay`: crawl and assess real posts from loopback, on both backends."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.replay.corpus import OUTLETS, TAGS, load_corpus
from indices.documents import Source, SourceKind
from indices.opening import open_store
from indices.settings import Settings, load_settings

REPLAY_SETTINGS = {
    "LURUSKAN_CRAWL__DELAY_SECONDS": "0",
    "LURUSKAN_CRAWL__MAX_ITEMS_PER_SOURCE": "100000",
    "LURUSKAN_CRAWL__ALLOWED_PRIVATE_HOSTS": '["127.0.0.1"]',
    "LURUSKAN_CRAWL__PSEUDONYM_KEY": "replay",
}


DISPOSITIONS = ("stored", "updated", "duplicate", "refused", "failed")


@dataclass(frozen=True)
class Measured:
    """One command: how long, how much memory, what it printed."""

    seconds: float
    peak_mib: float
    output: str


def main() -> None:
    """Print one table row for each step and backend."""
    arguments = _arguments()
    data = Path(os.environ.get("LURUSKAN_TEST_DATA") or sys.exit("set LURUSKAN_TEST_DATA"))
    size = load_corpus(data, arguments.articles, arguments.posts).size
    print(f"{size} items: {OUTLETS} feeds, {len(TAGS)} timelines\n")
    print("| backend | step | found | outcome | seconds | items/s | peak MiB |")
    print("| --- | --- | --: | --- | --: | --: | --: |")
    os.environ.update(REPLAY_SETTINGS)
    with _serving(data, arguments) as port:
        for backend, url in (("embedded", ""), ("elasticsearch", arguments.elasticsearch)):
            if arguments.only in ("", backend) and (backend == "embedded" or url):
                _replay(backend, url, port)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("--articles", type=int, default=2500)
    parser.add_argument("--posts", type=int, default=4500)
    parser.add_argument("--only", choices=["embedded", "elasticsearch"], default="")
    parser.add_argument("--elasticsearch", default=os.environ.get("ELASTICSEARCH_URL", ""))
    return parser.parse_args()


@contextmanager
def _serving(data: Path, arguments: argparse.Namespace) -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.replay.server", str(data)]
    command += [str(arguments.articles), str(arguments.posts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def _replay(backend: str, url: str, port: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["LURUSKAN_ELASTICSEARCH_URL"] = url
        os.environ["LURUSKAN_INDEX_PREFIX"] = f"replay-{os.getpid()}"
        _add_sources(load_settings(Path(home)), port)
        for step in ("crawl", "crawl again", "assess"):
            words = ["crawl", "--all"] if step.startswith("crawl") else [step]
            measured = _run(home, words)
            found, outcome = _counts(measured.output)
            print(
                f"| {backend} | {step} | {found} | {outcome} | {measured.seconds:.1f} "
                f"| {found / measured.seconds:.0f} | {measured.peak_mib:.0f} |",
                flush=True,
            )


def _add_sources(settings: Settings, port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    store = open_store(settings)
    for number in range(1, OUTLETS + 1):
        outlet = f"outlet-{number}"
        feed = f"{address}/feed/{outlet}"
        press = SourceKind.PRESS
        store.put_source(Source(id=outlet, name=outlet, kind=press, connector="feed", url=feed))
    for tag in TAGS:
        store.put_source(
            Source(
                id=f"tag-{tag}",
                name=tag,
                kind=SourceKind.PLATFORM,
                connector="mastodon",
                url=address,
                options={"hashtag": tag},
            )
        )
    store.close()


def _run(home: str, words: list[str]) -> Measured:
    started = time.monotonic()
    arguments = [sys.executable, "-m", "indices", "--home", home, *words, "--json"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{words[0]} failed: {output}")
    return Measured(time.monotonic() - started, usage.ru_maxrss / 1024, output)


def _counts(output: str) -> tuple[int, str]:
    """Items found, and what became of them; found must be the sum of the dispositions."""
    counts = json.loads(output)["counts"]
    if "found" not in counts:
        return counts["assessed"], _listed(counts)
    outcome = {name: counts[name] for name in DISPOSITIONS}
    if counts["found"] != sum(outcome.values()):
        sys.exit(f"found {counts['found']} is not the sum of {outcome}")
    return counts["found"], _listed(outcome)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)


if __name__ == "__main__":
    main()
