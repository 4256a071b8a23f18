from __future__ import annotations

from werkzeug import Request, Response

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

TEXT = '<div class="tgme_widget_message_text js-message_text" dir="auto">{}</div>'


def message(
    number: int, inner: str, *, views: str = "", edited: bool = False, kind: str = ""
) -> str:
    shown = f'<span class="tgme_widget_message_views">{views}</span>' if views else ""
    note = "edited " if edited else ""
    about = "tgme_widget_message"
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="{about} {kind} js-widget_message" data-post="kabarlembah/{number}">'
        f'<div class="tgme_widget_message_bubble">{inner}'
        f'<div class="{about}_info">{shown}<span class="{about}_meta">{note}'
        f'<a class="tgme_widget_message_date" href="https://t.me/kabarlembah/{number}">'
        f'<time datetime="2026-11-16T01:{number % 60:02}:00+00:00" class="time">01:00</time>'
        "</a></span></div></div></div></div>"
    )


def page(*messages: str) -> str:
    return (
        "<html><body><div class='tgme_channel_info'>Kabar Lembah</div>"
        f"<section class='tgme_channel_history js-message_history'>{''.join(messages)}</section>"
        "</body></html>"
    )


def serve_channel(web: InventedWeb, messages: dict[int, str], size: int = 20) -> list[str]:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        before = int(request.args.get("before", 10**9))
        asked.append(request.args.get("before", ""))
        numbers = sorted(number for number in messages if number < before)[-size:]
        return Response(page(*(messages[n] for n in numbers)), content_type="text/html")

    web.server.expect_request("/s/kabarlembah").respond_with_handler(answer)
    return asked


def test_a_channel_is_paged_back_to_its_first_message_and_then_only_to_what_is_known(
    home: CrawlHome, web: InventedWeb
) -> None:
    messages = {n: message(n, TEXT.format(f"Air naik, kabar ke-{n}")) for n in range(1, 51)}
    asked = serve_channel(web, messages)
    home.set(web.host, max_items_per_source=30)
    home.add("kanal", f"{web.base}/s/kabarlembah", connector="telegram")
    assert home.crawl()["kanal"].dispositions == {"stored": 40}
    messages[51] = message(51, TEXT.format("Air surut"))
    messages[50] = message(50, TEXT.format("Air naik, kabar ke-50"), views="3.1K")
    run = home.crawl()["kanal"]
    assert run.dispositions == {"stored": 11, "updated": 1, "duplicate": 18}
    assert home.crawl()["kanal"].dispositions == {"duplicate": 20}
    assert asked == ["", "31", "", "11", ""]
    assert len(home.posts()) == 51


def test_what_stands_in_a_message_besides_text_is_kept_and_what_cannot_be_read_is_counted(
    home: CrawlHome, web: InventedWeb
) -> None:
    forwarded = (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from '
        '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/sumberlain/9">'
        "<span>Sumber Lain</span></a></div>"
    )
    poll = (
        '<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">'
        'Pindah pasar &lt;besok&gt;?</div><div class="tgme_widget_message_poll_option_text">Setuju'
        "</div></div>"
    )
    photo = '<a class="tgme_widget_message_photo_wrap" href="https://t.me/kabarlembah/2"></a>'
    document = '<div class="tgme_widget_message_document_title">jadwal.pdf</div>'
    reply = f'<a class="tgme_widget_message_reply">{TEXT.format("yang dijawab")}</a>'
    serve_channel(
        web,
        {
            1: message(1, TEXT.format("Channel created"), kind="service_message"),
            2: message(
                2, forwarded + photo + TEXT.format("Jalan <b>putus</b><br/>di hulu"), views="12.5K"
            ),
            3: message(3, poll + document, views="740", edited=True),
            4: message(4, reply + TEXT.format("jawabannya")),
            5: message(5, '<div class="message_media_not_supported">Please open Telegram</div>'),
            6: message(6, "<div>susunan baru</div>"),
        },
    )
    home.add("kanal", f"{web.base}/kabarlembah", connector="telegram")
    run = home.crawl()["kanal"]
    assert run.dispositions == {"stored": 3, "refused_too_short": 2, "failed_parse": 1}
    shared, polled, answered = home.posts()
    assert shared.text.splitlines()[1:] == ["[foto]", "Jalan putus", "di hulu"]
    assert shared.text.startswith("Diteruskan dari warga-")
    assert shared.reach == {"views": 12_500}
    assert shared.url == "https://t.me/kabarlembah/2"
    assert polled.text == "[dokumen: jadwal.pdf]\nPindah pasar <besok>?\n- Setuju"
    assert polled.published_raw == "2026-11-16T01:03:00+00:00 edited"
    assert polled.published_at is not None
    assert polled.published_at.minute == 3
    assert answered.text == "jawabannya"
    assert polled.author == shared.author
    assert polled.author.startswith("warga-")


def test_a_private_channel_and_a_changed_layout_are_told_apart_and_neither_is_a_silent_zero(
    home: CrawlHome, web: InventedWeb
) -> None:
    web.redirect("/s/tertutup", "/tertutup")
    web.serve("/tertutup", "<html><body><div class='tgme_page'>Join Channel</div></body></html>")
    web.serve("/s/berubah", "<html><div class='tgme_channel_info'></div><p>baru</p></html>")
    web.serve("/s/isinya", page(message(1, "<p>baru</p>"), message(2, "<p>baru</p>")))
    web.serve("/s/kosong", page("<div class='tme_no_messages_found'>No posts found</div>"))
    web.serve("/s/angka", '{"ok": false}', "application/json")
    for name in ("tertutup", "berubah", "isinya", "kosong", "angka"):
        home.add(name, f"{web.base}/s/{name}", connector="telegram")
    runs = home.crawl(code=1)
    assert "has no public preview" in runs["tertutup"].error
    assert "has Telegram changed its layout" in runs["berubah"].error
    assert runs["isinya"].dispositions == {"failed_parse": 2}
    assert "has the platform changed its layout" in runs["isinya"].error
    assert runs["kosong"].error == ""
    assert "does not answer with a page" in runs["angka"].error
    web.server.clear()
    web.serve("/robots.txt", "", "text/plain")
    web.serve("/s/isinya", page(message(1, TEXT.format("satu")), message(2, TEXT.format("dua"))))
    assert home.crawl("--source", "isinya")["isinya"].dispositions == {"stored": 2}
