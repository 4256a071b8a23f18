"""`python -m benchmarks.extraction`: the table, in Markdown, on standard output."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean

from benchmarks.extraction.pages import ExpectedPage, load_pages
from benchmarks.extraction.scores import Extracted, PageScore, score_page
from crawlers.extraction.article import extract_article

_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Plain:
    """What trafilatura gives, in the same shape."""

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


def measure(
    extract: Callable[[ExpectedPage], Extracted], pages: list[ExpectedPage]
) -> tuple[list[PageScore], float]:
    """Scores, and milliseconds a page (best of several rounds)."""
    scores = [score_page(page, extract(page)) for page in pages]
    rounds = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        for page in pages:
            extract(page)
        rounds.append((time.perf_counter() - started) / len(pages) * 1000)
    return scores, min(rounds)


def main() -> None:
    """Measure both and print."""
    if "LURUSKAN_TEST_DATA" not in os.environ:
        print("skipped: LURUSKAN_TEST_DATA is not set", file=sys.stderr)
        return
    pages = list(load_pages())
    results = {
        "luruskan": measure(by_luruskan, pages),
        "trafilatura": measure(by_trafilatura, pages),
    }
    print(f"{len(pages)} pages\n")
    print(
        "| extractor | title right | time right to the minute | day right | body F1 | ms a page |"
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
