"""What a spokesperson reads out: the lead, what changed, and what nobody can know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from review_ui.summaries.figures import Coverage, WeekFigures, WeeklySummary
from review_ui.summaries.indonesian import DAYS, day_and_time, hours, listed, number, share
from review_ui.summaries.tables import describe_decisions


def build_lead(summary: WeeklySummary) -> tuple[str, ...]:
    """The week in three or four sentences, or the honest form of a week with nothing in it."""
    return tuple(_iter_empty_lead(summary) if summary.empty else _iter_lead(summary))


def build_changes(summary: WeeklySummary) -> tuple[str, ...]:
    """What differs from the week before, each figure with its base."""
    return tuple(_iter_changes(summary))


def build_limits(summary: WeeklySummary) -> tuple[str, ...]:
    """One honest paragraph about what the figures leave out, in sentences."""
    return tuple(_iter_limits(summary))


def _iter_lead(summary: WeeklySummary) -> Iterator[str]:
    posts, desk = summary.figures.posts, summary.figures.desk
    yield _seen(summary)
    if posts.assessed:
        yield (
            f"Mesin menandai {share(posts.flagged, posts.assessed)} unggahan untuk ditelaah;"
            f" {number(posts.undecided)} belum dilihat orang."
        )
    else:
        yield "Belum ada unggahan pekan ini yang dinilai mesin."
    if desk.decided or desk.closed_without_label:
        yield f"Isu yang diputuskan: {describe_decisions(desk)}."
    answered = f"{number(desk.published)} klarifikasi terbit" if desk.published else ""
    yield f"{answered or 'Belum ada klarifikasi yang terbit'} pekan ini; {_open_work(summary)}."


def _seen(summary: WeeklySummary) -> str:
    coverage, posts = summary.figures.coverage, summary.figures.posts
    return (
        f"Pekan ini {summary.office} mengumpulkan {number(posts.collected)} unggahan;"
        f" {number(len(coverage.delivered))} dari {number(coverage.total)} sumber yang dipantau"
        " memberi unggahan."
    )


def _open_work(summary: WeeklySummary) -> str:
    desk = summary.figures.desk
    if not desk.open_codes:
        return "tidak ada isu yang masih terbuka"
    limit = hours(summary.sla.total_seconds() / 3600)
    still, late = len(desk.open_codes), len(desk.overdue_codes)
    many = "semuanya" if late == still > 1 else number(late)
    overdue = f", {many} lebih dari {limit}" if late else ""
    return f"{number(still)} isu masih terbuka{overdue}"


def _iter_empty_lead(summary: WeeklySummary) -> Iterator[str]:
    if summary.figures.posts.collected == 0:
        yield "Tidak ada unggahan yang terkumpul pekan ini, jadi keadaan tidak bisa dinilai."
        yield "Ini bukan berarti tidak ada isu: periksa dulu apakah perayapan berjalan."
        return
    yield "Tidak ada isu berarti yang terlihat pekan ini."
    yield _seen(summary)
    posts = summary.figures.posts
    if posts.assessed < posts.collected:
        yield f"Yang sudah dinilai mesin: {share(posts.assessed, posts.collected)} unggahan."
    else:
        yield "Tidak satu pun ditandai untuk ditelaah, dan tidak ada isu yang terbuka."


def _iter_changes(summary: WeeklySummary) -> Iterator[str]:
    now, before = summary.figures.posts, summary.before.posts
    if before.collected == 0:
        yield "Pekan lalu tidak ada unggahan yang terkumpul, jadi tidak ada pembanding."
        return
    if now.assessed and before.assessed:
        yield (
            f"Unggahan bertanda: {share(now.flagged, now.assessed)} yang dinilai; pekan lalu"
            f" {share(before.flagged, before.assessed)}."
        )
    yield from _topics(now.flagged_topics, now.flagged, before.flagged_topics, before.flagged)
    opened, opened_before = summary.figures.desk.opened, summary.before.desk.opened
    if opened or opened_before:
        yield f"Isu baru yang dibuka: {number(opened)}; pekan lalu {number(opened_before)}."
    yield from _comparability(summary.figures, summary.before)


def _topics(
    now: Mapping[str, int], flagged: int, before: Mapping[str, int], flagged_before: int
) -> Iterator[str]:
    if not now:
        return
    topic = next(iter(now))
    yield (
        f"Topik terbanyak di antaranya: {topic}, {share(now[topic], flagged)}; pekan lalu topik"
        f" ini {share(before.get(topic, 0), flagged_before)}."
    )


def _comparability(now: WeekFigures, before: WeekFigures) -> Iterator[str]:
    """People take missing data for a real drop, unless they are told."""
    here, there = now.coverage, before.coverage
    if (here.crawled_days, len(here.delivered)) != (there.crawled_days, len(there.delivered)):
        yield (
            f"Bandingkan dengan hati-hati: perayapan berhasil pada {number(here.crawled_days)} hari"
            f" dan {number(len(here.delivered))} sumber memberi unggahan; pekan lalu"
            f" {number(there.crawled_days)} hari dan {number(len(there.delivered))} sumber."
        )


def _iter_limits(summary: WeeklySummary) -> Iterator[str]:
    coverage, posts = summary.figures.coverage, summary.figures.posts
    yield "Ringkasan ini hanya melihat sumber yang terdaftar."
    yield from _unseen_sources(coverage)
    if coverage.missing_days:
        days = listed([DAYS[day.weekday()] for day in coverage.missing_days], limit=7)
        yield (
            f"Tidak ada perayapan yang berhasil pada hari {days}; unggahan hari itu hanya terlihat"
            " bila masih ada di sumbernya."
        )
    if posts.assessed < posts.collected:
        yield f"Belum dinilai mesin: {number(posts.collected - posts.assessed)} unggahan."
    yield (
        "Percakapan di grup tertutup hanya terlihat lewat kiriman warga. Berapa kabar bohong yang"
        " luput dari penanda tidak diketahui, karena unggahan yang tidak ditandai belum diaudit"
        " secara acak. Tanda mesin bukan kesimpulan: yang memutuskan selalu orang."
    )
    if not summary.complete:
        until = day_and_time(summary.as_of, summary.week.timezone)
        yield (
            f"Pekan ini belum selesai: angka dihitung sampai {until} dan dibandingkan dengan bagian"
            " yang sama dari pekan lalu."
        )


def _unseen_sources(coverage: Coverage) -> Iterator[str]:
    groups = (
        (coverage.failed, "Tidak terbaca sepanjang pekan"),
        (coverage.silent, "Terbaca, tetapi tidak memberi unggahan"),
        (coverage.not_crawled, "Tidak dirayapi pekan ini"),
    )
    for names, words in groups:
        if names:
            yield f"{words}: {listed(names)}."
