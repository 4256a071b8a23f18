"""The card tells every figure, the bad ones too, and what the model is not for."""

from __future__ import annotations

import json

from classifier.artefact import load_artefact, shipped_dir
from classifier.training.card import build_card


def test_the_shipped_card_is_what_the_shipped_report_says() -> None:
    artefact = load_artefact("shipped")
    report = json.loads((shipped_dir() / "report.json").read_text())
    card = build_card(artefact.id, artefact.facts, report)
    assert card == (shipped_dir() / "MODEL_CARD.md").read_text()
    assert "must not be used for" in card
    for source in report["flagging"]["sources"]:
        assert f"| {source} |" in card


def test_the_card_tells_of_invented_pairs_where_there_were_any() -> None:
    artefact = load_artefact("shipped")
    report = json.loads((shipped_dir() / "report.json").read_text())
    with_pairs, without = (
        build_card("m", artefact.facts | {"invented_pairs": number}, report) for number in (2250, 0)
    )
    assert "2,250 pairs that a language model invented" in with_pairs
    assert "pairs that a language model invented" not in without
