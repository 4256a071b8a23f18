"""The page stands alone, reads without pictures, and treats what people posted as text."""

from __future__ import annotations

import html5lib
import numpy as np
import pytest
from rich.console import Console

from classifier.evaluation.building import Evaluation
from classifier.evaluation.errors import find_worst
from classifier.evaluation.page import build_page
from classifier.evaluation.terminal import print_report
from classifier.training.samples import TextRow

HOSTILE = '<script>alert("1")</script> hubungi 081234567890'


@pytest.fixture
def hostile(evaluation: Evaluation) -> Evaluation:
    rows = [TextRow(HOSTILE, "test", "x_mbg_sep", is_hoax=False)]
    return Evaluation(evaluation.report, find_worst(rows, np.array([0.9], dtype=np.float32)))


def test_the_page_is_valid_and_needs_no_network(evaluation: Evaluation) -> None:
    page = build_page(evaluation)
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<html lang="id">' in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("<img") == page.count("alt=")


def test_worst_errors_are_text_with_numbers_masked(hostile: Evaluation) -> None:
    page = build_page(hostile)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "081234567890" not in page


def test_the_values_hold_no_text_of_the_data(evaluation: Evaluation) -> None:
    assert set(evaluation.report["worst"][0]) == {"text_sha256", "source", "hoax", "probability"}


def test_every_model_and_group_is_in_the_page_and_in_the_terminal(evaluation: Evaluation) -> None:
    console = Console(width=200)
    with console.capture() as captured:
        print_report(evaluation.report, console)
    page = build_page(evaluation)
    for name in ("Luruskan", "TF-IDF", "E5 polos", "BM25 huruf", "9 ciri permukaan"):
        assert name in page
        assert name in captured.get()
    assert "dengan kata-kata pemeriksa fakta" in page
    assert "dengan kata-kata pemeriksa fakta" in captured.get()
    assert "Tidak boleh dipakai untuk" in page
    assert "penipuan melawan semua" in page
