"""Export and import: the same bytes there and back, and no bad line stops the good ones."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indices.audit_sample.drawing import DrawnSample, append_sample, read_samples
from indices.claim_groups.moving import build_change
from indices.documents import (
    CrawlState,
    GroupChangeKind,
    GroupMember,
    GroupRuling,
    PostRecord,
    ReviewStatus,
)
from indices.drift_history import append_week, read_drift
from indices.embedded.store import EmbeddedStore
from indices.errors import BadInputError
from indices.exchange import iter_export
from indices.importing import ImportReport, import_lines
from indices.progress import SilentBar
from indices.store import Store
from tests.factories import NOW, a_crawl_run, a_source, a_week, unit_vector
from tests.indices.contract_documents import (
    make_assessment,
    make_fact_check,
    make_post,
    make_review,
    make_vector,
)
from tests.stores import embedded_store


def fill(store: Store) -> None:
    posts = [make_post(number) for number in range(7)]
    odd = make_post(8, title='Kutip " \\ 😀 ꦗ \x00 \u2028', text="a\r\nb\n", published_at=None)
    store.upsert_posts([*posts, odd])
    vectors = make_vector(1, 3, dimensions=384)
    store.put_assessments([make_assessment(post) for post in posts[:3]], vectors)
    store.put_assessments([make_assessment(posts[3], probability=0.1 + 0.2)])
    store.put_review(make_review(posts[0]))
    store.put_review(make_review(posts[0], version=2, status=ReviewStatus.IN_CASE, case_id="isu"))
    store.put_review(make_review(posts[5]))
    store.put_source(a_source(options={"hashtag": "banjir"}))
    store.put_source(a_source(id="lain", enabled=False))
    store.upsert_fact_checks([make_fact_check(1), make_fact_check(2, own=True)])
    store.put_crawl_run(a_crawl_run())
    store.put_crawl_run(a_crawl_run(id="x/gone", source_id="gone", finished_at=None))
    for source_id in ("kabar-lembah", "gone"):
        store.put_crawl_state(remembered(source_id, etag='"1"'))
    store.put_crawl_state(remembered("ration:x", period="2026-11", spent="500"))
    placed = [GroupMember(post_id=p.id, text_hash=p.text_hash, group_id="a") for p in posts[:2]]
    store.put_members([*placed, replace(placed[0], post_id=odd.id, by_person=True)])
    store.put_group_ruling(
        GroupRuling(
            id="r",
            one_id=posts[0].id,
            other_id=odd.id,
            same_claim=True,
            ruled_by="1",
            ruled_at=NOW,
        )
    )
    moved = build_change(
        placed, "b", GroupChangeKind.MOVED, by="1", at=NOW, reason='Kutip " dan \\'
    )
    store.put_group_change(moved)
    store.refresh()


def remembered(source_id: str, **values: str) -> CrawlState:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return CrawlState(source_id=source_id, values=values, updated_at=moment)


def exported(store: Store) -> bytes:
    return "".join(f"{line}\n" for line in iter_export(store)).encode()


def imported(store: Store, content: bytes, **options: int) -> ImportReport:
    return import_lines(store, io.BytesIO(content), SilentBar(), **options)


@pytest.fixture
def filled(tmp_path: Path) -> EmbeddedStore:
    store = EmbeddedStore.open(tmp_path / "filled.sqlite")
    fill(store)
    return store


@pytest.fixture
def content(filled: EmbeddedStore) -> bytes:
    return exported(filled)


def test_export_import_export_gives_the_same_bytes(store: Store, content: bytes) -> None:
    report = imported(store, content)
    store.refresh()

    assert report.refused == []
    assert report.counts == {
        "sources": 2,
        "crawl states": 3,
        "fact-checks": 2,
        "crawl runs": 2,
        "posts": 8,
        "group members": 3,
        "group rulings": 1,
        "group changes": 1,
    }
    assert exported(store) == content


def test_importing_again_changes_nothing(store: Store, content: bytes) -> None:
    imported(store, content)
    store.refresh()

    assert imported(store, content).refused == []
    store.refresh()

    assert exported(store) == content


def test_the_first_line_names_the_format_and_every_line_is_an_object(content: bytes) -> None:
    lines = [json.loads(line) for line in content.split(b"\n") if line]

    assert lines[0] == {"kind": "header", "format": 1}
    assert {line["kind"] for line in lines[1:]} == {
        "source",
        "crawl_state",
        "fact_check",
        "crawl_run",
        "record",
        "group_member",
        "group_ruling",
        "group_change",
    }


def test_the_histories_of_samples_and_drift_go_along_once(
    filled: EmbeddedStore, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    drawn = DrawnSample(drawn_on=NOW.date(), drawn_at=NOW, post_ids=("a", "b"), population=9)
    append_sample(old, drawn)
    weeks = [a_week("2026-W45"), a_week("2026-W46")]
    for week in weeks:
        append_week(old, week)
    content = "".join(f"{line}\n" for line in iter_export(filled, old)).encode()

    for _ in range(2):
        report = import_lines(filled, io.BytesIO(content), SilentBar(), home=new)

    assert (report.counts["samples"], report.counts["weeks of drift"]) == (1, 2)
    assert read_samples(new) == [drawn]
    assert read_drift(new) == weeks[::-1]
    assert "".join(f"{line}\n" for line in iter_export(filled, new)).encode() == content


HEADER = {"kind": "header", "format": 1}


def record_line(**changes: Any) -> dict[str, Any]:
    """A record as exported, with parts of it changed: `post__id="x"` sets one field."""
    store_record = PostRecord(
        post=make_post(1),
        assessment=make_assessment(make_post(1)),
        review=make_review(make_post(1)),
    )
    from indices.codec import document_to_dict

    line: dict[str, Any] = {"kind": "record", "document": document_to_dict(store_record)}
    for place, value in changes.items():
        part, _, name = place.partition("__")
        if name:
            line["document"][part][name] = value
        else:
            line[part] = value
    return line


def state_line(**values: str) -> dict[str, Any]:
    state = {"source_id": "ration:x", "values": values, "updated_at": "2026-11-16T03:30:00Z"}
    return {"kind": "crawl_state", "document": state}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "line 2: is not JSON; expected one JSON object"),
        ("[1]", "line 2: is a JSON list; expected an object"),
        ("{}", "line 2: kind: expected one of source"),
        ({"kind": "header", "format": 1}, "line 2: kind: expected one of"),
        ({"kind": ["record"]}, "line 2: kind: expected one of"),
        ({"kind": "record"}, "line 2: PostRecord: expected an object"),
        (state_line(period="2026-11", spent="banyak"), "a whole number as spent"),
        (state_line(period="2026-11", spent="-5"), "a whole number as spent"),
        (state_line(spent="5"), "expected a period"),
        ({"kind": "source", "document": {"id": "a"}}, "line 2: Source.name: is missing"),
        (
            record_line(post__collected_at="kemarin"),
            "line 2: PostRecord.post.collected_at: expected a time like 2026",
        ),
        (record_line(post__collected_at="2026-11-16T03:30:00"), "time with an offset"),
        (record_line(post__published_at="2026-11-16T03:30:00"), "Post.published_at: expected"),
        (record_line(post__id=""), "Post.id: expected a name"),
        (record_line(post__id="x"), "Assessment.post_id: expected 'x'"),
        (record_line(review__post_id="x"), "Review.post_id: expected"),
        (record_line(assessment__probability=2), "Assessment.probability: expected"),
        (record_line(review__version=0), "Review.version: expected"),
        (record_line(review__version=2**70), "Review.version"),
        (record_line(vector="bukan base64!"), "vector: expected base64"),
        (record_line(vector="AAAA"), "vector: expected base64 of float32"),
        (record_line(vector="AAAAAA=="), "vector: expected unit length"),
        (record_line(vector=3), "vector: expected base64"),
        (record_line(vector="AADAfw=="), "vector: expected unit length"),
    ],
)
def test_a_wrong_line_is_named_and_the_next_goes_in(
    tmp_path: Path, line: str | dict[str, Any], expected: str
) -> None:
    store = embedded_store(tmp_path)
    wrong = line if isinstance(line, str) else json.dumps(line)
    good = {
        "kind": "source",
        "document": {
            "id": "b",
            "name": "B",
            "kind": "press",
            "connector": "feed",
            "url": "https://b.example/rss",
        },
    }
    content = f"{json.dumps(HEADER)}\n{wrong}\n\n{json.dumps(good)}\n".encode()

    report = imported(store, content)

    assert [expected in message for message in report.refused] == [True], report.refused
    assert "\n" not in report.refused[0]
    assert [source.id for source in store.iter_sources()] == ["b"]
    store.close()


def test_a_vector_of_another_size_is_laid_to_its_line(tmp_path: Path, content: bytes) -> None:
    import base64

    store = embedded_store(tmp_path)
    short = base64.b64encode(unit_vector(1, 8).tobytes()).decode()
    line = json.dumps(record_line(vector=short)).encode()
    total = len(content.split(b"\n"))

    report = imported(store, content + line + b"\n")

    assert len(report.refused) == 1
    assert report.refused[0].startswith(f"line {total}: vectors of 8 and 384 dimensions")
    assert report.counts["posts"] == 8
    store.close()


def test_an_enormous_line_is_left_out_and_the_rest_goes_in(tmp_path: Path, content: bytes) -> None:
    store = embedded_store(tmp_path)
    huge = b'{"kind": "source", "note": "' + b"x" * 50_000 + b'"}\n'
    header, rest = content.split(b"\n", 1)

    report = imported(store, header + b"\n" + huge + rest, max_line_bytes=20_000)

    assert report.refused == ["line 2: is longer than 20,000 bytes; expected less"]
    assert exported(store) == content
    store.close()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"x", b"[]\n", b'{"kind":"source"}\n', b'{"kind":"header"}\n', b"\xff"]
)
def test_what_is_no_export_is_refused_as_a_whole(tmp_path: Path, content: bytes) -> None:
    store = embedded_store(tmp_path)
    with pytest.raises(BadInputError, match="no Luruskan export"):
        imported(store, content)
    store.close()


def test_an_export_of_a_newer_format_asks_for_an_upgrade(tmp_path: Path) -> None:
    store = embedded_store(tmp_path)
    with pytest.raises(BadInputError, match=r"newer version .* upgrade Luruskan"):
        imported(store, b'{"kind":"header","format":2}\n')
    store.close()


def test_what_is_imported_wins_over_what_was_there(tmp_path: Path, content: bytes) -> None:
    store = embedded_store(tmp_path)
    store.upsert_posts([replace(make_post(1), title="Judul lain")])

    imported(store, content)

    assert exported(store) == content
    store.close()


@pytest.mark.parametrize(
    ("period", "spent", "kept"),
    [
        ("2026-11", "700", ("2026-11", "700")),
        ("2026-11", "500", ("2026-11", "500")),
        ("2026-11", "90", ("2026-11", "500")),  # as text it would be the larger
        ("2026-12", "0", ("2026-12", "0")),
        ("2026-10", "9000", ("2026-11", "500")),
    ],
)
def test_an_export_never_gives_back_what_was_spent_since(
    tmp_path: Path, content: bytes, period: str, spent: str, kept: tuple[str, str]
) -> None:
    given = replaced_spending(content, period, spent)
    store = embedded_store(tmp_path)
    store.put_crawl_state(remembered("ration:x", period="2026-11", spent="500"))
    imported(store, given)
    state = store.find_crawl_state("ration:x")
    assert state is not None
    assert (state.values["period"], state.values["spent"]) == kept
    store.close()


def replaced_spending(content: bytes, period: str, spent: str) -> bytes:
    now = b'"period":"2026-11","spent":"500"'
    assert now in content
    return content.replace(now, f'"period":"{period}","spent":"{spent}"'.encode())
