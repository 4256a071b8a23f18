"""The report holds every group and baseline, and its figures agree with each other."""

from __future__ import annotations

import json

import pytest

from classifier.artefact import load_artefact
from classifier.evaluation.building import Evaluation
from classifier.evaluation.running import report_text
from classifier.training.card import build_card
from classifier.training.corpus import ORDINARY_SOURCES

MODELS = {"luruskan", "tfidf", "plain_e5", "letters", "surface"}


def test_kinds_platforms_sources_months_and_topics_are_all_there(evaluation: Evaluation) -> None:
    groups = evaluation.report["groups"]
    assert set(groups["kind"]) == {source.kind for source in ORDINARY_SOURCES}
    assert set(groups["source"]) == {source.name for source in ORDINARY_SOURCES}
    assert set(groups["platform"]) == {"x", "youtube", "sms", "news_site", "reviews"}
    assert set(groups["period"]) == {"2025-07", "2025-08", "2025-09", "2025-10"}
    assert "kesehatan" in groups["topic"]
    hoaxes = {row["hoaxes"] for row in groups["kind"].values()}
    assert hoaxes == {sum(row["hoaxes"] for row in groups["period"].values())}


def test_scams_stand_apart_from_hoaxes(evaluation: Evaluation) -> None:
    report = evaluation.report
    assert report["scams"]["hoaxes"] >= 10
    kind = next(iter(report["groups"]["kind"].values()))
    assert kind["hoaxes"] == 40


def test_all_baselines_are_measured_on_the_same_posts(evaluation: Evaluation) -> None:
    report = evaluation.report
    assert set(report["models"]) == MODELS
    assert set(report["ranking"]["models"]) == MODELS - {"surface"}
    for row in report["models"].values():
        for figure, low, high in row["hoaxes"].values():
            assert 0 <= low <= figure <= high <= 1
    assert {row["n"] for row in report["ranking"]["models"].values()} == {50}


def test_shouting_is_told_from_chatter_by_every_plain_way(evaluation: Evaluation) -> None:
    for name in ("luruskan", "tfidf", "surface"):
        assert evaluation.report["models"][name]["hoaxes"]["AUC"][0] > 0.9, name


def test_claim_groups_are_measured_with_their_intervals(evaluation: Evaluation) -> None:
    golds = evaluation.report["claim_groups"]["golds"]
    every, worded, copies = golds.values()
    assert 0 < worded["pairs"] + copies["pairs"] < every["pairs"]
    together = evaluation.report["claim_groups"]["together"]
    assert sum(pairs for pairs, _ in together.values()) == every["pairs"]
    found = sum(pairs * share for pairs, share in together.values())
    assert found / every["pairs"] == pytest.approx(every["recall"], abs=0.001)
    low, high = every["F1"][1:]
    assert 0 <= low <= every["F1"][0] <= high <= 1


def test_a_higher_threshold_flags_less(evaluation: Evaluation) -> None:
    rows = evaluation.report["by_threshold"]
    for kind in ("hoaxes", "scams", "ordinary"):
        shares = [row[kind] for row in rows]
        assert shares == sorted(shares, reverse=True)


def test_the_report_survives_json_and_holds_no_text(evaluation: Evaluation) -> None:
    text = report_text(evaluation.report)
    assert json.loads(text)["model"] == evaluation.report["model"]
    assert "SEBARKAN" not in text
    assert "bercerita" not in text
    assert any("SEBARKAN" in error.text or "bercerita" in error.text for error in evaluation.worst)


def test_the_card_tells_intervals_baselines_and_misuses(evaluation: Evaluation) -> None:
    artefact = load_artefact("shipped")
    card = build_card(artefact.id, artefact.facts, evaluation.report)
    for text in (
        "Beside plain baselines",
        "nine surface features",
        "2025-07",
        "Claim groups",
        "must not be used",
    ):
        assert text in card
    assert "left out in turn" not in card
