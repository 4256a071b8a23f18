"""From a flagged post to a public answer, through the pages."""

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

from indices.documents import ReviewLabel, ReviewStatus, SourceKind
from review_ui.desk.models import Case
from tests.factories import a_post
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import CLAIM, FULL_TEXT, Newsroom, a_social_post

WEIGHING = {
    "harm": "high",
    "reach": "medium",
    "speed": "high",
    "locality": "high",
    "reason": "Warga berhenti memakai air bersih.",
    "kind": "respond",
}
DRAFT = {
    "headline": FULL_TEXT.headline,
    "fact": FULL_TEXT.fact,
    "myth": FULL_TEXT.myth,
    "explanation": FULL_TEXT.explanation,
    "fact_again": FULL_TEXT.fact_again,
    "verdict": "HOAKS",
    "falsehood_type": "false_context",
    "source_agency": ["Dinas Kesehatan Lembah Sarang"],
    "source_document": ["Laporan uji 440/112"],
    "source_url": ["https://dinkes.lembahsarang.example/uji-112"],
    "source_dated_on": ["2026-11-10"],
}
AsRole = Callable[[str], Visitor]


def open_a_case(visitor: Visitor, post_id: str, **more: str) -> str:
    form = {"post_id": post_id, "claim": CLAIM, "topic": "kesehatan", "checkable": "yes"}
    answer = visitor.post("/isu/baru", form | more, source=f"/isu/baru?unggahan={post_id}")
    assert answer.status_code == 303, re.findall(r'role="alert">([^<]*)', answer.text)
    return answer.headers["Location"]


def test_a_flagged_post_becomes_a_public_answer(newsroom: Newsroom, as_role: AsRole) -> None:
    reviewer, editor, public = as_role("penelaah"), as_role("redaktur"), as_role("juru_bicara")
    assert a_social_post(1).id in reviewer.get("/antrean")
    case = open_a_case(reviewer, a_social_post(1).id)
    assert "Timbang dampak" in reviewer.get(case)
    assert reviewer.post(f"{case}/putusan", WEIGHING, source=case).status_code == 303
    reviewer.get(f"{case}/draf")
    answer = reviewer.post(f"{case}/draf", DRAFT | {"then": "submit"}, source=f"{case}/draf")
    assert answer.headers["Location"] == case
    assert "Menunggu persetujuan" in reviewer.get("/persetujuan")

    assert "Setujui naskah ini" in editor.get("/naskah/1")
    assert "Setujui naskah ini" not in reviewer.get("/naskah/1")
    assert editor.post("/naskah/1/setujui", {}, source="/naskah/1").status_code == 303
    assert public.get("/klarifikasi").count("Belum ada klarifikasi") == 1
    assert editor.post("/naskah/1/terbitkan", {}, source="/naskah/1").status_code == 303

    listing = public.get("/klarifikasi")
    page = public.get(re.findall(r'href="(/klarifikasi/air-[^"]+)"', listing)[0])
    assert "Dinas Kesehatan Lembah Sarang" in page
    record = newsroom.store.find_record(a_social_post(1).id)
    assert record is not None
    assert record.review is not None
    assert (record.review.status, record.review.label) == (
        ReviewStatus.ANSWERED,
        ReviewLabel.HOAX,
    )
    found = newsroom.store.search_fact_checks("air pdam aman")
    assert [one.own for one in found][:1] == [True]


def test_the_public_page_carries_claim_review(newsroom: Newsroom, visitor: Visitor) -> None:
    blog = a_social_post(
        3, source_kind=SourceKind.COMMUNITY, platform="web", url="https://blog.example/air"
    )
    newsroom.store.upsert_posts([blog])
    version = newsroom.published(newsroom.case(a_social_post(1), blog))
    page = visitor.get(f"/klarifikasi/{version.rebuttal.slug}")
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert embedded
    data = json.loads(embedded[1])
    assert data["@type"] == "ClaimReview"
    assert data["author"]["@type"] == "GovernmentOrganization"
    assert data["claimReviewed"] == CLAIM
    assert data["reviewRating"]["alternateName"] == "HOAKS"
    assert [one["url"] for one in data["itemReviewed"]["appearance"]] == [blog.url]
    assert a_social_post(1).url not in page, "an address on a platform names a citizen"


def test_the_fact_comes_before_the_myth_and_the_label_stands_with_the_claim(
    newsroom: Newsroom, visitor: Visitor
) -> None:
    version = newsroom.published(newsroom.case())
    page = visitor.get(f"/klarifikasi/{version.rebuttal.slug}").split("<main")[1]
    places = [page.index(part) for part in (FULL_TEXT.fact, "HOAKS", FULL_TEXT.myth)]
    assert places == sorted(places)
    assert page.index("<h1") < places[0], "no label beside the headline, which states the fact"


def test_a_press_article_is_never_listed_in_public(newsroom: Newsroom, visitor: Visitor) -> None:
    from review_ui.desk import cases
    from review_ui.desk.vocabulary import LinkRole

    case = newsroom.case(a_social_post(1))
    cases.link_post(newsroom.desk("penelaah"), case, a_post().id, role=LinkRole.MENTIONS)
    version = newsroom.published(case)
    assert a_post().url not in visitor.get(f"/klarifikasi/{version.rebuttal.slug}")


