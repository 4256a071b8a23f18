"""How much invented pairs should count in the last layer, on January to June 2025.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.invented

Fits the last layer without them and with several weights (`INVENTED_WEIGHT` is the one that ships)
and measures it as `benchmarks.classifier.scales` does, on the dev period only. The head for scams
stays as it is. Minutes where the vectors are kept from `luruskan train`, an hour of two cores else.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.classifier.scales import SOURCES, measure
from classifier.training.corpus import data_dir
from classifier.training.fitting import fit_model, shipped_adapters
from classifier.training.flag_head import Sample, fit_layer, left_out_logits
from classifier.training.invented import is_invented
from classifier.training.splits import DEV, TRAIN
from indices.progress import TerminalProgress

WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0)


def weighed(training: Sample, weight: float) -> Sample:
    """The sample with invented posts counting as much as asked for; left out where nothing."""
    weights = np.where(is_invented(training.sources), weight, training.weights)
    return replace(training, weights=weights).where(weights > 0)


def table(training: Sample, dev: Sample) -> Iterator[str]:
    """One line for each weight and way of judging."""
    yield "| weight | layer | mean AUC | least | recall@5% | hoaxes flagged | scams flagged |"
    yield "|" + " --- |" * 7
    for weight in WEIGHTS:
        seen = weighed(training, weight)
        judged = {
            "knows all": fit_layer(seen).logits(dev),
            "source unseen": left_out_logits(seen, dev, SOURCES),
        }
        for name, logits in judged.items():
            figures = " | ".join(f"{value:.3f}" for value in measure(dev, logits))
            yield f"| {weight:g} | {name} | {figures} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    fitted = fit_model(data_dir(), shipped_adapters(), seed=0, progress=TerminalProgress())
    training, dev = (fitted.sample.where(fitted.split(name)) for name in (TRAIN, DEV))
    for line in table(training, dev):
        print(line, flush=True)


if __name__ == "__main__":
    main()
