"""Deleting posts from the file, and odd characters on their way into it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from indices.embedded.integrity import find_damage
from indices.embedded.store import EmbeddedStore
from indices.queries import PostQuery
from tests.indices.contract_documents import make_assessment, make_post, make_vector


def test_what_retention_deletes_is_gone_from_the_file(store: EmbeddedStore, path: Path) -> None:
    old = [make_post(n, title="Zamrudkelana", text="Kutilangbiru") for n in range(30)]
    kept = [
        make_post(n, collected_at=old[0].collected_at + timedelta(days=2)) for n in range(30, 60)
    ]
    store.upsert_posts([*old, *kept])
    store.put_assessments([make_assessment(post) for post in old], make_vector(1, 30))

    assert store.delete_posts_before(old[0].collected_at + timedelta(days=1)) == 30
    store.close()

    content = path.read_bytes().lower()
    assert b"zamrudkelana" not in content
    assert b"kutilangbiru" not in content
    assert b"jembatan" in content
    assert not path.with_name(path.name + "-wal").exists()
    assert find_damage(path) == []


def test_halves_of_characters_become_question_marks(store: EmbeddedStore) -> None:
    post = make_post(1, title="Banjir \ud83d", author="\udfff")

    assert store.upsert_posts([post]).created == 1
    assert store.upsert_posts([post]).unchanged == 1

    record = store.find_record(post.id)
    assert record is not None
    assert (record.post.title, record.post.author) == ("Banjir ?", "?")
    assert store.search(PostQuery(text="banjir")).total == 1


def test_more_posts_than_one_batch_are_counted_together(store: EmbeddedStore) -> None:
    posts = [make_post(number) for number in range(1100)]

    assert store.upsert_posts(posts[:600]).created == 600
    counts = store.upsert_posts(posts)

    assert (counts.created, counts.unchanged) == (500, 600)
    assert [record.post.id for record in store.iter_records()] == sorted(p.id for p in posts)
    assert len(store.find_records([post.id for post in posts])) == 1100
    assert store.delete_posts_before(posts[0].collected_at + timedelta(days=1)) == 1100
    assert list(store.iter_records()) == []
