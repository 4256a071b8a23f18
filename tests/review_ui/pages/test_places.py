"""The desk's posts by place and language: filters in queue and search, and why on the post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import pytest

from indices.places.gazetteer import Gazetteer
from indices.places.table import FILE_NAME, load_gazetteer
from indices.reading import read_post
from tests.factories import an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post

AsRole = Callable[[str], Visitor]
TEXT = "Ulun kada tahu matan mana kabar nitu, banyu di Desa Loa Pinang hanyar naik haja jar urang"


@pytest.fixture
def gazetteer(newsroom: Newsroom) -> Gazetteer:
    content = files("crawlers.demo.content").joinpath("places.csv").read_bytes()
    (newsroom.settings.home / FILE_NAME).write_bytes(content)
    return load_gazetteer(newsroom.settings.home)


@pytest.fixture
def tagged(newsroom: Newsroom, gazetteer: Gazetteer) -> str:
    """A flagged post in Banjar about a village; its id."""
    post = a_social_post(77, title="", text=TEXT, region="lembah-sarang")
    post = replace(read_post(gazetteer, post), relevance="sumbernya dari wilayah sendiri")
    newsroom.store.upsert_posts([post])
    newsroom.store.put_assessments(
        [an_assessment(post_id=post.id, text_hash=post.text_hash, flagged=True)]
    )
    newsroom.store.refresh()
    return post.id


def test_a_post_shows_its_places_language_and_why(as_role: AsRole, tagged: str) -> None:
    page = as_role("penelaah").get(f"/unggahan/{tagged}")
    assert "Desa Loa Pinang" in page
    assert "tertulis" in page or "disebut “Desa Loa Pinang”" in page
    assert '<span class="lr-badge lr-warn">bahasa Banjar</span>' in page
    assert "kata tugas bahasa Banjar dari" in page
    assert "sumbernya dari wilayah sendiri" in page
    assert 'lang="bjn"' in page


@pytest.mark.parametrize("path", ["/antrean", "/cari"])
def test_queue_and_search_narrow_by_village_district_and_language(
    as_role: AsRole, tagged: str, path: str
) -> None:
    visitor = as_role("penelaah")
    link = f"/unggahan/{tagged}"
    page = visitor.get(path)
    assert ">Desa Loa Pinang (1)</option>" in page
    assert ">Kecamatan Hulu Sarang (1)</option>" in page
    assert ">bahasa Banjar (1)</option>" in page
    for chosen in ("tempat=99.01.02.2001", "tempat=99.01.02", "bahasa=bjn", "bahasa=bjn&tempat=99"):
        page = visitor.get(f"{path}?{chosen}")
        assert page.count('href="/unggahan/') == page.count(f'href="{link}"') > 0, chosen
    for chosen in ("tempat=99.01.03", "tempat=%3Cb%3E", "bahasa=su", "bahasa=' OR 1"):
        assert link not in visitor.get(f"{path}?{chosen}")


@pytest.mark.parametrize(
    ("language", "code"), [("mixed", "mul"), ("unsure", "und"), ("x<y", "und")]
)
def test_a_language_that_is_none_is_marked_as_browsers_know_it(
    newsroom: Newsroom, as_role: AsRole, language: str, code: str
) -> None:
    post = a_social_post(78, title="", text="Ada apa", language=language)
    newsroom.store.upsert_posts([post])
    assert f'lang="{code}"' in as_role("penelaah").get(f"/unggahan/{post.id}")


def test_a_broken_list_of_places_hides_no_post(
    newsroom: Newsroom, as_role: AsRole, tagged: str
) -> None:
    (newsroom.settings.home / FILE_NAME).write_text("code,name,kind\n64,Hulu,benua\n")
    page = as_role("penelaah").get("/antrean")
    assert f"/unggahan/{tagged}" in page
    assert 'name="tempat"' not in page
