"""What a search promises: the words, the filters, the order, and pages that hold still."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from indices.documents import Post, ReviewStatus, SourceKind
from indices.errors import BadInputError
from indices.queries import CountField, Order, PostQuery
from indices.ranking import encode_cursor
from indices.store import Store
from tests.indices.contract_documents import (
    DISTRICT,
    REGENCY,
    make_assessment,
    make_post,
    make_review,
)

WEIRD = [
    "",
    " ",
    "???",
    "...",
    '"',
    '"tak ditutup',
    "'; DROP TABLE posts; --",
    "NEAR(banjir, 3)",
    "AND OR NOT",
    "NOT banjir",
    "banjir AND",
    "title:banjir",
    "{title}: banjir",
    "banjir*",
    "^banjir",
    "+banjir -hoaks",
    "(((((",
    "a" * 50_000,
    "kata " * 20_000,
    "\x00",
    "banjir\x00hoaks",
    "\ud800",
    "😀🏚",
    "ꦗꦮ",
    "\u202eterbalik",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%s %d {0} ${x}",
    "*:*",
    "/.*/",
    "_exists_:post",
    '{"match_all": {}}',
    "\\",
    "~1 banjir~2",
    "１２３",
]


def add(store: Store, *posts: Post) -> None:
    store.upsert_posts(posts)
    store.refresh()


def titles(store: Store, text: str) -> set[str]:
    return {hit.record.post.title for hit in store.search(PostQuery(text=text)).hits}


def found(store: Store, **query: Any) -> list[str]:
    page = store.search(PostQuery(**query), limit=1000)
    assert page.total == len(page.hits)
    return [hit.record.post.id for hit in page.hits]


def ids(posts: Iterable[Post]) -> list[str]:
    return [post.id for post in posts]


def test_an_empty_store_answers_everything_with_nothing(store: Store) -> None:
    for order in Order:
        page = store.search(PostQuery(text="apa saja", order=order))
        assert (page.hits, page.total, page.next_cursor) == ((), 0, None)
    assert list(store.iter_records()) == []
    assert list(store.iter_unassessed("m")) == []
    assert store.find_similar("unknown") == []
    assert store.search_fact_checks("apa saja") == []
    counts = store.count_by(PostQuery(), list(CountField))
    assert {field: dict(values) for field, values in counts.items()} == {
        field: {} for field in CountField
    }


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Warga memperbaiki jembatan", "perbaikan"),
        ("Pemerintah MEMBANTAH isu itu", "bantahan"),
        ("Anak-anak sekolah diliburkan", "anak2"),
        ("yg sudah tdk berlaku lagi", "tidak berlaku"),
        ("Harga naik Rp50.000 per karung", "50000"),
        ("Banjiiiir besar!!!", "banjir"),
        ("#BanjirSarang melanda", "banjirsarang"),
        ("𝗕𝗮𝗻𝘀𝗼𝘀 cair hari ini", "bansos"),
        ("Vaksin halal", "VAKSIN"),
    ],
)
def test_words_are_found_in_all_their_forms(store: Store, written: str, asked: str) -> None:
    add(
        store,
        make_post(1, title=written, text="Isi."),
        make_post(2, title="Judul", text=f"Kata mereka: {written}."),
        make_post(3, title="Lain", text="Tidak ada hubungan."),
    )

    assert titles(store, asked) == {written, "Judul"}


def test_every_telling_word_must_be_there_in_any_order_and_field(store: Store) -> None:
    add(
        store,
        make_post(1, title="Bendungan retak", text="Warga Sarang mengungsi."),
        make_post(2, title="Bendungan aman", text="Petugas memeriksa."),
    )

    assert titles(store, "mengungsi bendungan") == {"Bendungan retak"}
    assert titles(store, "bendungan") == {"Bendungan retak", "Bendungan aman"}
    assert titles(store, "yang di bendungan itu") == {"Bendungan retak", "Bendungan aman"}
    assert titles(store, "bendungan runtuh") == set()


def test_a_long_text_finds_what_shares_its_telling_words_best_first(store: Store) -> None:
    add(
        store,
        make_post(1, title="Bendungan", text="Bendungan Sarang retak, warga diminta mengungsi."),
        make_post(2, title="Irigasi", text="Air bendungan dialirkan."),
        make_post(3, title="Panen", text="Padi melimpah."),
        *(make_post(number, title="Rapat", text="Jalan desa.") for number in range(4, 30)),
    )
    forwarded = "SEBARKAN!! bendungan Sarang sudah retak parah, kata orang dalam, cepat mengungsi"

    page = store.search(PostQuery(text=forwarded))

    assert [hit.record.post.title for hit in page.hits] == ["Bendungan", "Irigasi"]


def test_a_text_without_any_word_finds_nothing(store: Store) -> None:
    add(store, make_post(1))

    assert titles(store, "?!...") == set()
    assert titles(store, "   ") == {make_post(1).title}


def test_whatever_a_person_types_is_a_question_and_never_an_error(store: Store) -> None:
    add(store, make_post(1, title="Banjir", text="Banjir bandang."))

    for text in WEIRD:
        page = store.search(PostQuery(text=text))
        store.search_fact_checks(text)
        counts = store.count_by(PostQuery(text=text), [CountField.SOURCE])[CountField.SOURCE]
        assert page.total == len(page.hits) == sum(counts.values()), text
        assert len(list(store.iter_records(PostQuery(text=text)))) == page.total, text


def test_the_better_match_comes_first(store: Store) -> None:
    filler = "Rapat desa membahas jalan, irigasi, pasar, sekolah dan pos ronda. " * 5
    posts = [
        make_post(1, title="Kabar desa", text=filler + "Seseorang menyebut gempa."),
        make_post(2, title="Gempa mengguncang", text="Gempa terasa dua kali. Gempa susulan."),
        *(make_post(number, title="Rapat", text=filler) for number in range(3, 9)),
    ]
    add(store, *posts)

    page = store.search(PostQuery(text="gempa"))

    assert [hit.record.post.id for hit in page.hits] == ids([posts[1], posts[0]])
    assert page.hits[0].score > page.hits[1].score > 0


def test_each_filter_narrows_and_values_inside_it_are_alternatives(store: Store) -> None:
    day = timedelta(days=1)
    start = datetime(2026, 11, 10, tzinfo=UTC)
    one = make_post(1, source_id="a", platform="x", language="id", collected_at=start)
    two = make_post(
        2,
        source_id="b",
        source_kind=SourceKind.COMMUNITY,
        platform="mastodon",
        language="jv",
        region="hulu",
        places=(REGENCY,),
        collected_at=start + day,
        published_at=start,
    )
    three = make_post(
        3,
        source_id="c",
        region="hilir",
        places=(DISTRICT,),
        collected_at=start + 2 * day,
        published_at=None,
    )
    add(store, one, two, three)
    store.put_assessments(
        [
            make_assessment(one, probability=0.25, flagged=False, topic="politik"),
            make_assessment(two, probability=0.75, flagged=True, topic="kesehatan"),
        ]
    )
    store.put_review(make_review(two, status=ReviewStatus.IN_CASE, case_id="isu-1"))
    store.refresh()

    expected: list[tuple[dict[str, Any], list[Post]]] = [
        ({}, [one, two, three]),
        ({"source_ids": ("a", "c")}, [one, three]),
        ({"source_kinds": (SourceKind.COMMUNITY,)}, [two]),
        ({"platforms": ("x", "mastodon")}, [one, two]),
        ({"languages": ("jv",)}, [two]),
        ({"regions": ("hulu", "hilir")}, [two, three]),
        ({"places": ("64",)}, [two, three]),
        ({"places": ("64.02.01", "11")}, [three]),
        ({"places": ("64.0",)}, []),
        ({"topics": ("politik", "kesehatan")}, [one, two]),
        ({"topics": ("politik",)}, [one]),
        ({"statuses": (ReviewStatus.NEW,)}, [one, three]),
        ({"statuses": (ReviewStatus.NEW, ReviewStatus.IN_CASE)}, [one, two, three]),
        ({"case_ids": ("isu-1",)}, [two]),
        ({"flagged": True}, [two]),
        ({"flagged": False}, [one]),
        ({"minimum_probability": 0.75}, [two]),
        ({"minimum_probability": 0.0}, [one, two]),
        ({"maximum_probability": 0.25}, [one]),
        ({"minimum_probability": 0.3, "maximum_probability": 0.7}, []),
        ({"collected_from": start + day}, [two, three]),
        ({"collected_until": start + day}, [one]),
        ({"collected_from": start, "collected_until": start + 2 * day}, [one, two]),
        ({"collected_until": start + timedelta(microseconds=1)}, [one]),
        ({"collected_from": start + timedelta(microseconds=1)}, [two, three]),
        ({"published_from": start}, [one, two]),
        ({"published_until": start + timedelta(seconds=1)}, [two]),
        ({"platforms": ("x",), "languages": ("jv",)}, []),
        ({"text": "jembatan", "source_ids": ("a",), "flagged": False}, [one]),
        ({"text": "jembatan", "topics": ("kesehatan",), "languages": ("jv", "id")}, [two]),
        ({"source_ids": ("a' OR '1'='1",)}, []),
        ({"regions": ("HULU", "hul*")}, []),
    ]
    for query, posts in expected:
        for order in Order:
            assert sorted(found(store, **query, order=order)) == sorted(ids(posts)), query
        records = store.iter_records(PostQuery(**query))
        assert [record.post.id for record in records] == sorted(ids(posts)), query


def test_newest_goes_by_publication_or_else_collection_and_ties_by_id(store: Store) -> None:
    hour = timedelta(hours=1)
    start = datetime(2026, 11, 10, tzinfo=UTC)
    posts = [
        make_post(1, published_at=start + 3 * hour, collected_at=start + 9 * hour),
        make_post(2, published_at=None, collected_at=start + 2 * hour),
        make_post(3, published_at=start + hour, collected_at=start + 9 * hour),
        *(make_post(number, published_at=start, collected_at=start) for number in range(4, 10)),
    ]
    add(store, *posts)
    expected = ids(posts[:3]) + sorted(ids(posts[3:]))

    assert found(store, order=Order.NEWEST) == expected
    assert found(store) == expected, "relevance without words is the same as newest"
    assert found(store, text="jembatan", order=Order.NEWEST) == expected


def test_urgent_comes_first_and_unassessed_last(store: Store) -> None:
    posts = [make_post(number) for number in range(6)]
    add(store, *posts)
    for post, probability in zip(posts, (0.2, 0.9, 0.9, 0.0), strict=False):
        store.put_assessments([make_assessment(post, probability=probability)])
    store.refresh()

    assert found(store, order=Order.PROBABILITY) == [
        *sorted(ids(posts[1:3])),
        posts[0].id,
        posts[3].id,
        *sorted(ids(posts[4:])),
    ]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("text", ["", "jembatan"])
def test_pages_follow_each_other_without_gap_or_repeat(
    store: Store, order: Order, text: str
) -> None:
    posts = [make_post(n, title=f"Jembatan {'rusak ' * (n % 4)}") for n in range(25)]
    add(store, *posts)
    store.put_assessments(
        [make_assessment(post, probability=n % 3 / 2) for n, post in enumerate(posts[:15])]
    )
    store.refresh()
    query = PostQuery(text=text, order=order)
    whole = store.search(query, limit=1000)
    assert (whole.total, whole.next_cursor) == (25, None)

    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = store.search(query, limit=10, cursor=cursor)
        assert page.total == 25
        seen += [hit.record.post.id for hit in page.hits]
        if (cursor := page.next_cursor) is None:
            break

    assert seen == [hit.record.post.id for hit in whole.hits]


def test_a_full_last_page_is_the_last(store: Store) -> None:
    add(store, *(make_post(number) for number in range(4)))

    first = store.search(PostQuery(), limit=2)
    second = store.search(PostQuery(), limit=2, cursor=first.next_cursor)

    assert second.next_cursor is None


def test_a_page_of_an_impossible_size_is_refused(store: Store) -> None:
    for limit in (0, -1, 1001):
        with pytest.raises(BadInputError, match="limit"):
            store.search(PostQuery(), limit=limit)


def test_a_cursor_that_was_not_made_here_is_refused(store: Store) -> None:
    add(store, make_post(1), make_post(2))
    invented = encode_cursor("relevance", ["bukan titik waktu", 1.0, "x"])

    for cursor in ("", "x", "!!!", "e30", "bnVsbA", "W10", "ꦗ", "A" * 9000, invented):
        for text in ("", "jembatan"):
            with pytest.raises(BadInputError):
                pytest.fail(f"{cursor} gave {store.search(PostQuery(text=text), cursor=cursor)}")


def test_a_cursor_of_another_order_is_refused(store: Store) -> None:
    add(store, make_post(1), make_post(2))
    cursor = store.search(PostQuery(order=Order.NEWEST), limit=1).next_cursor

    with pytest.raises(BadInputError):
        store.search(PostQuery(order=Order.PROBABILITY), cursor=cursor)


@pytest.mark.parametrize("text", ["", "jembatan"])
def test_posts_added_meanwhile_neither_repeat_nor_hide_others(store: Store, text: str) -> None:
    posts = [make_post(number) for number in range(30)]
    add(store, *posts)
    query = PostQuery(text=text)

    seen: list[str] = []
    cursor: str | None = None
    for turn in range(100, 200):
        page = store.search(query, limit=7, cursor=cursor)
        seen += [hit.record.post.id for hit in page.hits]
        add(store, make_post(turn, published_at=datetime(2026, 11, 17, tzinfo=UTC)))
        if (cursor := page.next_cursor) is None:
            break

    assert len(seen) == len(set(seen))
    assert set(seen) >= set(ids(posts))


@pytest.mark.slow
@pytest.mark.parametrize("order", [Order.NEWEST, Order.RELEVANCE])
def test_more_than_ten_thousand_posts_are_paged_through_while_others_are_added(
    store: Store, order: Order
) -> None:
    base = datetime(2026, 1, 1, tzinfo=UTC)
    posts = [
        make_post(n, title=f"Jembatan {n % 7}", published_at=base + timedelta(minutes=n % 997))
        for n in range(10_500)
    ]
    for start in range(0, len(posts), 1500):
        store.upsert_posts(posts[start : start + 1500])
    store.refresh()
    query = PostQuery(text="jembatan", order=order)

    seen: list[str] = []
    cursor: str | None = None
    for turn in range(20_000, 20_100):
        page = store.search(query, limit=1000, cursor=cursor)
        assert page.total >= len(posts)
        seen += [hit.record.post.id for hit in page.hits]
        add(store, make_post(turn, title="Jembatan", published_at=base + timedelta(days=turn)))
        if (cursor := page.next_cursor) is None:
            break

    assert len(seen) == len(set(seen))
    assert set(seen) >= set(ids(posts))
    assert sum(1 for _ in store.iter_records(query)) > len(posts)
