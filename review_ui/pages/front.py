"""The front door: where to begin, and how the pages look."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from review_ui.access import public
from review_ui.forms import safe_next
from review_ui.languages import LANGUAGE_COOKIE, LANGUAGES, THEME_COOKIE, THEMES

blueprint = Blueprint("front", __name__)

_A_YEAR_SECONDS = 31_536_000


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """The queue for who works here, the rebuttals for everybody else."""
    page = "queue.show" if current_user.is_authenticated else "klarifikasi.index"
    return redirect(url_for(page))


@blueprint.post("/tampilan")
@public
def preferences() -> ResponseReturnValue:
    """Keep the reader's language or theme."""
    answer = redirect(safe_next(url_for("front.home")), 303)
    for name, cookie, known in (
        ("language", LANGUAGE_COOKIE, tuple(LANGUAGES)),
        ("theme", THEME_COOKIE, THEMES),
    ):
        chosen = request.form.get(name)
        if chosen is None:
            continue
        if chosen not in known:
            abort(400)
        answer.set_cookie(
            cookie,
            chosen,
            max_age=_A_YEAR_SECONDS,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    return answer
