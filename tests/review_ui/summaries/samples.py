"""Invented summaries: a full week, an empty one, and one full of hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from review_ui.desk.vocabulary import CaseStatus, DecisionKind
from review_ui.summaries.figures import (
    Answer,
    CitedFact,
    Coverage,
    DeskCounts,
    Issue,
    PostCounts,
    WeekFigures,
    WeeklySummary,
)
from review_ui.summaries.weeks import Week

WEEK = Week(2026, 46, "Asia/Makassar")
WRITTEN = datetime(2026, 11, 16, 3, 30, tzinfo=UTC)
COLLECTED = (11, 14, 9, 17, 13, 20, 12)
FLAGGED = (4, 5, 2, 6, 4, 8, 5)
HOSTILE = (
    '#eval("1") *tebal* _miring_ $x^2$ @label <tag> `kode` \\ // komentar',
    "<script>alert('isu')</script><img src=x onerror=alert(1)>&amp;\"'",
    "Kabar " * 1700 + "panjang sekali",
    "\u202egnukgnab \u2066terbalik\u2069 \u200f\u0000\u0007akhir",
    "🚨‼️ BAHAYA 🙏🏽👨‍👩‍👧 漢字 ไทย العربية \U0001f9ff",
)


def a_week_of_posts(**over: Any) -> PostCounts:
    counts = PostCounts(
        collected=sum(COLLECTED),
        assessed=sum(COLLECTED),
        flagged=sum(FLAGGED),
        undecided=12,
        collected_by_day=dict(zip(WEEK.days, COLLECTED, strict=True)),
        flagged_by_day=dict(zip(WEEK.days, FLAGGED, strict=True)),
        flagged_topics={"kesehatan": 12, "kebencanaan": 9, "penipuan": 8},
        by_source={"kabar-lembah": 40, "warga": 56},
        models=("penanda 1",),
    )
    return replace(counts, **over)


def an_answer(**over: Any) -> Answer:
    answer = Answer(
        headline="Bendungan Rantau Perupuk dalam batas aman, hasil pemeriksaan 10 November",
        fact="Balai sungai memeriksa tubuh bendungan selama dua hari. Rembesan 0,4 liter per detik,"
        " jauh di bawah ambang 3 liter per detik. Garis pada foto adalah sambungan antarblok.",
        verdict="HOAKS",
        published_at=datetime(2026, 11, 11, 6, 0, tzinfo=UTC),
        slug="bendungan-aman",
        facts=(
            CitedFact(
                agency="Balai Sungai",
                document="Berita acara pemeriksaan 12/BA",
                url="https://lembahsarang.example/ba",
                dated_on=date(2026, 11, 10),
            ),
        ),
        posts_since=3,
    )
    return replace(answer, **over)


def an_issue(**over: Any) -> Issue:
    issue = Issue(
        code="ISU-0001",
        title="Kabar bendungan retak",
        claim="Bendungan Rantau Perupuk retak dan akan jebol malam ini.",
        topic="kebencanaan",
        status=CaseStatus.PUBLISHED,
        opened_at=datetime(2026, 11, 10, 1, 0, tzinfo=UTC),
        decision=DecisionKind.RESPOND,
        harm=3,
        reach=3,
        links=7,
        links_in_week=5,
        first_seen_at=datetime(2026, 11, 9, 13, 40, tzinfo=UTC),
        answer=an_answer(),
    )
    return replace(issue, **over)


def a_summary(**over: Any) -> WeeklySummary:
    """A full week of an invented office."""
    waiting = an_issue(
        code="ISU-0002",
        title="Air PDAM disebut beracun",
        claim="Air PDAM Tirta Sarang tercemar limbah beracun dan 17 orang dirawat.",
        status=CaseStatus.APPROVAL,
        reach=2,
        waiting=True,
        answer=None,
    )
    draft = an_issue(
        code="ISU-0003",
        title="Surat libur sekolah dua pekan",
        claim="Semua sekolah diliburkan dua pekan karena wabah menurut surat edaran.",
        status=CaseStatus.DRAFT,
        harm=2,
        overdue=True,
        answer=None,
    )
    watched = an_issue(
        code="ISU-0004",
        title="Pajak pekarangan",
        claim="Pemkab memungut pajak pekarangan mulai bulan depan.",
        status=CaseStatus.MONITORED,
        decision=DecisionKind.MONITOR,
        harm=1,
        reach=1,
        answer=None,
    )
    summary = WeeklySummary(
        week=WEEK,
        as_of=WEEK.ends_at,
        written_at=WRITTEN,
        office="Media Center Lembah Sarang",
        region="Kabupaten Lembah Sarang",
        sla=timedelta(hours=24),
        public_url="https://klarifikasi.lembahsarang.example",
        figures=WeekFigures(
            coverage=Coverage(
                delivered=("Kabar Lembah", "Suara Sarang", "Warga #LembahSarang"),
                silent=("Portal Resmi Lembah Sarang",),
                failed=("Radio Gema Hulu",),
                crawled_days=6,
                missing_days=(date(2026, 11, 11),),
            ),
            posts=a_week_of_posts(),
            desk=DeskCounts(
                opened=4,
                decisions={DecisionKind.RESPOND: 3, DecisionKind.MONITOR: 1},
                closed_without_label=1,
                published=1,
                open_codes=("ISU-0002", "ISU-0003"),
                overdue_codes=("ISU-0003",),
                waiting_codes=("ISU-0002",),
                hours_to_publication=(40.3,),
            ),
        ),
        before=WeekFigures(
            coverage=Coverage(
                delivered=("Kabar Lembah", "Suara Sarang"),
                failed=("Radio Gema Hulu", "Warga #LembahSarang"),
                silent=("Portal Resmi Lembah Sarang",),
                crawled_days=7,
            ),
            posts=a_week_of_posts(
                collected=70, assessed=70, flagged=21, undecided=0, flagged_topics={"kesehatan": 3}
            ),
        ),
        issues=(an_issue(), waiting, draft, watched),
        other_issues=2,
    )
    return replace(summary, **over)


def an_empty_summary(**over: Any) -> WeeklySummary:
    """A week in which posts came and nothing was to be done."""
    posts = a_week_of_posts(flagged=0, undecided=0, flagged_by_day={}, flagged_topics={})
    figures = WeekFigures(coverage=a_summary().figures.coverage, posts=posts)
    return a_summary(**{"figures": figures, "issues": (), "other_issues": 0} | over)


def a_hostile_summary() -> WeeklySummary:
    """Every text that somebody typed tries to break out."""
    issues = tuple(
        an_issue(
            code=f"ISU-{number:04}",
            title=text,
            claim=text,
            answer=an_answer(
                headline=text,
                fact=text,
                facts=(CitedFact(agency=text, document=text, url="javascript:alert(1)"),),
            ),
        )
        for number, text in enumerate(HOSTILE, start=1)
    )
    coverage = replace(a_summary().figures.coverage, failed=HOSTILE)
    figures = replace(a_summary().figures, coverage=coverage)
    return a_summary(issues=issues, figures=figures, office=HOSTILE[0])
