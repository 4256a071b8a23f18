"""Serves a corpus as RSS feeds with article pages and as Mastodon tag timelines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.replay.corpus import Corpus, load_corpus

PAGE_SIZE = 40
START = datetime(2026, 11, 1, tzinfo=UTC)


class ReplayHandler(BaseHTTPRequestHandler):
    """Answers robots.txt, feeds, articles and timelines; keeps connections open."""

    protocol_version = "HTTP/1.1"
    corpus: Corpus

    def do_GET(self) -> None:
        """Route by the first part of the path."""
        parts = urlsplit(self.path)
        words = parts.path.strip("/").split("/")
        if words[0] == "robots.txt":
            self._answer("User-agent: *\nDisallow: /private\n", "text/plain")
        elif words[0] == "feed":
            self._answer(self._feed(words[1]), "application/rss+xml")
        elif words[0] == "article":
            self._answer(self._article(words[1], int(words[2])), "text/html")
        elif words[:4] == ["api", "v1", "timelines", "tag"]:
            self._answer(self._timeline(words[4], parse_qs(parts.query)), "application/json")
        else:
            self.send_error(404)

    def log_message(self, *args: object) -> None:
        """Stay silent: thousands of requests come."""

    def _answer(self, body: str, kind: str) -> None:
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _feed(self, outlet: str) -> str:
        items = "".join(self._entries(outlet))
        return f'<rss version="2.0"><channel><title>{outlet}</title>{items}</channel></rss>'

    def _entries(self, outlet: str) -> Iterator[str]:
        host = self.headers["Host"]
        for number, (title, _) in enumerate(self.corpus.outlets[outlet]):
            link = f"http://{host}/article/{outlet}/{number}"
            when = format_datetime(START + timedelta(minutes=number))
            yield (
                f"<item><title>{escape(title)}</title><link>{link}</link>"
                f"<guid>{link}</guid><pubDate>{when}</pubDate></item>"
            )

    def _article(self, outlet: str, number: int) -> str:
        title, text = self.corpus.outlets[outlet][number]
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n"))
        when = (START + timedelta(minutes=number)).isoformat()
        return (
            f"<!doctype html><html lang=id><head><title>{escape(title)}</title>"
            f'<meta property="article:published_time" content="{when}"></head><body>'
            f"<nav><a href=/>Beranda</a></nav><article><h1>{escape(title)}</h1>{paragraphs}"
            "</article><footer>Replay</footer></body></html>"
        )

    def _timeline(self, tag: str, query: dict[str, list[str]]) -> str:
        texts = self.corpus.timelines[tag]
        before = int(query.get("max_id", [str(len(texts) + 1)])[0])
        after = int(query.get("min_id", query.get("since_id", ["0"]))[0])
        ids = range(min(before - 1, len(texts)), after, -1)
        return json.dumps([self._status(tag, n, texts[n - 1]) for n in ids[:PAGE_SIZE]])

    def _status(self, tag: str, number: int, text: str) -> dict[str, object]:
        url = f"http://{self.headers['Host']}/@warga{number % 97}/{tag}{number}"
        return {
            "id": str(number),
            "created_at": (START + timedelta(minutes=number)).isoformat(),
            "uri": url,
            "url": url,
            "content": f"<p>{escape(text)}</p>",
            "language": "id",
            "visibility": "public",
            "reblog": None,
            "replies_count": 0,
            "reblogs_count": number % 7,
            "favourites_count": number % 13,
            "account": {"id": str(number % 97), "username": f"warga{number % 97}", "acct": "w"},
            "media_attachments": [],
            "tags": [{"name": tag}],
            "in_reply_to_id": None,
            "edited_at": None,
        }


def main() -> None:
    """Serve until killed; prints the port first."""
    data, articles, posts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    ReplayHandler.corpus = load_corpus(data, articles, posts)
    server = ThreadingHTTPServer(("127.0.0.1", 0), ReplayHandler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
