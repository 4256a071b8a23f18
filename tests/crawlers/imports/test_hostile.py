"""Broken and hostile files: every row ends once, nothing else happens, in bounded time."""

from __future__ import annotations

import io
import json
import os
import random
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawlers.imports.chat_lines import parse_line
from crawlers.imports.chat_messages import read_message
from crawlers.imports.chats import is_chat, open_chat
from crawlers.imports.workbooks import Book, is_workbook
from crawlers.work import SourceUnreadableError
from indices.documents import Post
from tests.crawlers.imports.reading import read_ends
from tests.crawlers.imports.test_captures import FACEBOOK, MEDIA, captured, tweet

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "300"))
CHAT = (
    "[26/11/26 10.30.15] Ani: \u200eIMG-1.jpg (file terlampir)\nDiteruskan\n"
    "teks <Pesan ini diedit>\n"
    "11/26/26, 9:30\u202fAM - +62 812-5501-7788: @\u2068Budi\u2069 <Media omitted>\n"
)
JUNK = ["", None, [], {}, 0, -1, 1e308, "x" * 5_000, True, "\ud800", [[]], {"text": {}}, "9" * 40]


def test_no_mutation_of_a_chat_breaks_its_reading(tmp_path: Path) -> None:
    chance = random.Random(20261126)
    path = tmp_path / "obrolan.txt"
    for _ in range(ROUNDS):
        letters = list(CHAT)
        for _ in range(chance.randrange(1, 12)):
            letters[chance.randrange(len(letters))] = chance.choice(
                "\u200e\u202f[]:-./ 09\n\0<>\u2068a"
            )
        path.write_text("".join(letters), encoding="utf-8")
        try:
            ends = read_ends(path, date_order="day")
        except SourceUnreadableError:
            continue
        assert all(isinstance(end, Post) or end.partition(":")[2] for end in ends)


@pytest.mark.parametrize(
    ("platform", "item"),
    [("x.com", tweet()), ("instagram.com", MEDIA), ("threads.net", MEDIA),
     ("facebook.com", FACEBOOK)],
)  # fmt: skip
def test_no_junk_in_any_place_of_a_capture_breaks_its_reading(
    tmp_path: Path, platform: str, item: dict[str, Any]
) -> None:
    chance = random.Random(7)
    lines = []
    for _ in range(ROUNDS):
        copied = json.loads(json.dumps(item))
        spoil(copied, chance)
        lines.append(json.dumps(captured(platform, copied)))
    path = tmp_path / "a.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    ends = read_ends(path)
    assert len(ends) == ROUNDS
    for end in ends:
        assert isinstance(end, Post) or end.split(":")[0] in {"failed_parse", "refused_too_short"}
        if isinstance(end, Post):
            json.dumps(end.text).encode()


def spoil(value: Any, chance: random.Random) -> None:
    """Junk somewhere inside."""
    places = list(value) if isinstance(value, dict) else range(len(value))
    place = chance.choice(list(places))
    inside = value[place]
    if isinstance(inside, dict | list) and inside and chance.random() < 0.7:
        spoil(inside, chance)
    else:
        value[place] = chance.choice(JUNK)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 50_000,
        "1/1/26, 1:11 - " + ":" * 50_000,
        "1/1/26, 1:11 - a: " + "\u200e" * 50_000,
        "1/1/26, 1:11 - a: " + "x.jpg " * 10_000,
        "1/1/26, 1:11 - a: " + "diteruskan" * 5_000,
        "1/1/26, 1:11 - " + "menambahkan " * 5_000,
        "1/1/26, 1:11 - a: " + "<" * 50_000,
        "1/1/26, 1:11 - a: b" + " " * 50_000 + "c",
        "1/1/26, 1:11 - a: b" + "\n" * 50_000 + "c",
        "1/1/26, 1:11 - a: b" + "\u00a0 " * 25_000 + "<",
    ],
)
def test_a_line_made_to_be_slow_is_not(line: str) -> None:
    started = time.process_time()
    found = parse_line(line)
    if found:
        read_message(found.rest)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("form", ["xl/workbook.xml", "WhatsApp Chat.txt"])
@pytest.mark.parametrize(("place", "value"), [(6, 255), (8, 1), (10, 255), (42, 255)])
def test_a_zip_whose_list_of_parts_is_broken_is_refused_in_one_line(
    tmp_path: Path, form: str, place: int, value: int
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(form, "20/11/26 08.15 - Ani: banjir lagi\n" * 50)
    path = tmp_path / "kiriman"
    path.write_bytes(packed.getvalue())
    assert is_chat(path) or is_workbook(path)
    body = bytearray(packed.getvalue())
    entry = body.index(b"PK\x01\x02")
    body[entry + place] = body[entry + place + 1] = value
    path.write_bytes(body)
    assert not is_chat(path)
    with pytest.raises(SourceUnreadableError, match=r"zip|XLSX"):
        open_chat(path).__enter__() if form.endswith(".txt") else Book(path).__enter__()
