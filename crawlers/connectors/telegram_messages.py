"""One message of a Telegram preview page: its text, and what stands there besides text."""

from __future__ import annotations

import re

from lxml.etree import tostring
from lxml.html import HtmlElement

from crawlers.connectors.items import PlatformItem, counts, read_moment
from crawlers.dispositions import Disposition
from crawlers.extraction.plain import clean_lines, plain_text
from crawlers.fetching.errors import FetchError


def _with_class(name: str) -> str:
    return f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


MESSAGE = _with_class("tgme_widget_message")
_TEXT = "." + _with_class("tgme_widget_message_text")
_VIEWS = "." + _with_class("tgme_widget_message_views")
_META = "." + _with_class("tgme_widget_message_meta")
_QUOTED = "ancestor::*[contains(@class, 'tgme_widget_message_reply')]"
_TIME = "." + _with_class("tgme_widget_message_date") + "//time/@datetime"
_FORWARDED = "." + _with_class("tgme_widget_message_forwarded_from")
_POLL = "." + _with_class("tgme_widget_message_poll_question")
_POLL_OPTION = "." + _with_class("tgme_widget_message_poll_option_text")
_MEDIA = (
    ("tgme_widget_message_photo_wrap", "[foto]"),
    ("tgme_widget_message_video_player", "[video]"),
    ("tgme_widget_message_roundvideo_player", "[video]"),
    ("tgme_widget_message_voice_player", "[pesan suara]"),
    ("tgme_widget_message_sticker_wrap", "[stiker]"),
    ("tgme_widget_message_location_wrap", "[lokasi]"),
)
_DOCUMENT = "." + _with_class("tgme_widget_message_document_title")
_POST = re.compile(r"^([\w-]+)/(\d{1,18})$")
_VIEWED = re.compile(r"^(\d{1,9}(?:\.\d{1,3})?)([KM]?)$")
_TIMES = {"": 1, "K": 1_000, "M": 1_000_000}
_LINK = re.compile(r"^https?://(?:t|telegram)\.me/([A-Za-z]\w{2,63})(?:/\d+)?/?(?:\?.*)?$")


def message_number(message: HtmlElement) -> int:
    """Its number in the channel; 0 when it names none."""
    found = _POST.match(message.get("data-post") or "")
    return int(found[2]) if found else 0


def read_message(message: HtmlElement, channel: str) -> PlatformItem:
    """What it says.

    Raises:
        FetchError: it is one of Telegram's own notes, or shown inside Telegram only.
        ValueError: number or time is missing.
    """
    number = message_number(message)
    if not number:
        raise ValueError("data-post is missing")
    if "service_message" in (message.get("class") or ""):
        raise FetchError(Disposition.REFUSED_TOO_SHORT, "is a note of Telegram's own")
    times = message.xpath(_TIME)
    if not times:
        raise ValueError("its time is missing")
    parts = [_forwarded(message), *_media(message), _words(message), *_poll(message)]
    text = "\n".join(part for part in parts if part)
    if not text and message.xpath("." + _with_class("message_media_not_supported")):
        raise FetchError(Disposition.REFUSED_TOO_SHORT, "is shown inside Telegram only")
    if not text:
        raise ValueError("neither text nor media are found")
    edited = " edited" if "edited" in " ".join(message.xpath(_META + "//text()")) else ""
    address = f"https://t.me/{channel}"
    return PlatformItem(
        platform="telegram",
        reference=f"{channel.lower()}/{number}",
        url=f"{address}/{number}",
        text=text,
        account=address,
        published_raw=f"{times[0][:60]}{edited}",
        published_at=read_moment(times[0]),
        reach=counts(views=_views(message)),
    )


def _words(message: HtmlElement) -> str:
    """Its own text or caption, not the one it answers to."""
    bodies = [body for body in message.xpath(_TEXT) if not body.xpath(_QUOTED)]
    markup = [
        tostring(body, encoding="unicode", method="html", with_tail=False) for body in bodies[:1]
    ]
    return plain_text("".join(markup))


def _forwarded(message: HtmlElement) -> str:
    """Where it came from; the name becomes a pseudonym before it is stored, as all names do."""
    for origin in message.xpath(_FORWARDED)[:1]:
        links = [found[1] for link in origin.xpath(".//a/@href") if (found := _LINK.match(link))]
        shown = clean_lines(origin.text_content()).replace("\n", " ")
        name = links[0] if links else shown.removeprefix("Forwarded from").strip()[:80]
        return f"Diteruskan dari {name}" if name else ""
    return ""


def _media(message: HtmlElement) -> list[str]:
    notes: list[str] = []
    for name, note in _MEDIA:
        notes += [note] * len(message.xpath("." + _with_class(name)))
    for title in message.xpath(_DOCUMENT):
        notes.append(f"[dokumen: {clean_lines(title.text_content())[:200]}]")
    return notes[:20]


def _poll(message: HtmlElement) -> list[str]:
    questions = [each.text_content() for each in message.xpath(_POLL)[:1]]
    options = [f"- {each.text_content()}" for each in message.xpath(_POLL_OPTION)]
    return [clean_lines(each) for each in (*questions, *options)]


def _views(message: HtmlElement) -> int:
    shown = "".join(each.text_content() for each in message.xpath(_VIEWS)[:1]).strip()
    found = _VIEWED.match(shown)
    return round(float(found[1]) * _TIMES[found[2]]) if found else 0
