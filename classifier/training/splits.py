"""Which ordinary post is for training, choosing or testing: by its words, so it never changes."""

from __future__ import annotations

import hashlib

from classifier.cleaning import clean_text

TRAIN, DEV, TEST = "train", "dev", "test"


def ordinary_split(text: str) -> str:
    """`train` (70 %), `dev` (15 %) or `test` (15 %); equal texts always fall together."""
    digest = hashlib.sha256(b"split" + clean_text(text).encode("utf-8", "surrogatepass")).digest()
    share = digest[0] / 256
    if share < 0.7:
        return TRAIN
    return DEV if share < 0.85 else TEST
