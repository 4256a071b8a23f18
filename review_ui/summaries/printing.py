"""The summary as a tagged PDF (PDF/UA-1), set by typst from data."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst
from matplotlib.ft2font import FT2Font

from review_ui.summaries.report import Report

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u200d\u20e3]+"
)


def print_pdf(report: Report, chart: str, written_at: datetime) -> bytes:
    """The same report at the same time gives the same bytes."""
    inputs = {"report": json.dumps(_printable(asdict(report))), "chart": chart}
    with as_file(files("review_ui.summaries").joinpath("summary.typ")) as source:
        pdf: bytes = typst.compile(
            str(source),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=int(written_at.timestamp()),
            font_paths=[str(_font_path().parent)],
            ignore_system_fonts=True,
        )
    return pdf


def printable(text: str) -> str:
    """What the fonts can show: emoji and scripts that they lack become a word in brackets."""
    worded = _EMOJI.sub(lambda found: _unless_known(found[0], "[emoji]"), text)
    unknown = "".join(c if c.isspace() or ord(c) in _glyphs() else "\0" for c in worded)
    return re.sub("\0[\0 ]*", "[aksara lain] ", unknown).strip()


def _unless_known(symbols: str, word: str) -> str:
    return symbols if all(ord(symbol) in _glyphs() for symbol in symbols) else word


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, (list, tuple)) else value


@cache
def _glyphs() -> frozenset[int]:
    """Code points of the fall-back font, which knows all that the first font knows and more."""
    return frozenset(FT2Font(str(_font_path())).get_charmap())


def _font_path() -> Path:
    """DejaVu Sans comes with matplotlib; typst brings its own serif fonts."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
