"""The file: opened by many, locked by one, full, foreign, damaged; always with one clear line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indices.documents import Copy, GroupMember
from indices.embedded.integrity import find_damage
from indices.embedded.migrations import APPLICATION_ID
from indices.embedded.store import EmbeddedStore
from indices.errors import (
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    StoreVersionError,
)
from indices.progress import SilentBar
from indices.queries import PostQuery
from tests.indices.contract_documents import REGENCY, make_post


def raised_by_opening(path: Path) -> StoreError:
    with pytest.raises(StoreError) as raised:
        EmbeddedStore.open(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    return raised.value


def test_a_new_file_is_private_and_named_as_ours(store: EmbeddedStore, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 5
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def test_a_file_of_the_first_version_gets_what_came_since_and_loses_nothing(path: Path) -> None:
    store = EmbeddedStore.open(path)
    store.upsert_posts([make_post(1)])
    store.close()
    with sqlite3.connect(path) as connection:
        for table in ("copies", "group_members", "group_rulings", "group_changes"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP TABLE copy_keys")
        connection.execute("ALTER TABLE posts DROP COLUMN places")
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    store = EmbeddedStore.open(path)

    assert [post.id for post in store.iter_ungrouped()] == [make_post(1).id]
    store.put_copies([Copy(post_id=make_post(1).id, text_hash="x", group_id="g", keys=(1,))])
    assert store.count_groups(["g"]) == {"g": 1}
    store.put_members([GroupMember(post_id=make_post(1).id, text_hash="x", group_id="c")])
    assert store.count_members(["c"]) == {"c": 1}
    assert list(store.iter_group_rulings()) == list(store.iter_group_changes()) == []
    store.upsert_posts([make_post(1, places=(REGENCY,)), make_post(2, places=(REGENCY,))])
    assert store.search(PostQuery(places=("64.02",))).total == 2
    store.close()


def test_missing_directories_are_made(tmp_path: Path) -> None:
    EmbeddedStore.open(tmp_path / "a" / "b" / "index.sqlite").close()

    assert (tmp_path / "a" / "b" / "index.sqlite").exists()


def test_what_was_written_is_there_after_closing(path: Path) -> None:
    first = EmbeddedStore.open(path)
    first.upsert_posts([make_post(1)])
    first.close()

    second = EmbeddedStore.open(path)

    assert second.find_record(make_post(1).id) is not None
    second.close()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    EmbeddedStore.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    error = raised_by_opening(path)

    assert isinstance(error, StoreVersionError)
    assert "format 99" in str(error)
    assert "upgrade Luruskan" in str(error)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 99
    connection.close()


def test_a_file_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (text)")
    connection.close()

    assert "another program" in str(raised_by_opening(path))

    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("notes",)]


def test_a_file_that_is_no_database_says_so(path: Path) -> None:
    path.write_bytes(b"ini bukan basis data " * 500)

    assert "damaged or no Luruskan index" in str(raised_by_opening(path))
    assert path.read_bytes().startswith(b"ini bukan")


def test_a_file_cut_in_the_middle_is_found_out(store: EmbeddedStore, path: Path) -> None:
    store.upsert_posts([make_post(number) for number in range(400)])
    store.close()
    assert find_damage(path) == []
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    assert find_damage(path) != []
    assert "import" in str(raised_by_opening(path))


def test_a_page_of_noise_is_found_out(store: EmbeddedStore, path: Path) -> None:
    store.upsert_posts([make_post(number) for number in range(400)])
    store.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(content)

    assert find_damage(path) != []


def test_a_post_that_lost_its_words_is_found_out(store: EmbeddedStore, path: Path) -> None:
    store.upsert_posts([make_post(1), make_post(2)])
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM post_words WHERE rowid = 1")
    connection.commit()
    connection.close()

    assert any("reindex" in fault for fault in find_damage(path))
    reopened = EmbeddedStore.open(path)
    assert reopened.rebuild(SilentBar()) == 2
    assert reopened.search(PostQuery(text="jembatan")).total == 2
    reopened.close()
    assert find_damage(path) == []


def test_a_path_that_is_a_directory_says_so(tmp_path: Path) -> None:
    assert "cannot be opened" in str(raised_by_opening(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_directory_below_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")

    assert "check the directory" in str(raised_by_opening(tmp_path / "berkas" / "index.sqlite"))
    assert (tmp_path / "berkas").read_text() == ""


def test_another_writer_that_takes_too_long_is_an_outage(path: Path) -> None:
    store = EmbeddedStore.open(path, busy_seconds=0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailableError, match="try again later"):
        store.upsert_posts([make_post(1)])
    assert store.find_record(make_post(1).id) is None

    other.execute("ROLLBACK")
    other.close()
    assert store.upsert_posts([make_post(1)]).created == 1
    store.close()


def test_a_closed_store_is_an_outage(path: Path) -> None:
    store = EmbeddedStore.open(path)
    store.close()
    store.close()

    with pytest.raises(StoreUnavailableError, match="closed"):
        store.find_record("x")
    assert store.check_health().status == "red"


def test_a_full_disk_keeps_whole_batches_and_goes_on_when_there_is_room(
    store: EmbeddedStore, path: Path
) -> None:
    store.upsert_posts([make_post(number) for number in range(10)])
    connection = store._database.connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    with pytest.raises(StoreFullError, match="make room"):
        store.upsert_posts([make_post(number) for number in range(10, 700)])

    kept = store.check_health().counts["posts"]
    assert kept in {10, 510}, "batches are whole"
    assert len(list(store.iter_records())) == kept
    connection.execute("PRAGMA max_page_count = 1073741823")
    counts = store.upsert_posts([make_post(number) for number in range(700)])
    assert (counts.created, counts.unchanged) == (700 - kept, kept)
    store.close()
    assert find_damage(path) == []


LIMITED = """
import resource, sys
from pathlib import Path
from indices.embedded.store import EmbeddedStore
from indices.errors import StoreFullError
from indices.progress import SilentBar
from indices.queries import PostQuery
from tests.indices.contract_documents import REGENCY, make_post
store = EmbeddedStore.open(Path(sys.argv[1]))
store.upsert_posts([make_post(number) for number in range(10)])
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    store.upsert_posts([make_post(number) for number in range(10, 3000)])
except StoreFullError as error:
    print(error)
"""


def test_a_system_that_lets_the_file_grow_no_more_is_a_full_disk(path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", LIMITED, path], capture_output=True, text=True, check=False
    )

    assert "make room" in printed.stdout, printed.stderr
    assert find_damage(path) == []
    store = EmbeddedStore.open(path)
    assert store.find_record(make_post(3).id) is not None
    store.close()


def test_many_processes_may_make_the_file_at_once(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from indices.embedded.store import EmbeddedStore;"
        "s = EmbeddedStore.open(Path(sys.argv[1])); print(s.check_health().status); s.close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]

    assert [process.communicate(timeout=60)[0].strip() for process in processes] == ["green"] * 4
    assert find_damage(path) == []


def test_threads_share_a_store(store: EmbeddedStore) -> None:
    def work(worker: int) -> int:
        for turn in range(5):
            store.upsert_posts([make_post(worker * 100 + turn)])
            store.find_records([make_post(worker * 100 + turn).id])
        return len(list(store.iter_records()))

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(work, range(8)))

    assert max(seen) == 40
