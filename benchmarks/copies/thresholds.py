"""How alike copies are, and texts that only have the same form.

`python -m benchmarks.copies.thresholds`
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from benchmarks.copies.texts import EDITS, messages, said, same_form
from benchmarks.store.corpus import Corpus
from indices.copies.fingerprints import build_fingerprint
from indices.copies.shingles import similarity

MESSAGES = 300
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75)


def main() -> None:
    """Print the table of docs/performance/copies.md, with all kinds of edits."""
    corpus, chance, numbers = Corpus(), random.Random(5), np.random.default_rng(23)

    def anew(share: float) -> Callable[[str], str]:
        return lambda text: same_form(text, chance, lambda n: corpus.drawn(numbers, n), share)

    kinds = {name: _bind(edit, chance) for name, edit in EDITS.items()}
    kinds |= {"one word in ten anew": anew(0.1), "one word in four anew": anew(0.25)}
    alike = {name: _similarities(corpus, edit) for name, edit in kinds.items()}
    print(f"| at least | {' | '.join(alike)} |\n| ---: |{' ---: |' * len(alike)}")
    for least in THRESHOLDS:
        shares = (f"{(values >= least).mean():.1%}" for values in alike.values())
        print(f"| {least} | {' | '.join(shares)} |")


def _bind(edit: Callable[[str, random.Random], str], chance: random.Random) -> Callable[[str], str]:
    return lambda text: edit(text, chance)


def _similarities(corpus: Corpus, edit: Callable[[str], str]) -> np.ndarray:
    found = []
    for post in messages(corpus, 0, MESSAGES):
        edited = said(post, edit(post.text), "edited")
        shingles = (build_fingerprint(each).shingles for each in (post, edited))
        found.append(similarity(*shingles))
    return np.array(found)


if __name__ == "__main__":
    main()
