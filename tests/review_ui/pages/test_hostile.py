"""Attacks by posts, by typists and by visitors."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from indices.documents import Match, Reason
from review_ui.desk import cases
from review_ui.desk.cases import CaseText
from review_ui.desk.rebuttals import Citation
from tests.factories import a_source, an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import FULL_TEXT, Newsroom, a_social_post

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
