"""Lines of untrusted files: bounded, and refused in words."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.errors import BadInputError
from indices.ndjson import iter_lines, parse_object


def lines(content: bytes, max_bytes: int = 10) -> list[bytes | None]:
    return list(iter_lines(io.BytesIO(content), max_bytes))


def test_lines_come_without_their_ends() -> None:
    assert lines(b"a\nb\r\n\nc") == [b"a", b"b", b"", b"c"]
    assert lines(b"") == []


def test_a_line_that_is_too_long_is_skipped_and_the_next_is_read() -> None:
    assert lines(b"x" * 11 + b"\nkurang\n") == [None, b"kurang"]
    assert lines(b"x" * 10 + b"\nkurang\n") == [b"x" * 10, b"kurang"]
    assert lines(b"x" * 3_000_000) == [None]


def test_an_object_is_parsed() -> None:
    assert parse_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}
    assert parse_object(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    assert parse_object(b' {"a": "\\u00e9", "b": [1]} ') == {"a": "é", "b": [1]}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{", "is not JSON"),
        (b"", "is not JSON"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b"[1]", "is a JSON list; expected an object"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'{"a": NaN}', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"a": ' + b"1" * 10_000 + b"}", "is not JSON"),
    ],
)
def test_what_is_no_object_is_refused_in_words(line: bytes, expected: str) -> None:
    with pytest.raises(BadInputError, match=expected):
        parse_object(line)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused(line: bytes) -> None:
    with contextlib.suppress(BadInputError):
        assert isinstance(parse_object(line), dict)
