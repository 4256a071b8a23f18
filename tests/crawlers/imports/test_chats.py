"""WhatsApp chat exports as phones write them; all people and messages are invented."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from crawlers.pseudonyms import pseudonym
from crawlers.work import SourceUnreadableError
from indices.documents import Post
from tests.crawlers.imports.reading import KEY, describe, read_ends, read_posts

CLAIM = "Air PDAM Sarang beracun mulai malam ini, jangan diminum!"
OTHER = "Besok semua sekolah di Lembah Sarang diliburkan seminggu"


def chat(tmp_path: Path, *lines: str, name: str = "WhatsApp Chat with Warga Sarang.txt") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def local(post: Post) -> str:
    assert post.published_at is not None
    from zoneinfo import ZoneInfo

    return post.published_at.astimezone(ZoneInfo("Asia/Makassar")).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Android, Indonesian and English, 24 and 12 hours
        ("26/11/26 10.30 - Ani: {}", "26/11/26 22.45 - Ani: {}", "2026-11-26 22:45:00"),
        ("26/11/26, 10:30 - Ani: {}", "27/11/26, 00:15 - Ani: {}", "2026-11-27 00:15:00"),
        ("11/26/26, 10:30 AM - Ani: {}", "11/26/26, 10:45 PM - Ani: {}", "2026-11-26 22:45:00"),
        ("26/11/2026, 10:30 am - Ani: {}", "26/11/2026, 12:45 pm - Ani: {}", "2026-11-26 12:45:00"),
        ("26/11/26, 9:30\u202fAM - Ani: {}", "26/11/26, 12:05\u202fAM - Ani: {}",
         "2026-11-26 00:05:00"),
        ("26-11-2026 10.30 - Ani: {}", "26-11-2026 10.45 - Ani: {}", "2026-11-26 10:45:00"),
        ("26.11.26, 10:30 - Ani: {}", "26.11.26, 10:45 - Ani: {}", "2026-11-26 10:45:00"),
        ("2026/11/26 10:30 - Ani: {}", "2026/11/26 10:45 - Ani: {}", "2026-11-26 10:45:00"),
        ("26/11/26 10.30 siang - Ani: {}", "26/11/26 7.45 malam - Ani: {}", "2026-11-26 19:45:00"),
        # iOS
        ("[26/11/26 10.30.15] Ani: {}", "[26/11/26 10.45.16] Ani: {}", "2026-11-26 10:45:16"),
        ("[26/11/26, 10:30:15] Ani: {}", "\u200e[26/11/26, 10:45:16] Ani: {}",
         "2026-11-26 10:45:16"),
        ("[11/26/26, 10:30:15\u202fAM] Ani: {}", "[11/26/26, 10:45:16\u202fPM] Ani: {}",
         "2026-11-26 22:45:16"),
        ("[2026-11-26, 10:30:15] Ani: {}", "[2026-11-26, 10:45:16] Ani: {}",
         "2026-11-26 10:45:16"),
    ],
)  # fmt: skip
def test_every_way_of_writing_the_time_is_read(
    tmp_path: Path, first: str, second: str, expected: str
) -> None:
    posts = read_posts(chat(tmp_path, first.format(CLAIM), second.format(OTHER)))
    assert [post.text for post in posts] == [CLAIM, OTHER]
    assert local(posts[1]) == expected
    assert {post.platform for post in posts} == {"whatsapp"}
    assert {post.author for post in posts} == {pseudonym("Ani", KEY)}


def test_the_order_of_a_date_is_found_over_the_whole_file(tmp_path: Path) -> None:
    late = chat(tmp_path, f"3/4/26, 10:30 - Ani: {CLAIM}", f"25/4/26, 10:30 - Ani: {OTHER}")
    assert local(read_posts(late)[0]) == "2026-04-03 10:30:00"
    american = chat(tmp_path, f"3/4/26, 10:30 - Ani: {CLAIM}", f"4/25/26, 10:30 - Ani: {OTHER}")
    assert local(read_posts(american)[0]) == "2026-03-04 10:30:00"


def test_where_numbers_do_not_tell_the_order_of_messages_does(tmp_path: Path) -> None:
    path = chat(tmp_path, f"1/11/26, 10:30 - Ani: {CLAIM}", f"2/10/26, 10:30 - Ani: {OTHER}")
    assert local(read_posts(path)[0]) == "2026-01-11 10:30:00"
    assert "NOT SURE" not in describe(path)


def test_where_nothing_tells_the_order_it_is_said_and_can_be_given(tmp_path: Path) -> None:
    path = chat(tmp_path, f"3/4/26, 10:30 - Ani: {CLAIM}")
    assert "NOT SURE" in describe(path)
    assert local(read_posts(path)[0]) == "2026-04-03 10:30:00"
    assert local(read_posts(path, date_order="month")[0]) == "2026-03-04 10:30:00"
    assert "NOT SURE" not in describe(path, date_order="month")


def test_a_message_goes_on_over_lines_whatever_they_look_like(tmp_path: Path) -> None:
    lines = [
        "26/11/26 10.30 - Ani: " + CLAIM,
        "",
        "Catatan: 12/11 rapat",
        "- sebarkan",
        "26/11/26 ya",
    ]
    (post,) = read_posts(chat(tmp_path, *lines))
    assert post.text == "\n".join([CLAIM, "Catatan: 12/11 rapat", "- sebarkan", "26/11/26 ya"])


@pytest.mark.parametrize(
    "notice",
    [
        "Pesan dan panggilan dienkripsi secara end-to-end. Ketuk untuk info.",
        "Messages and calls are end-to-end encrypted. No one outside can read them.",
        'Budi Lembah membuat grup "Warga: Sarang"',
        "Budi Lembah menambahkan +62 812-5501-7788",
        "+62 812-5501-7788 left",
        'Budi Lembah changed the subject from "Info: air" to "Info"',
        "Kode keamanan Anda dengan Budi berubah.",
    ],
)
def test_notices_of_the_app_are_counted_and_their_names_kept_nowhere(
    tmp_path: Path, notice: str
) -> None:
    ends = read_ends(chat(tmp_path, f"26/11/26 10.30 - {notice}", f"26/11/26 10.31 - Ani: {CLAIM}"))
    assert ends[0] == "refused_not_a_post: is a notice of the app"
    assert isinstance(ends[1], Post)


@pytest.mark.parametrize(
    "notice",
    [
        "Warga Sarang: \u200ePesan dan panggilan dienkripsi secara end-to-end.",
        "Warga Sarang: \u200ePesan dan panggilan terenkripsi secara end-to-end.",
        "Warga Sarang: \u200eBudi Lembah menambahkan Siti",
        "Budi Lembah: \u200eBudi Lembah left",
    ],
)
def test_notices_that_ios_signs_with_a_name_are_notices_all_the_same(
    tmp_path: Path, notice: str
) -> None:
    ends = read_ends(chat(tmp_path, f"[26/11/26 10.30.15] {notice}"))
    assert ends == ["refused_not_a_post: is a notice of the app"]


@pytest.mark.parametrize(
    "deleted",
    ["Pesan ini dihapus", "Pesan ini telah dihapus.", "Anda menghapus pesan ini",
     "This message was deleted", "\u200eYou deleted this message.",
     "Pesan ini dihapus oleh admin Budi"],
)  # fmt: skip
def test_deleted_messages_are_counted(tmp_path: Path, deleted: str) -> None:
    ends = read_ends(chat(tmp_path, f"26/11/26 10.30 - Ani: {deleted}"))
    assert ends == ["refused_not_a_post: was deleted by its sender"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<Media tidak disertakan>", None),
        ("<Media omitted>", None),
        ("\u200egambar tidak disertakan", None),
        ("\u200evideo omitted", None),
        ("IMG-20261126-WA0001.jpg (file terlampir)", None),
        ("\u200eIMG-20261126-WA0001.jpg (file attached)\n" + CLAIM,
         CLAIM + "\n[lampiran: IMG-20261126-WA0001.jpg]"),
        ("\u200e<attached: 00000012-PHOTO-2026-11-26-10-30-15.jpg>", None),
        ("\u200e<terlampir: 00000012-PHOTO.jpg>\n" + CLAIM,
         CLAIM + "\n[lampiran: 00000012-PHOTO.jpg]"),
        ("surat edaran.pdf \u2022 \u200e2 halaman \u200edokumen tidak disertakan", None),
    ],
)  # fmt: skip
def test_attachments_are_noted_and_no_post_without_words(
    tmp_path: Path, text: str, kept: str | None
) -> None:
    (end,) = read_ends(chat(tmp_path, f"26/11/26 10.30 - Ani: {text}"))
    if kept is None:
        assert end == "refused_too_short: holds an attachment and no words"
    else:
        assert isinstance(end, Post)
        assert end.text == kept


@pytest.mark.parametrize(
    ("mark", "forwards"),
    [("Diteruskan", 1), ("Forwarded", 1), ("*Diteruskan berkali-kali*", 5),
     ("Forwarded many times", 5)],
)  # fmt: skip
def test_a_forward_is_marked_and_the_mark_is_no_part_of_the_text(
    tmp_path: Path, mark: str, forwards: int
) -> None:
    (post,) = read_posts(chat(tmp_path, f"26/11/26 10.30 - Ani: {mark}", CLAIM))
    assert (post.text, post.reach) == (CLAIM, {"forwards": forwards})


@pytest.mark.parametrize("mark", ["<Pesan ini diedit>", "<This message was edited>"])
def test_an_edit_is_marked(tmp_path: Path, mark: str) -> None:
    (post,) = read_posts(chat(tmp_path, f"26/11/26 10.30 - Ani: {CLAIM} \u200e{mark}"))
    assert (post.text, post.section) == (CLAIM, "disunting")


def test_numbers_and_names_of_senders_are_kept_nowhere(tmp_path: Path) -> None:
    path = chat(
        tmp_path,
        f"26/11/26 10.30 - +62 812-5501-7788: {CLAIM}",
        f"26/11/26 10.31 - ~ Budi Lembah: {OTHER}",
        name="WhatsApp Chat with +62 813-4600-1199.txt",
    )
    text = repr(read_posts(path))
    assert "5501" not in text
    assert "Budi" not in text
    assert "4600" not in text.replace(str(path), "")


def test_short_talk_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    path = chat(tmp_path, "26/11/26 10.30 - Ani: siap bu")
    assert str(read_ends(path)[0]).startswith("refused_too_short: 7 characters")
    assert len(read_posts(path, min_characters="0")) == 1


def test_the_same_message_in_a_longer_export_is_the_same_post(tmp_path: Path) -> None:
    first = read_posts(chat(tmp_path, f"26/11/26 10.30 - Ani: {CLAIM}"))
    longer = chat(
        tmp_path,
        f"26/11/26 10.30 - Ani: {CLAIM}",
        f"26/11/26 10.31 - Ani: {CLAIM}",
        name="WhatsApp Chat with Warga Sarang (1).txt",
    )
    again = read_posts(longer)
    assert again[0].id == first[0].id != again[1].id


def test_a_zip_of_a_chat_is_read_with_its_pictures_left_inside(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Warga Sarang.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("00000001-PHOTO.jpg", b"\xff\xd8")
        packed.writestr("_chat.txt", f"\ufeff[26/11/26 10.30.15] Ani: {CLAIM}\r\n".encode())
    assert [post.text for post in read_posts(path)] == [CLAIM]
    empty = tmp_path / "foto.zip"
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("a.jpg", b"\xff\xd8")
    with pytest.raises(SourceUnreadableError, match="neither an XLSX workbook nor a zipped chat"):
        read_posts(empty)


def test_lines_before_the_first_message_are_named(tmp_path: Path) -> None:
    ends = read_ends(chat(tmp_path, "Judul berkas", f"26/11/26 10.30 - Ani: {CLAIM}"))
    assert ends[0] == "failed_parse: stands before the first message"


def test_a_day_that_there_is_not_leaves_the_time_open(tmp_path: Path) -> None:
    posts = read_posts(
        chat(tmp_path, f"31/02/26 10.30 - Ani: {CLAIM}", f"28/02/26 10.30 - Ani: {OTHER}")
    )
    assert posts[0].published_at is None
    assert posts[0].published_raw == "31/02/26 10.30"
    assert isinstance(posts[1].published_at, datetime)
