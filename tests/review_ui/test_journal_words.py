"""The audit page speaks the interface's words, whatever the record calls things."""

from __future__ import annotations

import re

from flask import Flask

from review_ui.desk.rebuttals import PARTS
from review_ui.journal_words import field_name, subject_name, value_name
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom


def test_fields_values_and_subjects_have_names(app: Flask) -> None:
    with app.test_request_context("/"):
        assert [name for name in PARTS if field_name(name) == name] == []
        assert subject_name("user") == "akun"
        assert value_name("approval", "status") == "Menunggu persetujuan"
        assert value_name(["penelaah", "juru_bicara"], "roles") == "Penelaah, Juru bicara"
        assert value_name(False, "active") == "tidak"
        assert value_name(None, "label") == ""


def test_what_people_typed_is_never_taken_for_a_word_of_the_code(app: Flask) -> None:
    with app.test_request_context("/"):
        assert value_name("published", "headline") == "published"


def test_the_audit_page_shows_no_word_of_the_code(newsroom: Newsroom, app: Flask) -> None:
    newsroom.published(newsroom.case())
    visitor = Visitor(app)
    visitor.sign_in("admin")
    page = visitor.get("/audit")
    assert "Draf → Menunggu persetujuan" in page
    assert " WITA</time>" in page
    assert not re.search(r"falsehood_type|fact_again|submitted|false_context", page)
