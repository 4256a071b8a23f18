"""From figures to the one text that page, PDF and message show."""

from __future__ import annotations

from dataclasses import replace

from review_ui.summaries.actions import build_actions
from review_ui.summaries.figures import Coverage, WeeklySummary
from review_ui.summaries.indonesian import DAYS, day_and_time, listed, number, span
from review_ui.summaries.issues import describe_issue
from review_ui.summaries.plain_text import tidy
from review_ui.summaries.report import Report
from review_ui.summaries.sentences import build_changes, build_lead, build_limits
from review_ui.summaries.tables import build_rows

NAME_LENGTH = 80


def build_report(summary: WeeklySummary) -> Report:
    """Word a summary; the same summary always gives the same words."""
    summary = _tidied(summary)
    week, posts = summary.week, summary.figures.posts
    rest = summary.other_issues
    part = "" if summary.complete else "bagian yang sama dari "
    return Report(
        title=f"Ringkasan pekan {week.number}: kabar dan klarifikasi",
        office=summary.office,
        period=span(week.days[0], week.days[-1]),
        written=f"Disusun {day_and_time(summary.written_at, week.timezone)}",
        week=week.name,
        empty=summary.empty,
        lead=build_lead(summary),
        rows=build_rows(summary),
        comparison=f"Pekan ini dibandingkan dengan {part}pekan lalu",
        issues=tuple(describe_issue(issue, summary) for issue in summary.issues),
        issues_note=f"Dan {number(rest)} isu lain yang dampaknya dinilai lebih kecil."
        if rest
        else "",
        changes=build_changes(summary),
        actions=build_actions(summary),
        limits=build_limits(summary),
        chart_title="Unggahan per hari: dikumpulkan dan ditandai",
        chart_text=_chart_text(summary),
        footnote="Dihitung ulang dengan angka yang sama dari data yang tersimpan."
        f" Penanda: {listed(posts.models) or 'belum ada'}."
        " Nama akun, nomor telepon, NIK, dan rekening disamarkan.",
    )


def _tidied(summary: WeeklySummary) -> WeeklySummary:
    """Names that somebody typed, made safe once for all sentences."""
    return replace(
        summary,
        office=tidy(summary.office, NAME_LENGTH),
        figures=replace(summary.figures, coverage=_tidied_coverage(summary.figures.coverage)),
    )


def _tidied_coverage(coverage: Coverage) -> Coverage:
    def all_of(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(tidy(name, NAME_LENGTH) for name in names)

    return replace(
        coverage,
        delivered=all_of(coverage.delivered),
        silent=all_of(coverage.silent),
        failed=all_of(coverage.failed),
        not_crawled=all_of(coverage.not_crawled),
    )


def _chart_text(summary: WeeklySummary) -> str:
    collected = summary.figures.posts.collected_by_day
    flagged = summary.figures.posts.flagged_by_day
    last = summary.week.day_of(summary.as_of)
    days = [
        f"{DAYS[day.weekday()]} {number(collected.get(day, 0))} dikumpulkan,"
        f" {number(flagged.get(day, 0))} ditandai"
        for day in summary.week.days
        if day <= last
    ]
    return f"{'; '.join(days)}."
