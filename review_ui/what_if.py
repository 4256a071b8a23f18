"""What would change the machine's mind about a post, and how sure it is, in words.

Log-odds add up, so that the probability without one reason follows from its weight alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext

from indices.documents import Assessment, Reason
from review_ui.desk.vocabulary import N_

_MOST_TOGETHER = 3
_SURE, _FAIRLY_SURE = 2.0, 0.8
"""Distance from the threshold in log-odds."""
_DOUBTS = frozenset({"too_short", "language"})
PARTS = {
    "match": N_("kemiripan dengan cek fakta"),
    "wording": N_("susunan katanya"),
    "scam": N_("kemiripannya dengan penipuan"),
    "urgency": N_("desakan kepada pembaca"),
    "forward_appeal": N_("kalimat ajakan menyebarkan"),
    "scam_pattern": N_("pola penipuan"),
    "sensation": N_("bahasa sensasional"),
    "secrecy": N_("kata bahwa ada yang ditutupi"),
    "health_claim": N_("klaim kesehatan"),
    "authority": N_("pengakuan dari pihak berwenang"),
    "capitals": N_("huruf kapitalnya"),
    "exclamations": N_("tanda serunya"),
    "phone": N_("nomor teleponnya"),
    "money": N_("jumlah uang yang disebut"),
}
"""What a reason is called where it is thought away."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The fewest reasons without which the answer would be the other one."""

    without: tuple[str, ...]
    """Codes; empty where not even three of them together would change it."""
    probability: float
    """What it would be then."""
    flagged: bool
    """What the post would be then."""


def find_change(assessment: Assessment) -> WhatIf:
    """One reason where one is enough, the weightiest; else two, else three."""
    present = _log_odds(assessment.probability)
    bar = _log_odds(assessment.threshold)
    speaking = [reason for reason in assessment.reasons if _holds_up(reason, assessment)]
    speaking.sort(key=lambda reason: -abs(reason.weight))
    for size in range(1, min(_MOST_TOGETHER, len(speaking)) + 1):
        for group in combinations(speaking, size):
            then = present - sum(reason.weight for reason in group)
            if (then >= bar) is not assessment.flagged:
                codes = tuple(reason.code for reason in group)
                return WhatIf(codes, _chance(then), not assessment.flagged)
    return WhatIf((), assessment.probability, assessment.flagged)


def percent(chance: float) -> str:
    """`31`; never 0 or 100, since a machine is never certain: `< 1` and `> 99`."""
    whole = round(chance * 100)
    return "< 1" if whole < 1 else "> 99" if whole > 99 else str(whole)


def told_change(assessment: Assessment) -> str:
    """One sentence: `Tanpa kalimat ajakan menyebarkan, tidak ditandai (peluang 31 %).`"""
    change = find_change(assessment)
    if not change.without:
        if assessment.flagged:
            return str(gettext("Tidak ada satu hal pun yang bila dihilangkan membatalkan tanda."))
        return str(gettext("Tidak ada satu hal pun yang menahan unggahan ini dari tanda."))
    parts = gettext(" dan ").join(gettext(PARTS.get(code, code)) for code in change.without)
    told = percent(change.probability)
    if change.flagged:
        return str(
            gettext(
                "Tanpa %(parts)s, akan ditandai (peluang %(percent)s %%).",
                parts=parts,
                percent=told,
            )
        )
    return str(
        gettext(
            "Tanpa %(parts)s, tidak ditandai (peluang %(percent)s %%).",
            parts=parts,
            percent=told,
        )
    )


def confidence(assessment: Assessment) -> str:
    """How sure the machine is, by the distance from its threshold and by what it doubts itself."""
    if any(reason.code in _DOUBTS for reason in assessment.reasons):
        return str(gettext("Keyakinan rendah"))
    gap = abs(_log_odds(assessment.probability) - _log_odds(assessment.threshold))
    if gap >= _SURE:
        return str(gettext("Keyakinan tinggi: jauh dari ambang"))
    if gap >= _FAIRLY_SURE:
        return str(gettext("Keyakinan sedang"))
    return str(gettext("Keyakinan rendah: dekat ambang"))


def _holds_up(reason: Reason, assessment: Assessment) -> bool:
    """Whether the reason speaks for the answer that was given."""
    return reason.weight > 0 if assessment.flagged else reason.weight < 0


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
