"""How well claim groups hold together what tells one claim, and how fast they are told.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.groups [--fit DIR]

The figures are those of `luruskan evaluate`; here with posts per second and, with --fit, for a pair
scorer that is fitted anew into DIR first.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from classifier.artefact import MATCH_ADAPTER, SHIPPED, load_artefact, shipped_dir
from classifier.encoder import BUNDLED, Encoder, load_encoder
from classifier.evaluation.claim_groups import figures_of, iter_parts
from classifier.grouping.pairs import GROUPS, PairScorer, load_pair_scorer, pair_scorer_of
from classifier.training.corpus import data_dir
from classifier.training.group_gold import build_gold
from classifier.training.group_measures import count_pairs
from classifier.training.pair_head import build_views, fit_pairs, group_in_order, read_vectors
from classifier.training.splits import TEST
from indices.progress import TerminalProgress


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fit", type=Path, help="directory for a newly fitted group part")
    given = parser.parse_args()
    encoder = load_encoder(BUNDLED, TerminalProgress(), adapter=shipped_dir() / MATCH_ADAPTER)
    if given.fit is not None:
        fit_pairs(data_dir(), given.fit, encoder, TerminalProgress())
        scorer = pair_scorer_of(load_artefact(str(given.fit / GROUPS)))
    else:
        scorer = load_pair_scorer(load_artefact(SHIPPED))
    _print_table(encoder, scorer)


def _print_table(encoder: Encoder, scorer: PairScorer) -> None:
    gold = build_gold(data_dir(), TEST)
    vectors = read_vectors(gold, encoder, TerminalProgress())
    print(f"join threshold {scorer.join_threshold}\n")
    print("| gold | posts | pairs | precision | recall | F1 | 95 % | B-cubed F1 | posts/s |")
    print("| --- | --: | --: | --: | --: | --: | --- | --: | --: |")
    for name, part, places in iter_parts(gold):
        started = time.perf_counter()
        groups = group_in_order(build_views(part, vectors[places], scorer.rarity), scorer)
        rate = len(places) / (time.perf_counter() - started)
        row = figures_of(part, groups, count_pairs(part, groups))
        f1, low, high = row["F1"]
        print(
            f"| {name} | {row['posts']} | {row['pairs']} | {row['precision']:.3f} |"
            f" {row['recall']:.3f} | {f1:.3f} | {low:.3f} to {high:.3f} |"
            f" {row['B-cubed F1']:.3f} | {rate:.0f} |"
        )


if __name__ == "__main__":
    main()
