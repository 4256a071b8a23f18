"""How things look in words: times, likelihoods, kinds, links; as filters of the templates."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from babel.dates import format_date as babel_format_date
from babel.dates import format_timedelta
from flask import Flask, g, request
from flask_babel import format_date, format_datetime, get_locale, gettext, to_user_timezone

from indices.documents import PersonalKind, ReviewLabel, ReviewStatus, SourceKind
from review_ui.desk import vocabulary
from review_ui.desk.vocabulary import N_
from review_ui.markdown import render_markdown
from review_ui.masking import mask
from review_ui.work import current_settings

SOURCE_KIND_NAMES = {
    SourceKind.PRESS: N_("Pers"),
    SourceKind.GOVERNMENT: N_("Pemerintah"),
    SourceKind.COMMUNITY: N_("Komunitas"),
    SourceKind.PLATFORM: N_("Media sosial"),
    SourceKind.TIPLINE: N_("Aduan"),
    SourceKind.FACT_CHECKER: N_("Pemeriksa fakta"),
}
PERSONAL_KIND_NAMES = {
    PersonalKind.NIK: N_("NIK atau nomor KK"),
    PersonalKind.PHONE: N_("nomor telepon"),
    PersonalKind.ACCOUNT: N_("nomor rekening"),
    PersonalKind.PLATE: N_("pelat nomor"),
    PersonalKind.ADDRESS: N_("alamat rumah"),
}
REVIEW_STATUS_NAMES = {
    ReviewStatus.NEW: N_("Belum diputuskan"),
    ReviewStatus.TRIAGED: N_("Sudah dilihat"),
    ReviewStatus.IN_CASE: N_("Dalam isu"),
    ReviewStatus.ANSWERED: N_("Terjawab"),
    ReviewStatus.MONITORED: N_("Dipantau"),
    ReviewStatus.CLOSED: N_("Ditutup"),
}
REVIEW_LABEL_NAMES = {
    ReviewLabel.HOAX: N_("Hoaks"),
    ReviewLabel.TRUE: N_("Benar"),
    ReviewLabel.UNVERIFIED: N_("Belum terverifikasi"),
    ReviewLabel.OPINION: N_("Opini/kritik"),
    ReviewLabel.SATIRE: N_("Satire"),
    ReviewLabel.OUT_OF_REGION: N_("Di luar wilayah"),
    ReviewLabel.NOT_AN_ISSUE: N_("Bukan isu"),
}
_NAMES: dict[tuple[type, object], str] = {
    (type(word), word): name
    for names in (
        SOURCE_KIND_NAMES,
        PERSONAL_KIND_NAMES,
        REVIEW_STATUS_NAMES,
        REVIEW_LABEL_NAMES,
        vocabulary.CASE_STATUS_NAMES,
        vocabulary.DECISION_NAMES,
        vocabulary.MARK_NAMES,
        vocabulary.VERSION_STATUS_NAMES,
        vocabulary.FALSEHOOD_NAMES,
        vocabulary.ROLE_NAMES,
    )
    for word, name in names.items()
}
ACTION_NAMES = {
    "case.opened": N_("Isu dibuka"),
    "case.edited": N_("Isu diubah"),
    "case.status": N_("Status berubah"),
    "case.decided": N_("Diputuskan"),
    "case.post_linked": N_("Unggahan ditautkan"),
    "case.post_unlinked": N_("Unggahan dilepas"),
    "rebuttal.drafted": N_("Draf ditulis"),
    "rebuttal.edited": N_("Draf diubah"),
    "rebuttal.submitted": N_("Naskah diajukan"),
    "rebuttal.sent_back": N_("Naskah dikembalikan"),
    "rebuttal.approved": N_("Naskah disetujui"),
    "rebuttal.published": N_("Klarifikasi terbit"),
    "rebuttal.correction": N_("Koreksi dimulai"),
    "rebuttal.withdrawn": N_("Klarifikasi ditarik"),
    "rebuttal.discarded": N_("Draf dibuang"),
    "post.monitor": N_("Unggahan dipantau"),
    "post.not_an_issue": N_("Unggahan bukan isu"),
    "post.opinion": N_("Unggahan opini/kritik"),
    "post.satire": N_("Unggahan satire"),
    "post.out_of_region": N_("Unggahan di luar wilayah"),
    "post.reopen": N_("Unggahan kembali ke antrean"),
    "post.undone": N_("Telaah dibatalkan"),
    "post.revealed": N_("Data pribadi dibuka"),
    "post.evidence_downloaded": N_("Bukti diunduh"),
    "group.moved": N_("Unggahan dipindahkan ke kelompok lain"),
    "group.merged": N_("Kelompok digabung"),
    "group.undone": N_("Perubahan kelompok dibatalkan"),
    "user.added": N_("Akun dibuat"),
    "user.roles": N_("Peran diubah"),
    "user.active": N_("Akun diaktifkan atau dinonaktifkan"),
    "user.password": N_("Kata sandi diganti"),
    "user.disabled": N_("Akun dinonaktifkan"),
}
REACH_NAMES = {
    "likes": N_("disukai"),
    "shares": N_("dibagikan"),
    "replies": N_("dibalas"),
    "views": N_("dilihat"),
    "forwards": N_("diteruskan"),
}
CHANNEL_NAMES = {
    "web": N_("situs web"),
    "whatsapp": N_("WhatsApp"),
    "youtube": N_("YouTube"),
    "tiktok": N_("TikTok"),
}
CONNECTOR_NAMES = {
    "feed": N_("umpan RSS/Atom"),
    "sitemap": N_("peta situs"),
    "file": N_("berkas"),
    "mastodon": N_("Mastodon"),
}
LANGUAGE_NAMES = {
    "id": N_("bahasa Indonesia"),
    "ms": N_("bahasa Melayu"),
    "jv": N_("bahasa Jawa"),
    "su": N_("bahasa Sunda"),
    "bjn": N_("bahasa Banjar"),
    "bug": N_("bahasa Bugis"),
    "en": N_("bahasa Inggris"),
    "other": N_("bahasa lain"),
    "mixed": N_("bahasa campuran"),
    "unsure": N_("bahasa tidak yakin"),
}
OUTCOME_NAMES = {
    "stored": N_("baru"),
    "updated": N_("diperbarui"),
    "duplicate": N_("sudah ada"),
    "refused": N_("ditolak"),
    "failed": N_("gagal"),
}
_LIKELIHOODS = (
    (0.85, N_("Sangat mendesak")),
    (0.6, N_("Mendesak")),
    (0.35, N_("Perlu dilihat")),
    (0.0, N_("Rendah")),
)


_TRICKS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def name_of(word: object) -> str:
    """What the interface calls a word of the code, in the reader's language."""
    known = _NAMES.get((type(word), word))
    return str(gettext(known)) if known else str(word)


