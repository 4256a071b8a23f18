"""Marked words come from the reasons; the text itself never changes."""

from hypothesis import given
from hypothesis import strategies as st

from indices.documents import Reason
from review_ui.highlighting import find_terms, split_marked
from tests.factories import an_assessment


def test_quoted_and_shared_words_are_marked() -> None:
    assessment = an_assessment(reasons=(Reason(code="x", text="Mendesak: “sebelum malam”"),))
    terms = find_terms(assessment)
    pieces = split_marked("Sebelum malam, jembatannya roboh.", terms)
    assert [piece.text for piece in pieces if piece.marked] == ["Sebelum malam", "jembatannya"]


def test_without_an_assessment_nothing_is_marked() -> None:
    assert find_terms(None) == []


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=8), max_size=5))
def test_the_pieces_joined_are_the_text(text: str, terms: list[str]) -> None:
    assert "".join(piece.text for piece in split_marked(text, terms)) == text
