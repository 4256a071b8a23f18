"""The summary as a WhatsApp message: short, plain, to be sent on."""

from __future__ import annotations

from collections.abc import Iterator

from review_ui.summaries.indonesian import listed
from review_ui.summaries.plain_text import shorten
from review_ui.summaries.report import IssueText, Report

LONGEST = 1500
_BOLD = str.maketrans("*_~`", "    ")


def write_message(report: Report) -> str:
    """At most 1,500 characters: the lead, then as many answers as fit.

    It will be sent on, so a claim without an approved answer is named by its code alone.
    """
    head = f"*{_plain(report.title)}*\n{_plain(report.office)}, {report.period}\n"
    tail = "\nTanda mesin bukan kesimpulan. Rincian dan sumber ada di naskah lengkap.\n"
    room = LONGEST - len(head) - len(tail)
    body = ""
    for part in _iter_parts(report):
        if len(body) + len(part) + 1 > room:
            break
        body += f"\n{part}"
    return f"{head}{body}{tail}"


def _iter_parts(report: Report) -> Iterator[str]:
    for sentence in report.lead:
        yield f"{shorten(_plain(sentence), 300)}\n"
    for issue in report.issues:
        if issue.answered:
            yield _answered(issue)
    waiting = [issue.code for issue in report.issues if not issue.answered]
    if waiting:
        yield f"Belum ada jawaban yang disetujui: {listed(waiting)}.\n"
    yield from (f"• {shorten(_plain(action), 200)}\n" for action in report.actions[:1])


def _answered(issue: IssueText) -> str:
    link = f"\n{issue.url}" if issue.url else ""
    return f"*{shorten(_plain(issue.heading), 110)}*\n{shorten(_plain(issue.answer), 200)}{link}\n"


def _plain(text: str) -> str:
    """Marks that WhatsApp takes for bold or italic become spaces."""
    return " ".join(text.translate(_BOLD).split())
