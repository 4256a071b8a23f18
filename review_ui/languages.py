"""Indonesian first, English second; light, dark, or as the device prefers."""

from __future__ import annotations

from flask import Flask, request
from flask_babel import Babel

from indices.settings import Settings

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
THEMES = ("auto", "light", "dark")
LANGUAGE_COOKIE = "luruskan_bahasa"
THEME_COOKIE = "luruskan_tampilan"


def add_languages(app: Flask, settings: Settings) -> None:
    """Set up translations and the office's time zone."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(
        app,
        default_locale="id",
        default_timezone=settings.office.timezone,
        locale_selector=chosen_language,
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.context_processor(
        lambda: {"language": chosen_language(), "theme": chosen_theme(), "languages": LANGUAGES}
    )


def chosen_language() -> str:
    """The reader's choice; a browser's language decides nothing at an Indonesian office."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "id") if request else "id"
    return chosen if chosen in LANGUAGES else "id"


def chosen_theme() -> str:
    """The reader's choice of light and dark."""
    chosen = request.cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
