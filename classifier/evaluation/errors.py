"""The errors worth reading: ordinary posts with the highest probability, hoaxes with the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.training.corpus import stable_order
from classifier.training.samples import TextRow
from indices.personal_data.masking import mask

N_WORST = 15
SHOWN_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class WorstError:
    """One post that the model got wrong."""

    digest: str
    """Names the text without telling it."""
    source: str
    is_hoax: bool
    probability: float
    text: str
    """Cut and masked; for the page that a person asked for, never for the report's values."""

    def without_text(self) -> dict[str, Any]:
        """What may be kept anywhere."""
        return {
            "text_sha256": self.digest,
            "source": self.source,
            "hoax": self.is_hoax,
            "probability": self.probability,
        }


def find_worst(rows: Sequence[TextRow], chances: NDArray[np.float32]) -> tuple[WorstError, ...]:
    """The worst of both kinds, the worst first, false flags before misses."""
    is_hoax = np.array([row.is_hoax for row in rows])
    order = np.argsort(-chances, kind="stable")
    false = [place for place in order if not is_hoax[place]][:N_WORST]
    missed = [place for place in order[::-1] if is_hoax[place]][:N_WORST]
    return tuple(_error(rows[place], float(chances[place])) for place in (*false, *missed))


def _error(row: TextRow, probability: float) -> WorstError:
    shown = mask(" ".join(row.text.split()))
    cut = shown if len(shown) <= SHOWN_CHARACTERS else f"{shown[:SHOWN_CHARACTERS]}…"
    digest = stable_order(row.text)[:16]
    return WorstError(digest, row.source, row.is_hoax, round(probability, 3), cut)
