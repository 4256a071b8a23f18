"""How well claim groups hold together what tells one claim, on posts of July to November 2025.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.groups [--fit DIR]

The data has one post a fact-check: what stands in for a second one is told in
`classifier.training.group_gold`. With --fit the pair scorer is fitted anew into DIR first.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from classifier.artefact import MATCH_ADAPTER, SHIPPED, load_artefact, shipped_dir
from classifier.encoder import BUNDLED, Encoder, load_encoder
from classifier.evaluation.intervals import DRAWS, HIGHEST, LOWEST
from classifier.grouping.pairs import GROUPS, PairScorer, load_pair_scorer, pair_scorer_of
from classifier.training.corpus import data_dir
from classifier.training.group_gold import COPIES, WORDED, build_gold
from classifier.training.group_measures import PairCounts, b_cubed, count_pairs
from classifier.training.pair_head import build_views, fit_pairs, group_in_order, read_vectors
from classifier.training.splits import TEST
from indices.progress import TerminalProgress

GOLDS = {
    "all second tellings": (WORDED, *COPIES),
    "only as the fact-checker worded it": (WORDED,),
    "only copies: reworded, cut, forwarded": COPIES,
}


def main() -> None:
    """Print the tables of docs/performance/classifier.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", type=Path, help="directory for a newly fitted group part")
    given = parser.parse_args()
    encoder = load_encoder(BUNDLED, TerminalProgress(), adapter=shipped_dir() / MATCH_ADAPTER)
    if given.fit is not None:
        fit_pairs(data_dir(), given.fit, encoder, TerminalProgress())
        scorer = pair_scorer_of(load_artefact(str(given.fit / GROUPS)))
    else:
        scorer = load_pair_scorer(load_artefact(SHIPPED))
    _print_tables(encoder, scorer)


def _print_tables(encoder: Encoder, scorer: PairScorer) -> None:
    gold = build_gold(data_dir(), TEST)
    vectors = read_vectors(gold, encoder, TerminalProgress())
    print(f"join threshold {scorer.join_threshold}\n")
    print("| gold | posts | pairs | precision | recall | F1 | 95 % | B-cubed F1 | posts/s |")
    print("| --- | --: | --: | --: | --: | --: | --- | --: | --: |")
    kinds = {}
    for name, chosen in GOLDS.items():
        kept = [i for i, post in enumerate(gold.posts) if post.kind not in (WORDED, *COPIES)]
        kept += [i for i, post in enumerate(gold.posts) if post.kind in chosen]
        kept.sort()
        part = replace(gold, posts=[gold.posts[place] for place in kept])
        started = time.perf_counter()
        groups = group_in_order(build_views(part, vectors[kept], scorer.rarity), scorer)
        rate = len(kept) / (time.perf_counter() - started)
        counts = count_pairs(part, groups)
        kinds = kinds or counts.by_kind
        precision, recall, f1 = counts.scores()
        low, high = _interval(counts)
        print(
            f"| {name} | {len(kept)} | {int(counts.wanted.sum())} | {precision:.3f} |"
            f" {recall:.3f} | {f1:.3f} | {low:.3f} to {high:.3f} |"
            f" {b_cubed(part, groups)[2]:.3f} | {rate:.0f} |"
        )
    print("\n| kinds of the two posts | pairs | together |\n| --- | --: | --: |")
    for (one, other), (found, wanted) in sorted(kinds.items()):
        print(f"| {one}, {other} | {wanted} | {found / wanted:.2f} |")


def _interval(counts: PairCounts) -> tuple[float, float]:
    """Of F1, claims drawn with replacement."""
    rng = np.random.default_rng(0)
    n_claims = len(counts.found)
    draws = rng.multinomial(n_claims, np.full(n_claims, 1 / n_claims), size=DRAWS)
    low, high = np.quantile(
        [counts.scores(drawn.astype(np.float64))[2] for drawn in draws], [LOWEST, HIGHEST]
    )
    return float(low), float(high)


if __name__ == "__main__":
    main()
