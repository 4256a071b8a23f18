"""Deny by default: every route for every role."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter

from review_ui.desk.permissions import Permission, granted_to
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import PEOPLE, Newsroom

_PUBLIC = {
    "front.home",
    "front.preferences",
    "klarifikasi.index",
    "klarifikasi.show",
    "klarifikasi.feed",
    "security.login",
    "security.logout",
    "static",
    "bootstrap.static",
}


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and an address with plausible arguments."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        values = {name: _value(rule._converters[name]) for name in rule.arguments}
        path = adapter.build(rule.endpoint, values, method=min(rule.methods or ()))
        found += [
            (rule.endpoint, method, path)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return found


def _value(converter: object) -> object:
    return 1 if isinstance(converter, IntegerConverter) else "2026-W47"


def ask(visitor: Visitor, method: str, path: str, token: str) -> int:
    if method == "GET":
        return visitor.client.get(path).status_code
    return visitor.client.open(path, method=method, data={"csrf_token": token}).status_code


def test_a_stranger_reaches_only_what_is_public(app: Flask, visitor: Visitor) -> None:
    token = visitor.token()
    for endpoint, method, path in routes(app):
        status = ask(visitor, method, path, token)
        if endpoint in _PUBLIC:
            assert status in (200, 302, 303, 404), (endpoint, status)
        elif method == "GET":
            response = visitor.client.get(path)
            assert response.status_code == 302, endpoint
            assert response.headers["Location"].startswith("/masuk"), endpoint
        else:
            assert status == 403, endpoint


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_a_role_reaches_exactly_what_it_was_granted(
    app: Flask, as_role: Callable[[str], Visitor], name: str
) -> None:
    visitor = as_role(name)
    token = visitor.token()
    granted = granted_to(frozenset(PEOPLE[name]))
    for endpoint, method, path in routes(app):
        if endpoint.startswith(("static", "bootstrap", "security")):
            continue
        access = getattr(app.view_functions[endpoint], "access", "unmarked")
        assert access != "unmarked", f"{endpoint} does not say who may come in"
        status = ask(visitor, method, path, token)
        if access is None or access in granted:
            assert status != 403, (endpoint, method)
        else:
            assert status == 403, (endpoint, method)


def test_an_endpoint_that_says_nothing_lets_nobody_in(
    app: Flask, as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("segala")
    app.view_functions["queue.show"] = lambda: "forgotten"
    assert visitor.client.get("/antrean").status_code == 403


def test_every_permission_is_granted_to_somebody() -> None:
    everybody = frozenset(role for roles in PEOPLE.values() for role in roles)
    assert granted_to(everybody) == frozenset(Permission)


def test_no_form_is_taken_without_its_token(
    app: Flask, newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("segala")
    posts = [path for _, method, path in routes(app) if method == "POST" and path != "/masuk"]
    assert len(posts) > 15
    for path in posts:
        assert visitor.client.post(path, data={}).status_code == 400, path


def test_a_disabled_user_is_out_at_once(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("penelaah")
    admin = as_role("admin")
    user_id = newsroom.user("penelaah").id
    answer = admin.post(f"/pengguna/{user_id}/aktif", {"active": "no"}, source="/pengguna")
    assert answer.status_code == 303
    assert visitor.client.get("/antrean").status_code == 302
    assert visitor.sign_in("penelaah").status_code == 200, "and stays out"
