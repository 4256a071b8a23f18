"""`python -m benchmarks.crawl --pages 5000`: Luruskan against a bare spider, a table row each."""

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

SETTINGS = """
[crawl]
delay_seconds = 0
max_items_per_source = 1000000
allowed_private_hosts = ["127.0.0.1"]
"""


@dataclass(frozen=True)
class Measured:
    """One crawl."""

    pages: int
    seconds: float
    peak_mib: float

    def row(self, name: str) -> str:
        """For the table."""
        rate = self.pages / self.seconds
        return f"| {name} | {self.pages} | {self.seconds:.1f} | {rate:.0f} | {self.peak_mib:.0f} |"


def main() -> None:
    """Both crawl the same site in one run, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[5000])
    parser.add_argument("--elasticsearch", default="")
    parser.add_argument("--without-bare", action="store_true")
    arguments = parser.parse_args()
    print("| crawl | pages | seconds | pages/s | peak MiB |")
    print("| --- | --: | --: | --: | --: |")
    for pages in arguments.pages:
        with serving(pages) as url:
            if not arguments.without_bare:
                bare = run([sys.executable, "-m", "benchmarks.crawl.bare", url], int)
                print(bare.row("bare Scrapy with trafilatura"), flush=True)
            ours = _ours(url, arguments.elasticsearch)
            print(ours.row("Luruskan"), flush=True)
            if not arguments.without_bare:
                ratio = ours.pages / ours.seconds / (bare.pages / bare.seconds)
                print(f"\nof the bare spider's rate: {ratio:.2f}\n", flush=True)


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """The address of the sitemap of a site of that size."""
    command = [sys.executable, "-m", "benchmarks.crawl.site", str(pages), "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/sitemap.xml"
        finally:
            os.killpg(server.pid, 9)


def _ours(url: str, elasticsearch: str) -> Measured:
    with tempfile.TemporaryDirectory() as name:
        lines = SETTINGS
        if elasticsearch:
            prefix = f"crawl-{os.getpid()}"
            lines = f'elasticsearch_url = "{elasticsearch}"\nindex_prefix = "{prefix}"\n{SETTINGS}'
        Path(name, "luruskan.toml").write_text(lines)
        luruskan = [sys.executable, "-m", "indices", "--home", name]
        add = [*luruskan, "sources", "add", url, "--id", "uji"]
        subprocess.run(add, check=True, stdout=subprocess.DEVNULL)
        return run(
            [*luruskan, "crawl", "--json"], lambda text: json.loads(text)["counts"]["stored"]
        )


def run(command: list[str], read_pages: object) -> Measured:
    """Run it to its end."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)} failed: {output}")
    assert callable(read_pages)
    return Measured(read_pages(output), seconds, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
