"""`luruskan thresholds`: a table that says what it rests on, a setting that is written safely."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classifier.artefact import SHIPPED, load_artefact
from indices.commands.main import main
from indices.settings import load_settings
from tests.factories import a_post, an_assessment
from tests.stores import embedded_store


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "thresholds", *arguments])


def test_the_table_marks_the_present_threshold_and_says_what_is_not_known(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    shipped = load_artefact(SHIPPED).facts["thresholds"]["default"]
    assert f"→ {shipped:.2f}" in result.stdout
    assert "belum cukup" in result.stdout


def test_json_counts_the_offices_own_posts(tmp_path: Path) -> None:
    store = embedded_store(tmp_path)
    store.upsert_posts([a_post()])
    store.put_assessments([an_assessment(probability=0.9)])
    store.close()
    told = json.loads(run(tmp_path, "--days", "365", "--json").stdout)
    assert told["n_posts"] == 1
    assert told["own_figures"] is False
    assert max(row["queue_per_day"] for row in told["rows"]) == 1


def test_set_changes_one_line_and_keeps_comments(tmp_path: Path) -> None:
    path = tmp_path / "luruskan.toml"
    path.write_text('# ours\n[office]\nname = "MC"\n\n[classifier]\nbatch_size = 8 # small\n')
    assert run(tmp_path, "--set", "0.55").exit_code == 0
    assert load_settings(tmp_path).classifier.threshold == 0.55
    assert run(tmp_path, "--set", "0.6").exit_code == 0
    text = path.read_text()
    assert text.count("threshold") == 1
    assert "# ours" in text
    assert "batch_size = 8 # small" in text
    assert load_settings(tmp_path).classifier.threshold == 0.6


def test_set_makes_a_file_where_there_is_none(tmp_path: Path) -> None:
    assert run(tmp_path, "--set", "0.5").exit_code == 0
    assert load_settings(tmp_path).classifier.threshold == 0.5


def test_a_file_that_cannot_be_changed_safely_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "luruskan.toml"
    path.write_text("classifier.batch_size = 8\n")
    result = run(tmp_path, "--set", "0.5")
    assert result.exit_code == 2
    assert "set [classifier] threshold there yourself" in result.stderr
    assert path.read_text() == "classifier.batch_size = 8\n"


@pytest.mark.parametrize("value", ["0", "1", "1.5", "x"])
def test_a_threshold_that_is_no_probability_is_refused(tmp_path: Path, value: str) -> None:
    assert run(tmp_path, "--set", value).exit_code == 2
