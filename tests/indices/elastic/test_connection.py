"""The address in the settings: read in all its forms, its password never shown."""

from __future__ import annotations

import base64

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from indices.elastic.connection import Connection, split_addresses
from indices.errors import SettingsError, StoreError, StoreFullError, StoreUnavailableError

SECRET = "sangat-rahasia"
HEADERS = {"X-Elastic-Product": "Elasticsearch"}


@pytest.mark.parametrize(
    ("urls", "addresses", "login"),
    [
        ("http://host:9200", ["http://host:9200"], None),
        ("https://host", ["https://host:443"], None),
        ("http://host/es/", ["http://host:80/es"], None),
        ("http://u:p%40ss%2Fw@host:1", ["http://host:1"], ("u", "p@ss/w")),
        ("http://u:p@a:1, http://u:p@b:2", ["http://a:1", "http://b:2"], ("u", "p")),
        ("http://u:p@[::1]:9200", ["http://[::1]:9200"], ("u", "p")),
    ],
)
def test_addresses_and_login_are_told_apart(
    urls: str, addresses: list[str], login: tuple[str, str] | None
) -> None:
    assert split_addresses(urls) == (addresses, login)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " , ",
        "host:9200",
        "ftp://host",
        f"http://u:{SECRET}@host:notaport",
        f"http://u:{SECRET}@:9200",
        f"http://u:{SECRET}@[::1",
    ],
)
def test_what_is_no_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(SettingsError, match="elasticsearch_url") as caught:
        split_addresses(url)

    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_an_outage_names_the_address_and_not_the_password(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    connection = Connection(f"http://pengguna:{SECRET}@127.0.0.1:1")

    with pytest.raises(StoreUnavailableError, match=r"127\.0\.0\.1:1") as caught:
        call(connection)

    chain: BaseException | None = caught.value
    while chain is not None:
        assert SECRET not in repr(chain)
        chain = chain.__cause__ or chain.__context__
    assert SECRET not in caplog.text
    connection.close()


def call(connection: Connection) -> None:
    with connection.calling() as client:
        client.cluster.health()


def test_user_and_password_reach_the_server(httpserver: HTTPServer) -> None:
    expected = "Basic " + base64.b64encode(b"u:p@ss").decode()
    httpserver.expect_request(
        "/_cluster/health", headers={"Authorization": expected}
    ).respond_with_json({"status": "green"}, headers=HEADERS)
    connection = Connection(f"http://u:p%40ss@127.0.0.1:{httpserver.port}")

    call(connection)

    connection.close()


@pytest.mark.parametrize(
    ("status", "reason", "error", "words"),
    [
        (401, "missing authentication", StoreError, "user and password"),
        (403, "action is unauthorized", StoreError, "user and password"),
        (429, "circuit_breaking_exception", StoreUnavailableError, "429"),
        (502, "bad gateway", StoreUnavailableError, "502"),
        (503, "no master", StoreUnavailableError, "503"),
        (429, "disk usage exceeded flood-stage watermark", StoreFullError, "make room"),
        (400, "something is wrong", StoreError, "something is wrong"),
    ],
)
def test_every_refusal_is_told_in_words_that_name_the_mend(
    httpserver: HTTPServer, status: int, reason: str, error: type[StoreError], words: str
) -> None:
    body = {"error": {"type": "x", "reason": reason}, "status": status}
    httpserver.expect_request("/_cluster/health").respond_with_json(
        body, status=status, headers=HEADERS
    )
    connection = Connection(f"http://u:{SECRET}@127.0.0.1:{httpserver.port}")

    with pytest.raises(error, match=words) as caught:
        call(connection)

    assert type(caught.value) is error
    assert SECRET not in str(caught.value)
    connection.close()


def test_another_web_server_is_no_elasticsearch(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/_cluster/health").respond_with_handler(greet)
    connection = Connection(httpserver.url_for(""))

    with pytest.raises(StoreError, match="is not Elasticsearch"):
        call(connection)

    connection.close()


def greet(request: Request) -> Response:
    return Response("<h1>Selamat datang</h1>", content_type="text/html")
