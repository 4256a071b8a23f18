"""A file read as an import would read it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crawlers.connectors.columns import Columns
from crawlers.connectors.file import read_row, recognise_source
from indices.documents import Post, Source, SourceKind
from indices.settings import CrawlSettings, Settings

KEY = "kunci-uji"
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def source_of(path: Path, kind: SourceKind = SourceKind.COMMUNITY, **options: str) -> Source:
    zone = {"timezone": "Asia/Makassar"}
    return Source(
        id="impor", name="Impor", kind=kind, connector="file", url=str(path), options=zone | options
    )


def settings_of(path: Path) -> Settings:
    return Settings(home=path.parent, crawl=CrawlSettings(pseudonym_key=KEY))


def read_ends(path: Path, **options: str) -> list[Post | str]:
    """Of each row its post, or how it ended and why."""
    source, settings = source_of(path, **options), settings_of(path)
    file = recognise_source(source, settings)
    columns = Columns(source, settings, file)
    ends = (read_row(columns, row, NOW) for row in file.open_rows())
    return [post or f"{end}: {detail}" for post, end, detail in ends]


def read_posts(path: Path, **options: str) -> list[Post]:
    """The posts alone."""
    return [end for end in read_ends(path, **options) if isinstance(end, Post)]


def describe(path: Path, **options: str) -> str:
    """What is said of the file."""
    return recognise_source(source_of(path, **options), settings_of(path)).description
