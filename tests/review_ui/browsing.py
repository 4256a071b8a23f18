"""A signed-in browser without a browser, which audits every page that it gets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.review_ui.newsroom import PASSWORD

_SPACE = "{http://www.w3.org/1999/xhtml}"
_UNLABELLED = {"hidden", "submit", "button"}


@dataclass
class Visitor:
    """Somebody who clicks and types; forms are sent with their own CSRF token."""

    app: Flask
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        email = f"{name}@lembahsarang.example"
        return self.post("/masuk", {"email": email, "password": password}, source="/masuk")

    def get(self, path: str, status: int = 200) -> str:
        """Fetch a page, audit it, and give its text."""
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        audit_page(response)
        return response.text

    def token(self, source: str = "/klarifikasi") -> str:
        text = self.client.get(source).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert found, f"no form on {source}"
        return found[1]

    def post(
        self, path: str, data: dict[str, object], *, source: str = "/klarifikasi"
    ) -> TestResponse:
        """Send a form as the page at `source` would; audits what comes back."""
        response = self.client.post(path, data={"csrf_token": self.token(source), **data})
        if response.status_code not in (302, 303):
            audit_page(response)
        return response


def audit_page(response: TestResponse) -> None:
    """What every page owes its reader, whatever it shows."""
    policy = response.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "script-src 'self'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    parser = html5lib.HTMLParser(strict=False)
    page = parser.parse(response.text)
    assert list(parser.errors) == [], parser.errors[:3]
    _audit_frame(page)
    _audit_forms(page)
    _audit_nothing_inline(page)


def _audit_frame(page: Element) -> None:
    assert page.get("lang") in ("id", "en")
    assert _texts(page, "title")[0].strip()
    assert len(_all(page, "h1")) == 1
    assert len(_all(page, "main")) == 1
    ids = Counter(node.get("id") for node in page.iter() if node.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for image in _all(page, "img"):
        assert image.get("alt") is not None
    for table in _all(page, "table"):
        assert _all(table, "caption")
        assert all(cell.get("scope") for cell in _all(table, "th"))


def _audit_forms(page: Element) -> None:
    labelled = {label.get("for") for label in _all(page, "label")}
    for form in _all(page, "form"):
        names = {node.get("name") for node in _all(form, "input")}
        assert form.get("method") == "get" or "csrf_token" in names, form.get("action")
        for kind in ("input", "select", "textarea"):
            for node in _all(form, kind):
                if node.get("type") not in _UNLABELLED:
                    named = node.get("id") in labelled or node.get("aria-label")
                    assert named, (form.get("action"), node.get("name"))


def _audit_nothing_inline(page: Element) -> None:
    assert _all(page, "style") == []
    for node in page.iter():
        handlers = [name for name in node.attrib if name.startswith("on") or name == "style"]
        assert handlers == [], (node.tag, handlers)
    for script in _all(page, "script"):
        assert script.get("src") or script.get("type") == "application/ld+json"
    for node in [*_all(page, "script"), *_all(page, "link"), *_all(page, "img")]:
        place = node.get("src") or node.get("href") or "/"
        assert place.startswith("/"), "nothing comes from elsewhere"


def _all(node: Element, tag: str) -> list[Element]:
    return node.findall(f".//{_SPACE}{tag}")


def _texts(node: Element, tag: str) -> list[str]:
    return ["".join(found.itertext()) for found in _all(node, tag)]
