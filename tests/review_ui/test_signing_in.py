"""Sign-in: passwords, lock-out, limits, cookies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from indices.errors import SettingsError
from review_ui.application import create_app
from review_ui.desk.models.accounts import MOST_FAILURES
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import PASSWORD, Newsroom


def test_the_right_password_opens_the_desk(visitor: Visitor) -> None:
    answer = visitor.sign_in("penelaah")
    assert answer.status_code == 302
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Antrean" in visitor.get("/antrean")


@pytest.mark.parametrize("email", ["penelaah@lembahsarang.example", "nobody@example.org", "x'--"])
def test_a_wrong_sign_in_says_the_same_whoever_it_is(visitor: Visitor, email: str) -> None:
    answer = visitor.post("/masuk", {"email": email, "password": "salah sekali"}, source="/masuk")
    assert answer.status_code == 200
    assert "salah, atau akun sedang terkunci" in answer.text
    assert visitor.client.get("/antrean").status_code == 302


def test_too_many_wrong_passwords_lock_the_account_for_a_while(
    newsroom: Newsroom, visitor: Visitor
) -> None:
    for _ in range(MOST_FAILURES):
        visitor.sign_in("penelaah", "salah sekali")
    assert visitor.sign_in("penelaah").status_code == 200, "even the right one is refused now"
    newsroom.session.expire_all()
    user = newsroom.user("penelaah")
    assert user.locked_until_at is not None
    user.locked_until_at = datetime.now(UTC) - timedelta(seconds=1)
    newsroom.session.commit()
    assert visitor.sign_in("penelaah").status_code == 302
    newsroom.session.expire_all()
    assert newsroom.user("penelaah").failed_sign_ins == 0


def test_one_address_cannot_try_for_ever(visitor: Visitor) -> None:
    statuses = [visitor.sign_in(f"orang{number}", "salah").status_code for number in range(12)]
    assert statuses[:10] == [200] * 10
    assert statuses[10:] == [429, 429]


def test_signing_in_goes_on_to_the_page_that_was_wanted_but_never_elsewhere(
    app: Flask, visitor: Visitor
) -> None:
    form = {"email": "penelaah@lembahsarang.example", "password": PASSWORD}
    answer = visitor.post("/masuk", form | {"next": "/isu"}, source="/masuk?next=/isu")
    assert answer.headers["Location"].endswith("/isu")
    other = Visitor(app)
    answer = other.post("/masuk", form | {"next": "https://evil.example/"}, source="/masuk")
    assert "evil.example" not in answer.headers.get("Location", "")


def test_signing_out_ends_it(as_role: Callable[[str], Visitor]) -> None:
    visitor = as_role("penelaah")
    assert visitor.post("/keluar", {}).status_code == 302
    assert visitor.client.get("/antrean").status_code == 302


def test_https_makes_cookies_secure_and_lasting(newsroom: Newsroom) -> None:
    desk = newsroom.settings.desk.model_copy(update={"public_url": "https://desk.example"})
    app = create_app(newsroom.settings.model_copy(update={"desk": desk}), newsroom.store)
    answer = app.test_client().get("/masuk", base_url="https://desk.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_without_keys_nothing_is_served(newsroom: Newsroom) -> None:
    desk = newsroom.settings.desk.model_copy(
        update={"secret_key": type(newsroom.settings.desk.secret_key)("")}
    )
    with pytest.raises(SettingsError, match="luruskan init"):
        create_app(newsroom.settings.model_copy(update={"desk": desk}), newsroom.store)


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "//[", "\\\\evil.example", "http:x"]
)
@pytest.mark.parametrize("where", ["form", "address"])
def test_a_door_that_would_lead_elsewhere_stays_shut(
    visitor: Visitor, path: str, where: str
) -> None:
    form = {"email": "penelaah@lembahsarang.example", "password": PASSWORD}
    query = {"next": path} if where == "address" else None
    form |= {"csrf_token": visitor.token("/masuk")} | ({"next": path} if where == "form" else {})
    answer = visitor.client.post("/masuk", data=form, query_string=query)
    assert answer.status_code == 400


def test_nothing_but_a_form_opens_the_door(visitor: Visitor) -> None:
    token = visitor.token("/masuk")
    for body in ('{"email": "\\ud800", "password": "\\ud800"}', "[]", "{"):
        answer = visitor.client.post(
            "/masuk",
            data=body,
            content_type="application/json",
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code == 415


def try_from(app: Flask, addresses: list[str]) -> list[int]:
    visitor = Visitor(app)
    form = {"email": "x@example.org", "password": "salah sekali", "csrf_token": visitor.token()}
    return [
        visitor.client.post("/masuk", data=form, headers={"X-Forwarded-For": one}).status_code
        for one in addresses
    ]


def test_behind_a_trusted_proxy_every_visitor_has_tries_of_their_own(newsroom: Newsroom) -> None:
    desk = newsroom.settings.desk.model_copy(update={"trusted_proxies": 1})
    app = create_app(newsroom.settings.model_copy(update={"desk": desk}), newsroom.store)
    assert try_from(app, [f"203.0.113.{number}" for number in range(12)]) == [200] * 12
    assert try_from(app, [f"198.51.100.{number}, 203.0.113.99" for number in range(11)])[-1] == 429


def test_a_proxy_that_nobody_named_is_not_believed(app: Flask) -> None:
    assert try_from(app, [f"203.0.113.{number}" for number in range(11)])[-1] == 429
