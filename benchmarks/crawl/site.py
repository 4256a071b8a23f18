"""`python -m benchmarks.crawl.site PAGES PROCESSES`: a news site of any size on loopback."""

from __future__ import annotations

import os
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PER_SITEMAP = 10_000
PROSE = (
    "Warga Desa Muara {n} bergotong royong memperbaiki tanggul sungai, menanam pohon di tepinya, "
    "menata kembali pasar yang tergenang, dan mencatat kerugian rumah tangga nomor {n}.{part}. "
)


class SiteHandler(BaseHTTPRequestHandler):
    """robots.txt, an index of sitemaps, and pages that are made when they are asked for."""

    protocol_version = "HTTP/1.1"
    pages = 0

    def do_GET(self) -> None:
        """Route by the first word of the path."""
        word, _, number = self.path.strip("/").partition("/")
        if word == "berita":
            self._answer(page(int(number)), "text/html")
        elif word == "sitemap.xml":
            self._answer(self._index(), "text/xml")
        elif word == "peta":
            self._answer(self._sitemap(int(number)), "text/xml")
        else:
            self._answer("User-agent: *\nDisallow: /admin\n", "text/plain")

    def log_message(self, *args: object) -> None:
        """Stay silent."""

    def _answer(self, body: str, kind: str) -> None:
        data = body.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n"
        self.wfile.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)

    def _index(self) -> str:
        count = -(-self.pages // PER_SITEMAP)
        maps = "".join(
            f"<sitemap><loc>{self._url(f'peta/{n}')}</loc></sitemap>" for n in range(count)
        )
        return f"<sitemapindex>{maps}</sitemapindex>"

    def _sitemap(self, number: int) -> str:
        numbers = range(number * PER_SITEMAP, min((number + 1) * PER_SITEMAP, self.pages))
        urls = "".join(f"<url><loc>{self._url(f'berita/{n}')}</loc></url>" for n in numbers)
        return f"<urlset>{urls}</urlset>"

    def _url(self, path: str) -> str:
        return f"http://{self.headers['Host']}/{path}"


class SiteServer(ThreadingHTTPServer):
    """Says nothing of connections that a killed crawl leaves behind."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent."""


def page(number: int) -> str:
    """An article of about three thousand characters among the usual furniture."""
    prose = "".join(
        f"<p>{''.join(PROSE.format(n=number, part=part * 3 + k) for k in range(3))}</p>"
        for part in range(6)
    )
    links = "".join(
        f"<li><a href='/berita/{number + k}'>Berita lain {k}</a></li>" for k in range(30)
    )
    return (
        f"<!doctype html><html lang=id><head><title>Tanggul {number} selesai - Kabar Uji</title>"
        f'<meta property="og:title" content="Tanggul {number} selesai">'
        f'<meta property="article:published_time" content="2026-11-16T09:15:00+08:00">'
        f"</head><body><nav><ul>{links}</ul></nav><article><h1>Tanggul {number} selesai</h1>"
        f"<div class=tanggal>Senin, 16 November 2026 | 09:15 WITA</div>"
        f"<div class=isi-berita>{prose}</div></article><footer>Kabar Uji</footer></body></html>"
    )


def main() -> None:
    """Serve until killed; prints the port first."""
    SiteHandler.pages = int(sys.argv[1])
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = SiteServer(("127.0.0.1", 0), SiteHandler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_address = listening.getsockname()
    print(listening.getsockname()[1], flush=True)
    for _ in range(int(sys.argv[2]) - 1):
        if os.fork() == 0:
            break
    server.serve_forever()


if __name__ == "__main__":
    main()
