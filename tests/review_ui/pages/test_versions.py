"""Earlier wordings of an article: what the desk shows of them, and of personal data in a post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from indices.documents import PersonalKind, PostVersion, SourceKind
from indices.identity import text_hash
from tests.factories import NOW, a_post
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom
from tests.review_ui.test_evidence import write_records

FIRST = "Tanggul Sungai Lembah jebol pada Senin malam dan merendam empat puluh rumah warga."
CALL = "Warga yang butuh bantuan dapat menelepon 0812-5501-7788 kapan saja."
LAST = "Perbaikan tanggul dimulai pada Selasa pagi, kata kepala dinas pekerjaan umum."
NEW = "Jumlah rumah yang terendam diralat menjadi dua belas oleh kantor desa."


def page(title: str, *sentences: str) -> bytes:
    prose = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    head = f"<html lang='id'><head><title>{title}</title></head>"
    return f"{head}<body><h1>{title}</h1><div class='isi'>{prose}</div></body></html>".encode()


def changed_post(newsroom: Newsroom, *, evidence: bool = True) -> str:
    """An article whose wording was changed twice; of the first nothing was kept."""
    title, text = "Tanggul jebol, 40 rumah terendam", f"{FIRST}\n{CALL}\n{LAST}"
    directory = newsroom.settings.evidence_dir
    (kept,) = write_records(directory / "crawl-7.warc.gz", [page(title, FIRST, CALL, LAST)])
    if not evidence:
        (directory / "crawl-7.warc.gz").unlink()
    versions = (
        PostVersion(title="Kabar pertama", text_hash="0" * 16, replaced_at=NOW, characters=9),
        PostVersion(
            title=title,
            text_hash=text_hash(title, text),
            replaced_at=NOW + timedelta(hours=2),
            characters=len(text),
            evidence=f"crawl-7.warc.gz#{kept}",
        ),
    )
    post = a_post(
        id="berubah",
        source_kind=SourceKind.PRESS,
        title="Tanggul jebol, 12 rumah terendam",
        text=f"{FIRST}\n{LAST}\n{NEW}",
        versions=versions,
        personal_data=(PersonalKind.NIK, PersonalKind.ADDRESS),
    )
    newsroom.store.upsert_posts([post])
    return "/unggahan/berubah"


def test_a_post_lists_its_earlier_wordings_and_what_personal_data_it_holds(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    text = as_role("penelaah").get(changed_post(newsroom))
    assert "berubah 2 kali" in text
    assert text.index("Tanggul jebol, 40 rumah terendam") < text.index("Kabar pertama")
    assert "memuat NIK atau nomor KK, alamat rumah" in text


def test_the_sentences_that_went_and_came_are_shown_with_numbers_masked(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    text = as_role("penelaah").get(f"{changed_post(newsroom)}/versi")
    newest, oldest = text.split("Kabar pertama")
    assert f"<ins>{NEW}</ins>" in newest
    assert "<del>Tanggul jebol, 40 rumah terendam</del>" in newest
    assert "<del>Warga yang butuh bantuan dapat menelepon" in newest
    assert "5501" not in text
    assert FIRST not in text, "what stayed is not repeated"
    assert "tidak pasti" not in text
    assert "Tidak ada bukti tersimpan untuk versi ini" in oldest


def test_what_is_gone_is_said_and_a_post_that_never_changed_too(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("juru_bicara")
    gone = visitor.get(f"{changed_post(newsroom, evidence=False)}/versi")
    assert "Bukti versi ini atau versi sesudahnya sudah tidak ada." in gone
    newsroom.store.upsert_posts([a_post(id="tetap")])
    assert "tidak pernah berubah" in visitor.get("/unggahan/tetap/versi")
    assert "Versi terdahulu" not in visitor.get("/unggahan/tetap")


def test_a_page_that_reads_differently_than_it_was_stored_says_so(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    address = changed_post(newsroom)
    directory = newsroom.settings.evidence_dir
    (kept,) = write_records(directory / "crawl-8.warc.gz", [page("Judul lain", FIRST, LAST, CALL)])
    odd = PostVersion(
        title="Judul",
        text_hash="1" * 16,
        replaced_at=NOW + timedelta(hours=3),
        evidence=f"crawl-8.warc.gz#{kept}",
    )
    changed = a_post(id="berubah", title="Judul baru", text=NEW, versions=(odd,))
    newsroom.store.upsert_posts([changed])
    assert "perbandingannya tidak pasti" in as_role("penelaah").get(f"{address}/versi")