def kind_name(value: str) -> str:
    """What the interface calls a source kind that is given by value."""
    return name_of(SourceKind(value)) if value in set(SourceKind) else value


def status_name(value: str) -> str:
    """What the interface calls a status of a case or version that is given by value."""
    words: tuple[type[StrEnum], ...] = (vocabulary.CaseStatus, vocabulary.VersionStatus)
    for word in words:
        if value in set(word):
            return name_of(word(value))
    return value


def action_name(action: str) -> str:
    """What the interface calls an action of the audit record."""
    known = ACTION_NAMES.get(action)
    return str(gettext(known)) if known else action


def reach_name(key: str) -> str:
    """What the interface calls a count that a platform gave."""
    known = REACH_NAMES.get(key)
    return str(gettext(known)) if known else key


def channel_name(platform: str) -> str:
    """What the interface calls a platform."""
    known = CHANNEL_NAMES.get(platform)
    return str(gettext(known)) if known else platform.capitalize()


def connector_name(connector: str) -> str:
    """What the interface calls the way a source is read."""
    known = CONNECTOR_NAMES.get(connector)
    return str(gettext(known)) if known else connector


def language_name(code: str) -> str:
    """What the interface calls the language of a post."""
    known = LANGUAGE_NAMES.get(code)
    return str(gettext(known)) if known else code


def lang_code(language: str) -> str:
    """For the attribute `lang`: a code that browsers know, also where the language is not one."""
    if language == "mixed":
        return "mul"
    return language if re.fullmatch(r"[a-z]{2,3}", language) else "und"


def outcome_name(group: str) -> str:
    """What became of crawled items, in words."""
    known = OUTCOME_NAMES.get(group)
    return str(gettext(known)) if known else group


def likelihood(probability: float) -> str:
    """A probability in words."""
    return str(gettext(next(name for least, name in _LIKELIHOODS if probability >= least)))


def ago(moment: datetime) -> str:
    """How long ago, in words."""
    return str(format_timedelta(moment - g.now, add_direction=True, locale=get_locale()))


def local_time(moment: datetime) -> str:
    """Date and time in the office's zone, which is named: `16 November 2026, 11.30 WITA`."""
    return f"{format_datetime(moment, 'd MMMM y, HH.mm')} {to_user_timezone(moment):%Z}"


def local_day(moment: datetime) -> str:
    """The date in the office's zone."""
    return str(format_date(to_user_timezone(moment), "d MMMM y"))


def plain_day(day: date) -> str:
    """A date that has no zone."""
    return str(babel_format_date(day, "d MMMM y", locale=get_locale()))


def plain(text: str) -> str:
    """What an editor typed, without its marks."""
    return render_markdown(text).striptags()


def absolute(path: str) -> str:
    """An address that others can follow."""
    given = current_settings().desk.public_url.rstrip("/")
    return f"{given or request.host_url.rstrip('/')}{path}"


def web_link(url: str) -> str:
    """The address if it is one of the web, else nothing: what was collected may be anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def excerpt(text: str, length: int = 280) -> str:
    """The beginning, masked, cut at a word."""
    masked = mask(" ".join(text.split()))
    if len(masked) <= length:
        return masked
    return masked[:length].rsplit(" ", 1)[0] + " …"


def without_tricks(value: object) -> object:
    """Text as it may stand in a page: no control characters, nothing that turns its direction."""
    if isinstance(value, str) and _TRICKS.search(value):
        return type(value)(_TRICKS.sub("\N{REPLACEMENT CHARACTER}", value))
    return value


def add_filters(app: Flask) -> None:
    """Make them known to the templates; everything a template shows is stripped of tricks."""
    app.jinja_env.finalize = without_tricks
    filters = (
        absolute,
        action_name,
        ago,
        channel_name,
        connector_name,
        excerpt,
        kind_name,
        lang_code,
        language_name,
        likelihood,
        local_day,
        local_time,
        mask,
        name_of,
        outcome_name,
        plain,
        plain_day,
        reach_name,
        status_name,
        web_link,
    )
    for function in filters:
        app.add_template_filter(function)
    app.add_template_filter(render_markdown, "markdown")
