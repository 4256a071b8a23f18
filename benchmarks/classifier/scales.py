"""How large the vector should stand beside the cues in the last layer, on January to June 2025.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.scales

Fits the last layer once for each size (`classifier.posterior.VECTOR_SCALE` is the one that ships)
and measures it on the dev period only: layers that know every source, and layers that never saw the
source they are measured on. The test period is not looked at. Minutes where the vectors are kept
from `luruskan train`, an hour of two cores else.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifier.posterior import VECTOR_SCALE
from classifier.training.corpus import ORDINARY_SOURCES, data_dir
from classifier.training.fitting import fit_model, shipped_adapters
from classifier.training.flag_head import (
    Sample,
    fit_layer,
    left_out_logits,
    source_mean_quantile,
)
from classifier.training.measuring import separation
from classifier.training.samples import FRAUD_SOURCE, HOAX_SOURCE, SCAM_SOURCE
from classifier.training.splits import DEV, TRAIN
from indices.progress import TerminalProgress

SCALES = (0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2, 1.8, 2.7, 4.0)
FALSE_FLAG_SHARE = 0.05
SOURCES = tuple(source.name for source in ORDINARY_SOURCES)
FloatArray = NDArray[np.float32]


def scaled(sample: Sample, scale: float) -> Sample:
    """The same sample with the vector as large as asked for."""
    return replace(sample, vectors=sample.vectors * np.float32(scale / VECTOR_SCALE))


def measure(dev: Sample, logits: FloatArray) -> list[float]:
    """Means over ordinary sources, and what a threshold of 5 % false flags of dev lets through."""
    hoaxes, scams = dev.sources == HOAX_SOURCE, np.isin(dev.sources, [FRAUD_SOURCE, SCAM_SOURCE])
    ordinary = ~dev.is_hoax
    threshold = source_mean_quantile(logits[ordinary], dev.sources[ordinary], FALSE_FLAG_SHARE)
    each = [separation(logits[hoaxes], logits[dev.sources == name]) for name in SOURCES]
    return [
        float(np.mean([figures["AUC"] for figures in each])),
        min(figures["AUC"] for figures in each),
        float(np.mean([figures["recall@5%"] for figures in each])),
        float((logits[hoaxes] > threshold).mean()),
        float((logits[scams] > threshold).mean()),
    ]


def table(
    name: str, values: Sequence[float], samples: Callable[[float], tuple[Sample, Sample]]
) -> Iterator[str]:
    """One line for each value and way of judging.

    Args:
        name: what the values are.
        samples: what is learnt from and what is asked, for one value.
    """
    yield f"| {name} | layer | mean AUC | least | recall@5% | hoaxes flagged | scams flagged |"
    yield "|" + " --- |" * 7
    for value in values:
        seen, asked = samples(value)
        judged = {
            "knows all": fit_layer(seen).logits(asked),
            "source unseen": left_out_logits(seen, asked, SOURCES),
        }
        for layer, logits in judged.items():
            figures = " | ".join(f"{figure:.3f}" for figure in measure(asked, logits))
            yield f"| {value:g} | {layer} | {figures} |"


def run(
    description: str,
    name: str,
    values: Sequence[float],
    changed: Callable[[Sample, Sample, float], tuple[Sample, Sample]],
) -> None:
    """Fit the shipped model's sample and print the table of what `changed` makes of it."""
    argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    fitted = fit_model(data_dir(), shipped_adapters(), seed=0, progress=TerminalProgress())
    training, dev = (fitted.sample.where(fitted.split(split)) for split in (TRAIN, DEV))
    for line in table(name, values, lambda value: changed(training, dev, value)):
        print(line, flush=True)


if __name__ == "__main__":
    run(
        __doc__,
        "scale",
        SCALES,
        lambda training, dev, scale: (scaled(training, scale), scaled(dev, scale)),
    )
