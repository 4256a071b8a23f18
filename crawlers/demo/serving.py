"""A small HTTP server on loopback for one invented site, on its usual port where that is free."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """What a site is asked for."""

    path: str
    query: Mapping[str, str]
    origin: str
    """`http://127.0.0.1:PORT`: how this site is reached at present."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers."""

    body: str
    content_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, answer: Callable[[Request], Answer]) -> None:
        self.answer = answer
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoWeb"
    sys_version = ""
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        """Answer, or say that nothing changed since the caller last asked."""
        parts = urlsplit(self.path)
        origin = f"http://{HOST}:{self.server.server_port}"
        request = Request(parts.path, dict(parse_qsl(parts.query)), origin)
        answer = self.server.answer(request)
        body = answer.body.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        unchanged = answer.status == 200 and self.headers.get("If-None-Match") == etag
        self._send(304 if unchanged else answer.status, answer, b"" if unchanged else body, etag)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Stay silent: the crawl has its own report."""

    def _send(self, status: int, answer: Answer, body: bytes, etag: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{answer.content_type}; charset=utf-8")
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class SiteServer:
    """Serves one site in a daemon thread until it is closed."""

    def __init__(self, answer: Callable[[Request], Answer], usual_port: int) -> None:
        self._server = _listen(answer, usual_port)
        self.origin = f"http://{HOST}:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def close(self) -> None:
        """Stop and free the port."""
        self._server.shutdown()
        self._server.server_close()


def _listen(answer: Callable[[Request], Answer], usual_port: int) -> _Server:
    try:
        return _Server(usual_port, answer)
    except OSError:
        return _Server(0, answer)  # taken by somebody else: any free port will do
