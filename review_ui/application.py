"""The web application: one blueprint per thing a person sees, guarded as a whole."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from indices.settings import Settings
from indices.store import Store
from review_ui.access import guard_routes
from review_ui.crawl_troubles import explain_trouble
from review_ui.desk.database import open_database
from review_ui.desk.permissions import Permission, granted_to
from review_ui.failures import add_error_pages
from review_ui.forms import RowNumberConverter, refuse_unreadable
from review_ui.headers import send_secure_headers
from review_ui.journal_words import field_name, subject_name, value_name
from review_ui.languages import add_languages
from review_ui.presenting import add_filters
from review_ui.signing_in import add_sign_in
from review_ui.what_if import confidence, percent, told_change
from review_ui.work import attach

_PAGES = (
    "front",
    "queue",
    "posts",
    "claim_groups",
    "cases",
    "drafts",
    "klarifikasi",
    "searching",
    "watching",
    "model",
    "administration",
)
_LARGEST_REQUEST_BYTES = 512 * 1024


def create_app(settings: Settings, store: Store) -> Flask:
    """The desk and the public site on this store; the editorial database is migrated first.

    Raises:
        SettingsError: a key is missing; `luruskan init` makes them.
    """
    app = Flask("review_ui", root_path=__file__.rpartition("/")[0])
    proxies = settings.desk.trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST_BYTES
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's own provider
    app.url_map.converters["int"] = RowNumberConverter
    sessions = attach(app, settings, store, open_database(settings))
    Bootstrap5(app)
    app.before_request(refuse_unreadable)
    add_languages(app, settings)
    add_sign_in(app, settings, sessions)
    guard_routes(app)
    add_error_pages(app)
    send_secure_headers(app, https=settings.desk.public_url.startswith("https://"))
    add_filters(app)
    for words in (
        *(explain_trouble, field_name, subject_name, value_name),
        *(confidence, percent, told_change),
    ):
        app.add_template_filter(words)
    app.context_processor(lambda: _everywhere(settings) | {"blueprints": app.blueprints})
    for name in _PAGES:
        app.register_blueprint(import_module(f"review_ui.pages.{name}").blueprint)
    if find_spec("review_ui.summaries.pages") is not None:
        app.register_blueprint(import_module("review_ui.summaries.pages").blueprint)
    return app


def _everywhere(settings: Settings) -> dict[str, object]:
    """What every template knows."""
    known = not g.get("failing") and current_user.is_authenticated
    roles = current_user.role_names if known else frozenset()
    return {
        "office": settings.office,
        "granted": granted_to(roles),
        "Permission": Permission,
    }
