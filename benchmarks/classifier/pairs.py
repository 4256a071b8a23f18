"""How well a model tells two posts of one topic, platform and form apart: invented pairs.

python -m benchmarks.classifier.pairs [--model DIR]

The pairs are those of `classifier.training.invented` that nothing learns from. Topic, length and
loudness give nothing away there, so that a model which learnt these stands at one half. They are
120 and invented: compare models with them, and promise nothing from them.
"""

from __future__ import annotations

import argparse

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.classifier.demo import judge, load_model
from classifier.training.invented import HELD_OUT, read_genre


def main() -> None:
    """Print the figures of one model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="", help="a model's directory; the shipped one if none")
    assessor = load_model(parser.parse_args().model)
    posts = list(read_genre(HELD_OUT))
    chances = judge(assessor, [post.text for post in posts])
    is_hoax = np.array([post.is_hoax for post in posts])
    numbers = np.array([post.pair for post in posts])
    hoaxes, ordinary = (
        chances[kind][np.argsort(numbers[kind], kind="stable")] for kind in (is_hoax, ~is_hoax)
    )
    threshold = assessor.flagger.thresholds["default"]
    print(f"{assessor.model}, {len(hoaxes)} pairs, threshold {threshold:.3f}")
    print(f"AUC: {roc_auc_score(is_hoax, chances):.3f}")
    print(f"the hoax above its own ordinary half: {np.mean(hoaxes > ordinary):.3f}")
    print(f"hoaxes flagged: {np.mean(hoaxes >= threshold):.3f}")
    print(f"ordinary posts flagged: {np.mean(ordinary >= threshold):.3f}")


if __name__ == "__main__":
    main()
