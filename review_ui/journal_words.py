"""What the audit record calls things, in words of the interface; it keeps the code's own."""

from __future__ import annotations

from flask_babel import gettext

from indices.documents import ReviewLabel
from review_ui.desk import vocabulary
from review_ui.desk.vocabulary import N_
from review_ui.presenting import REVIEW_LABEL_NAMES, REVIEW_STATUS_NAMES

_FIELDS = {
    "active": N_("aktif"),
    "claim": N_("klaim"),
    "decision": N_("keputusan"),
    "explanation": N_("penjelasan"),
    "fact": N_("fakta"),
    "fact_again": N_("fakta lagi"),
    "falsehood_type": N_("jenis kekeliruan"),
    "group": N_("kelompok klaim"),
    "headline": N_("judul"),
    "label": N_("label"),
    "myth": N_("mitos"),
    "name": N_("nama"),
    "post": N_("unggahan"),
    "posts": N_("unggahan"),
    "role": N_("hubungan"),
    "roles": N_("peran"),
    "status": N_("status"),
    "title": N_("judul"),
    "topic": N_("topik"),
    "verdict": N_("kesimpulan"),
}
_SUBJECTS = {
    "case": N_("isu"),
    "rebuttal": N_("klarifikasi"),
    "post": N_("unggahan"),
    "user": N_("akun"),
}
_STATUSES = {
    str(word): name
    for names in (
        REVIEW_STATUS_NAMES,
        vocabulary.VERSION_STATUS_NAMES,
        vocabulary.CASE_STATUS_NAMES,
    )
    for word, name in names.items()
}
_VALUES: dict[str, dict[str, str]] = {
    "active": {"True": N_("ya"), "False": N_("tidak")},
    "decision": {str(word): name for word, name in vocabulary.DECISION_NAMES.items()},
    "falsehood_type": {str(word): name for word, name in vocabulary.FALSEHOOD_NAMES.items()},
    "label": {str(ReviewLabel(word)): name for word, name in REVIEW_LABEL_NAMES.items()},
    "role": {"carries": N_("membawa klaim itu"), "mentions": N_("hanya memberitakannya")},
    "roles": {str(word): name for word, name in vocabulary.ROLE_NAMES.items()},
    "status": _STATUSES,
}


def field_name(field: str) -> str:
    """What the interface calls a field that changed."""
    return _translate(_FIELDS, field)


def subject_name(kind: str) -> str:
    """What the interface calls the kind of thing that changed."""
    return _translate(_SUBJECTS, kind)


def value_name(value: object, field: str) -> str:
    """What the interface calls what a field was or is; nothing for nothing."""
    if isinstance(value, list):
        return ", ".join(value_name(one, field) for one in value)
    return "" if value is None else _translate(_VALUES.get(field, {}), str(value))


def _translate(names: dict[str, str], word: str) -> str:
    return str(gettext(names[word])) if word in names else word