def test_a_press_post_is_refused_the_hoax_label_on_the_page(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    reviewer = as_role("penelaah")
    case = open_a_case(reviewer, a_post().id, role="carries")
    reviewer.post(f"{case}/putusan", WEIGHING, source=case)
    answer = reviewer.post(f"{case}/draf", DRAFT, source=f"{case}/draf")
    assert answer.status_code == 400
    assert "hak jawab" in answer.text
    assert FULL_TEXT.explanation in answer.text, "what was typed is kept"
    assert "Hak Jawab" in reviewer.get(f"{case}/hak-jawab/{a_post().id}")


def test_an_author_who_is_also_an_editor_cannot_approve_over_http(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    version = newsroom.draft(newsroom.case())
    newsroom.session.commit()
    both = as_role("segala")
    edited = DRAFT | {"version": str(version.lock_version), "then": "submit"}
    page = f"/naskah/{version.id}"
    assert both.post(page, edited, source=page).status_code == 303
    answer = both.post(f"{page}/setujui", {}, source="/klarifikasi")
    assert answer.status_code == 403
    assert "orang lain" in answer.text


def test_two_people_edit_one_draft_and_the_second_loses_nothing(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    version = newsroom.draft(newsroom.case())
    newsroom.session.commit()
    page, seen = f"/naskah/{version.id}", str(version.lock_version)
    first = DRAFT | {"version": seen, "fact": "Fakta dari orang pertama."}
    second = DRAFT | {"version": seen, "fact": "Fakta dari orang kedua."}
    assert as_role("penelaah").post(page, first, source=page).status_code == 303
    answer = as_role("redaktur").post(page, second, source=page)
    assert answer.status_code == 409
    assert "Fakta dari orang kedua." in answer.text
    newsroom.session.expire_all()
    assert version.fact == "Fakta dari orang pertama."


def test_two_people_edit_one_case_and_the_second_loses_nothing(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    case = newsroom.case()
    newsroom.session.commit()
    page = f"/isu/{case.id}/ubah"
    form = {"version": str(case.version), "topic": "kesehatan", "checkable": "yes"}
    one = form | {"claim": "Air PDAM Lembah Sarang tercemar logam berat di Sarang Utara."}
    other = form | {"claim": "Air PDAM Lembah Sarang tercemar bakteri di Sarang Selatan."}
    assert as_role("penelaah").post(page, one, source=page).status_code == 303
    answer = as_role("redaktur").post(page, other, source=page)
    assert answer.status_code == 409
    assert other["claim"] in answer.text
    assert one["claim"] in answer.text, "and shows what stands now"


def test_a_correction_is_public_and_the_first_version_stays_on_record(
    newsroom: Newsroom, as_role: AsRole, visitor: Visitor
) -> None:
    version = newsroom.published(newsroom.case())
    newsroom.session.commit()
    page = f"/naskah/{version.id}"
    reviewer, editor = as_role("penelaah"), as_role("redaktur")
    answer = reviewer.post(f"{page}/koreksi", {"note": "Tanggal uji diperbaiki."}, source=page)
    draft = answer.headers["Location"]
    token = re.search(r'name="version" value="(\d+)"', reviewer.get(draft))
    assert token
    text = DRAFT | {"version": token[1], "fact": "Uji 11 November.", "then": "submit"}
    reviewer.post(draft, text, source=draft)
    public = f"/klarifikasi/{version.rebuttal.slug}"
    assert "Uji 11 November." not in visitor.get(public)
    editor.post(f"{draft}/setujui", {}, source=draft)
    editor.post(f"{draft}/terbitkan", {}, source=draft)
    corrected = visitor.get(public)
    assert "Uji 11 November." in corrected
    assert "Tanggal uji diperbaiki." in corrected
    newsroom.session.expire_all()
    assert version.fact == FULL_TEXT.fact


def test_a_withdrawn_answer_says_so_and_is_matched_no_longer(
    newsroom: Newsroom, as_role: AsRole, visitor: Visitor
) -> None:
    version = newsroom.published(newsroom.case())
    editor = as_role("redaktur")
    page = f"/naskah/{version.id}"
    editor.post(f"{page}/tarik", {"note": "Sumbernya dicabut."}, source=page)
    gone = visitor.get(f"/klarifikasi/{version.rebuttal.slug}", status=410)
    assert "Sumbernya dicabut." in gone
    assert FULL_TEXT.fact not in gone
    assert newsroom.store.find_fact_check(f"own-{version.rebuttal_id}") is None
    assert "Belum ada klarifikasi" in visitor.get("/klarifikasi")


def test_the_feed_is_atom(newsroom: Newsroom, visitor: Visitor) -> None:
    newsroom.published(newsroom.case())
    response = visitor.client.get("/klarifikasi/umpan.atom")
    feed = ElementTree.fromstring(response.data)
    space = {"atom": "http://www.w3.org/2005/Atom"}
    assert [one.text for one in feed.findall("atom:entry/atom:title", space)] == [
        FULL_TEXT.headline
    ]
    assert feed.find("atom:updated", space) is not None


def test_a_claim_that_is_no_fact_opens_no_case_and_keeps_what_was_typed(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    reviewer = as_role("penelaah")
    form = {"claim": "Apakah bupati peduli pada warga?", "topic": "politik", "checkable": "yes"}
    answer = reviewer.post("/isu/baru", form, source="/isu/baru")
    assert answer.status_code == 400
    assert "Apakah bupati peduli" in answer.text
    assert newsroom.session.query(Case).count() == 0


def test_a_case_closed_without_a_decision_says_so(newsroom: Newsroom, as_role: AsRole) -> None:
    reviewer = as_role("penelaah")
    case = open_a_case(reviewer, a_social_post(1).id)
    assert "Ditutup tanpa keputusan." not in reviewer.get(case)

    closing = {"exit": "opinion", "note": "Kritik atas pelayanan."}
    assert reviewer.post(f"{case}/tutup", closing, source=case).status_code == 303

    assert "Ditutup tanpa keputusan." in reviewer.get(case)
