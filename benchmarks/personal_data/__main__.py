"""`python -m benchmarks.personal_data`: precision and recall by kind, beside lokal-id."""

from __future__ import annotations

import time
from collections.abc import Sequence

from lokal.samaran import detect_pii

from benchmarks.personal_data.lines import Finder, Line, Span, read_lines, score
from indices.documents import PersonalKind
from indices.personal_data import find_personal_data

_LOKAL = {
    "NIK": "nik",
    "KK": "nik",
    "PHONE": "phone",
    "BANK_ACCOUNT": "account",
    "PLATE": "plate",
    "ADDRESS": "address",
}
_ARTICLE = "Warga Desa Sarang kembali melewati jembatan gantung sejak pagi. " * 50


def ours(text: str) -> list[Span]:
    """What Luruskan marks."""
    return [(str(each.kind), each.start, each.end) for each in find_personal_data(text)]


def lokal(text: str) -> list[Span]:
    """What lokal-id finds of the same kinds."""
    found = detect_pii(text, types=list(_LOKAL))  # type: ignore[arg-type]
    return [(_LOKAL[each.type], each.start, each.end) for each in found]


def print_table(name: str, lines: Sequence[Line], find: Finder) -> None:
    """One row a kind."""
    result = score(lines, find)
    for kind in PersonalKind:
        marked = result.right[kind] + result.missed[kind]
        figures = f"{result.precision(kind):.3f} | {result.recall(kind):.3f}"
        print(f"| {name} | {kind} | {marked} | {result.wrong[kind]} | {figures} |")


def main() -> None:
    """Markdown to standard output."""
    lines = read_lines()
    print(f"{len(lines)} lines, {sum(not line.spans for line in lines)} of them hold none\n")
    print("| finder, lines | kind | marked | wrongly found | precision | recall |")
    print("| --- | --- | --: | --: | --: | --: |")
    for name, find in (("Luruskan", ours), ("lokal-id 0.7.2", lokal)):
        print_table(f"{name}, open half", lines[::2], find)
        print_table(f"{name}, held out", lines[1::2], find)
        started = time.perf_counter()
        for _ in range(20):
            find(_ARTICLE)
        print(f"<!-- {name}: {(time.perf_counter() - started) * 50:.1f} ms an article -->")


if __name__ == "__main__":
    main()
