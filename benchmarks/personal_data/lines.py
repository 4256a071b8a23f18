"""Invented lines with what is personal marked as `[[kind:value]]`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
_EDGE = 1
"""Characters that a span may begin or end too early or late: a plus sign, a bracket."""

Span = tuple[str, int, int]
Finder = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its marks."""

    text: str
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Score:
    """Spans by kind."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def precision(self, kind: str) -> float:
        """Of what was found, the share that is marked."""
        return self.right[kind] / max(1, self.right[kind] + self.wrong[kind])

    def recall(self, kind: str) -> float:
        """Of what is marked, the share that was found."""
        return self.right[kind] / max(1, self.right[kind] + self.missed[kind])


def read_lines() -> list[Line]:
    """All lines but the comments."""
    rows = Path(__file__).with_name("lines.txt").read_text(encoding="utf-8").splitlines()
    return [_parse(row) for row in rows if row and not row.startswith("#")]


def score(lines: Iterable[Line], find: Finder) -> Score:
    """A span counts as found when its kind and both ends are right."""
    result = Score()
    for line in lines:
        left = list(find(line.text))
        for span in line.spans:
            hit = next((each for each in left if _same(each, span)), None)
            (result.right if hit else result.missed)[span[0]] += 1
            if hit:
                left.remove(hit)
        result.wrong.update(kind for kind, _, _ in left)
    return result


def _same(found: Span, marked: Span) -> bool:
    ends = (abs(found[place] - marked[place]) <= _EDGE for place in (1, 2))
    return found[0] == marked[0] and all(ends)


def _parse(row: str) -> Line:
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(row):
        text += row[at : mark.start()]
        spans.append((mark[1], len(text), len(text) + len(mark[2])))
        text, at = text + mark[2], mark.end()
    return Line(text + row[at:], tuple(spans))
