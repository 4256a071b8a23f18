"""What people feed the commands: every line is a post or a complaint that names the mend."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifier.reading import BadLine, GivenLibrary, GivenPost, iter_posts, read_library_file
from indices.documents import Post, SourceKind
from indices.errors import BadInputError

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def read_one(line: bytes) -> Post | BadLine:
    (item,) = iter_posts([line], NOW)
    if isinstance(item, GivenPost):
        return item.post
    return item


def test_a_full_line_becomes_a_post() -> None:
    post = read_one(
        b'{"id": 7, "text": "halo", "title": "Judul", "source_kind": "press",'
        b' "published_at": "2025-07-01T08:00:00+07:00"}'
    )
    assert isinstance(post, Post)
    assert post.id == "7"
    assert post.source_kind is SourceKind.PRESS
    assert post.published_at == datetime(2025, 7, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        (b"{not json", "not JSON"),
        (b'["list"]', "not a JSON object"),
        (b'{"text": "no id"}', "id must be"),
        (b'{"id": "1\\ud800", "text": "a"}', "half a character"),
        (b'{"id": "1\\u0007", "text": "a"}', "control character"),
        (b'{"id": "1"}', "has no text"),
        (b'{"id": "1", "text": 5}', "text must be a text"),
        (b'{"id": "1", "text": "a", "source_kind": "koran"}', "use one of press"),
        (b'{"id": "1", "text": "a", "published_at": "kemarin"}', "is no time"),
        (b'\xff\xfe{"id"', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_told_and_the_next_one_is_read(line: bytes, mend: str) -> None:
    bad, good = iter_posts([line, b'{"id": "2", "text": "baik"}'], NOW)
    assert isinstance(bad, BadLine)
    assert bad.number == 1
    assert mend in bad.message
    assert isinstance(good, GivenPost)


def test_empty_lines_are_passed_over_but_counted() -> None:
    (bad,) = iter_posts([b"\n", b"  \n", b"x\n"], NOW)
    assert isinstance(bad, BadLine)
    assert bad.number == 3


def test_a_lone_surrogate_does_no_harm() -> None:
    post = read_one(b'{"id": "1", "text": "a\\ud800b"}')
    assert isinstance(post, Post)
    post.text.encode()


def test_a_csv_with_bom_semicolons_and_quoted_newlines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "library.csv"
    path.write_bytes(
        '\ufeffid;title;url\n1;"Jembatan\nruntuh";u\n2;;u\n3;Beras plastik;\n'.encode()
    )
    entries = read_library_file(path).entries
    assert [(entry.id, entry.title) for entry in entries] == [
        ("1", "Jembatan runtuh"),
        ("3", "Beras plastik"),
    ]


def library(tmp_path: Path, content: str) -> GivenLibrary:
    path = tmp_path / "library.csv"
    path.write_text(content, encoding="utf-8")
    return read_library_file(path)


def test_rows_without_title_or_id_are_named(tmp_path: Path) -> None:
    known = library(tmp_path, "id,title\n1,Satu\n2,\n,Tiga\n\n,\n4,Empat\n")
    assert [entry.id for entry in known.entries] == ["1", "4"]
    assert [(row.number, row.message) for row in known.untitled] == [
        (3, "has no title; left out"),
        (4, "has no id; left out"),
    ]
    assert known.bad_lines == []


@pytest.mark.parametrize("after", ["3,Tiga\n", '3,"Tiga, lagi"\n'])
def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path, after: str) -> None:
    known = library(tmp_path, f'id,title\n1,Satu\n2,"Dua\n{after}4,"Empat\nbelas"\n')
    assert [entry.id for entry in known.entries] == ["1", "3", "4"]
    assert known.entries[-1].title == "Empat belas"
    ((number, message),) = [(bad.number, bad.message) for bad in known.bad_lines]
    assert number == 3
    assert "does not close" in message


def test_words_after_a_closed_quote_are_read(tmp_path: Path) -> None:
    known = library(tmp_path, 'id,title\n1,"Kabar" palsu\n2,Dua\n')
    assert [entry.title for entry in known.entries] == ["Kabar palsu", "Dua"]


def test_single_quotes_around_headers_and_fields_are_read(tmp_path: Path) -> None:
    known = library(tmp_path, "'id','title'\n'1','Satu, dua'\n")
    assert [(entry.id, entry.title) for entry in known.entries] == [("1", "Satu, dua")]


def test_an_ndjson_library_is_read(tmp_path: Path) -> None:
    path = tmp_path / "library.ndjson"
    path.write_text('{"id": 1, "title": "Satu"}\n\n{"id": "2", "title": "Dua", "url": null}\n')
    assert [entry.title for entry in read_library_file(path).entries] == ["Satu", "Dua"]


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"nama,judul\n1,2\n", "needs the columns id and title"),
        (b"", "needs the columns id and title"),
        (b"\xff\xfe\x00", "save it as UTF-8"),
        (b'{"id": 1}\n', "line 1: needs id and title"),
        (b"{broken\n", "line 1: not JSON"),
        (b'[{"id": 1, "title": "a"}]', "write one object on each line"),
    ],
)
def test_an_unreadable_library_names_the_mend(tmp_path: Path, content: bytes, mend: str) -> None:
    path = tmp_path / "library"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=mend):
        read_library_file(path)


def test_a_missing_library_names_the_path(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="check the path"):
        read_library_file(tmp_path / "none.csv")


def test_a_bad_line_of_a_library_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "library.ndjson"
    path.write_text('{"id": 1, "title": "Satu"}\n{bad\n{"id": "dua", "title": "Dua"}\n{"id": 3}\n')
    known = read_library_file(path)
    assert [entry.title for entry in known.entries] == ["Satu", "Dua"]
    assert [bad.number for bad in known.bad_lines] == [2, 4]


def test_ids_of_a_library_are_given_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "library.ndjson"
    path.write_text('{"id": 1, "title": "Satu"}\n{"id": "2", "title": "Dua"}\n')
    known = read_library_file(path)
    assert [known.id_as_given(entry.id) for entry in known.entries] == [1, "2"]
