"""How many of the demo's invented posts a model flags: a source that no model has learnt from.

python -m benchmarks.classifier.demo [--model DIR]

A model that was trained for longer may tell its own sources apart better and new ones worse; this
shows the latter in half a minute. The posts are few and invented: compare models with it, and
promise nothing from it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from classifier.assessing import Assessor, load_assessor
from classifier.scams import signs_in
from crawlers.demo.content.loading import load_content
from indices.progress import TerminalProgress
from indices.settings import ClassifierSettings

WORTH_A_DECISION = ("hoax", "scam")
ORDINARY = ("chatter", "criticism", "official", "satire")


def read_statuses() -> dict[str, list[str]]:
    """The texts of each kind."""
    texts: dict[str, list[str]] = defaultdict(list)
    for status in load_content(datetime.now(UTC)).statuses:
        texts[status.kind].append(status.text)
    return texts


def load_model(directory: str) -> Assessor:
    """The model of a directory; the shipped one if none is named."""
    settings = ClassifierSettings()
    chosen = settings.model_copy(update={"model": directory}) if directory else settings
    return load_assessor(chosen, TerminalProgress())


def judge(assessor: Assessor, texts: Sequence[str]) -> NDArray[np.float32]:
    """The probability of each text, no library at hand; shape (n,)."""
    nothing = np.zeros(len(texts), dtype=np.float32)
    readings = assessor.flagging_encoder.read(texts)
    signs = signs_in(assessor.artefact, texts, readings)
    return assessor.flagger.probability(readings, signs, nothing)


def separation_of(judged: Mapping[str, NDArray[np.float32]], kinds: Sequence[str]) -> float:
    """AUC of hoaxes and scams against these kinds."""
    worth = np.concatenate([judged[kind] for kind in WORTH_A_DECISION])
    ordinary = np.concatenate([judged[kind] for kind in kinds])
    labels = np.repeat([True, False], [len(worth), len(ordinary)])
    return float(roc_auc_score(labels, np.concatenate([worth, ordinary])))


def main() -> None:
    """Print one row a kind, and how well the two sides are told apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="", help="a model's directory; the shipped one if none")
    model = parser.parse_args().model
    assessor = load_model(model)
    threshold = assessor.flagger.thresholds["default"]
    judged = {kind: judge(assessor, texts) for kind, texts in read_statuses().items()}
    print(f"{assessor.model}, threshold {threshold:.3f}\n")
    print("| kind | posts | flagged | share | median probability |")
    print("| --- | --: | --: | --: | --: |")
    for kind in (*WORTH_A_DECISION, *ORDINARY):
        flagged = judged[kind] >= threshold
        print(
            f"| {kind} | {len(flagged)} | {flagged.sum()} | {flagged.mean():.2f} "
            f"| {np.median(judged[kind]):.2f} |"
        )
    print(f"\nAUC against all four: {separation_of(judged, ORDINARY):.3f}")
    print(f"AUC against chatter and criticism: {separation_of(judged, ORDINARY[:2]):.3f}")


if __name__ == "__main__":
    main()
