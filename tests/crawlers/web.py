"""An invented web on loopback: pages, feeds and a Mastodon server, with invented words."""

from __future__ import annotations

import json
import re
from collections import Counter
from xml.sax.saxutils import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

PARAGRAPH = (
    "Warga Desa {name} bergotong royong memperbaiki tanggul sungai, menanam pohon di tepinya, "
    "dan menata kembali pasar desa yang sempat tergenang pada pekan lalu."
)


class InventedWeb:
    """One real HTTP server; counts what it was asked for."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.base = server.url_for("").rstrip("/")
        self.asked: Counter[str] = Counter()
        self.statuses: list[dict[str, object]] = []
        self.serve("/robots.txt", "User-agent: *\nDisallow: /rahasia\n", "text/plain")
        server.expect_request("/api/v1/timelines/tag/lembah").respond_with_handler(self._timeline)

    @property
    def host(self) -> str:
        """For `allowed_private_hosts`."""
        return f"{self.server.host}:{self.server.port}"

    def serve(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> str:
        """Answer a path always alike."""

        def answer(request: Request) -> Response:
            self.asked[request.path] += 1
            return Response(body, content_type=kind, headers=headers)

        self.server.expect_request(path).respond_with_handler(answer)
        return f"{self.base}{path}"

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Send on to another address."""

        def answer(request: Request) -> Response:
            self.asked[request.path] += 1
            return Response(status=status, headers={"Location": target})

        self.server.expect_request(path).respond_with_handler(answer)
        return f"{self.base}{path}"

    def fail(self, path: str, status: int, **headers: str) -> str:
        """Answer with an error."""

        def answer(request: Request) -> Response:
            self.asked[request.path] += 1
            return Response("maaf", status=status, headers=headers)

        self.server.expect_request(path).respond_with_handler(answer)
        return f"{self.base}{path}"

    def article(self, path: str, name: str, extra_head: str = "") -> str:
        """An article page about a village."""
        return self.serve(path, article_html(name, extra_head))

    def feed(self, path: str, links: list[str], **headers: str) -> str:
        """An RSS feed of these links."""
        return self.serve(path, rss(self.base, links), "application/rss+xml", **headers)

    def toot(self, number: int, text: str, **over: object) -> dict[str, object]:
        """A status as Mastodon answers it, newest first on the timeline."""
        status = status_json(self.base, number, text) | over
        self.statuses.insert(0, status)
        return status

    def _timeline(self, request: Request) -> Response:
        self.asked[request.path] += 1
        return timeline_answer(self.statuses, request, self.base)


def article_html(name: str, extra_head: str = "", paragraphs: int = 4) -> str:
    """A page with a headline, a date line and prose."""
    prose = "".join(f"<p>{PARAGRAPH.format(name=f'{name} {n}')}</p>" for n in range(paragraphs))
    return (
        f"<html lang='id'><head>{extra_head}<title>Tanggul {name} selesai - Kabar Uji</title>"
        f"</head><body><nav><a href='/'>Beranda</a></nav><h1>Tanggul {name} selesai</h1>"
        f"<div class='tanggal'>Senin, 16 November 2026 | 09:15 WITA</div>"
        f"<div class='isi-berita'>{prose}</div><footer>Hak cipta</footer></body></html>"
    )


def rss(base: str, links: list[str]) -> str:
    """RSS 2.0 of these links."""
    items = "".join(
        f"<item><title>Berita {n}</title><link>{escape(link)}</link>"
        f"<pubDate>Mon, 16 Nov 2026 01:00:00 GMT</pubDate></item>"
        for n, link in enumerate(links)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Kabar Uji</title>"
        f"<link>{base}/</link>{items}</channel></rss>"
    )


def status_json(base: str, number: int, text: str) -> dict[str, object]:
    """The fields of a public status, in the shape that Mastodon gives them."""
    name = f"warga_{number}"
    return {
        "id": str(1000 + number),
        "created_at": "2026-11-16T01:00:00.000Z",
        "in_reply_to_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "id",
        "uri": f"{base}/users/{name}/statuses/{1000 + number}",
        "url": f"{base}/@{name}/{1000 + number}",
        "replies_count": 1,
        "reblogs_count": 2,
        "favourites_count": 3,
        "content": f"<p>{text}</p>",
        "reblog": None,
        "account": {
            "id": str(number),
            "username": name,
            "acct": name,
            "display_name": f"Nama Asli {number}",
            "url": f"{base}/@{name}",
        },
        "media_attachments": [],
        "tags": [],
        "card": None,
        "poll": None,
    }


def timeline_answer(statuses: list[dict[str, object]], request: Request, base: str) -> Response:
    """One page, older and newer bounds minded, with a Link header as Mastodon sends it."""
    older = int(request.args.get("max_id", 10**9))
    newer = int(request.args.get("since_id", 0))
    limit = int(request.args.get("limit", 20))
    page = [each for each in statuses if newer < int(str(each["id"])) < older][:limit]
    headers = {}
    if page:
        address = f"{base}{request.path}?max_id={page[-1]['id']}"
        headers["Link"] = f'<{address}>; rel="next", <{base}{request.path}?min_id=1>; rel="prev"'
    return Response(json.dumps(page), headers=headers, content_type="application/json")


def claim_review(url: str, claim: str, rating: str) -> str:
    """The JSON-LD of a fact-check."""
    thing = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim,
        "datePublished": "2026-11-15",
        "author": {"@type": "Organization", "name": "Periksa Uji"},
        "reviewRating": {"@type": "Rating", "alternateName": rating},
    }
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


ARTICLE_PATH = re.compile(r"^/berita/")
