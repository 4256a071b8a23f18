"""How well hoaxes are told from sources that neither the adapter nor the last layer ever saw.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.left_out --adapter fold.safetensors

The adapter is trained first where the file does not exist.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from classifier.encoder import BUNDLED, load_encoder
from classifier.remembering import remembered_vectors
from classifier.training.corpus import data_dir
from classifier.training.flag_adapter import build_lesson, train_flag_adapter
from classifier.training.flag_head import FALSE_FLAG_SHARE, fit_layer, source_mean_quantile
from classifier.training.measuring import separation
from classifier.training.samples import HOAX_SOURCE, TextRow, build_sample, collect_rows
from classifier.training.scam_head import fit_scam_head, with_scam_sign
from classifier.training.splits import DEV, TEST, TRAIN
from indices.progress import TerminalProgress
from indices.settings import cache_dir

LEFT_OUT = frozenset(
    {
        "x_vaksin",
        "x_purbaya",
        "yt_banten",
        "reviews_smsa",
        "headlines_detik",
        "articles_b",
        "sms_promotion",
    }
)
N_ORDINARY = 4_200
MOST_ROWS = {TRAIN: 100, DEV: 30, TEST: 120}
MOST_HOAXES = {TRAIN: 1_300, DEV: 0, TEST: 1_000}


def chosen_rows(rows: Sequence[TextRow]) -> list[TextRow]:
    """Some of each source and split; training and dev without the sources left out."""
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for row in rows:
        if row.split != TEST and row.source in LEFT_OUT:
            continue
        counts[row.split, row.source] += 1
        most = (MOST_HOAXES if row.is_hoax else MOST_ROWS)[row.split]
        if counts[row.split, row.source] <= most:
            kept.append(row)
    return kept


def main() -> None:
    """Print a table of the sources left out, and one line for those that were seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adapter", type=Path, required=True)
    adapter = parser.parse_args().adapter
    directory, progress = data_dir(), TerminalProgress()
    if not adapter.exists():
        lesson = build_lesson(directory, LEFT_OUT, 0, N_ORDINARY)
        train_flag_adapter(lesson, adapter, progress=progress)
    encoder = load_encoder(BUNDLED, progress, adapter=adapter)
    rows = chosen_rows(collect_rows(directory, 0))
    texts = [row.text for row in rows]
    vectors = remembered_vectors(encoder, texts, cache_dir() / "left-out", progress, "Reading")
    sample = build_sample(rows, vectors, np.zeros(len(rows), dtype=np.float32))
    splits = np.array([row.split for row in rows])
    sample = with_scam_sign(sample, splits, fit_scam_head(sample.where(splits == TRAIN)))
    logits = fit_layer(sample.where(splits == TRAIN)).logits(sample)
    known = (splits == DEV) & ~sample.is_hoax
    threshold = source_mean_quantile(logits[known], sample.sources[known], FALSE_FLAG_SHARE)
    hoaxes = logits[(splits == TEST) & (sample.sources == HOAX_SOURCE)]
    print(f"hoaxes flagged: {(hoaxes > threshold).mean():.2f}")
    for name in sorted(set(sample.sources[(splits == TEST) & ~sample.is_hoax])):
        own = logits[(splits == TEST) & (sample.sources == name)]
        figures = separation(hoaxes, own)
        print(
            f"{'left out' if name in LEFT_OUT else 'seen    '} {name:20} AUC {figures['AUC']:.2f}"
            f"  recall {figures['recall@5%']:.2f}  false flags {(own > threshold).mean():.3f}"
        )


if __name__ == "__main__":
    main()
