"""One request's work at the desk: its session, its time, its end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import structlog
from flask import Flask, current_app, g
from flask_login import current_user
from sqlalchemy import Engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from indices.errors import LuruskanError
from indices.settings import Settings
from indices.store import Store
from review_ui.desk.context import Desk
from review_ui.desk.models import User
from review_ui.desk.outbox import count_waiting, deliver

_log = structlog.get_logger()


def attach(app: Flask, settings: Settings, store: Store, engine: Engine) -> scoped_session[Session]:
    """Give the application its settings, store and sessions."""
    sessions = scoped_session(sessionmaker(engine))
    app.extensions["luruskan"] = {"settings": settings, "store": store, "sessions": sessions}

    @app.before_request
    def set_time() -> None:
        g.now = datetime.now(UTC)

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        sessions.remove()

    return sessions


def current_settings() -> Settings:
    """The settings of this application."""
    return cast("Settings", current_app.extensions["luruskan"]["settings"])


def current_store() -> Store:
    """The record of this application."""
    return cast("Store", current_app.extensions["luruskan"]["store"])


def current_session() -> Session:
    """The editorial session of this request."""
    return cast("Session", current_app.extensions["luruskan"]["sessions"]())


def current_desk() -> Desk:
    """The signed-in person at work; only behind `needs(...)`."""
    return Desk(
        session=current_session(),
        store=current_store(),
        settings=current_settings(),
        user=cast("User", current_user._get_current_object()),
        now=g.now,
    )


def finish(desk: Desk) -> None:
    """Keep what was done, then tell the index; what cannot be told now waits in the outbox."""
    desk.session.commit()
    if not count_waiting(desk.session):
        return
    try:
        delivery = deliver(desk.session, desk.store, now=desk.now)
        desk.session.commit()
        if delivery.delivered:
            desk.store.refresh()
    except LuruskanError as error:
        desk.session.rollback()
        _log.warning("outbox_waits", error=str(error))
