"""What a message of a WhatsApp chat says: its sender, its words, its attachments, its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\ufeff]")
_SENDER = re.compile(r"^(?P<sender>[^:\n]{1,80}):\s(?P<text>.*)$", re.DOTALL)
_NOTICE = re.compile(
    r"end-to-end encrypted|(?:di|ter)enkripsi(?: secara)? (?:end-to-end|ujung ke ujung)"
    r"|\b(?:created|membuat) (?:this |the )?(?:group|grup|community|komunitas)\b"
    r"|\b(?:added|menambahkan|removed|mengeluarkan|invited|mengundang)\b.{1,80}$"
    r"|\b(?:left|keluar|telah keluar)\.?$|\bwas added$|\bditambahkan$"
    r"|\bjoined (?:using|from|via)|\bbergabung (?:menggunakan|dari|melalui)"
    r"|changed (?:the subject|the group|this group|their phone|the settings|to)"
    r"|(?:mengubah|mengganti) (?:subjek|nama grup|ikon|deskripsi|nomor|pengaturan|setelan)"
    r"|security code|kode keamanan|(?:now an admin|sekarang (?:adalah )?admin)"
    r"|(?:pinned a message|menyematkan pesan)|(?:disappearing messages|pesan sementara)"
    r"|(?:missed (?:voice|video) call|panggilan (?:suara|video) tak terjawab)"
    r"|deleted this group|menghapus grup|(?:blocked|memblokir) (?:this|kontak)",
    re.IGNORECASE,
)
_NOTICE_VERB = re.compile(
    r"\b(?:changed|created|added|removed|mengubah|mengganti|membuat|menambahkan|mengeluarkan)\b"
)
_DELETED = re.compile(
    r"^(?:this message was deleted(?: by admin.*)?|you deleted this message"
    r"|pesan ini (?:telah )?dihapus(?: oleh admin.*)?"
    r"|(?:anda|kamu) (?:telah )?menghapus pesan ini)\.?$",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"^<?(?P<kind>media|image|photo|video|video note|audio|gif|sticker|document|contact card|gambar"
    r"|foto|stiker|dokumen|kartu kontak|catatan video|pesan suara)"
    r" (?:omitted|tidak disertakan|dihilangkan)>?$",
    re.IGNORECASE | re.MULTILINE,
)
_FILE = re.compile(
    r"(?:^|(?<=\n))(?:(?P<android>[^\n<>:*?\"|/\\]{1,120}\.\w{2,5})"
    r" \((?:file attached|file terlampir)\)"
    r"|<(?:attached|terlampir): (?P<ios>[^\n>]{1,140})>)",
    re.IGNORECASE,
)
_NAMED_DOCUMENT = re.compile(
    r"^(?P<name>[^\n<>:*?\"|/\\]{1,120}\.\w{2,5})(?: \S \d+ \S+)?"
    r" (?:document|dokumen) (?:omitted|tidak disertakan)$",
    re.IGNORECASE | re.MULTILINE,
)
_EDITED = re.compile(
    r"(?<!\s)\s*<(?:this message was edited|pesan ini (?:telah )?diedit)>\s*$", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"^[\u21aa\u27a1\ufe0f\s*_]*(?:forwarded(?P<en> many times)?"
    r"|diteruskan(?P<id> berkali-kali)?)[*_]*\s*\n",
    re.IGNORECASE,
)
_MANY = 5
"""WhatsApp says `many times` from the fifth forward on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One message, or a notice of the app where there is no sender."""

    sender: str = ""
    text: str = ""
    attachments: tuple[str, ...] = ()
    forwards: int = 0
    is_deleted: bool = False
    is_edited: bool = False


def read_message(rest: str) -> ChatMessage:
    """What follows the time.

    Args:
        rest: all lines of the message.
    """
    found = _SENDER.match(rest)
    if not found:
        return ChatMessage()
    sender = _MARKS.sub("", found["sender"]).strip().removeprefix("~").strip("\u00a0\u202f ")
    by_the_app = found["text"].startswith("\u200e")
    text = _MARKS.sub("", found["text"]).replace("\r", "").strip()
    if '"' in sender or "\u201c" in sender or _NOTICE_VERB.search(sender):
        return ChatMessage()
    if "\n" not in text and _NOTICE.search(text) and (by_the_app or "end-to-end" in text):
        return ChatMessage()
    if _DELETED.match(text):
        return ChatMessage(sender=sender, is_deleted=True)
    return _read_text(sender, text)


def _read_text(sender: str, text: str) -> ChatMessage:
    edited = bool(_EDITED.search(text))
    text = _EDITED.sub("", text)
    attachments: list[str] = []

    def note(found: re.Match[str]) -> str:
        attachments.append(next(filter(None, found.groups())).strip())
        return ""

    for pattern in (_NAMED_DOCUMENT, _FILE, _LEFT_OUT):
        text = pattern.sub(note, text)
    forwarded = _FORWARDED.match(text.lstrip())
    return ChatMessage(
        sender=sender,
        text=_FORWARDED.sub("", text.lstrip()).strip(),
        attachments=tuple(attachments),
        forwards=0 if not forwarded else _MANY if forwarded["en"] or forwarded["id"] else 1,
        is_edited=edited,
    )
