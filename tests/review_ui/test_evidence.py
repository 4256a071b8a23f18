"""One record out of a WARC file, and nothing outside the evidence directory."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indices.errors import BadInputError
from review_ui.evidence import find_evidence
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post


def write_records(path: Path, bodies: list[bytes]) -> list[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        ids = []
        for number, body in enumerate(bodies):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            record = writer.create_warc_record(
                f"https://warga.example/{number}",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Payload-Digest": f"sha256:{number}"},
            )
            writer.write_record(record)
            ids.append(record.rec_headers.get_header("WARC-Record-ID").strip("<>"))
    return ids


def test_the_named_record_is_found_alone_and_whole(tmp_path: Path) -> None:
    ids = write_records(tmp_path / "crawl-1.warc.gz", [b"satu", b"dua", b"tiga"])
    found = find_evidence(tmp_path, f"crawl-1.warc.gz#{ids[1]}")
    assert found is not None
    assert found.url == "https://warga.example/1"
    assert found.digest == "sha256:1"
    records = list(ArchiveIterator(io.BytesIO(found.warc)))
    assert len(records) == 1


@pytest.mark.parametrize("name", ["../desk.sqlite", "/etc/passwd", "a/b.warc.gz", "", ".hidden"])
def test_no_reference_leads_out_of_the_directory(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInputError):
        find_evidence(tmp_path, f"{name}#x")


def test_what_is_gone_or_broken_is_none(tmp_path: Path) -> None:
    assert find_evidence(tmp_path, "crawl-9.warc.gz#x") is None
    (tmp_path / "broken.warc.gz").write_bytes(b"this is no archive at all, not even close")
    assert find_evidence(tmp_path, "broken.warc.gz#x") is None


def test_neither_a_link_nor_a_name_without_end_leads_anywhere(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    ids = write_records(tmp_path / "outside.warc.gz", [b"rahasia"])
    evidence.mkdir()
    (evidence / "link.warc.gz").symlink_to(tmp_path / "outside.warc.gz")
    assert find_evidence(evidence, f"link.warc.gz#{ids[0]}") is None
    assert find_evidence(evidence, f"{'a' * 400}#x") is None
    whole = (tmp_path / "outside.warc.gz").read_bytes()
    (evidence / "cut.warc.gz").write_bytes(whole[:60] + bytes(range(256)))
    assert find_evidence(evidence, f"cut.warc.gz#{ids[0]}") is None


@pytest.mark.parametrize(
    "reference", ["../../etc/passwd#x", "/etc/passwd#x", "..#x", "#", "a" * 400]
)
def test_a_post_with_a_forged_reference_can_still_be_read(
    newsroom: Newsroom, as_role: Callable[[str], Visitor], reference: str
) -> None:
    post = a_social_post(56, evidence=reference)
    newsroom.store.upsert_posts([post])
    visitor, page = as_role("penelaah"), f"/unggahan/{post.id}"
    assert "Berkas bukti sudah tidak ada" in visitor.get(page)
    assert visitor.post(f"{page}/bukti", {}).status_code == 404


def test_a_post_offers_its_evidence_to_who_may_see_it(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    directory = newsroom.settings.evidence_dir
    ids = write_records(directory / "crawl-1.warc.gz", [b"isi halaman"])
    post = a_social_post(55, evidence=f"crawl-1.warc.gz#{ids[0]}")
    newsroom.store.upsert_posts([post])
    visitor, page = as_role("penelaah"), f"/unggahan/{post.id}"
    assert "Unduh WARC" in visitor.get(page)
    answer = visitor.client.post(f"{page}/bukti", data={"csrf_token": visitor.token(page)})
    assert answer.mimetype == "application/warc"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Unduh WARC" not in as_role("juru_bicara").get(page)
