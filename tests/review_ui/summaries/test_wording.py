"""What the summary says: honest, with bases, and never more than was approved."""

from dataclasses import replace

from review_ui.summaries.figures import Coverage, PostCounts, WeekFigures
from review_ui.summaries.wording import build_report
from tests.review_ui.summaries.samples import (
    a_summary,
    a_week_of_posts,
    an_answer,
    an_empty_summary,
    an_issue,
)


def test_an_answered_case_is_headed_by_the_fact_and_an_open_one_is_not_answered() -> None:
    answered, waiting, draft, watched = build_report(a_summary()).issues
    assert answered.heading.startswith("Bendungan Rantau Perupuk dalam batas aman")
    assert answered.sources == ("Balai Sungai: Berita acara pemeriksaan 12/BA (10 November 2026)",)
    assert answered.url.endswith("/klarifikasi/bendungan-aman")
    assert "belum ada jawaban yang disetujui" in waiting.stance.lower()
    assert "jangan dibacakan" in waiting.stance
    assert not draft.answer
    assert "jangan diangkat lebih dulu" in watched.stance


def test_the_lead_names_how_many_of_how_many_sources() -> None:
    lead = " ".join(build_report(a_summary()).lead)
    assert "96 unggahan; 3 dari 5 sumber" in lead
    assert "34 dari 96 (35%)" in lead


def test_there_are_always_three_actions_and_the_most_urgent_come_first() -> None:
    full = build_report(a_summary()).actions
    empty = build_report(an_empty_summary()).actions
    assert len(full) == len(empty) == 3
    assert "menunggu orang kedua: ISU-0002" in full[0]
    assert "lebih dari 24 jam: ISU-0003" in full[1]
    assert "Radio Gema Hulu" in empty[0]
    assert "Tidak ada keputusan yang tertunda" in empty[1]


def test_a_claim_that_goes_on_after_its_answer_is_to_be_answered_again() -> None:
    summary = a_summary(
        issues=(an_issue(answer=an_answer(posts_since=9)),),
        figures=replace(a_summary().figures, desk=a_summary().before.desk),
    )
    assert "9 unggahan dengan klaim itu sesudah klarifikasi" in build_report(summary).actions[0]


def test_a_week_without_anything_says_so_plainly() -> None:
    report = build_report(an_empty_summary())
    assert report.empty
    assert report.lead[0] == "Tidak ada isu berarti yang terlihat pekan ini."
    assert report.issues == ()


def test_a_week_without_data_never_says_that_nothing_happened() -> None:
    figures = WeekFigures(coverage=Coverage(not_crawled=("Kabar Lembah",)), posts=PostCounts())
    lead = " ".join(build_report(an_empty_summary(figures=figures)).lead)
    assert "tidak bisa dinilai" in lead
    assert "bukan berarti tidak ada isu" in lead


def test_posts_that_nobody_assessed_are_not_called_harmless() -> None:
    posts = a_week_of_posts(assessed=0, flagged=0, undecided=0, flagged_by_day={})
    figures = replace(an_empty_summary().figures, posts=posts)
    report = build_report(an_empty_summary(figures=figures))
    assert "Tidak satu pun ditandai" not in " ".join(report.lead)
    assert "Belum dinilai mesin: 96 unggahan." in report.limits


def test_unequal_coverage_warns_against_comparing() -> None:
    changes = " ".join(build_report(a_summary()).changes)
    assert "Bandingkan dengan hati-hati" in changes
    assert "6 hari dan 3 sumber" in changes


def test_without_a_week_before_nothing_is_compared() -> None:
    changes = build_report(a_summary(before=WeekFigures())).changes
    assert changes == ("Pekan lalu tidak ada unggahan yang terkumpul, jadi tidak ada pembanding.",)


def test_the_limits_name_dead_sources_missing_days_and_the_unknown_miss_rate() -> None:
    limits = " ".join(build_report(a_summary()).limits)
    assert "Tidak terbaca sepanjang pekan: Radio Gema Hulu." in limits
    assert "pada hari Rabu" in limits
    assert "luput dari penanda tidak diketahui" in limits


def test_a_running_week_says_until_when_it_was_counted() -> None:
    running = a_summary(as_of=a_summary().week.starts_at.replace(day=10))
    report = build_report(running)
    assert any(sentence.startswith("Pekan ini belum selesai") for sentence in report.limits)
    assert report.comparison.endswith("bagian yang sama dari pekan lalu")
    assert "Minggu" not in report.chart_text
