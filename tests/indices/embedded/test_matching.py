"""Words: short queries need all of them, pasted messages any telling one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indices.embedded.store import EmbeddedStore
from indices.queries import PostQuery
from indices.text import terms
from tests.indices.contract_documents import make_post

MESSAGE = (
    "Tolong sebarkan ke semua grup, besok jembatan gantung ditutup total karena retak parah"
    " sejak gempa, jangan lewat sana dulu ya bapak ibu semuanya"
)


def titles(store: EmbeddedStore, text: str) -> list[str]:
    return [hit.record.post.title for hit in store.search(PostQuery(text=text)).hits]


def test_a_pasted_message_finds_its_variant_first(store: EmbeddedStore) -> None:
    store.upsert_posts(
        [
            make_post(1, title="varian", text="Jembatan gantung retak parah sejak gempa, awas"),
            make_post(2, title="jauh", text="Gempa kecil tidak terasa di kota"),
            make_post(3, title="lain", text="Panen padi melimpah"),
        ]
    )

    assert titles(store, MESSAGE) == ["varian", "jauh"]


def test_words_in_the_title_weigh_more(store: EmbeddedStore) -> None:
    store.upsert_posts(
        [
            make_post(1, title="Kabar desa hari ini", text="Banjir bandang datang lagi"),
            make_post(2, title="Banjir bandang datang lagi", text="Kabar desa hari ini"),
        ]
    )

    assert titles(store, "banjir bandang")[0] == "Banjir bandang datang lagi"


def test_a_word_that_stands_everywhere_still_finds_everything(store: EmbeddedStore) -> None:
    store.upsert_posts([make_post(number) for number in range(50)])

    assert store.search(PostQuery(text="jembatan")).total == 50
    assert store.search(PostQuery(text=MESSAGE)).total == 50


def test_words_of_full_text_syntax_are_words(store: EmbeddedStore) -> None:
    store.upsert_posts([make_post(1, title="Near or not", text="and title col")])

    assert titles(store, "NEAR OR NOT") == ["Near or not"]
    assert titles(store, "AND title") == ["Near or not"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_is_a_question(store: EmbeddedStore, text: str) -> None:
    store.upsert_posts([make_post(1, title=text, text=text)])

    page = store.search(PostQuery(text=text))

    assert page.total == len(page.hits) == (1 if terms(text) or not text.strip() else 0)
    assert store.search_fact_checks(text) == []
