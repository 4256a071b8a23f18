"""Deny by default: an endpoint that does not say who may come in lets nobody in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from review_ui.desk.permissions import Permission, granted_to

View = TypeVar("View", bound=Callable[..., Any])

_PUBLIC_ENDPOINTS = {"static", "bootstrap.static", "security.login", "security.logout"}
"""Of extensions, whose views carry no mark; everything else says so itself."""


def public(view: View) -> View:
    """Anybody may see this."""
    view.__dict__["access"] = None
    return view


def needs(permission: Permission) -> Callable[[View], View]:
    """Only who has this permission may see this."""

    def mark(view: View) -> View:
        view.__dict__["access"] = permission
        return view

    return mark


def guard_routes(app: Flask) -> None:
    """Check every request before its view is called."""
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in _PUBLIC_ENDPOINTS:
        return None  # an unknown address: 404 tells nothing about what exists
    access = getattr(current_app.view_functions.get(endpoint), "access", Permission)
    if access is None:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if access is Permission or access not in granted_to(current_user.role_names):
        abort(403)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET":
        abort(403)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
