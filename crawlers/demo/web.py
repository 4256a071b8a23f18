"""The invented region's web, up while a block runs, and the sources that watch it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawlers.demo.articles import ArticleSite
from crawlers.demo.content.loading import Content, load_content
from crawlers.demo.mastodon import HASHTAG, OFFICIAL_ACCOUNT, MastodonSite
from crawlers.demo.messages import write_messages
from crawlers.demo.serving import HOST, Answer, Request, SiteServer
from indices.documents import Source, SourceKind

USUAL_PORTS = {
    "kabar-lembah": 8791,
    "suara-sarang": 8792,
    "portal-resmi": 8793,
    "periksa-lembah": 8794,
    "warga": 8795,
    "radio-gema-hulu": 8796,
}
_ARTICLE_SITES = (
    ("kabar_lembah", "Kabar Lembah", "kabarlembah.example"),
    ("suara_sarang", "Suara Sarang", "suarasarang.example"),
    ("portal_resmi", "Portal Resmi Lembah Sarang", "lembahsarang.example"),
    ("periksa_lembah", "Periksa Lembah", "periksalembah.example"),
)
REGION = "lembah-sarang"
NOTE = "Rekaan: dibuat untuk demo, tidak ada di dunia nyata."


class DemoWeb:
    """Seven outlets of a regency that does not exist, on loopback, over real HTTP.

    Six are served, one of them always out of order so that an outage can be seen; the
    seventh, the tip line, is a file in the data directory.
    """

    def __init__(self, first_start: datetime, home: Path) -> None:
        self.content = load_content(first_start)
        self._home = home
        self._stack = ExitStack()
        self._origins: dict[str, str] = {}
        self.messages_path = home / "pesan-warga.ndjson"

    def __enter__(self) -> Self:
        write_messages(self.messages_path, self.content.messages)
        for name, answer in _sites(self.content).items():
            server = SiteServer(answer, USUAL_PORTS[name])
            self._stack.callback(server.close)
            self._origins[name] = server.origin
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def sources(self) -> list[Source]:
        """What watches this web; ids stay the same from run to run, ports may not."""
        return [
            self._feed("kabar-lembah", "Kabar Lembah", SourceKind.PRESS),
            self._feed("suara-sarang", "Suara Sarang", SourceKind.PRESS),
            self._feed("radio-gema-hulu", "Radio Gema Hulu", SourceKind.PRESS),
            self._feed("portal-resmi", "Portal Resmi Lembah Sarang", SourceKind.GOVERNMENT),
            self._feed("periksa-lembah", "Periksa Lembah", SourceKind.FACT_CHECKER),
            self._mastodon("warga", "Warga #LembahSarang", SourceKind.PLATFORM, hashtag=HASHTAG),
            self._mastodon(
                "bpbd", "BPBD Lembah Sarang", SourceKind.GOVERNMENT, account=OFFICIAL_ACCOUNT
            ),
            Source(
                id="pesan-warga",
                name="Pesan warga ke media center",
                kind=SourceKind.TIPLINE,
                connector="file",
                url=str(self.messages_path),
                region=REGION,
                note=NOTE,
            ),
        ]

    def _feed(self, source_id: str, name: str, kind: SourceKind) -> Source:
        return Source(
            id=source_id,
            name=name,
            kind=kind,
            connector="feed",
            url=f"{self._origins[source_id]}/feed",
            region=REGION,
            note=NOTE,
        )

    def _mastodon(self, source_id: str, name: str, kind: SourceKind, **options: str) -> Source:
        return Source(
            id=source_id,
            name=name,
            kind=kind,
            connector="mastodon",
            url=self._origins["warga"],
            region=REGION,
            options=options,
            note=NOTE,
        )


def _sites(content: Content) -> dict[str, Callable[[Request], Answer]]:
    articles = [_article_site(content, *row) for row in _ARTICLE_SITES]
    return {
        **{site.template.replace("_", "-"): site.answer for site in articles},
        "warga": MastodonSite(content).answer,
        "radio-gema-hulu": _out_of_order,
    }


def _article_site(content: Content, template: str, name: str, host: str) -> ArticleSite:
    return ArticleSite(
        template=template,
        name=name,
        host=host,
        usual_origin=f"http://{HOST}:{USUAL_PORTS[template.replace('_', '-')]}",
        articles=content.articles[template],
        atom=template == "suara_sarang",
    )


def _out_of_order(request: Request) -> Answer:
    if request.path == "/robots.txt":
        return Answer("User-agent: *\nDisallow:\n", "text/plain")
    return Answer("Pemancar sedang diperbaiki.", "text/plain", status=503)
