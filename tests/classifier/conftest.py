"""One model for all tests of the classifier: the encoder is built once into the usual cache."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from classifier.assessing import Assessor, load_assessor
from classifier.encoder import Encoder
from indices.documents import Post, SourceKind
from indices.identity import text_hash
from indices.progress import SilentProgress
from indices.settings import ClassifierSettings

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def assessor() -> Assessor:
    return load_assessor(ClassifierSettings(), SilentProgress())


@pytest.fixture(scope="session")
def encoder(assessor: Assessor) -> Encoder:
    return assessor.matching_encoder


def make_post(text: str, *, title: str = "", id_: str = "p1", kind: str = "platform") -> Post:
    return Post(
        id=id_,
        source_id="warga",
        source_kind=SourceKind(kind),
        title=title,
        text=text,
        collected_at=NOW,
        text_hash=text_hash(title, text),
    )
