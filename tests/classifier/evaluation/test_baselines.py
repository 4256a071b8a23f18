"""Plain ways to flag learn from the same rows, and see only what they say they see."""

from __future__ import annotations

import numpy as np

from classifier.evaluation.baselines import (
    PROBED,
    letter_scores,
    surface_features,
    surface_scores,
    tfidf_scores,
)
from classifier.library import Library, LibraryEntry
from classifier.training.flag_head import build_blank_sample
from classifier.training.samples import TextRow

HOAXES = [
    f"SEBARKAN! Kabar palsu nomor {number} tentang bendungan jebol!!!" for number in range(30)
]
ORDINARY = [f"jadwal rapat warga desa pekan ke {number}" for number in range(30)]


def training_rows() -> tuple[list[str], object]:
    labels = [True] * 30 + [False] * 30
    sources = ["hoax"] * 30 + ["warga"] * 30
    return HOAXES + ORDINARY, build_blank_sample(labels, sources, [1.0] * 60)


def test_words_and_surface_tell_shouting_from_minutes() -> None:
    texts, training = training_rows()
    asked = ["SEBARKAN! Bendungan jebol!!!", "rapat warga desa"]
    for judge in (tfidf_scores, surface_scores):
        hoax, ordinary = judge(asked, training, texts)
        assert hoax > ordinary


def test_the_surface_probe_cannot_tell_words_apart() -> None:
    one, other = surface_features(["bendungan jebol", "pendungan cebol"])
    assert np.array_equal(one, other)
    assert surface_features([""]).shape == (1, len(PROBED))


def test_a_hoax_is_not_recognised_by_its_own_fact_check() -> None:
    entries = [
        LibraryEntry("own", "bendungan jebol tadi malam"),
        LibraryEntry("other", "harga telur"),
    ]
    library = Library(entries, np.zeros((2, 4), dtype=np.float32))
    own, unknown = (
        TextRow("bendungan jebol tadi malam", "test", "hoax", is_hoax=True, fact_check_id=id_)
        for id_ in ("own", "")
    )
    hidden, found = letter_scores([own, unknown], library)
    assert hidden < found
