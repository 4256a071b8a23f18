"""A server that breaks the rules of HTTP on purpose, one way for each path."""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from types import TracebackType

RESET = b"RESET"
GZIP = b"Content-Encoding: gzip"
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
FEED = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def body(kind: bytes, content: bytes, *headers: bytes) -> bytes:
    """An answer with a right length."""
    lines = b"".join(header + b"\r\n" for header in headers)
    return kind + lines + b"Content-Length: %d\r\n\r\n" % len(content) + content


def forever(piece: bytes, seconds: float = 0) -> Iterator[bytes]:
    while True:
        time.sleep(seconds)
        yield piece


def feed_with(declared: bytes, title: bytes) -> bytes:
    """A feed whose document type declares entities."""
    content = (
        b'<?xml version="1.0"?><!DOCTYPE rss [' + declared + b"]><rss version='2.0'><channel>"
        b"<title>t</title><item><title>" + title + b"</title><link>http://x.example/1</link>"
        b"</item></channel></rss>"
    )
    return body(FEED, content)


BOMB = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)
ITEMS = b"<item><title>x</title><link>http://x.example/1</link></item>" * 500
ANSWERS: dict[str, Iterable[bytes]] = {
    "/robots.txt": [body(b"HTTP/1.1 404 Not Found\r\n", b"")],
    "/truncated": [HTML + b"Content-Length: 5000\r\n\r\n<html><body><p>awal"],
    "/drip": chain([HTML + b"\r\n"], forever(b"x", 0.2)),
    "/silent": forever(b"", 1),
    "/endless": chain([HTML + b"\r\n"], forever(b"<p>tanpa akhir</p>" * 2000)),
    "/endless-feed": chain([FEED + b"\r\n<rss><channel>"], forever(ITEMS)),
    "/huge": [HTML + b"Content-Length: 50000000\r\n\r\n" + b"x" * 65536],
    "/gzip-bomb": [body(HTML, gzip.compress(b"<p>0</p>" * 4_000_000), GZIP)],
    "/false-gzip": [body(HTML, b"<html>bukan gzip</html>", GZIP)],
    "/reset": [RESET],
    "/garbage": [b"\x00\xff\x13 bukan HTTP sama sekali\r\n\r\n"],
    "/headers": chain([HTML], forever(b"X-Besar: " + b"y" * 8000 + b"\r\n")),
    "/long-header": [HTML + b"X-Panjang: " + b"y" * 200_000 + b"\r\n\r\n"],
    "/bomb-feed": [feed_with(BOMB, b"&a11;")],
    "/outside-feed": [feed_with(b'<!ENTITY f SYSTEM "file:///etc/hostname">', b"&f;")],
}
"""What each path sends, once in the life of the process for those without an end."""


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError, IndexError):  # the crawler hangs up, as it should
            request = self.request.recv(65536).decode("latin-1")
            path = request.split(" ")[1]
            self.server.asked[path] += 1  # type: ignore[attr-defined]
            for piece in ANSWERS.get(path, [body(b"HTTP/1.1 500 Rusak\r\n", b"")]):
                if piece == RESET:
                    linger = b"\1\0\0\0\0\0\0\0"
                    self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    return
                self.request.sendall(piece)


class RawServer:
    """Listens on loopback until the block ends."""

    def __enter__(self) -> RawServer:
        socketserver.ThreadingTCPServer.daemon_threads = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self._server.asked = self.asked  # type: ignore[attr-defined]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.base = f"http://{self.host}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
