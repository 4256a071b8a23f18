"""Posts out of rows, by a column mapping or by the words that exports use for their columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from crawlers.dispositions import Disposition
from crawlers.extraction.plain import clean_lines, plain_text, storable
from crawlers.imports.captures import is_four_cat, is_zeeschuimer, read_capture
from crawlers.imports.cells import read_count, read_moment
from crawlers.imports.mapping import ALIASES, Mappings, propose, read_columns
from crawlers.imports.platforms import native_id, platform_of
from crawlers.imports.rows import NotAPostError, Recognised
from crawlers.moments import believable
from crawlers.pseudonyms import pseudonym
from crawlers.work import zone_of
from indices.documents import Post, Source, SourceKind
from indices.identity import canonical_url, post_id, text_hash
from indices.settings import Settings

_REACH = ("likes", "shares", "replies", "views", "forwards")
_BYLINES = {SourceKind.PRESS, SourceKind.GOVERNMENT, SourceKind.FACT_CHECKER}
_LONGEST_TEXT = 200_000
_SHORTEST_MESSAGE = 30
"""Characters of a chat message: who says yes or thanks has not said anything to check."""


class Columns:
    """Builds posts out of rows, as the source's options say."""

    def __init__(self, source: Source, settings: Settings, file: Recognised) -> None:
        self._source = source
        self._file = file
        self._platform = source.options.get("platform", "")
        self._key = settings.crawl.pseudonym_key.get_secret_value()
        self._zone = zone_of(source)
        self.mapping = _build_mapping(source, settings, file)
        shortest = _SHORTEST_MESSAGE if file.form == "whatsapp" else 1
        self._shortest = int(source.options.get("min_characters", shortest))

    def build(self, row: Mapping[str, Any], now: datetime) -> Post:
        """The post of a row.

        Raises:
            NotAPostError: it was read, and is none.
            ValueError: it has no text, or another shape than its platform's.
        """
        captured = is_zeeschuimer(row) or is_four_cat(row)
        get = self._read(read_capture(row) if captured else row, own=captured)
        read = clean_lines if self._file.form == "whatsapp" else plain_text
        title, text = read(get["title"]), read(get["text"])[:_LONGEST_TEXT]
        if captured and not text:
            raise NotAPostError(Disposition.REFUSED_TOO_SHORT, "holds a picture or video, no words")
        if not text and not title:
            raise ValueError("has no text; name its column with -o columns=text=COLUMN")
        if len(title) + len(text) < self._shortest:
            detail = f"{len(text)} characters; -o min_characters=0 takes all"
            raise NotAPostError(Disposition.REFUSED_TOO_SHORT, detail)
        source = self._source
        platform, identity = self._identify(get, f"{title}\n{text}")
        return Post(
            id=identity,
            source_id=source.id,
            source_kind=source.kind,
            platform=platform,
            url=get["url"][:2000],
            canonical_url=canonical_url(get["url"]),
            title=title,
            text=text or title,
            author=self._author(platform, get["author"]),
            published_at=believable(self._moment(get["published_at"]), now),
            published_raw=get["published_at"][:200],
            collected_at=now,
            language=get["language"][:8].lower() or source.language,
            region=get["region"][:100] or source.region,
            section=get["section"][:100],
            reach=_reach(get),
            text_hash=text_hash(title, text or title),
        )

    def _read(self, row: Mapping[str, Any], *, own: bool) -> dict[str, str]:
        values = {str(name).strip().lower(): value for name, value in row.items() if name}
        if own or self._file.has_own_fields:
            return {field: _word(values.get(field)) for field in ALIASES}
        return {field: self._find(field, values) for field in ALIASES}

    def _find(self, field: str, values: Mapping[str, Any]) -> str:
        if field in self.mapping:
            return _word(values.get(self.mapping[field].lower()))
        if self._file.header:
            return ""
        found = (_word(values.get(name)) for name in ALIASES[field])
        return next(filter(None, found), "")

    def _identify(self, get: Mapping[str, str], words: str) -> tuple[str, str]:
        """Platform and id; a platform that only the address tells gives its own id there too."""
        told = (get["platform"] or self._platform).lower()[:40]
        seen = platform_of(get["url"]) if not told or told == "web" else ""
        if seen:
            return seen, post_id(seen, native_id(seen, get["url"]) or get["url"])
        platform = platform_of(told) or told or "web"
        return platform, _identity(self._source, platform, get, words)

    def _author(self, platform: str, name: str) -> str:
        """A byline of an outlet or office stays; everybody else gets a pseudonym."""
        is_byline = platform == "web" and self._source.kind in _BYLINES
        return name[:200] if is_byline else pseudonym(name, self._key)

    def _moment(self, raw: str) -> datetime | None:
        return read_moment(raw, UTC if self._file.form == "4cat" else self._zone)


def _build_mapping(source: Source, settings: Settings, file: Recognised) -> dict[str, str]:
    """What the header suggests, then what a saved mapping says, then what this source says."""
    saved = source.options.get("mapping", "")
    return {
        **propose(file.header),
        **(Mappings(settings.home).get(saved) if saved else {}),
        **read_columns(source.options.get("columns", "")),
    }


def _word(value: object) -> str:
    return storable(str(value)).strip() if isinstance(value, str | int | float) else ""


def _reach(get: Mapping[str, str]) -> dict[str, int]:
    """Counts as given; what no platform can count to is left out."""
    told = {name: read_count(get[name]) for name in _REACH}
    return {name: count for name, count in told.items() if count is not None}


def _identity(source: Source, platform: str, get: Mapping[str, str], words: str) -> str:
    """A platform's ids are the world's; row 1 of one office's list is not row 1 of another's."""
    if platform == "web" and canonical_url(get["url"]):
        return post_id("web", get["url"])
    numbered_here = platform == "web" or source.kind is SourceKind.TIPLINE
    if get["id"] and numbered_here:
        return post_id(platform, f"{source.id}/{get['id']}")
    return post_id(platform, get["id"] or get["url"] or words)
