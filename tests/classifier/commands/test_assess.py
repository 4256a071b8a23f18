"""`luruskan assess -` answers line by line and says which lines it could not read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main
from tests.classifier.test_assessing import CHATTER, SCAM
from tests.classifier.test_background import chatter


def run(tmp_path: Path, *arguments: str, lines: list[Any]) -> Result:
    raw = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    command = ["--home", str(tmp_path), *arguments]
    return CliRunner().invoke(main, command, input="\n".join(raw) + "\n")


def test_posts_come_back_in_order_and_bad_lines_are_told(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "assess",
        "-",
        lines=[{"id": "1", "text": CHATTER}, "{broken", {"id": 2, "text": SCAM}],
    )
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert set(first) == {"id", "probability", "flagged", "reasons", "model", "group"}
    assert [first["group"], second["group"]] == ["1", "2"]
    assert [first["id"], first["flagged"]] == ["1", False]
    assert [second["id"], second["flagged"]] == [2, True]
    assert set(second["reasons"][0]) == {"code", "text", "weight"}
    assert "line 2: not JSON" in result.stderr
    assert result.exit_code == 1


def test_with_a_library_matches_are_shown(tmp_path: Path) -> None:
    library = tmp_path / "library.csv"
    library.write_text("id,title\n7,Undian bank berhadiah lewat tautan\n8,Jembatan runtuh\n")
    result = run(
        tmp_path, "assess", "--library", str(library), "-", lines=[{"id": "1", "text": SCAM}]
    )
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert all(set(m) >= {"id", "score", "title", "strong"} for m in answer["matches"])


def test_posts_of_one_claim_share_a_group_unless_nobody_asks(tmp_path: Path) -> None:
    lines = [{"id": "1", "text": SCAM}, {"id": "2", "text": CHATTER}, {"id": "3", "text": SCAM}]
    result = run(tmp_path, "assess", "-", lines=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["group"] for answer in answers] == ["1", "2", "1"]
    without = run(tmp_path, "assess", "--no-groups", "-", lines=lines[:1])
    assert "group" not in json.loads(without.stdout)


def test_an_id_comes_back_as_it_was_given_or_is_refused(tmp_path: Path) -> None:
    lines = ['{"id": "s\\ud800", "text": "halo"}', '{"id": "garis\\u2028", "text": "halo"}']
    result = run(tmp_path, "assess", "-", lines=lines)
    answers = [json.loads(line) for line in result.stdout_bytes.split(b"\n") if line]
    assert [answer["id"] for answer in answers] == ["garis\u2028"]
    assert "line 1" in result.stderr
    assert result.exit_code == 1


def test_nothing_in_gives_nothing_out(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--home", str(tmp_path), "assess", "-"], input="")
    assert (result.stdout, result.exit_code) == ("", 0)


def test_a_library_without_posts_is_refused(tmp_path: Path) -> None:
    command = ["--home", str(tmp_path), "assess", "--library", "any.csv"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "--library goes with POSTS" in result.stderr


def test_a_wrong_model_names_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LURUSKAN_CLASSIFIER__MODEL", str(tmp_path / "none"))
    result = run(tmp_path, "assess", "-", lines=[{"id": "1", "text": "a"}])
    assert result.exit_code == 1
    assert "no model there" in result.stderr
    assert "Traceback" not in result.output


def test_an_empty_store_reports_nothing_as_json(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--home", str(tmp_path), "assess", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["counts"] == {
        "assessed": 0,
        "flagged": 0,
        "placed": 0,
        "joined": 0,
    }


def test_a_closed_output_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "posts.ndjson").write_text('{"id": "1", "text": "a"}\n')
    command = f"'{Path(sys.executable).with_name('luruskan')}' assess '{tmp_path}/posts.ndjson' >&-"
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def write_background(path: Path, count: int) -> Path:
    lines = [json.dumps({"id": n, "text": chatter(n)}) for n in range(count)]
    path.write_text("\n".join(["{broken", *lines]) + "\n")
    return path


def test_a_background_is_learnt_for_one_run(tmp_path: Path) -> None:
    background = write_background(tmp_path / "background.ndjson", 80)
    lines = [{"id": "1", "text": chatter(500)}, {"id": "2", "text": SCAM}]
    plain = run(tmp_path, "assess", "-", lines=lines)
    result = run(tmp_path, "assess", "--background", str(background), "-", lines=lines)
    before, after = ([json.loads(x) for x in r.stdout.splitlines()] for r in (plain, result))
    assert [answer["flagged"] for answer in after] == [False, True]
    assert after[0]["model"] == before[0]["model"] + "+background"
    assert "line 1: not JSON" in result.stderr
    assert "background: learnt from 80 posts" in result.stderr
    assert result.exit_code == 1  # for the line that could not be read


def test_too_small_a_background_is_refused(tmp_path: Path) -> None:
    background = write_background(tmp_path / "background.ndjson", 20)
    command = ("assess", "--background", str(background), "-")
    result = run(tmp_path, *command, lines=[{"id": "1", "text": CHATTER}])
    assert result.exit_code == 2
    assert "20 posts to learn from; at least 50 are needed" in result.stderr
    assert result.stdout == ""
