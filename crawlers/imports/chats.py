"""A WhatsApp chat export, txt or zip, as rows: one a message, each either a post or counted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from crawlers.dispositions import Disposition
from crawlers.imports.chat_lines import ChatLine, DateOrder, find_order, moment_of, parse_line
from crawlers.imports.chat_messages import ChatMessage, read_message
from crawlers.imports.rows import LONGEST_LINE, Recognised, Row
from crawlers.imports.zips import BROKEN_INSIDE, BROKEN_ZIP
from crawlers.pseudonyms import pseudonym
from crawlers.work import SourceUnreadableError

_LARGEST_CHAT = 300_000_000
_LONGEST_MESSAGE_LINES = 5_000
_LOOKED_AT_LINES = 30
_ORDERS = {
    "day": "day/month/year",
    "month": "month/day/year",
    "year": "year/month/day",
}
_TITLE = re.compile(r"^(?:WhatsApp Chat (?:with|-) |Chat WhatsApp dengan )", re.IGNORECASE)


@contextmanager
def open_chat(path: Path) -> Iterator[io.TextIOWrapper]:
    """The text of the chat, from inside its zip too.

    Raises:
        SourceUnreadableError: it is too large, or no zip.
    """
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
            yield stream
        return
    with ExitStack() as opened:
        try:
            parts = opened.enter_context(zipfile.ZipFile(path))
            packed = opened.enter_context(parts.open(_chat_inside(parts)))
        except BROKEN_ZIP as error:
            raise SourceUnreadableError(f"is a zip that cannot be opened ({error})") from error
        try:
            yield io.TextIOWrapper(packed, encoding="utf-8-sig", errors="replace", newline="\n")
        except BROKEN_INSIDE as error:
            raise SourceUnreadableError(f"is a zip that cannot be read ({error})") from error


def is_chat(path: Path) -> bool:
    """One of its first lines begins a message."""
    try:
        with open_chat(path) as stream:
            lines = (stream.readline(LONGEST_LINE) for _ in range(_LOOKED_AT_LINES))
            return any(parse_line(line.rstrip("\r\n")) for line in lines)
    except (SourceUnreadableError, KeyError):
        return False


def recognise_chat(path: Path, zone: ZoneInfo, key: str, told_order: str = "") -> Recognised:
    """The chat and the order of its dates, found by reading all of it.

    Args:
        key: of pseudonyms; a message's id holds its sender's.
        told_order: `day` or `month`, where a person said so.
    """
    with open_chat(path) as stream:
        starts = (parse_line(line) for line in _lines(stream))
        order = find_order(start for start in starts if start)
    if told_order:
        order = DateOrder(told_order, True, "as was asked for")
    doubt = "" if order.is_sure else "; NOT SURE: -o date_order=month if the month comes first"
    chat = Chat(path, order.first, zone, key)
    return Recognised(
        form="whatsapp",
        description=f"WhatsApp chat, dates {_ORDERS[order.first]} ({order.reason}{doubt})",
        open_rows=chat.iter_rows,
        media_type="text/plain; charset=utf-8",
        has_own_fields=True,
    )


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat whose dates can be read."""

    path: Path
    first: str
    zone: ZoneInfo
    key: str

    def iter_rows(self) -> Iterator[Row]:
        """One row a message, and one for each line that belongs to none."""
        with open_chat(self.path) as stream:
            begun: tuple[int, ChatLine] | None = None
            lines: list[str] = []
            for number, line in enumerate(_lines(stream), start=1):
                start = parse_line(line)
                if start is not None:
                    if begun:
                        yield self._row(*begun, lines)
                    begun, lines = (number, start), [line]
                elif begun is None and line.strip():
                    yield Row(number=number, fault="stands before the first message")
                elif len(lines) < _LONGEST_MESSAGE_LINES:
                    lines.append(line)
            if begun:
                yield self._row(*begun, lines)

    @property
    def title(self) -> str:
        """Of the group or contact, as the file's name says it; part of ids only."""
        return _TITLE.sub("", re.sub(r"\s*\(\d+\)$", "", self.path.stem)).strip().lower()

    def _row(self, number: int, start: ChatLine, lines: list[str]) -> Row:
        message = read_message("\n".join([start.rest, *lines[1:]]))
        ended = _explain_no_post(message)
        if ended:
            return Row(number=number, fault=ended[1], disposition=ended[0])
        moment = moment_of(start, self.first, self.zone)
        name = pseudonym(message.sender, self.key)
        values = {
            "id": f"{self.title}/{start.raw_time}/{name}/{message.text[:500]}",
            "text": "\n".join([message.text, *(f"[lampiran: {n}]" for n in message.attachments)]),
            "author": message.sender,
            "published_at": moment.isoformat() if moment else start.raw_time,
            "platform": "whatsapp",
            "section": "disunting" if message.is_edited else "",
            "forwards": message.forwards or "",
        }
        return Row(number=number, values=values, raw="\n".join(lines).encode("utf-8", "replace"))


def _explain_no_post(message: ChatMessage) -> tuple[Disposition, str] | None:
    if not message.sender:
        return Disposition.REFUSED_NOT_A_POST, "is a notice of the app"
    if message.is_deleted:
        return Disposition.REFUSED_NOT_A_POST, "was deleted by its sender"
    if not message.text:
        return Disposition.REFUSED_TOO_SHORT, "holds an attachment and no words"
    return None


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    read = 0
    while line := stream.readline(LONGEST_LINE):
        read += len(line)
        if read > _LARGEST_CHAT:
            raise SourceUnreadableError("is a chat of more than 300 MB; export a part of it")
        yield line.rstrip("\r\n").replace("\0", "")


def _chat_inside(parts: zipfile.ZipFile) -> zipfile.ZipInfo:
    texts = [part for part in parts.infolist() if part.filename.lower().endswith(".txt")]
    texts.sort(key=lambda part: (part.filename != "_chat.txt", -part.file_size))
    if not texts:
        raise SourceUnreadableError("is a zip without a chat; export the chat again, as txt or zip")
    if texts[0].file_size > _LARGEST_CHAT:
        raise SourceUnreadableError("is a chat of more than 300 MB; export a part of it")
    return texts[0]
