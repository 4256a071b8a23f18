"""`python -m benchmarks.extraction`: the table, in Markdown, on standard output."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from statistics import mean

from benchmarks.extraction.pages import ExpectedPage, load_pages
from benchmarks.extraction.scores import Extracted, PageScore, score_page
from crawlers.extraction.article import extract_article
from crawlers.extraction.dates import WESTERN


@dataclass(frozen=True, slots=True)
class Plain:
    """What others give, in the same shape."""

    title: str
    text: str
    published_at: datetime | None


def by_luruskan(page: ExpectedPage) -> Extracted:
    """Ours."""
    return extract_article(page.body, page.url)


def by_trafilatura(page: ExpectedPage) -> Extracted:
    """Trafilatura as it comes, comments off; it knows days, not hours."""
    import trafilatura

    found = trafilatura.bare_extraction(
        page.body, url=page.url, include_comments=False, with_metadata=True
    )
    if found is None:
        return Plain("", "", None)
    day = datetime.fromisoformat(found.date).replace(tzinfo=UTC) if found.date else None
    return Plain(found.title or "", found.text or "", day)


def by_newspaper(page: ExpectedPage) -> Extracted:
    """newspaper4k as it comes, told that the page is Indonesian."""
    import newspaper

    article = newspaper.Article(page.url, language="id")
    article.download(input_html=page.body.decode("utf-8", "replace"))
    article.parse()
    moment = article.publish_date
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=WESTERN)
    return Plain(article.title or "", article.text or "", moment)


EXTRACTORS = {
    "luruskan": ("crawlers", by_luruskan),
    "trafilatura": ("trafilatura", by_trafilatura),
    "newspaper4k": ("newspaper", by_newspaper),
}
"""By name: the module that it needs, and what reads a page with it."""


def measure(
    extract: Callable[[ExpectedPage], Extracted], pages: list[ExpectedPage], rounds: int
) -> tuple[list[PageScore], float]:
    """Scores, and milliseconds of processor time a page (best of the rounds)."""
    scores = [score_page(page, extract(page)) for page in pages]
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        for page in pages:
            extract(page)
        taken.append((time.process_time() - started) / len(pages) * 1000)
    return scores, min(taken)


def main() -> None:
    """Measure those that are installed and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if "LURUSKAN_TEST_DATA" not in os.environ:
        print("skipped: LURUSKAN_TEST_DATA is not set", file=sys.stderr)
        return
    pages = list(load_pages())
    results = {}
    for name, (module, extract) in EXTRACTORS.items():
        if find_spec(module) is None:
            print(f"skipped: {name} is not installed (pip install {name})", file=sys.stderr)
        else:
            results[name] = measure(extract, pages, rounds)
    print(f"{len(pages)} pages\n")
    print(
        "| extractor | title right | time right to the minute | day right | body F1 | ms of CPU |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, (scores, milliseconds) in results.items():
        shares = [
            mean(getattr(score, field) for score in scores)
            for field in ("title_right", "minute_right", "day_right")
        ]
        cells = " | ".join(f"{share:.0%}" for share in shares)
        f1 = mean(score.body_f1 for score in scores)
        print(f"| {name} | {cells} | {f1:.3f} | {milliseconds:.0f} |")
    print("\n| page | " + " | ".join(f"F1 {name}" for name in results) + " |")
    print("| --- |" + " ---: |" * len(results))
    for number, page in enumerate(pages):
        cells = " | ".join(f"{scores[number].body_f1:.3f}" for scores, _ in results.values())
        print(f"| {page.name} | {cells} |")


if __name__ == "__main__":
    main()
