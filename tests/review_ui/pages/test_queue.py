"""The queue and a post: triage, undo, paging, masking, outage."""

import re
import time
from collections.abc import Callable

import pytest
from flask import Flask

from indices.copies.grouping import group_posts
from indices.documents import ReviewStatus
from indices.errors import StoreUnavailableError
from review_ui.desk.models import AuditEvent
from tests.factories import a_post, an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post

AsRole = Callable[[str], Visitor]
PAGES = [
    "/antrean",
    "/antrean?status=isu",
    "/antrean?status=tidak-ada&urut=salah&jenis=salah&kursor=",
    "/antrean?jenis=press&topik=kebencanaan&urut=terbaru",
    "/isu",
    "/isu?status=selesai",
    "/isu/baru",
    "/persetujuan",
    "/cari",
    "/cari?q=air&jenis=platform&ditandai=ya&dari=2026-11-01&sampai=2026-11-30",
    '/cari?q=" OR 1=1 -- *',
    "/cari?dari=9999-12-31&sampai=bukan-tanggal",
    "/sumber",
    "/antrean?status=sampel",
    "/model",
    "/ringkasan/",
    "/audit",
    "/pengguna",
    "/klarifikasi",
    "/klarifikasi?halaman=99",
    "/masuk",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_keeps_its_promises(
    newsroom: Newsroom, as_role: AsRole, path: str, language: str
) -> None:
    visitor = as_role("segala")
    visitor.client.set_cookie("luruskan_bahasa", language)
    if path == "/masuk":
        visitor = Visitor(visitor.app)
        visitor.client.set_cookie("luruskan_bahasa", language)
    page = visitor.get(path)  # which audits it
    assert f'<html lang="{language}"' in page


def status_of(newsroom: Newsroom, post_id: str) -> ReviewStatus | None:
    record = newsroom.store.find_record(post_id)
    return record.review.status if record and record.review else None


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        ("monitor", ReviewStatus.MONITORED),
        ("not_an_issue", ReviewStatus.CLOSED),
        ("opinion", ReviewStatus.CLOSED),
        ("satire", ReviewStatus.CLOSED),
        ("out_of_region", ReviewStatus.CLOSED),
    ],
)
def test_one_press_decides_and_one_press_takes_it_back(
    newsroom: Newsroom, as_role: AsRole, choice: str, status: ReviewStatus
) -> None:
    visitor, post_id = as_role("penelaah"), a_social_post(1).id
    answer = visitor.post(f"/antrean/{post_id}", {"choice": choice}, source="/antrean")
    assert answer.status_code == 303
    page = visitor.get("/antrean")
    assert f'id="u-{post_id}"' not in page
    assert f"/antrean/{post_id}/batal" in page, "undo is at hand"
    assert status_of(newsroom, post_id) is status
    visitor.post(f"/antrean/{post_id}/batal", {}, source="/antrean")
    assert f'id="u-{post_id}"' in visitor.get("/antrean")
    assert status_of(newsroom, post_id) is ReviewStatus.NEW


@pytest.mark.parametrize("choice", ["hoax", "", "<script>"])
def test_a_choice_that_does_not_exist_changes_nothing(
    newsroom: Newsroom, as_role: AsRole, choice: str
) -> None:
    visitor, post_id = as_role("penelaah"), a_social_post(1).id
    answer = visitor.post(f"/antrean/{post_id}", {"choice": choice}, source="/antrean")
    assert answer.status_code == 400
    assert status_of(newsroom, post_id) is None


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(newsroom: Newsroom, as_role: AsRole, wanted: str) -> None:
    visitor = as_role("penelaah")
    form = {"choice": "monitor", "next": wanted}
    answer = visitor.post(f"/antrean/{a_social_post(1).id}", form, source="/antrean")
    assert answer.headers["Location"] == "/antrean"


