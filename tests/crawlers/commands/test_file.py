"""`luruskan file`: look, map, import, again, and after a kill."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from indices.evidence.verifying import Soundness, verify
from tests.crawlers.running import CrawlHome

CLAIM = "Air PDAM Sarang beracun mulai malam ini, jangan diminum!"


@pytest.fixture
def home(tmp_path: Path) -> CrawlHome:
    made = CrawlHome(tmp_path / "home")
    made.set()
    return made


def table(tmp_path: Path, rows: int) -> Path:
    path = tmp_path / "aduan.csv"
    lines = [f"{n};26/11/2026 10.30;Sumur nomor {n} keruh, hubungi 0812-5501-77{n % 90 + 10}"
             for n in range(rows)]  # fmt: skip
    path.write_text("\n".join(["Nomor;Kapan;Uraian Warga", *lines]) + "\n")
    return path


def test_a_look_shows_form_columns_and_masked_posts_and_stores_nothing(
    home: CrawlHome, tmp_path: Path
) -> None:
    out = home.run("file", "look", str(table(tmp_path, 12)), "-o", "columns=published_at=Kapan")
    assert "Recognised: CSV, 3 columns" in out
    assert "Uraian Warga             text" in out
    assert "Rows: posts 12" in out
    assert "  2026-11-26 10:30  " in out, "as the file says, in the office's own zone"
    assert "[telepon …10]" in out
    assert "5501" not in out
    assert not (home.path / "index.sqlite").exists() or not list(home.store().iter_records())


def test_a_mapping_is_saved_and_used_and_an_import_is_counted_and_idempotent(
    home: CrawlHome, tmp_path: Path
) -> None:
    path = str(table(tmp_path, 12))
    columns = "columns=published_at=Kapan,text=Uraian Warga,id=Nomor"
    assert "Saved as aduan" in home.run("file", "look", path, "-o", columns, "--save", "aduan")
    assert "text=Uraian Warga" in home.run("file", "mappings")
    first = home.run("file", "import", path, "--mapping", "aduan", "--id", "aduan", "--yes")
    assert "12" in first
    again = home.run("file", "import", path, "--mapping", "aduan", "--id", "aduan", "--yes")
    store = home.store()
    runs = [run.dispositions for run in store.iter_crawl_runs()]
    records = list(store.iter_records())
    store.close()
    assert runs == [{"stored": 12}, {"duplicate": 12}], again
    assert {str(record.post.published_at) for record in records} == {"2026-11-26 02:30:00+00:00"}
    assert {kind for record in records for kind in record.post.personal_data} == {"phone"}


def test_each_imported_row_has_its_evidence(home: CrawlHome, tmp_path: Path) -> None:
    home.run("file", "import", str(table(tmp_path, 3)), "--id", "aduan", "--yes")
    store = home.store()
    posts = [record.post for record in store.iter_records()]
    store.close()
    assert len(posts) == 3
    for post in posts:
        assert verify(home.path / "evidence", post.evidence).soundness is Soundness.WHOLE
    shown = home.run("evidence", "show", posts[0].id)
    assert "a row of a file" in shown
    assert "Kapan" not in shown
    assert "5501" not in shown
    assert "5501" in home.run("evidence", "show", posts[0].id, "--unmasked")
    assert "whole 3" in home.run("evidence", "verify", "--all")
    (file,) = (home.path / "evidence").glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-30])
    assert "lost" in home.run("evidence", "verify", "--all", code=1)


def test_a_chat_leaves_no_name_of_a_person_behind(home: CrawlHome, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Budi Lembah.txt"
    path.write_text(f"26/11/26 10.30 - Budi Lembah: {CLAIM}\n26/11/26 10.31 - Budi Lembah: ya\n")
    home.run("file", "import", str(path), "--yes")
    store = home.store()
    (source,), (record,) = list(store.iter_sources()), list(store.iter_records())
    runs = list(store.iter_crawl_runs())
    store.close()
    assert source.id.startswith("obrolan-")
    assert "Budi" not in repr((record, runs, source.id, source.name, home.journal()))
    assert runs[0].dispositions == {"refused_too_short": 1, "stored": 1}


def test_a_killed_import_is_made_good_by_running_it_again(home: CrawlHome, tmp_path: Path) -> None:
    path = str(table(tmp_path, 3_000))
    process = home.start("file", "import", path, "--id", "aduan", "--yes")
    for _ in range(600):
        if any((home.path / "evidence").glob("*.warc.gz")) or process.poll() is not None:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    home.run("file", "import", path, "--id", "aduan", "--yes")
    store = home.store()
    posts = [record.post for record in store.iter_records()]
    last = list(store.iter_crawl_runs())[-1]
    store.close()
    assert len({post.text for post in posts}) == len(posts) == 3_000
    assert sum(last.dispositions.values()) == last.found == 3_000
    assert "lost" not in home.run("evidence", "verify", "--all")


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["look", "tiada.csv"], "no such file"),
        (["look", "{table}", "--mapping", "tiada"], "no mapping 'tiada'; there are: none yet"),
        (["look", "{table}", "-o", "columns=isi=Uraian"], "must be FIELD=COLUMN"),
        (["look", "{table}", "-o", "date_order=hari"], "must be day, month or year"),
        (["look", "{table}", "--save", "Aduan Warga"], "lower-case words joined by hyphens"),
        (["look", "{binary}"], "is a binary file"),
        (["mappings", "--remove", "tiada"], "no mapping 'tiada'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    home: CrawlHome, tmp_path: Path, words: list[str], mend: str
) -> None:
    binary = tmp_path / "foto.csv"
    binary.write_bytes(b"\xff\xd8\0\0")
    known = {"table": str(table(tmp_path, 1)), "binary": str(binary)}
    home.run("file", *(word.format(**known) for word in words), code=2)
    assert mend in home.errors
    assert len(home.errors.strip().splitlines()) == 1
