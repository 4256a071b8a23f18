"""Sign-in: Flask-Security with a lock-out, a rate limit and our own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, Response, abort, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import Security, SQLAlchemySessionUserDatastore, user_authenticated
from flask_security.forms import LoginForm
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session, scoped_session
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from indices.errors import SettingsError
from indices.settings import Settings
from review_ui.desk.models import Role, User
from review_ui.desk.vocabulary import N_
from review_ui.forms import is_own_path

SESSION_HOURS = 12
_TRIES_PER_MINUTE = "10 per minute"


class SignInForm(LoginForm):
    """Address and password; nothing is remembered beyond the working day."""

    email = EmailField(validators=[DataRequired(), Length(max=255)])
    password = PasswordField(validators=[DataRequired(), Length(max=200)])
    remember = None


def add_sign_in(app: Flask, settings: Settings, sessions: scoped_session[Session]) -> None:
    """Set up sessions, passwords, CSRF and limits."""
    app.config.update(_build_config(settings))
    CSRFProtect(app)
    datastore = SQLAlchemySessionUserDatastore(sessions, User, Role)
    Security(app, datastore, login_form=SignInForm)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    sign_in = app.view_functions["security.login"]
    limited: Any = limiter.limit(_TRIES_PER_MINUTE, methods=["POST"])(sign_in)
    app.view_functions["security.login"] = limited
    user_authenticated.connect(_forget_failures, app)

    @app.before_request
    def lead_nowhere_else() -> None:
        wanted = request.values.getlist("next") if request.endpoint == "security.login" else []
        if any(path and not is_own_path(path) for path in wanted):
            abort(400)

    @app.after_request
    def keep_failures(response: Response) -> Response:
        if request.endpoint == "security.login" and request.method == "POST":
            sessions.commit()
        return response


def _forget_failures(_app: Flask, user: User, **_more: Any) -> None:
    session.permanent = True  # so that it ends after SESSION_HOURS without a page
    user.failed_sign_ins = 0
    user.locked_until_at = None


def _build_config(settings: Settings) -> dict[str, object]:
    secret = settings.desk.secret_key.get_secret_value()
    salt = settings.desk.password_salt.get_secret_value()
    if not secret or not salt:
        raise SettingsError("desk.secret_key or desk.password_salt is not set: run `luruskan init`")
    refused = (N_("Surel atau kata sandi salah, atau akun sedang terkunci."), "error")
    return {
        "SECRET_KEY": secret,
        "SESSION_COOKIE_NAME": "luruskan",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.desk.public_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=SESSION_HOURS),
        "WTF_CSRF_TIME_LIMIT": SESSION_HOURS * 3600,
        "SECURITY_PASSWORD_SALT": salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_LOGIN_URL": "/masuk",
        "SECURITY_LOGOUT_URL": "/keluar",
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/masuk",
        "SECURITY_LOGIN_USER_TEMPLATE": "sign_in.html",
        "SECURITY_LOGOUT_USER_TEMPLATE": "sign_out.html",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": refused,
        "SECURITY_MSG_DISABLED_ACCOUNT": refused,
    }