def test_the_most_urgent_is_first_and_pages_do_not_overlap(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    posts = [a_social_post(number) for number in range(100, 160)]
    newsroom.store.upsert_posts(posts)
    newsroom.store.put_assessments(
        [
            an_assessment(post_id=one.id, text_hash=one.text_hash, probability=0.3 + place / 1000)
            for place, one in enumerate(posts)
        ]
    )
    newsroom.store.refresh()
    visitor = as_role("penelaah")
    seen: list[str] = []
    path = "/antrean"
    while path:
        page = visitor.get(path)
        seen += re.findall(r'id="u-([0-9a-f]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 66
    assert seen[0] == a_post().id


def test_a_foreign_cursor_is_a_bad_request(newsroom: Newsroom, as_role: AsRole) -> None:
    answer = as_role("penelaah").client.get("/antrean?kursor=bukan-kursor")
    assert answer.status_code == 400
    assert "Permintaan ini tidak bisa dibaca" in answer.text


def test_an_outage_is_never_an_empty_list(
    newsroom: Newsroom, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise StoreUnavailableError("the index is away")

    visitor = as_role("penelaah")
    monkeypatch.setattr(newsroom.store, "search", away)
    for path in ("/antrean", "/cari?q=air"):
        assert "bukan daftar kosong" in visitor.get(path, status=503)


def test_numbers_of_people_are_masked_until_somebody_says_why(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    text = "Kirim NIK 7371012345678901 ke 0812-3456-7890, transfer ke rek BRI 0023 0104 5566 508."
    post = a_social_post(77, text=text)
    newsroom.store.upsert_posts([post])
    newsroom.store.put_assessments(
        [an_assessment(post_id=post.id, text_hash=post.text_hash, probability=0.99)]
    )
    newsroom.store.refresh()
    visitor, page = as_role("penelaah"), f"/unggahan/{post.id}"
    for path in ("/antrean", "/cari?q=transfer", f"/isu/baru?unggahan={post.id}", page):
        shown = visitor.get(path)
        for number in ("7371012345678901", "3456-7890", "0104 5566"):
            assert number not in shown, path
    refused = visitor.post(f"{page}/buka-data", {"reason": " "}, source=page)
    assert refused.status_code == 400
    opened = visitor.post(f"{page}/buka-data", {"reason": "Melapor ke bank"}, source=page)
    assert "7371012345678901" in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    logged = newsroom.session.query(AuditEvent).filter_by(action="post.revealed").one()
    assert (logged.subject_id, logged.note) == (post.id, "Melapor ke bank")


def test_who_only_reads_is_shown_no_buttons(newsroom: Newsroom, as_role: AsRole) -> None:
    visitor = as_role("juru_bicara")
    assert 'name="choice"' not in visitor.get("/antrean")
    assert 'name="choice"' not in visitor.get(f"/unggahan/{a_social_post(1).id}")


def test_an_empty_desk_says_what_to_do_next(newsroom: Newsroom, as_role: AsRole) -> None:
    newsroom.store.delete_posts_before(a_post().collected_at.replace(year=2030))
    for source in list(newsroom.store.iter_sources()):
        newsroom.store.delete_source(source.id)
    visitor = as_role("penelaah")
    assert "luruskan sources add" in visitor.get("/antrean")
    assert "luruskan sources add" in visitor.get("/sumber")


@pytest.mark.slow
def test_the_queue_of_a_large_store_is_quick(
    newsroom: Newsroom, app: Flask, as_role: AsRole
) -> None:
    """The work of the page itself, not of the index: a bound that a slow machine keeps."""
    visitor = as_role("penelaah")
    visitor.get("/antrean")
    started = time.perf_counter()
    for _ in range(10):
        visitor.client.get("/antrean")
    assert (time.perf_counter() - started) / 10 < 0.25


def test_the_queue_counts_copies_and_the_post_says_how_alike_they_are(
    as_role: AsRole, newsroom: Newsroom
) -> None:
    text = (
        "Pompa air di pasar lama rusak berat dan warga harus mengambil air dari sungai sejak Senin."
    )
    posts = [
        a_social_post(71 + number, text=words, text_hash=f"hash-{number}")
        for number, words in enumerate([text, f"Diteruskan: {text} Sebarkan!", text.upper()])
    ]
    newsroom.store.upsert_posts(posts)
    newsroom.store.put_assessments(
        [an_assessment(post_id=post.id, text_hash=post.text_hash) for post in posts]
    )
    group_posts(newsroom.store, posts)
    reader = as_role("penelaah")

    assert "2 salinan" in reader.get("/antrean")
    page = reader.get(f"/unggahan/{posts[0].id}")
    assert "2 salinan" in page
    assert "Teks sama dengan" in page
    assert "100 %" in page
    assert re.search(r"[89]\d %", page)
