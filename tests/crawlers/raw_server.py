"""A server that breaks the rules of HTTP on purpose, one way for each path."""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
SELF = b"<sitemap><loc>/self-sitemap.xml</loc></sitemap>"
SITEMAP = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/feed+json\r\n"
URLS = b"<url><loc>http://x.example/1</loc></url>" * 500


def sitemap_with(declared: bytes, loc: bytes) -> bytes:
    """A sitemap whose document type declares entities."""
    content = b'<?xml version="1.0"?><!DOCTYPE urlset [' + declared + b"]><urlset><url><loc>"
    return body(SITEMAP, content + loc + b"</loc></url></urlset>")


def chunked(*chunks: bytes) -> list[bytes]:
    """Chunks as they are given, right or wrong."""
    return [HTML + b"Transfer-Encoding: chunked\r\n\r\n", *chunks]


PROSE = "<p>" + "Warga desa bergotong royong memperbaiki tanggul sungai bersama. " * 5 + "</p>"
PAGE = f"<html><body><h1>Tanggul</h1><div class='isi-berita'>{PROSE * 3}</div></body></html>"
ANSWERS: dict[str, Iterable[bytes] | Callable[[], Iterable[bytes]]] = {
    "/robots.txt": [body(b"HTTP/1.1 404 Not Found\r\n", b"")],
    "/truncated": [HTML + b"Content-Length: 5000\r\n\r\n<html><body><p>awal"],
    "/drip": lambda: chain([HTML + b"\r\n"], forever(b"x", 0.2)),
    "/silent": lambda: forever(b"", 1),
    "/endless": lambda: chain([HTML + b"\r\n"], forever(b"<p>tanpa akhir</p>" * 2000)),
    "/endless-feed": lambda: chain([FEED + b"\r\n<rss><channel>"], forever(ITEMS)),
    "/huge": [HTML + b"Content-Length: 50000000\r\n\r\n" + b"x" * 65536],
    "/gzip-bomb": [body(HTML, gzip.compress(b"<p>0</p>" * 4_000_000), GZIP)],
    "/false-gzip": [body(HTML, b"<html>bukan gzip</html>", GZIP)],
    "/reset": [RESET],
    "/garbage": [b"\x00\xff\x13 bukan HTTP sama sekali\r\n\r\n"],
    "/headers": lambda: chain([HTML], forever(b"X-Besar: " + b"y" * 8000 + b"\r\n")),
    "/long-header": [HTML + b"X-Panjang: " + b"y" * 200_000 + b"\r\n\r\n"],
    "/slow-head": lambda: forever(b"H", 0.2),
    "/reset-in-body": [HTML + b"Content-Length: 9000\r\n\r\n<p>awal", RESET],
    "/too-long": [HTML + b"Content-Length: 10\r\n\r\n" + PAGE.encode()],
    "/negative": [HTML + b"Content-Length: -5\r\n\r\n" + PAGE.encode()],
    "/two-lengths": [HTML + b"Content-Length: 5\r\nContent-Length: 9000\r\n\r\nhalo"],
    "/bad-chunk": chunked(b"ZZ\r\nhalo\r\n"),
    "/endless-chunk": chunked(b"ffffffffff\r\n" + b"x" * 400_000),
    "/cut-chunk": chunked(b"20\r\nhalo"),
    "/loop": [b"HTTP/1.1 302 F\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"],
    "/there": [b"HTTP/1.1 301 M\r\nLocation: /back\r\nContent-Length: 0\r\n\r\n"],
    "/back": [b"HTTP/1.1 307 T\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"],
    "/nowhere": [b"HTTP/1.1 302 F\r\nLocation: http://[/\r\nContent-Length: 0\r\n\r\n"],
    "/many-layers": [body(HTML, gzip.compress(gzip.compress(PAGE.encode())), GZIP)],
    "/deep": [body(HTML, b"<div>" * 50_000)],
    "/wide": [body(HTML, b"<i></i>" * 40_000)],
    "/wrong-charset": [body(HTML.replace(b"html", b"html; charset=utf-16"), PAGE.encode())],
    "/no-charset": [body(HTML.replace(b"html", b"html; charset=tiada"), PAGE.encode())],
    "/bomb-atom": [body(FEED, b"<!DOCTYPE f [" + BOMB + b"]><feed><title>&a11;</title></feed>")],
    "/endless-json": lambda: chain([JSON + b"\r\n"], forever(b'{"a":' * 5000)),
    "/deep-json": [body(JSON, b'{"version":"https://jsonfeed.org/version/1","a":' + b"[" * 90_000)],
    "/bomb-sitemap.xml": [sitemap_with(BOMB, b"&a11;")],
    "/outside-sitemap.xml": [
        sitemap_with(b'<!ENTITY f SYSTEM "file:///etc/passwd">', b"http://x.example/&f;")
    ],
    "/remote-sitemap.xml": [
        sitemap_with(b'<!ENTITY % f SYSTEM "http://127.0.0.1:9/x.dtd"> %f;', b"http://x.example/1")
    ],
    "/endless-sitemap.xml": lambda: chain([SITEMAP + b"\r\n<urlset>"], forever(URLS)),
    "/packed-sitemap.xml.gz": [body(SITEMAP, gzip.compress(b"<urlset>" + URLS * 3000))],
    "/self-sitemap.xml": [body(SITEMAP, b"<sitemapindex>" + SELF * 60 + b"</sitemapindex>")],
    "/bomb-feed": [feed_with(BOMB, b"&a11;")],
    "/outside-feed": [feed_with(b'<!ENTITY f SYSTEM "file:///etc/hostname">', b"&f;")],
}
"""What each path sends; those without an end begin anew for each who asks."""


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError, IndexError):  # the crawler hangs up, as it should
            request = self.request.recv(65536).decode("latin-1")
            path = request.split(" ")[1]
            self.server.asked[path] += 1  # type: ignore[attr-defined]
            answer = ANSWERS.get(path, [body(b"HTTP/1.1 500 Rusak\r\n", b"")])
            for piece in answer() if callable(answer) else answer:
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
