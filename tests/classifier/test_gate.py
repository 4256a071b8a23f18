"""The shipped model may not get worse: floors on a fixed sample of the research data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.assessing import Assessor
from classifier.evaluation.floors import read_floors, shipped_floors
from classifier.library import LibraryEntry
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    VARIABLE,
    data_dir,
    data_hash,
    read_library,
    read_ordinary,
    read_pairs,
    stable_order,
)
from classifier.training.splits import TEST, ordinary_split
from indices.progress import SilentProgress
from tests.classifier.conftest import NOW, make_post

GATE = read_floors(shipped_floors())
FLOORS: dict[str, Any] = GATE["sample"]
N_POSTS, N_TITLES, PER_SOURCE = 150, 800, 15

pytestmark = [
    pytest.mark.data,
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} is not set"),
]


@pytest.fixture(scope="module")
def directory() -> Path:
    directory = data_dir()
    if data_hash(directory) != GATE["data"]:
        pytest.skip("the floors were measured on other data: measure again and update floors.json")
    return directory


def test_matching_stays_above_its_floor(assessor: Assessor, directory: Path) -> None:
    pairs = [pair for pair in read_pairs(directory) if pair.split == TEST]
    pairs = sorted(pairs, key=lambda pair: stable_order(pair.text))[:N_POSTS]
    titles = sorted(read_library(directory), key=lambda title: stable_order(title.title))
    entries = [LibraryEntry(title.id, title.title) for title in titles[:N_TITLES]]
    entries += [LibraryEntry(pair.fact_check_id, pair.title) for pair in pairs]
    matcher = assessor.library(entries, SilentProgress())
    texts = [pair.text for pair in pairs]
    found = matcher.match(texts, assessor.matching_encoder.encode(texts), limit=10)
    ids = [[match.fact_check_id for match in matches] for matches in found]
    first = np.mean([m[0] == pair.fact_check_id for m, pair in zip(ids, pairs, strict=True)])
    ten = np.mean([pair.fact_check_id in m for m, pair in zip(ids, pairs, strict=True)])
    assert first >= FLOORS["matching"]["S@1"]
    assert ten >= FLOORS["matching"]["S@10"]


def test_flagging_stays_above_its_floors(assessor: Assessor, directory: Path) -> None:
    hoaxes = [pair for pair in read_pairs(directory) if pair.split == TEST and pair.is_hoax]
    hoaxes = sorted(hoaxes, key=lambda pair: stable_order(pair.text))[:N_POSTS]
    flagged_hoaxes = share_flagged(assessor, [pair.text for pair in hoaxes])
    ordinary = []
    for source in ORDINARY_SOURCES:
        texts = read_ordinary(directory, source, 40 * PER_SOURCE)
        unseen = [text for text in texts if ordinary_split(text) == TEST]
        ordinary += unseen[:PER_SOURCE]
    assert len(ordinary) == PER_SOURCE * len(ORDINARY_SOURCES)
    assert flagged_hoaxes >= FLOORS["flagging"]["hoaxes flagged"]
    assert share_flagged(assessor, ordinary) <= FLOORS["flagging"]["ordinary flagged"]


def share_flagged(assessor: Assessor, texts: list[str]) -> float:
    posts = [make_post(text, id_=str(number)) for number, text in enumerate(texts)]
    return float(np.mean([answer.flagged for answer in assessor.assess_alone(posts, NOW)]))
