"""Outages and races: a page of our own that says what to do, never an empty list, never a crash."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from indices.embedded.store import EmbeddedStore
from indices.errors import StoreUnavailableError
from review_ui.desk import reviews
from review_ui.desk.models import Case, OutboxEntry, RebuttalVersion
from review_ui.desk.vocabulary import VersionStatus
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import CLAIM, Newsroom, a_social_post

AsRole = Callable[[str], Visitor]
_CHECKS_ITS_OWN = {"check_health", "close"}


@pytest.fixture
def index_away(monkeypatch: pytest.MonkeyPatch, newsroom: Newsroom) -> Callable[[], None]:
    """Take the index away, as a whole."""

    def away(*_args: object, **_more: object) -> None:
        raise StoreUnavailableError("the index is away")

    def take() -> None:
        for name in dir(EmbeddedStore):
            if not name.startswith("_") and name not in _CHECKS_ITS_OWN:
                monkeypatch.setattr(newsroom.store, name, away, raising=False)

    return take


@contextmanager
def another_writer(newsroom: Newsroom) -> Iterator[None]:
    """Somebody who holds the desk's database and does not let go."""
    connection = sqlite3.connect(newsroom.settings.home / "desk.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def test_every_page_that_needs_the_index_says_that_it_is_away(
    newsroom: Newsroom, as_role: AsRole, index_away: Callable[[], None]
) -> None:
    case = newsroom.case()
    newsroom.session.commit()
    visitor, post_id = as_role("segala"), a_social_post().id
    index_away()
    for path in (
        "/antrean",
        "/cari?q=air",
        "/sumber",
        f"/unggahan/{post_id}",
        f"/isu/baru?unggahan={post_id}",
        "/ringkasan/2026-W47",
    ):
        assert "bukan daftar kosong" in visitor.get(path, status=503), path
    for path in ("/isu", f"/isu/{case.id}", f"/isu/{case.id}/draf", "/persetujuan", "/audit"):
        visitor.get(path)


def test_the_public_site_and_the_door_stay_open_while_the_index_is_away(
    newsroom: Newsroom, visitor: Visitor, index_away: Callable[[], None]
) -> None:
    version = newsroom.published(newsroom.case())
    index_away()
    assert version.headline in visitor.get("/klarifikasi")
    assert version.headline in visitor.get(f"/klarifikasi/{version.rebuttal.slug}")
    assert version.headline in visitor.client.get("/klarifikasi/umpan.atom").text
    assert visitor.sign_in("redaktur").status_code == 302


def test_what_is_decided_while_the_index_is_away_is_kept_and_told_later(
    newsroom: Newsroom, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = newsroom.case()
    newsroom.session.commit()
    visitor = as_role("penelaah")
    with monkeypatch.context() as patched:

        def away(_review: object) -> None:
            raise StoreUnavailableError("the index is away")

        patched.setattr(newsroom.store, "put_review", away)
        form = {"exit": "satire", "note": "Jelas lelucon."}
        answer = visitor.post(f"/isu/{case.id}/tutup", form)
        assert answer.status_code == 303
    assert newsroom.session.query(OutboxEntry).filter_by(delivered_at=None).count() > 0
    visitor.post(f"/isu/{case.id}/buka-kembali", {})
    newsroom.session.expire_all()
    assert newsroom.session.query(OutboxEntry).filter_by(delivered_at=None).count() == 0


def test_a_database_that_is_busy_is_told_as_such(
    newsroom: Newsroom, app: Flask, as_role: AsRole
) -> None:
    visitor = as_role("penelaah")
    sessions = app.extensions["luruskan"]["sessions"]
    form = {"claim": CLAIM, "topic": "mitos", "checkable": "yes"}
    with app.app_context():
        sessions().connection().exec_driver_sql("PRAGMA busy_timeout = 50")
        with another_writer(newsroom):
            answer = visitor.post("/isu/baru", form, source="/isu/baru")
    assert answer.status_code == 503
    assert "Basis data" in answer.text
    assert visitor.post("/isu/baru", form, source="/isu/baru").status_code == 303


def test_an_editor_who_is_overtaken_is_told_so(newsroom: Newsroom, as_role: AsRole) -> None:
    """The change comes between reading and writing, so that only the database can notice it."""
    version = newsroom.approved(newsroom.case())
    newsroom.session.commit()
    visitor = as_role("redaktur")
    path = f"/naskah/{version.id}/terbitkan"
    with overtaking(
        newsroom,
        f"UPDATE case_file SET version = version + 1 WHERE id = {version.rebuttal.case_id}",
    ):
        answer = visitor.post(path, {})
    assert answer.status_code == 409
    assert visitor.post(path, {}).status_code == 303


def test_two_first_drafts_at_once_leave_one(newsroom: Newsroom, as_role: AsRole) -> None:
    case = newsroom.case()
    newsroom.session.commit()
    visitor = as_role("redaktur")
    first = f"INSERT INTO rebuttal (case_id, created_at) VALUES ({case.id}, '2026-11-16 00:00:00')"
    form = {"headline": "Air aman", "verdict": "BENAR"}
    with overtaking(newsroom, first):
        answer = visitor.post(f"/isu/{case.id}/draf", form)
    assert answer.status_code == 409


@contextmanager
def overtaking(newsroom: Newsroom, statement: str) -> Iterator[None]:
    """Run a statement of somebody else's just before the next flush."""
    done: list[str] = []

    def overtake(*_args: object) -> None:
        if done:
            return
        done.append(statement)
        with sqlite3.connect(newsroom.settings.home / "desk.sqlite") as connection:
            connection.execute(statement)
        connection.close()

    event.listen(Session, "before_flush", overtake)
    try:
        yield
    finally:
        event.remove(Session, "before_flush", overtake)
    assert done


def test_a_second_reviewer_does_not_overwrite_the_first_unseen(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    first, second = as_role("penelaah"), as_role("redaktur")
    post_id = a_social_post(2).id
    path = f"/antrean/{post_id}"
    seen = {"version": "0"}
    assert first.post(path, {"choice": "monitor"} | seen).status_code == 303
    answer = second.post(path, {"choice": "not_an_issue"} | seen)
    assert answer.status_code == 409
    assert "orang lain" in answer.text
    newsroom.session.expire_all()
    review = reviews.find_review(newsroom.session, post_id)
    assert review is not None
    assert review.version == 1


def test_pressing_twice_publishes_once(newsroom: Newsroom, as_role: AsRole) -> None:
    version = newsroom.approved(newsroom.case())
    newsroom.session.commit()
    visitor, path = as_role("redaktur"), f"/naskah/{version.id}/terbitkan"
    assert visitor.post(path, {}).status_code == 303
    assert visitor.post(path, {}).status_code == 409
    newsroom.session.expire_all()
    assert (
        newsroom.session.query(RebuttalVersion).filter_by(status=VersionStatus.PUBLISHED).count()
        == 1
    )


def test_pressing_twice_opens_one_case(newsroom: Newsroom, as_role: AsRole) -> None:
    visitor = as_role("penelaah")
    form = {
        "claim": CLAIM,
        "topic": "mitos",
        "checkable": "yes",
        "post_id": a_social_post(3).id,
        "role": "carries",
    }
    visitor.post("/isu/baru", form, source="/isu/baru")
    visitor.post("/isu/baru", form, source="/isu/baru")
    assert newsroom.session.query(Case).count() == 1
