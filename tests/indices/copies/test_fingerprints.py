"""Keys that are the same everywhere, and a similarity that is the real one."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from indices.copies.fingerprints import build_fingerprint, may_be_copies, restore_fingerprint
from indices.copies.shingles import MAX_CHARACTERS, build_shingles, similarity
from tests.factories import a_post

WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=8), max_size=40)


def test_keys_are_the_same_on_every_machine_and_in_every_release() -> None:
    made = build_fingerprint(a_post(title="", text="satu dua tiga empat lima enam tujuh delapan"))

    assert len(made.keys) == 21
    assert (made.keys[0], made.keys[1], made.keys[20]) == (
        6236427234329950192,
        8261368855188839628,
        629648035123640051,
    )


@given(WORDS, WORDS)
def test_similarity_is_jaccard_over_sequences_of_letters(one: list[str], other: list[str]) -> None:
    def sequences(words: list[str]) -> set[str]:
        text = " ".join(words)
        return {text[n : n + 7] for n in range(len(text) - 6)}

    left, right = sequences(one), sequences(other)
    expected = len(left & right) / max(len(left | right), 1)
    assert similarity(build_shingles(one), build_shingles(other)) == expected


@given(st.text(max_size=300), st.text(max_size=30))
def test_anything_gets_keys_that_both_stores_can_keep(text: str, title: str) -> None:
    made = build_fingerprint(a_post(text=text, title=title))

    assert len(made.keys) in {0, 1, 21}
    assert all(1 <= key < 2**63 for key in made.keys)


def test_a_huge_text_takes_bounded_time() -> None:
    post = a_post(text="".join(f"kata{n} " for n in range(200_000)))
    started = time.perf_counter()

    made = build_fingerprint(post)

    assert time.perf_counter() - started < 2
    assert len(made.shingles) <= MAX_CHARACTERS


def test_sketches_let_every_copy_through_and_hardly_another_text() -> None:
    chance = random.Random(7)
    kept = others = 0
    for _ in range(200):
        words = [f"{chance.randrange(10**6):06d}" for _ in range(60)]
        edited = [*words[:46], *(f"{chance.randrange(10**6):06d}" for _ in range(14))]
        own, copy = (build_fingerprint(a_post(title="", text=" ".join(w))) for w in (words, edited))
        stranger = build_fingerprint(a_post(title="", text=" ".join(reversed(words))))
        assert similarity(own.shingles, copy.shingles) >= 0.6
        copied, other = may_be_copies(own.sketch, [copy.sketch, stranger.sketch])
        kept, others = kept + copied, others + other
    assert kept == 200
    assert others == 0


def test_a_missing_sketch_leaves_it_open() -> None:
    own = build_fingerprint(a_post(title="", text="satu dua tiga empat lima enam tujuh delapan"))

    assert may_be_copies(own.sketch, [b"", own.sketch]) == [True, True]
    assert may_be_copies(b"", [own.sketch]) == [True]
    assert may_be_copies(own.sketch, []) == []


def test_a_fingerprint_is_restored_from_its_keys() -> None:
    for text in ["satu dua tiga empat lima enam tujuh delapan", "awas banjir di hulu", "amin"]:
        post = a_post(title="", text=text)
        made = build_fingerprint(post)
        restored = restore_fingerprint(post, made.keys)
        assert (restored.exact, restored.bands) == (made.exact, made.bands)
        assert similarity(restored.shingles, made.shingles) == (1.0 if made.exact else 0.0)
