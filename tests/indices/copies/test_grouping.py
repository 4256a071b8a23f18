"""The same text is one group, whoever posted it first; a similar subject is not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from indices.copies.explaining import count_other_copies, find_other_copies
from indices.copies.grouping import group_posts
from indices.copies.jobs import copies
from indices.documents import Post
from indices.identity import text_hash
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.settings import Settings
from indices.store import Store
from tests.factories import NOW, a_post

RUMOUR = (
    "Bendungan Hulu Sarang retak dan akan jebol nanti malam. Warga Desa Sarang dan Desa Muara"
    " diminta segera mengungsi ke bukit sebelum pukul delapan, bawa surat berharga dan obat."
    " Kabar ini datang langsung dari petugas jaga pintu air yang tidak mau disebut namanya."
)
OTHER = (
    "Pemerintah kabupaten memperbaiki pintu air Bendungan Hulu Sarang mulai Senin depan. Warga"
    " Desa Sarang dan Desa Muara tetap dapat mengairi sawah seperti biasa selama pekerjaan, kata"
    " kepala dinas dalam pertemuan dengan kelompok tani di balai desa kemarin sore."
)


def said(text: str, number: int, **over: object) -> Post:
    post = a_post(
        url=f"https://a.example/{number}",
        title="",
        text=text,
        collected_at=NOW + timedelta(minutes=number),
    )
    return replace(post, text_hash=text_hash("", text), **over)


VARIANTS = {
    "the same words": RUMOUR,
    "other marks, case and spacing": RUMOUR.upper().replace(". ", "!!!\n\n"),
    "emoji": RUMOUR.replace("Warga", "🙏 Warga 🔥").replace("bukit", "bukit 😭"),
    "a forwarded header": "Diteruskan berkali-kali\n[12/11/26 10.31] Budi RT 3: " + RUMOUR,
    "a preface": "INFO PENTING dari grup sebelah, mohon dibaca dan disebarkan:\n" + RUMOUR,
    "an appeal": RUMOUR + "\nSebarkan ke semua grup keluarga ya.",
    "typing errors": RUMOUR.replace("segera", "segra").replace("langsung", "lansung"),
    "its end cut off": RUMOUR[: len(RUMOUR) * 4 // 5],
    "everyday spelling": RUMOUR.replace("yang tidak", "yg gak").replace("dan", "dn"),
    "a link": RUMOUR + " https://t.example/abc?x=1",
}


def groups_of(store: Store, posts: Sequence[Post]) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for key, copy in store.find_copies([post.id for post in posts]).items():
        found.setdefault(copy.group_id, set()).add(key)
    return sorted(found.values(), key=min)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_an_edited_copy_joins_the_first(store: Store, variant: str) -> None:
    first, second = said(RUMOUR, 1), said(variant, 2)
    store.upsert_posts([first, second])

    group_posts(store, [first])
    (copy,) = group_posts(store, [second])

    assert copy.like_id == first.id
    assert copy.group_id == store.find_copies([first.id])[first.id].group_id
    assert 0.6 <= copy.similarity <= 1.0


def test_another_text_on_the_same_places_stays_apart(store: Store) -> None:
    posts = [said(RUMOUR, 1), said(OTHER, 2)]
    store.upsert_posts(posts)

    group_posts(store, posts)

    assert (
        groups_of(store, posts) == [{posts[0].id}, {posts[1].id}]
        or len(groups_of(store, posts)) == 2
    )


def test_short_texts_are_copies_only_of_the_same_words_and_greetings_never(store: Store) -> None:
    texts = [
        "Awas banjir di hulu!",
        "awas   BANJIR di hulu",
        "Awas banjir di hilir",
        "Amin",
        "Amin",
    ]
    posts = [said(text, number) for number, text in enumerate(texts)]
    store.upsert_posts(posts)

    group_posts(store, posts)
    store.refresh()

    sizes = sorted(map(len, groups_of(store, posts)))
    assert sizes == [1, 1, 1, 2]
    assert count_other_copies(store, [post.id for post in posts]) == {
        posts[0].id: 1,
        posts[1].id: 1,
    }


def test_texts_without_words_are_placed_and_alone(store: Store) -> None:
    posts = [
        said(text, number)
        for number, text in enumerate(["", "🙏🙏🙏", "https://a.example/x", "!!!"])
    ]
    store.upsert_posts(posts)
    posts = [record.post for record in store.iter_records()]

    group_posts(store, posts)

    assert len(groups_of(store, posts)) == len(posts)
    assert list(store.iter_ungrouped()) == []


def test_the_order_of_arrival_does_not_matter(store: Store) -> None:
    posts = [said(text, number) for number, text in enumerate([*VARIANTS.values(), OTHER])]
    store.upsert_posts(posts)
    expected: list[set[str]] = []
    for seed in range(4):
        order = random.Random(seed).sample(posts, len(posts))
        store.put_records(list(store.iter_records()))  # forget all groups
        for start in range(0, len(order), 3):
            group_posts(store, order[start : start + 3])
        expected = expected or groups_of(store, posts)
        assert groups_of(store, posts) == expected
    assert sorted(map(len, expected)) == [1, len(VARIANTS)]


def test_a_post_between_two_groups_joins_them_under_the_older_id(store: Store) -> None:
    words = [f"kata{chr(97 + n // 20)}{chr(97 + n % 20)}" for n in range(100)]
    left, right = " ".join(words[:76]), " ".join(words[24:])
    whole = " ".join(words[6:94])
    posts = [said(left, 1), said(right, 2), said(whole, 3)]
    posts[0] = replace(posts[0], collected_at=NOW - timedelta(days=3))
    store.upsert_posts(posts)
    group_posts(store, posts[:2])
    before = store.find_copies([post.id for post in posts])
    assert len({copy.group_id for copy in before.values()}) == 2

    group_posts(store, posts[2:])

    after = store.find_copies([post.id for post in posts])
    assert {copy.group_id for copy in after.values()} == {before[posts[0].id].group_id}
    assert after[posts[1].id].keys == before[posts[1].id].keys


def test_ids_of_groups_stay_when_the_first_post_goes(store: Store) -> None:
    posts = [said(RUMOUR, n, collected_at=NOW + timedelta(days=n)) for n in range(3)]
    store.upsert_posts(posts[:2])
    group_posts(store, posts[:2])
    group = store.find_copies([posts[1].id])[posts[1].id].group_id
    store.refresh()
    store.delete_posts_before(NOW + timedelta(hours=1))

    store.upsert_posts(posts[2:])
    group_posts(store, posts[2:])

    assert store.find_copies([posts[2].id])[posts[2].id].group_id == group


def test_a_copy_is_found_behind_many_older_posts_that_share_as_much(store: Store) -> None:
    original, late = said(RUMOUR, 100), said(RUMOUR + "\nSebarkan!", 200)
    decoys = [said(" ".join(f"lain{n}x{word}" for word in range(30)), n) for n in range(40)]
    store.upsert_posts([*decoys, original, late])
    made = group_posts(store, [*decoys, original])
    exact_key, *shared = group_posts(store, [late])[0].keys
    keys = [(exact_key + 1, shared[number % 20]) for number in range(len(made))]
    store.put_copies([replace(copy, keys=own) for copy, own in zip(made, keys, strict=True)])

    (copy,) = group_posts(store, [late])

    assert copy.like_id == original.id


def test_a_post_that_an_older_program_compared_is_found_as_well(store: Store) -> None:
    first, second = said(RUMOUR, 1), said(RUMOUR + "\nSebarkan!", 2)
    store.upsert_posts([first, second])
    (compared,) = group_posts(store, [first])
    store.put_copies([replace(compared, sketch="")])

    (copy,) = group_posts(store, [second])

    assert compared.sketch
    assert copy.like_id == first.id


def a_context(store: Store, settings: Settings) -> JobContext:
    return JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())


def test_the_job_compares_what_is_new_and_nothing_twice(store: Store, tmp_path: object) -> None:
    context = a_context(store, Settings(home=tmp_path))
    posts = [said(text, number) for number, text in enumerate([*VARIANTS.values(), OTHER])]
    store.upsert_posts(posts)

    first, again = copies(context), copies(context)

    assert first.counts == {"compared": len(posts), "copies": len(VARIANTS) - 1}
    assert again.counts == {"compared": 0, "copies": 0}


def test_a_post_that_gets_other_words_leaves_its_group(store: Store, tmp_path: object) -> None:
    context = a_context(store, Settings(home=tmp_path))
    posts = [said(RUMOUR, number) for number in range(3)]
    store.upsert_posts(posts)
    copies(context)

    changed = replace(posts[0], text=OTHER, text_hash=text_hash("", OTHER))
    store.upsert_posts([changed])
    copies(context)

    assert find_other_copies(store, changed).total == 0
    assert find_other_copies(store, posts[1]).total == 1


def test_a_text_that_is_less_alike_is_not_called_the_same(store: Store) -> None:
    first, second = said(RUMOUR, 1), said("Info dari grup. " + RUMOUR[: len(RUMOUR) * 7 // 10], 2)
    store.upsert_posts([first, second])
    group_posts(store, [first, second])
    store.refresh()

    found = find_other_copies(store, second)

    assert 60 <= found.shown[0].percent < 75
    assert found.explanation.startswith("teks mirip dengan “")


def test_copies_are_explained_in_plain_words(store: Store, tmp_path: object) -> None:
    context = a_context(store, Settings(home=tmp_path))
    posts = [said(VARIANTS["an appeal"], 1), said(RUMOUR, 2, title="Bendungan retak")]
    store.upsert_posts(posts)
    copies(context)

    found = find_other_copies(store, posts[0])

    assert found.total == 1
    percent = found.shown[0].percent
    assert found.explanation == f"teks sama dengan “Bendungan retak” (kabar-lembah), {percent} %"
    assert 80 < percent < 100
    assert find_other_copies(store, said("belum disimpan sama sekali", 9)).explanation == ""
