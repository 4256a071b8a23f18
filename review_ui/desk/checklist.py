"""What a draft must have before it goes on, after the Debunking Handbook 2020."""

from __future__ import annotations

from dataclasses import dataclass

from indices.documents import Verdict
from review_ui.desk import guards
from review_ui.desk.models import RebuttalVersion
from review_ui.desk.vocabulary import N_
from review_ui.masking import has_personal_data

HEADLINE_LENGTH = 120
_MYTH_WORDS = ("hoaks", "hoax", "bohong", "isu", "rumor", "kabar", "viral")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One thing that a good rebuttal has."""

    code: str
    """What the page's script looks for: the name of the field, or `sources`."""
    text: str
    advice: str
    """What to do when it is missing."""
    done: bool
    required: bool = True


def build_checklist(version: RebuttalVersion) -> list[ChecklistItem]:
    """The list for a version as it stands."""
    return [
        *_parts(version),
        *_conclusion(version),
        _headline_states_fact(version),
        _names_nobody(version),
    ]


def _parts(version: RebuttalVersion) -> list[ChecklistItem]:
    asked = (
        ("headline", N_("Judul menyatakan fakta"), N_("Tuliskan judul yang menyatakan fakta.")),
        ("fact", N_("Fakta di depan"), N_("Tuliskan faktanya lebih dulu.")),
        ("myth", N_("Klaim disebut satu kali"), N_("Sebutkan klaim yang keliru, satu kali saja.")),
        (
            "explanation",
            N_("Mengapa menyesatkan"),
            N_("Jelaskan mengapa klaim itu menyesatkan."),
        ),
        ("fact_again", N_("Fakta diulang di akhir"), N_("Tutup dengan mengulang faktanya.")),
    )
    return [
        ChecklistItem(
            code=code, text=text, advice=advice, done=guards.says_something(getattr(version, code))
        )
        for code, text, advice in asked
    ]


def _conclusion(version: RebuttalVersion) -> list[ChecklistItem]:
    sourced = any(guards.names_source(fact) for fact in version.facts)
    typed = version.verdict is not Verdict.HOAX or version.falsehood_type is not None
    return [
        ChecklistItem(
            code="sources",
            text=N_("Sedikitnya satu sumber resmi"),
            advice=N_("Cantumkan sedikitnya satu sumber resmi: nama instansi dan dokumennya."),
            done=sourced,
        ),
        ChecklistItem(
            code="falsehood_type",
            text=N_("Jenis kekeliruan dipilih bila labelnya HOAKS"),
            advice=N_("Pilih jenis kekeliruannya, karena labelnya HOAKS."),
            done=typed,
        ),
    ]


def _names_nobody(version: RebuttalVersion) -> ChecklistItem:
    texts = (version.headline, version.fact, version.myth, version.explanation, version.fact_again)
    return ChecklistItem(
        code="personal_data",
        text=N_("Tanpa NIK, nomor telepon, atau rekening orang"),
        advice=N_("Hapus NIK, nomor telepon, dan rekening yang bukan milik instansi."),
        done=not has_personal_data("\n".join(texts)),
        required=False,
    )


def _headline_states_fact(version: RebuttalVersion) -> ChecklistItem:
    words = version.headline.lower().replace(":", " ").split()
    leads_with_myth = bool(words) and words[0].strip("[](),.") in _MYTH_WORDS
    return ChecklistItem(
        code="headline_style",
        text=N_("Judul tidak mengulang mitos"),
        advice=N_("Mulai judul dengan faktanya, bukan dengan kata hoaks atau kabar."),
        done=bool(words) and not leads_with_myth and len(version.headline) <= HEADLINE_LENGTH,
        required=False,
    )
