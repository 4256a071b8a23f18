"""How often a suggested topic agrees with labels that somebody else gave to hoaxes.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.topics

The labels are coarse (politics, scam, others) and a language model's, not a person's.
"""

from __future__ import annotations

import csv
import gzip
import time
from collections import Counter

from classifier.cleaning import clean_text
from classifier.topics import suggest_topic
from classifier.training.corpus import PAIRS_FILE, data_dir

SUGGESTED = {"politics": "politik", "scam": "penipuan"}


def labelled_texts() -> list[tuple[str, str]]:
    """Label and cleaned text of each labelled post."""
    with gzip.open(data_dir() / PAIRS_FILE, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["category"]]
    return [(row["category"].split()[0], clean_text(row["post_text"])) for row in rows]


def main() -> None:
    """Print one row a label, and the rate."""
    csv.field_size_limit(10_000_000)
    texts = labelled_texts()
    started = time.perf_counter()
    topics = [suggest_topic(text) for _, text in texts]
    rate = len(texts) / (time.perf_counter() - started)
    found = Counter(zip((label for label, _ in texts), topics, strict=True))
    none = sum(count for (_, topic), count in found.items() if not topic)
    print("| label | posts | suggested so | right of those suggested so |")
    print("| --- | --: | --: | --: |")
    for label, topic in SUGGESTED.items():
        posts = sum(count for (own, _), count in found.items() if own == label)
        suggested = sum(count for (_, other), count in found.items() if other == topic)
        right = found[label, topic]
        print(f"| {label} → {topic} | {posts} | {right / posts:.2f} | {right / suggested:.2f} |")
    print(f"\nno suggestion: {none / len(texts):.2f} of {len(texts)}; {rate:.0f} posts/s")


if __name__ == "__main__":
    main()
