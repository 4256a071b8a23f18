"""What may be presumed ordinary: not what is known, judged or surging, and nobody too much."""

from __future__ import annotations

import random
from collections import Counter

from classifier.background import Candidate, choose_background, find_surges

WORDS = (
    "pasar hujan sekolah sepeda kopi sawah jalan anak ibu bola ikan sungai pagi malam motor warung"
    " nasi sayur kebun rumah kantor libur baju lagu film obat dokter bank uang harga listrik air"
    " tetangga masjid gereja pantai gunung kereta bus tiket buku guru murid ujian"
).split()


def chatter(number: int) -> str:
    return " ".join(random.Random(number).choices(WORDS, k=14))


def candidates(count: int, **more: object) -> list[Candidate]:
    return [Candidate(id=str(n), text=chatter(n), **more) for n in range(count)]  # type: ignore[arg-type]


def test_matched_judged_and_empty_posts_stay_out() -> None:
    posts = [
        *candidates(60),
        Candidate(id="m", text=chatter(1000), is_matched=True),
        Candidate(id="j", text=chatter(1001), is_judged=True),
        Candidate(id="s", text="ok"),
    ]
    chosen = choose_background(posts)
    assert {post.id for post in chosen.posts} == {str(n) for n in range(60)}
    assert chosen.left_out == {"matched": 1, "judged": 1, "short": 1}


def test_a_wave_of_near_duplicates_stays_out_whole() -> None:
    wave = "awas bendungan retak besar malam ini segera mengungsi bagikan ke semua warga"
    posts = candidates(60) + [Candidate(id=f"w{n}", text=f"{wave} {n}") for n in range(9)]
    chosen = choose_background(posts)
    assert chosen.left_out["surge"] == 9
    assert not any(post.id.startswith("w") for post in chosen.posts)


def test_two_alike_are_no_surge() -> None:
    assert not find_surges([chatter(1), chatter(1), chatter(2)]).any()
    assert find_surges([chatter(1)] * 4 + [chatter(2)]).tolist() == [True] * 4 + [False]


def test_no_source_and_no_author_fills_more_than_its_share() -> None:
    loud = [Candidate(id=f"l{n}", text=chatter(n), source="ramai") for n in range(300)]
    others = [
        Candidate(id=f"o{n}", text=chatter(500 + n), source=f"s{n % 6}", author=f"a{n % 6}")
        for n in range(120)
    ]
    chosen = choose_background(loud + others, limit=200)
    by_source = Counter(post.source for post in chosen.posts)
    by_author = Counter(post.author for post in chosen.posts if post.author)
    assert by_source["ramai"] == 50
    assert max(by_author.values()) <= 5


def test_an_office_with_one_source_may_still_learn() -> None:
    chosen = choose_background(candidates(100, source="satu"))
    assert len(chosen.posts) == 100


def test_the_sample_does_not_depend_on_the_order() -> None:
    posts = candidates(150)
    once = choose_background(posts, limit=60)
    again = choose_background(reversed(posts), limit=60)
    assert once.posts == again.posts
    assert len(once.posts) == 60
