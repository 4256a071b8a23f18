"""Three things to do next, found by rules from the figures."""

from __future__ import annotations

from collections.abc import Iterator

from review_ui.desk.vocabulary import DecisionKind
from review_ui.summaries.figures import Issue, WeeklySummary
from review_ui.summaries.indonesian import hours, listed, number, share

ACTIONS = 3
HIGH = 3
_SCAM = "penipuan"


def build_actions(summary: WeeklySummary) -> tuple[str, ...]:
    """The first three rules that speak; where none does, how to keep watch."""
    found = [*_iter_actions(summary), *_ROUTINE]
    return tuple(found[:ACTIONS])


_ROUTINE = (
    (
        "Tidak ada keputusan yang tertunda: teruskan pemantauan dan jangan mengangkat kabar yang"
        " belum ramai."
    ),
    (
        "Siapkan penjelasan awal untuk agenda pekan depan yang mudah disalahpahami (jadwal,"
        " bantuan, tarif), sebelum kabar keliru muncul."
    ),
    (
        "Ingatkan warga cara mengirim kabar yang meragukan ke media center; grup tertutup hanya"
        " terlihat lewat kiriman warga."
    ),
)


def _iter_actions(summary: WeeklySummary) -> Iterator[str]:
    desk, coverage = summary.figures.desk, summary.figures.coverage
    if desk.waiting_codes:
        yield (
            f"Minta redaktur menyetujui atau mengembalikan {number(len(desk.waiting_codes))} draf"
            f" yang menunggu orang kedua: {listed(desk.waiting_codes)}."
        )
    yield from _overdue(summary)
    yield from _harmful_without_answer(summary)
    yield from _still_spreading(summary)
    if coverage.failed or coverage.not_crawled:
        names = listed([*coverage.failed, *coverage.not_crawled], limit=4)
        yield (
            f"Perbaiki sumber yang tidak terbaca: {names}. Sampai pulih, jangan membaca angka yang"
            " turun sebagai keadaan yang mereda."
        )
    if summary.figures.posts.undecided:
        yield (
            "Selesaikan telaah unggahan bertanda yang belum dilihat orang:"
            f" {share(summary.figures.posts.undecided, summary.figures.posts.flagged)}."
        )
    yield from _scams(summary)


def _overdue(summary: WeeklySummary) -> Iterator[str]:
    waiting = set(summary.figures.desk.waiting_codes)
    codes = [code for code in summary.figures.desk.overdue_codes if code not in waiting]
    if codes:
        limit = hours(summary.sla.total_seconds() / 3600)
        yield f"Putuskan isu yang terbuka lebih dari {limit}: {listed(codes)}."


def _harmful_without_answer(summary: WeeklySummary) -> Iterator[str]:
    urgent = [issue for issue in summary.issues if _needs_statement(issue)]
    if urgent:
        codes = listed([issue.code for issue in urgent])
        yield (
            f"Siapkan pernyataan sementara untuk {codes}: dampaknya dinilai tinggi dan belum ada"
            " jawaban yang disetujui. Katakan apa yang sedang diperiksa, tanpa mengulang klaimnya."
        )


def _needs_statement(issue: Issue) -> bool:
    respond = issue.decision is DecisionKind.RESPOND
    return respond and issue.answer is None and issue.harm >= HIGH


def _still_spreading(summary: WeeklySummary) -> Iterator[str]:
    spreading = [issue for issue in summary.issues if issue.answer and issue.answer.posts_since]
    for issue in spreading[:1]:
        since = issue.answer.posts_since if issue.answer else 0
        yield (
            f"Sebarkan ulang klarifikasi {issue.code} lewat kanal yang dipakai warga: masih ada"
            f" {number(since)} unggahan dengan klaim itu sesudah klarifikasi terbit."
        )


def _scams(summary: WeeklySummary) -> Iterator[str]:
    posts = summary.figures.posts
    scams = posts.flagged_topics.get(_SCAM, 0)
    if scams:
        yield (
            "Ingatkan warga soal penipuan (jangan klik tautan, jangan beri kode rahasia):"
            f" {share(scams, posts.flagged)} unggahan bertanda berisi modus penipuan."
        )
