"""Where a case stands on its way, and what somebody should do next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from review_ui.desk.context import Desk
from review_ui.desk.models import Case, RebuttalVersion
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import EXITS, N_, CaseStatus, DecisionKind, VersionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One station."""

    name: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do now, said so that nobody has to look for it."""

    text: str
    link: str = ""
    button: str = ""


_STATIONS = (
    (N_("Baru"), (CaseStatus.NEW,)),
    (N_("Diputuskan"), (CaseStatus.REVIEWED, CaseStatus.WAITING)),
    (N_("Draf"), (CaseStatus.DRAFT,)),
    (N_("Persetujuan"), (CaseStatus.APPROVAL,)),
    (N_("Terbit"), (CaseStatus.PUBLISHED,)),
    (N_("Selesai"), (CaseStatus.DONE,)),
)


def build_steps(case: Case) -> list[Step]:
    """The stations with the current one marked; empty for a case that left the way."""
    places = [place for place, (_, statuses) in enumerate(_STATIONS) if case.status in statuses]
    ignored = case.decision is not None and case.decision.kind is DecisionKind.IGNORE
    if not places or (case.status is CaseStatus.DONE and ignored):
        return []
    return [
        Step(name=gettext(name), done=place < places[0], current=place == places[0])
        for place, (name, _) in enumerate(_STATIONS)
    ]


def next_step(desk: Desk, case: Case) -> NextStep:
    """The one thing that brings this case on."""
    version = case.rebuttal.in_work if case.rebuttal else None
    if version is not None:
        return _for_version(desk, version)
    if case.status in EXITS:
        return NextStep(text=gettext("Isu ini ditutup tanpa label publik."))
    if case.rebuttal is not None and case.rebuttal.published is not None:
        return _published(case)
    if case.decision is None:
        return NextStep(
            text=gettext("Timbang dampak isu ini, lalu putuskan: tanggapi, pantau, atau abaikan."),
            link="#putusan",
            button=gettext("Ke formulir keputusan"),
        )
    if case.decision.kind is DecisionKind.RESPOND:
        return NextStep(
            text=gettext("Isu ini akan ditanggapi. Tulis draf klarifikasinya."),
            link=url_for("drafts.begin", case_id=case.id),
            button=gettext("Tulis draf"),
        )
    return NextStep(text=gettext("Tidak ditanggapi untuk saat ini; ubah keputusan bila perlu."))


def _for_version(desk: Desk, version: RebuttalVersion) -> NextStep:
    link = url_for("drafts.show", version_id=version.id)
    if version.status is VersionStatus.DRAFT:
        return NextStep(
            text=gettext("Draf sedang ditulis. Lengkapi, lalu ajukan untuk disetujui."),
            link=link,
            button=gettext("Lanjutkan draf"),
        )
    if version.status is VersionStatus.APPROVED:
        return NextStep(
            text=gettext("Naskah sudah disetujui orang kedua dan siap diterbitkan."),
            link=link,
            button=gettext("Lihat dan terbitkan"),
        )
    own = desk.user.id in version.contributor_ids
    if own or not desk.may(Permission.APPROVE):
        text = gettext("Menunggu persetujuan redaktur lain; penulis tidak menyetujui naskahnya.")
        return NextStep(text=text, link=link, button=gettext("Lihat naskah"))
    return NextStep(
        text=gettext("Naskah menunggu persetujuan Anda."),
        link=link,
        button=gettext("Periksa naskah"),
    )


def _published(case: Case) -> NextStep:
    slug = case.rebuttal.slug if case.rebuttal else ""
    return NextStep(
        text=gettext("Klarifikasi sudah terbit dan tertaut ke semua unggahan isu ini."),
        link=url_for("klarifikasi.show", slug=slug),
        button=gettext("Buka halaman publik"),
    )
