"""Attacks by posts, by typists and by visitors."""

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from indices.documents import Match, Reason, SourceKind
from review_ui.desk import cases
from review_ui.desk.cases import CaseText
from review_ui.desk.rebuttals import Citation
from tests.factories import a_source, an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import FULL_TEXT, Newsroom, a_social_post, a_weighing

AsRole = Callable[[str], Visitor]
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "{{ 7*7 }}{% raise %}",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "\u202e\u0000 teks terbalik",
]


def is_harmless(page: str) -> bool:
    return (
        not re.search(r"<(script|img|svg)[^>]*(alert|onerror|onload)", page)
        and "<script>alert" not in page
        and 'href="javascript:' not in page
        and ">49<" not in page
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_a_post_holds_is_only_text(
    newsroom: Newsroom, as_role: AsRole, attack: str
) -> None:
    post = a_social_post(
        66, title=f"Judul {attack}", text=f"Isi {attack} jembatan", url=attack, author=attack
    )
    newsroom.store.put_source(a_source(id="warga", name=f"Warga {attack}", connector="mastodon"))
    newsroom.store.upsert_posts([post])
    match = Match(
        fact_check_id="x",
        title=attack,
        score=0.9,
        url=attack,
        verdict=attack,
        shared_terms=(attack,),
    )
    reason = Reason(code="x", text=f"Kutipan “{attack}”", weight=1.0)
    newsroom.store.put_assessments(
        [
            an_assessment(
                post_id=post.id,
                text_hash=post.text_hash,
                probability=0.99,
                topic=attack,
                matches=(match,),
                reasons=(reason,),
            )
        ]
    )
    newsroom.store.refresh()
    visitor = as_role("segala")
    case = cases.open_case(
        newsroom.desk("penelaah"),
        CaseText(claim=f"Klaim {attack.replace('?', '')} tentang air PDAM di Sarang", title=attack),
    )
    cases.link_post(newsroom.desk("penelaah"), case, post.id)
    newsroom.session.commit()
    for path in (
        "/antrean",
        "/antrean?status=isu",
        f"/unggahan/{post.id}",
        f"/isu/baru?unggahan={post.id}",
        f"/isu/{case.id}",
        "/isu",
        "/cari?q=jembatan",
        "/sumber",
        "/audit",
    ):
        assert is_harmless(visitor.get(path)), path


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_an_editor_types_is_harmless_in_public(
    newsroom: Newsroom, visitor: Visitor, attack: str
) -> None:
    text = replace(
        FULL_TEXT,
        headline=f"Fakta {attack}",
        fact=f"Teks {attack} [tautan]({attack}) **tebal**",
        myth=f"[klik](javascript:alert(1)) {attack}",
        sources=(Citation(agency=attack, document=attack, url=attack),),
    )
    version = newsroom.published(newsroom.case(), text)
    page = visitor.get(f"/klarifikasi/{version.rebuttal.slug}")
    assert is_harmless(page)
    assert "<strong>tebal</strong>" in page
    assert is_harmless(visitor.get("/klarifikasi"))
    feed = visitor.client.get("/klarifikasi/umpan.atom").text
    assert "<script" not in feed


@pytest.mark.parametrize("attack", ATTACKS)
def test_error_pages_echo_nothing(visitor: Visitor, as_role: AsRole, attack: str) -> None:
    page = visitor.client.get(f"/{attack}").text
    assert "alert" not in page
    searched = as_role("penelaah").client.get("/cari", query_string={"q": attack, "kursor": "x"})
    assert searched.status_code == 400
    assert "alert" not in searched.text


def test_every_failure_has_its_own_page(visitor: Visitor, as_role: AsRole) -> None:
    assert "Halaman tidak ditemukan" in visitor.get("/tidak-ada", status=404)
    spokesperson = as_role("juru_bicara")
    assert "tidak punya akses" in spokesperson.get("/audit", status=403)
    token = visitor.token()
    large = visitor.client.post("/tampilan", data={"csrf_token": token, "x": "a" * 600_000})
    assert large.status_code == 413
    assert "terlalu besar" in large.text
    assert visitor.client.post("/tampilan", data={}).status_code == 400


def test_a_crash_shows_a_page_and_no_trace(
    newsroom: Newsroom, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_more: object) -> None:
        raise RuntimeError("rahasia di dalam")

    visitor = as_role("penelaah")
    monkeypatch.setattr(newsroom.store, "search", crash)
    page = visitor.get("/antrean", status=500)
    assert "rahasia" not in page


def test_a_text_that_is_too_long_is_refused(newsroom: Newsroom, as_role: AsRole) -> None:
    visitor = as_role("penelaah")
    form = {"claim": "a" * 3000, "topic": "mitos", "checkable": "yes"}
    assert visitor.post("/isu/baru", form, source="/isu/baru").status_code == 413


@pytest.mark.parametrize("number", ["2147483648", "9" * 20, "9" * 5000])
def test_a_number_that_no_row_can_have_is_a_page_that_does_not_exist(
    as_role: AsRole, number: str
) -> None:
    visitor = as_role("segala")
    for path in (f"/isu/{number}", f"/naskah/{number}", f"/isu/{number}/draf"):
        visitor.get(path, status=404)
    for path in (f"/audit?sebelum={number}", f"/isu?sebelum=-{number}"):
        visitor.get(path)
    visitor.get(f"/klarifikasi?halaman={number}")
    assert visitor.post("/isu/tautkan", {"case_id": number}).status_code == 400


def test_what_does_not_exist_is_judged_by_nobody(as_role: AsRole) -> None:
    visitor = as_role("penelaah")
    for path in ("/antrean/tidak-ada", "/antrean/tidak-ada/batal", "/unggahan/tidak-ada/buka-data"):
        form = {"choice": "monitor", "reason": "karena begitu"}
        assert visitor.post(path, form).status_code == 404, path


def test_what_databases_refuse_is_refused_at_the_door(as_role: AsRole) -> None:
    visitor = as_role("segala")
    token = visitor.token()
    for path in ("/cari?q=%00", "/antrean?sumber=a%00b", "/klarifikasi/%00", "/unggahan/%00"):
        assert visitor.client.get(path).status_code == 400, path
    form = {"csrf_token": token, "claim": "a\x00b", "topic": "mitos"}
    assert visitor.client.post("/isu/baru", data=form).status_code == 400
    for path in ("/cari?q=%ED%A0%80%FF", "/cari?q=%22%28NEAR%20%2A", "/antrean?topik=%ED%A0%80"):
        visitor.get(path)


def test_an_address_with_thousands_of_filters_is_still_a_page(as_role: AsRole) -> None:
    visitor = as_role("penelaah")
    for path in ("/cari", "/antrean"):
        page = visitor.get(f"{path}?" + "&".join(f"sumber=a{number}" for number in range(20_000)))
        assert page.count('name="sumber"') == 50


def test_a_feed_stays_well_formed_whatever_is_typed(newsroom: Newsroom, visitor: Visitor) -> None:
    for number, typed in enumerate(
        ("]]>", "\x01\x08\ufffe", "&amp;&#1;", "<![CDATA[", "\u2028"), 1
    ):
        text = replace(FULL_TEXT, headline=f"Judul {typed} fakta", fact=f"Fakta {typed} ini")
        newsroom.published(newsroom.case(a_social_post(number)), text)
    feed = ElementTree.fromstring(visitor.client.get("/klarifikasi/umpan.atom").data)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 5


def test_numbers_of_people_stay_out_of_what_machines_read(
    newsroom: Newsroom, visitor: Visitor, as_role: AsRole
) -> None:
    shared = a_social_post(
        3, source_kind=SourceKind.COMMUNITY, platform="web", url="https://wa.me/6281234567890"
    )
    newsroom.store.upsert_posts([shared])
    claim = "Nomor 0812-3456-7890 membagikan bantuan tunai di Lembah Sarang"
    case = cases.open_case(newsroom.desk("penelaah"), CaseText(claim=claim))
    cases.link_post(newsroom.desk("penelaah"), case, shared.id)
    cases.decide(newsroom.desk("penelaah"), case, a_weighing())
    version = newsroom.published(case)
    reader = as_role("juru_bicara")
    pages = [
        visitor.get("/klarifikasi"),
        visitor.get(f"/klarifikasi/{version.rebuttal.slug}"),
        visitor.client.get("/klarifikasi/umpan.atom").text,
        *(reader.get(path) for path in ("/isu?status=terbit", f"/isu/{case.id}", "/persetujuan")),
        reader.get(f"/unggahan/{shared.id}"),
    ]
    for page in pages:
        assert "3456-7890" not in page
        assert "81234567890" not in page
