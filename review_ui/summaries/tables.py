"""The table of figures: this week, the week before, and what lies between."""

from __future__ import annotations

from statistics import median

from review_ui.desk.vocabulary import DecisionKind
from review_ui.summaries.figures import DeskCounts, WeekFigures, WeeklySummary
from review_ui.summaries.indonesian import change, hours, listed, number, share
from review_ui.summaries.report import FigureRow

_DECIDED = {
    DecisionKind.RESPOND: "ditanggapi",
    DecisionKind.MONITOR: "dipantau",
    DecisionKind.IGNORE: "diabaikan",
}


def build_rows(summary: WeeklySummary) -> tuple[FigureRow, ...]:
    """From what came in to what went out."""
    now, before = summary.figures, summary.before
    return (
        *_post_rows(now, before),
        _count_row(
            "Isu yang diputuskan",
            now.desk.decided,
            before.desk.decided,
            describe_decisions(now.desk),
        ),
        _count_row(
            "Klarifikasi terbit",
            now.desk.published,
            before.desk.published,
            _describe_publications(now.desk),
        ),
        _count_row(
            "Isu masih terbuka",
            len(now.desk.open_codes),
            len(before.desk.open_codes),
            _describe_overdue(now.desk, summary),
        ),
        FigureRow(
            label="Median waktu dari unggahan pertama sampai klarifikasi terbit",
            now=_median(now.desk),
            before=_median(before.desk),
            change="",
            note=f"dari {number(len(now.desk.hours_to_publication))} isu"
            if now.desk.hours_to_publication
            else "",
        ),
    )


def describe_decisions(desk: DeskCounts) -> str:
    """`2 ditanggapi, 1 dipantau`; what was closed without a label comes after."""
    parts = [
        f"{number(desk.decisions[kind])} {word}"
        for kind, word in _DECIDED.items()
        if desk.decisions.get(kind)
    ]
    if desk.closed_without_label:
        parts.append(f"{number(desk.closed_without_label)} ditutup tanpa label (misalnya kritik)")
    return listed(parts)


def _post_rows(now: WeekFigures, before: WeekFigures) -> tuple[FigureRow, ...]:
    return (
        _count_row(
            "Unggahan yang dikumpulkan",
            now.posts.collected,
            before.posts.collected,
            f"{number(len(now.coverage.delivered))} dari {number(now.coverage.total)} sumber"
            f" memberi unggahan; pekan lalu {number(len(before.coverage.delivered))}",
        ),
        _share_row(
            "Ditandai mesin untuk ditelaah",
            (now.posts.flagged, now.posts.assessed),
            (before.posts.flagged, before.posts.assessed),
            "dari unggahan yang dinilai; tanda bukan kesimpulan",
        ),
        _share_row(
            "Bertanda, belum dilihat orang",
            (now.posts.undecided, now.posts.flagged),
            (before.posts.undecided, before.posts.flagged),
            "",
        ),
    )


def _describe_publications(desk: DeskCounts) -> str:
    counted = ((desk.corrected, "koreksi terbit"), (desk.withdrawn, "ditarik"))
    return listed([f"{number(count)} {word}" for count, word in counted if count])


def _describe_overdue(desk: DeskCounts, summary: WeeklySummary) -> str:
    limit = hours(summary.sla.total_seconds() / 3600)
    if not desk.open_codes:
        return ""
    return f"{number(len(desk.overdue_codes))} di antaranya lebih dari {limit}"


def _median(desk: DeskCounts) -> str:
    return hours(median(desk.hours_to_publication)) if desk.hours_to_publication else "–"


def _count_row(label: str, now: int, before: int, note: str) -> FigureRow:
    return FigureRow(
        label=label, now=number(now), before=number(before), change=change(now, before), note=note
    )


def _share_row(label: str, now: tuple[int, int], before: tuple[int, int], note: str) -> FigureRow:
    """A row of shares; what has no base is neither a number nor a change."""
    both = now[1] and before[1]
    return FigureRow(
        label=label,
        now=share(*now) if now[1] else "–",
        before=share(*before) if before[1] else "–",
        change=change(now[0], before[0]) if both else "",
        note=note,
    )
