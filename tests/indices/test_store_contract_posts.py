"""What crawlers are promised: posts by id, written twice without harm, read back as given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from indices.documents import Post, PostRecord, PostVersion, ReviewStatus, SourceKind
from indices.identity import text_hash
from indices.queries import PostQuery, UpsertCounts
from indices.store import Store
from tests.indices.contract_documents import (
    DISTRICT,
    REGENCY,
    make_assessment,
    make_post,
    make_review,
    make_vector,
)


def rewritten(post: Post, text: str) -> Post:
    return replace(post, text=text, text_hash=text_hash(post.title, text))


def test_new_posts_are_created_and_read_back_exactly(store: Store) -> None:
    full = Post(
        id="abc123",
        source_id="kabar-lembah",
        source_kind=SourceKind.PRESS,
        platform="web",
        url="https://kabar.example/berita?id=1&x=<b>",
        canonical_url="https://kabar.example/berita?id=1",
        title='Judul dengan "kutip", emoji 😀 dan aksara ꦗꦮ',
        text="Baris satu\nBaris dua\ttab",
        author="Redaksi",
        published_at=datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC),
        published_raw="20 Nov 2026 09.02 WITA",
        collected_at=datetime(2026, 11, 20, 2, 0, 0, 1, tzinfo=UTC),
        language="id",
        region="Kecamatan Hulu",
        section="Daerah",
        reach={"likes": 3, "shares": 10**12},
        text_hash="0123456789abcdef",
        evidence="crawl.warc.gz#1",
        places=(DISTRICT, REGENCY),
    )
    bare = Post(
        id="bare",
        source_id="tip",
        source_kind=SourceKind.TIPLINE,
        collected_at=datetime(2026, 11, 20, tzinfo=UTC),
    )

    assert store.upsert_posts([full, bare]) == UpsertCounts(created=2)

    assert store.find_record("abc123") == PostRecord(post=full)
    assert store.find_record("bare") == PostRecord(post=bare)


def test_earlier_wordings_are_kept_with_the_post_and_a_new_one_is_a_change(store: Store) -> None:
    first = make_post(1)
    seen = datetime(2026, 11, 21, tzinfo=UTC)
    wording = PostVersion(
        title=first.title, text_hash=first.text_hash, replaced_at=seen, characters=9, evidence="a#1"
    )
    second = replace(rewritten(first, "Kata lain"), versions=(wording,))
    store.upsert_posts([first])

    assert store.upsert_posts([second]) == UpsertCounts(updated=1)
    assert store.upsert_posts([second]) == UpsertCounts(unchanged=1)
    store.refresh()
    assert [record.post for record in store.iter_records()] == [second]


def test_the_same_batch_again_changes_nothing(store: Store) -> None:
    posts = [make_post(number) for number in range(5)]
    store.upsert_posts(posts)

    assert store.upsert_posts(posts) == UpsertCounts(unchanged=5)


def test_a_batch_is_counted_by_what_became_of_each_post(store: Store) -> None:
    old, changed, new = make_post(1), make_post(2), make_post(3)
    store.upsert_posts([old, changed])

    counts = store.upsert_posts([old, rewritten(changed, "Isi baru."), new])

    assert counts == UpsertCounts(created=1, updated=1, unchanged=1)


def test_an_id_twice_in_one_batch_counts_once_and_the_later_one_stays(store: Store) -> None:
    post = make_post(1)
    later = replace(post, section="Ekonomi")

    assert store.upsert_posts([post, later]) == UpsertCounts(created=1)

    record = store.find_record(post.id)
    assert record is not None
    assert record.post.section == "Ekonomi"


def test_an_empty_batch_does_nothing(store: Store) -> None:
    assert store.upsert_posts([]) == UpsertCounts()


def test_the_time_of_first_sight_stays(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    seen_again = replace(post, collected_at=post.collected_at + timedelta(days=3))

    assert store.upsert_posts([seen_again]) == UpsertCounts(unchanged=1)
    assert store.upsert_posts([replace(seen_again, reach={"likes": 9})]).updated == 1

    assert store.find_record(post.id) == PostRecord(post=replace(post, reach={"likes": 9}))


def test_a_count_that_the_platform_no_longer_gives_goes(store: Store) -> None:
    post = replace(make_post(1), reach={"likes": 1, "shares": 2})
    store.upsert_posts([post])

    store.upsert_posts([replace(post, reach={"shares": 2})])

    record = store.find_record(post.id)
    assert record is not None
    assert dict(record.post.reach) == {"shares": 2}


def test_a_new_crawl_leaves_assessment_vector_and_review_alone(store: Store) -> None:
    post = make_post(1)
    assessment, review = make_assessment(post), make_review(post)
    store.upsert_posts([post])
    store.put_assessments([assessment], make_vector(3, count=1))
    store.put_review(review)

    changed = replace(post, author="Pena Lain")
    assert store.upsert_posts([changed]).updated == 1

    expected = PostRecord(post=changed, assessment=assessment, review=review)
    assert store.find_record(post.id) == expected
    assert store.find_vector(post.id) is not None
    store.refresh()
    query = PostQuery(statuses=(review.status,), flagged=assessment.flagged)
    assert [hit.record for hit in store.search(query).hits] == [expected]


def test_records_are_found_by_many_ids_and_unknown_ones_are_left_out(store: Store) -> None:
    posts = [make_post(number) for number in range(3)]
    store.upsert_posts(posts)

    found = store.find_records([posts[0].id, "unknown", posts[2].id, posts[0].id])

    assert found == {post.id: PostRecord(post=post) for post in (posts[0], posts[2])}
    assert store.find_records([]) == {}
    assert store.find_record("unknown") is None


def test_every_matching_post_is_iterated_once_by_id(store: Store) -> None:
    posts = [make_post(number, platform="web" if number % 2 else "x") for number in range(30)]
    store.upsert_posts(posts)
    store.refresh()

    everything = [record.post.id for record in store.iter_records()]
    some = [record.post.id for record in store.iter_records(PostQuery(platforms=("x",)))]

    assert everything == sorted(post.id for post in posts)
    assert some == sorted(post.id for post in posts if post.platform == "x")


def test_posts_may_be_written_while_they_are_iterated(store: Store) -> None:
    posts = [make_post(number) for number in range(10)]
    store.upsert_posts(posts)
    store.refresh()

    seen = []
    for record in store.iter_records():
        seen.append(record.post.id)
        store.upsert_posts([replace(record.post, section="dibaca")])

    assert seen == sorted(post.id for post in posts)


def test_retention_deletes_what_was_collected_earlier_but_keeps_cases(store: Store) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    old, boundary, young, in_case = (
        make_post(1, collected_at=now - timedelta(days=2)),
        make_post(2, collected_at=now - timedelta(days=1)),
        make_post(3, collected_at=now),
        make_post(4, collected_at=now - timedelta(days=9)),
    )
    store.upsert_posts([old, boundary, young, in_case])
    store.put_assessments([make_assessment(old)], make_vector(1, count=1))
    store.put_review(make_review(old, case_id=""))
    store.put_review(make_review(in_case, status=ReviewStatus.IN_CASE, case_id="isu-1"))
    store.refresh()

    assert store.delete_posts_before(now - timedelta(days=1)) == 1

    left = {record.post.id for record in store.iter_records()}
    assert left == {boundary.id, young.id, in_case.id}
    assert store.find_record(old.id) is None
    assert store.find_vector(old.id) is None
    assert store.delete_posts_before(now - timedelta(days=1)) == 0
    assert store.delete_posts_before(now, keep_cases=False) == 2
    store.refresh()
    assert store.check_health().counts["posts"] == 1


def test_retention_may_be_of_some_kinds_of_source_only(store: Store) -> None:
    kinds = (SourceKind.PRESS, SourceKind.TIPLINE, SourceKind.PLATFORM)
    posts = [make_post(number, source_kind=kind) for number, kind in enumerate(kinds)]
    store.upsert_posts(posts)
    store.refresh()
    later = max(post.collected_at for post in posts) + timedelta(days=1)
    wanted = (SourceKind.TIPLINE, SourceKind.PLATFORM)
    assert store.delete_posts_before(later, source_kinds=wanted) == 2
    store.refresh()
    assert [record.post.id for record in store.iter_records()] == [posts[0].id]


def test_a_deleted_post_can_come_back_as_new(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    store.put_assessments([make_assessment(post)])
    store.refresh()
    store.delete_posts_before(post.collected_at + timedelta(seconds=1))

    assert store.upsert_posts([post]) == UpsertCounts(created=1)

    assert store.find_record(post.id) == PostRecord(post=post)


def test_hostile_posts_are_kept_as_they_are(store: Store) -> None:
    hostile = [
        make_post(1, title="", text="", url="", language="", region=""),
        make_post(2, text="<script>alert(1)</script> ' OR 1=1 -- \x00\x07 \u202e"),
        make_post(3, text="kata " * 60_000),
        make_post(4, text="x" * 100_000),
        make_post(5, published_at=datetime(1, 1, 1, tzinfo=UTC)),
        make_post(6, published_at=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        make_post(7, region="r" * 40_000, language="l" * 40_000, author="a" * 40_000),
        make_post(8, reach={"likes": 2**62, "views": -1, "k" * 2000: 1, "a.b..c": 2, "": 3}),
        make_post(9, source_id="sumber dengan spasi/garis"),
    ]

    assert store.upsert_posts(hostile) == UpsertCounts(created=len(hostile))
    store.refresh()

    assert {record.post.id: record.post for record in store.iter_records()} == {
        post.id: post for post in hostile
    }
