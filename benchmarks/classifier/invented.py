"""How much invented pairs should count in the last layer, on January to June 2025.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.invented

Fits the last layer without them and with several weights (`INVENTED_WEIGHT` is the one that ships)
and measures it as `benchmarks.classifier.scales` does, on the dev period only. The head for scams
stays as it is. Minutes where the vectors are kept from `luruskan train`, an hour of two cores else.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.classifier.scales import run
from classifier.training.flag_head import Sample
from classifier.training.invented import is_invented

WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0)


def weighed(training: Sample, weight: float) -> Sample:
    """The sample with invented posts counting as much as asked for; left out where nothing."""
    weights = np.where(is_invented(training.sources), weight, training.weights)
    return replace(training, weights=weights).where(weights > 0)


if __name__ == "__main__":
    run(
        __doc__,
        "weight",
        WEIGHTS,
        lambda training, dev, weight: (weighed(training, weight), dev),
    )
