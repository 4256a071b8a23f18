"""What a person sees when something fails: what happened and what to do, no input echoed."""

from __future__ import annotations

import structlog
from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from indices.errors import (
    BadInputError,
    LuruskanError,
    StoreUnavailableError,
    VersionConflictError,
)
from review_ui.desk.errors import (
    AccountError,
    DeskError,
    GuardError,
    NotAllowedError,
    StaleEditError,
    WrongStateError,
)
from review_ui.desk.vocabulary import N_
from review_ui.work import current_session

_log = structlog.get_logger()

_WORDS = {
    400: (N_("Permintaan ini tidak bisa dibaca"), N_("Kembali, periksa isiannya, lalu coba lagi.")),
    403: (N_("Anda tidak punya akses"), N_("Minta kepada admin bila Anda memerlukannya.")),
    404: (N_("Halaman tidak ditemukan"), N_("Periksa alamatnya, atau mulai dari halaman depan.")),
    405: (N_("Cara ini tidak tersedia"), N_("Kembali ke halaman sebelumnya.")),
    409: (N_("Sudah diubah orang lain"), N_("Muat ulang halamannya, lalu putuskan lagi.")),
    410: (N_("Sudah ditarik"), N_("Halaman ini pernah ada dan sudah ditarik.")),
    413: (N_("Kiriman terlalu besar"), N_("Kirim isian yang lebih pendek.")),
    429: (N_("Terlalu banyak percobaan"), N_("Tunggu satu menit, lalu coba lagi.")),
    500: (N_("Ada kesalahan di pihak kami"), N_("Sudah dicatat. Coba lagi sebentar lagi.")),
    503: (
        N_("Indeks sedang tidak bisa dihubungi"),
        N_("Ini gangguan, bukan daftar kosong. Coba lagi sebentar lagi."),
    ),
}
_STATUS_BY_ERROR: dict[type[LuruskanError], int] = {
    NotAllowedError: 403,
    StaleEditError: 409,
    WrongStateError: 409,
    GuardError: 400,
    AccountError: 400,
}


def add_error_pages(app: Flask) -> None:
    """Answer every failure with a page of our own."""
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(CSRFError, _show_csrf)
    app.register_error_handler(DeskError, _show_desk)
    app.register_error_handler(BadInputError, lambda _error: show_failure(400))
    app.register_error_handler(StoreUnavailableError, _show_outage)
    app.register_error_handler(OperationalError, _show_busy)
    for overtaken in (StaleDataError, IntegrityError, VersionConflictError):
        app.register_error_handler(overtaken, lambda _error: show_failure(409))
    app.register_error_handler(Exception, _show_crash)


def show_failure(status: int, advice: str = "", *, title: str = "") -> ResponseReturnValue:
    """The page for a status; the words are msgids of our own, never what somebody sent."""
    current_session().rollback()  # a failed flush leaves a session that answers nothing else
    g.failing = True  # so that this page asks the database for nothing
    known = status if status in _WORDS else 400 if status < 500 else 500
    heading, usual = _WORDS[known]
    page = render_template(
        "failure.html",
        status=status,
        title=gettext(title or heading),
        advice=gettext(advice or usual),
    )
    return page, status


def _show_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return show_failure(error.code)


def _show_csrf(_error: CSRFError) -> ResponseReturnValue:
    advice = N_("Formulir ini kedaluwarsa. Muat ulang halamannya, lalu kirim lagi.")
    return show_failure(400, advice)


def _show_desk(error: DeskError) -> ResponseReturnValue:
    return show_failure(_STATUS_BY_ERROR.get(type(error), 400), str(error))


def _show_outage(error: StoreUnavailableError) -> ResponseReturnValue:
    _log.warning("store_unavailable", error=str(error))
    return show_failure(503)


def _show_busy(error: OperationalError) -> ResponseReturnValue:
    _log.warning("database_unavailable", error=str(error.orig))
    advice = N_("Basis data meja sedang sibuk atau tidak bisa dihubungi. Coba lagi sebentar lagi.")
    return show_failure(503, advice, title=N_("Belum tersimpan"))


def _show_crash(error: Exception) -> ResponseReturnValue:
    _log.error("page_failed", exc_info=error)
    return show_failure(InternalServerError.code)
