"""The summary's file in a real browser: accessible, readable on a telephone, in light and dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from review_ui.summaries.chart import draw_chart
from review_ui.summaries.page import render_page
from review_ui.summaries.wording import build_report
from tests.review_ui.summaries.samples import a_hostile_summary, a_summary, an_empty_summary

CHROMIUM = shutil.which("chromium") or ""
SUMMARIES = {"full": a_summary(), "empty": an_empty_summary(), "hostile": a_hostile_summary()}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium on the PATH"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", SUMMARIES)
def test_it_passes_axe_and_never_scrolls_sideways(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    summary = SUMMARIES[name]
    file = tmp_path / "ringkasan.html"
    file.write_text(render_page(build_report(summary), draw_chart(summary)), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(file.as_uri())
    violations = Axe().run(page).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth") - width
    page.close()
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []
    assert sideways <= 0
