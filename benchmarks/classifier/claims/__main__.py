"""Groups and matches where one claim is truly told several times: invented claims.

python -m benchmarks.classifier.claims

The research data has one post a fact-check. Here a language model invented claims for the project:
of each the fact-checker's headline, three posts that retell it in other words, and the headline and
a post of a neighbour, another claim that looks alike. Nothing learns from them; they are few and
invented: compare models with them, and promise nothing from them.
"""

from __future__ import annotations

import argparse
from importlib.resources import files

import numpy as np

from classifier.artefact import MATCH_ADAPTER, SHIPPED, load_artefact, shipped_dir
from classifier.encoder import BUNDLED, Encoder, load_encoder
from classifier.evaluation.claim_groups import figures_of
from classifier.grouping.pairs import load_pair_scorer
from classifier.library import LibraryEntry, build_library
from classifier.matching import ClaimMatcher, scorer_of
from classifier.training.claims import Claim, read_claims
from classifier.training.group_gold import GoldGroups, with_claims
from classifier.training.group_measures import count_pairs
from classifier.training.pair_head import build_views, group_in_order
from indices.progress import TerminalProgress

N_FIRST = 10


def print_groups(claims: list[Claim], encoder: Encoder) -> None:
    """Pairs of posts of one claim that came together, as a stream would bring them."""
    gold = with_claims(GoldGroups([], frozenset()), claims)
    scorer = load_pair_scorer(load_artefact(SHIPPED))
    vectors = encoder.encode([post.text for post in gold.posts])
    groups = group_in_order(build_views(gold, vectors, scorer.rarity), scorer)
    row = figures_of(gold, groups, count_pairs(gold, groups))
    f1, low, high = row["F1"]
    print(f"groups: {row['posts']} posts, {row['pairs']} pairs of one claim")
    print(f"  precision {row['precision']:.3f}, recall {row['recall']:.3f}")
    print(f"  F1 {f1:.3f} ({low:.3f} to {high:.3f}), B-cubed F1 {row['B-cubed F1']:.3f}")


def print_matches(claims: list[Claim], encoder: Encoder) -> None:
    """Where each post's own headline stands among all, and how often its neighbour is first."""
    entries = [LibraryEntry(str(number), claim.title) for number, claim in enumerate(claims)]
    library = build_library(entries, encoder, TerminalProgress())
    matcher = ClaimMatcher(library, scorer_of(load_artefact(SHIPPED)))
    asked = [(number, text) for number, claim in enumerate(claims) for text in claim.posts]
    texts = [text for _, text in asked]
    found = matcher.match(texts, encoder.encode(texts), limit=len(claims))
    own = np.array([number for number, _ in asked])
    order = [[int(match.fact_check_id) for match in matches] for matches in found]
    ranks = np.array([row.index(number) for number, row in zip(own, order, strict=True)])
    neighbour_first = np.mean(
        [row[0] == number ^ 1 for number, row in zip(own, order, strict=True)]
    )
    print(f"matches: {len(texts)} posts against {len(entries)} headlines")
    print(f"  S@1 {np.mean(ranks < 1):.3f}, S@{N_FIRST} {np.mean(ranks < N_FIRST):.3f}")
    print(f"  MRR {np.mean(1 / (ranks + 1)):.3f}, the neighbour first {neighbour_first:.3f}")


def main() -> None:
    """Print both."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    pairs = read_claims(files("benchmarks.classifier.claims"))
    claims = [claim for both in pairs for claim in both]
    encoder = load_encoder(BUNDLED, TerminalProgress(), adapter=shipped_dir() / MATCH_ADAPTER)
    print_groups(claims, encoder)
    print_matches(claims, encoder)


if __name__ == "__main__":
    main()
