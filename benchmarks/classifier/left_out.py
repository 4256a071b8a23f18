"""How well hoaxes are told from sources that neither adapter, scam head nor last layer ever saw.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.left_out --fold 1 --adapter FILE

The sources stand in three folds; each is left out of everything that is trained, then measured as
shipped and with 500 of its own posts as background, as `benchmarks.classifier.background` does. The
adapter is trained first where the file does not exist: a quarter of an hour of one core with AMX,
twenty minutes with bfloat16 in AVX-512, hours without.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.classifier.background import (
    HEAD,
    MIXED,
    Trial,
    learn,
    line,
    mixed,
    with_hidden_hoaxes,
    without,
)
from benchmarks.classifier.streams import Stream, read_sample, read_streams
from classifier.artefact import SHIPPED, load_artefact
from classifier.encoder import BUNDLED, load_encoder
from classifier.scams import ScamHead
from classifier.training.corpus import ORDINARY_SOURCES, data_dir
from classifier.training.fitting import fit_flagging
from classifier.training.flag_adapter import build_course, train_flag_adapter
from classifier.training.flag_head import Sample
from classifier.training.samples import TextRow
from classifier.training.scam_head import fit_scam_head, with_scam_sign
from classifier.training.splits import TRAIN
from indices.progress import TerminalProgress
from indices.settings import ClassifierSettings

FIRST = (*MIXED, "headlines_detik", "articles_b", "sms_promotion")
SECOND = (
    "x_mbg_jan_feb",
    "x_mbg_sep",
    "x_corona",
    "yt_tunjangan",
    "headlines_kompas",
    "leads_a",
    "sms_normal",
)
THIRD = tuple(s.name for s in ORDINARY_SOURCES if s.name not in {*FIRST, *SECOND})
FOLDS = {1: FIRST, 2: SECOND, 3: THIRD}
"""Vaccine posts and promotions are alone in their topic but for hoaxes: the first is hardest."""
N_ORDINARY = 4_200
OWN_POSTS, MIXED_POSTS = 500, 2_000


def known_trial(
    rows: Sequence[TextRow], sample: Sample, streams: Mapping[str, Stream], fold: Sequence[str]
) -> Trial:
    """A model whose scam head, last layer and calibration never met the fold's sources."""
    splits = np.array([row.split for row in rows])
    known = ~np.isin(sample.sources, fold)
    head = fit_scam_head(sample.where((splits == TRAIN) & known))
    sample = with_scam_sign_of_others(sample, splits, head, fold)
    layer, calibration, thresholds = fit_flagging(splits[known], sample.where(known))
    shipped = load_artefact(SHIPPED)
    numbers = np.array([layer.match, layer.intercept, 0.0, *calibration], dtype=np.float32)
    heads = dict(shipped.heads) | {"flag.numbers": numbers}
    signed = {name: stream.signed_by(head) for name, stream in streams.items()}
    artefact = shipped.with_layer("fold", heads, thresholds)
    return Trial(rows, sample, signed, artefact, ClassifierSettings().background_weight)


def with_scam_sign_of_others(
    sample: Sample, splits: np.ndarray, head: ScamHead, fold: Sequence[str]
) -> Sample:
    """`with_scam_sign`, whose heads for the folds of training must not meet the sources either."""
    known = ~np.isin(sample.sources, fold)
    cues = head.signs(sample.vectors, sample.cues)
    cues[known] = with_scam_sign(sample.where(known), splits[known], head).cues
    return replace(sample, cues=cues)


def table(trial: Trial, fold: Sequence[str]) -> Iterator[str]:
    """Each source, then those of `MIXED` together where the fold holds them."""
    nothing = np.zeros(len(trial.rows), dtype=bool)
    model = without(trial, fold, nothing)
    asked = [((name,), OWN_POSTS) for name in fold]
    if set(MIXED) <= set(fold):
        asked.append((MIXED, MIXED_POSTS))
    for names, count in asked:
        told = names[0] if len(names) == 1 else f"{len(names)} together"
        clean = mixed(trial, names, count)
        hidden = with_hidden_hoaxes(trial, clean)
        backgrounds = ((clean[:0], ""), (clean, ""), (hidden, ", 10 % hidden"))
        for posts, what in backgrounds:
            layer = learn(trial, model, posts)
            yield line(trial, layer, names, f"| {told} | {len(posts)}{what}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fold", type=int, choices=sorted(FOLDS), required=True)
    parser.add_argument("--adapter", type=Path, required=True)
    given = parser.parse_args()
    directory, progress, fold = data_dir(), TerminalProgress(), FOLDS[given.fold]
    if not given.adapter.exists():
        course = build_course(directory, frozenset(fold), 0, n_ordinary=N_ORDINARY)
        train_flag_adapter(course, given.adapter, progress=progress)
    encoder = load_encoder(BUNDLED, progress, adapter=given.adapter)
    rows, sample = read_sample(directory, encoder, progress)
    streams = read_streams(directory, encoder, progress, fold)
    print(HEAD + "\n|" + " --- |" * 7)
    for row in table(known_trial(rows, sample, streams, fold), fold):
        print(row, flush=True)


if __name__ == "__main__":
    main()
