"""`luruskan match` prints the best fact-checks of each post."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from indices.commands.main import main


def test_matches_come_best_first_and_at_least_ten(tmp_path: Path) -> None:
    library = tmp_path / "library.csv"
    rows = [f"{n},Klaim lain nomor {n} tentang pasar" for n in range(20)]
    library.write_text("\n".join(["id,title", *rows, "j,Jembatan Sarang runtuh karena banjir"]))
    posts = (
        '{"id": "a", "text": "jembatan sarang runtuh kena banjir"}\nbroken\n{"id":"b","text":""}\n'
    )
    command = ["--home", str(tmp_path), "match", "--library", str(library), "-"]
    result = CliRunner().invoke(main, command, input=posts)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["id"] == "a"
    assert first["matches"][0]["id"] == "j"
    assert set(first["matches"][0]) == {"id", "score", "title"}
    scores = [match["score"] for match in first["matches"]]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert len(second["matches"]) == 10
    assert "line 2: not JSON" in result.stderr
    assert result.exit_code == 1


def test_an_unreadable_library_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("nama,isi\n1,2\n")
    command = ["--home", str(tmp_path), "match", "--library", str(tmp_path / "bad.csv"), "-"]
    result = CliRunner().invoke(main, command, input="")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "needs the columns id and title" in result.stderr


def test_what_is_wrong_in_the_library_is_told_and_its_numbers_stay_numbers(tmp_path: Path) -> None:
    library = tmp_path / "library.ndjson"
    library.write_text('{"id": 5, "title": "Jembatan Sarang runtuh"}\n{bad\n')
    command = ["--home", str(tmp_path), "match", "--library", str(library), "-"]
    result = CliRunner().invoke(main, command, input='{"id": "a", "text": "jembatan sarang"}')
    assert json.loads(result.stdout)["matches"][0]["id"] == 5
    assert f"{library}: line 2: not JSON; mend that line" in result.stderr
    assert result.exit_code == 1
