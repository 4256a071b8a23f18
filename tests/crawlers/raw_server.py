"""A server that breaks the rules of HTTP on purpose, one way for each path."""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
FEED = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def body(kind: bytes, content: bytes, *headers: bytes) -> bytes:
    """An answer with a right length."""
    lines = b"".join(header + b"\r\n" for header in headers)
    return kind + lines + b"Content-Length: %d\r\n\r\n" % len(content) + content


def answers(path: str) -> Iterator[bytes]:
    """The pieces to send; the connection is closed after the last."""
    if path == "/robots.txt":
        yield body(b"HTTP/1.1 404 Not Found\r\n", b"")
    elif path == "/truncated":
        yield HTML + b"Content-Length: 5000\r\n\r\n<html><body><p>awal"
    elif path == "/drip":
        yield HTML + b"\r\n"
        while True:
            time.sleep(0.2)
            yield b"x"
    elif path == "/silent":
        time.sleep(8)
    elif path == "/endless":
        yield HTML + b"\r\n"
        while True:
            yield b"<p>tanpa akhir</p>" * 2000
    elif path == "/endless-feed":
        yield FEED + b"\r\n<rss><channel>"
        while True:
            yield b"<item><title>x</title><link>http://x.example/1</link></item>" * 500
    elif path == "/huge":
        yield HTML + b"Content-Length: 50000000\r\n\r\n" + b"x" * 65536
    elif path == "/gzip-bomb":
        packed = gzip.compress(b"<p>0</p>" * 4_000_000)
        yield body(HTML, packed, b"Content-Encoding: gzip")
    elif path == "/false-gzip":
        yield body(HTML, b"<html>bukan gzip</html>", b"Content-Encoding: gzip")
    elif path == "/reset":
        yield b"RESET"
    elif path == "/garbage":
        yield b"\x00\xff\x13 bukan HTTP sama sekali\r\n\r\n"
    elif path == "/headers":
        yield HTML
        for number in range(200_000):
            yield b"X-Besar-%d: %s\r\n" % (number, b"y" * 8000)
    elif path == "/long-header":
        yield HTML + b"X-Panjang: " + b"y" * 200_000 + b"\r\n\r\n"
    elif path == "/bomb-feed":
        entities = b"".join(
            b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
        )
        content = (
            b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">' + entities + b"]>"
            b"<rss version='2.0'><channel><title>&a11;</title><item><title>&a11;</title>"
            b"<link>http://x.example/&a11;</link></item></channel></rss>"
        )
        yield body(FEED, content)
    elif path == "/outside-feed":
        content = (
            b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
            b"<rss version='2.0'><channel><title>t</title><item><title>&f;</title>"
            b"<link>http://x.example/1</link></item></channel></rss>"
        )
        yield body(FEED, content)
    else:
        yield body(b"HTTP/1.1 500 Rusak\r\n", b"")


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with _forgiving():
            request = self.request.recv(65536).decode("latin-1")
            path = request.split(" ")[1]
            self.server.asked[path] += 1  # type: ignore[attr-defined]
            for piece in answers(path):
                if piece == b"RESET":
                    linger = b"\1\0\0\0\0\0\0\0"
                    self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    return
                self.request.sendall(piece)


@contextmanager
def _forgiving() -> Iterator[None]:
    try:
        yield
    except (OSError, IndexError):
        pass  # the crawler hung up, as it should


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
