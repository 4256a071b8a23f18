"""What editors type becomes paragraphs, emphasis, lists and web links, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_ui.markdown import render_markdown


def test_simple_marks_work() -> None:
    html = render_markdown("Air **aman**.\n\n- satu\n- dua\n\n[uji](https://dinkes.example/1)")
    assert "<strong>aman</strong>" in html
    assert html.count("<li>") == 2
    assert 'href="https://dinkes.example/1"' in html
    assert "noopener" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "<img src=x onerror=alert(1)>",
        "# Judul",
    ],
)
def test_nothing_else_becomes_markup(text: str) -> None:
    html = render_markdown(text)
    assert not any(tag in html for tag in ("<script", "<img", "<h1", 'href="javascript'))


@given(st.text(max_size=200))
def test_anything_can_be_typed(text: str) -> None:
    html = render_markdown(text)
    assert "<script" not in html.lower()
