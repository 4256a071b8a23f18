"""Bulk writes against a server that is busy, choosy or full: a real HTTP server that says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from indices.elastic import bulk
from indices.elastic.bulk import Outcome, Write, build_write, send
from indices.elastic.connection import Connection
from indices.errors import DimensionMismatchError, StoreError, StoreFullError, StoreUnavailableError

Answer = Callable[[list[str]], tuple[int, object]]


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(bulk, "LONGEST_PAUSE_SECONDS", 0.002)


@pytest.fixture
def connection(httpserver: HTTPServer) -> Iterator[Connection]:
    connection = Connection(httpserver.url_for(""))
    yield connection
    connection.close()


def serve(httpserver: HTTPServer, answer: Answer) -> list[list[str]]:
    """Answer bulk requests; the ids of each request, as they come."""
    requests: list[list[str]] = []

    def handle(request: Request) -> Response:
        lines = request.get_data().splitlines()
        ids = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        requests.append(ids)
        status, body = answer(ids)
        return Response(
            json.dumps(body),
            status=status,
            content_type="application/json",
            headers={"X-Elastic-Product": "Elasticsearch"},
        )

    httpserver.expect_request("/posts/_bulk", method="POST").respond_with_handler(handle)
    return requests


def item(id_: str, status: int = 200, reason: str = "") -> dict[str, object]:
    error = {"error": {"type": "t", "reason": reason}} if reason else {}
    return {"index": {"_id": id_, "status": status, **error}}


def items(ids: list[str], status: int = 200, reason: str = "") -> dict[str, object]:
    return {"items": [item(id_, status, reason) for id_ in ids]}


def writes(count: int, size: int = 10) -> list[Write]:
    return [build_write("index", {"_id": str(n)}, {"text": "x" * size}) for n in range(count)]


def test_requests_are_bounded_in_bytes_and_in_number(
    httpserver: HTTPServer, connection: Connection
) -> None:
    requests = serve(httpserver, lambda ids: (200, items(ids)))

    send(connection, "posts", writes(2500))
    send(connection, "posts", writes(5, size=1_800_000))

    assert [len(ids) for ids in requests] == [1000, 1000, 500, 2, 2, 1]
    assert [id_ for ids in requests[:3] for id_ in ids] == [str(n) for n in range(2500)]


def test_only_what_the_server_was_too_busy_for_is_sent_again(
    httpserver: HTTPServer, connection: Connection
) -> None:
    def answer(ids: list[str]) -> tuple[int, object]:
        if len(requests) > 2:
            return 200, items(ids)
        return 200, {"items": [one(id_) for id_ in ids]}

    def one(id_: str) -> dict[str, object]:
        return item(id_) if int(id_) % 2 == 0 else item(id_, 429, "rejected execution")

    requests = serve(httpserver, answer)

    outcomes = send(connection, "posts", writes(6))

    assert requests == [["0", "1", "2", "3", "4", "5"], ["1", "3", "5"], ["1", "3", "5"]]
    assert set(outcomes.values()) == {Outcome.DONE}
    assert len(outcomes) == 6


def test_a_request_that_is_turned_away_whole_is_sent_again(
    httpserver: HTTPServer, connection: Connection
) -> None:
    requests = serve(
        httpserver, lambda ids: (429, {"error": "busy"}) if len(requests) < 3 else (200, items(ids))
    )

    assert send(connection, "posts", writes(2)) == {"0": Outcome.DONE, "1": Outcome.DONE}
    assert len(requests) == 3


def test_a_request_that_is_too_large_is_halved(
    httpserver: HTTPServer, connection: Connection
) -> None:
    requests = serve(httpserver, lambda ids: (413, {}) if len(ids) > 2 else (200, items(ids)))

    assert len(send(connection, "posts", writes(5))) == 5
    assert max(len(ids) for ids in requests if len(ids) <= 2) == 2


def test_a_server_that_stays_busy_is_an_outage(
    httpserver: HTTPServer, connection: Connection
) -> None:
    requests = serve(httpserver, lambda ids: (200, items(ids, 429, "rejected execution")))

    with pytest.raises(StoreUnavailableError, match="busy"):
        send(connection, "posts", writes(1))

    assert len(requests) == bulk.ATTEMPTS


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [
        (400, "failed to parse field", StoreError),
        (400, "the vector has a different number of dimensions [4]", DimensionMismatchError),
        (429, "disk usage exceeded flood-stage watermark, index has read-only", StoreFullError),
        (413, "", StoreError),
    ],
)
def test_what_is_refused_for_good_is_an_error(
    httpserver: HTTPServer,
    connection: Connection,
    status: int,
    reason: str,
    error: type[StoreError],
) -> None:
    serve(
        httpserver,
        lambda ids: (200, items(ids, status, reason)) if reason else (status, {"error": "big"}),
    )

    with pytest.raises(error) as caught:
        send(connection, "posts", writes(1))

    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("status", "reason", "outcome"),
    [
        (409, "version conflict", Outcome.CONFLICT),
        (404, "document missing", Outcome.CONFLICT),
        (404, "index_not_found_exception", Outcome.MOVED),
        (403, "index [x] blocked by: [FORBIDDEN/8/index write (api)]", Outcome.MOVED),
    ],
)
def test_conflicts_and_moves_are_told_to_the_caller(
    httpserver: HTTPServer, connection: Connection, status: int, reason: str, outcome: Outcome
) -> None:
    serve(httpserver, lambda ids: (200, items(ids, status, reason)))

    assert send(connection, "posts", writes(1)) == {"0": outcome}
