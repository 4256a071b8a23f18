"""Which column of an export means what, in the words that exports use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from crawlers.extraction.dates import parse_date
from crawlers.extraction.plain import plain_text
from crawlers.moments import believable
from crawlers.pseudonyms import pseudonym
from crawlers.work import SourceWork
from indices.documents import Post, Source, SourceKind
from indices.identity import canonical_url, post_id, text_hash

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "post_id", "item_id", "message_id", "tweet_id", "id_str"),
    "url": ("url", "link", "tautan", "permalink", "post_url", "alamat"),
    "title": ("title", "judul", "headline"),
    "text": ("text", "teks", "isi", "body", "content", "konten", "full_text", "tweet", "message",
             "pesan", "caption", "narasi", "post_text", "description", "komentar", "comment"),
    "author": ("author", "penulis", "username", "user", "akun", "pengirim", "sender", "from"),
    "published_at": ("published_at", "created_at", "tanggal", "date", "datetime", "waktu", "time",
                     "timestamp", "published", "tanggal_terbit"),
    "platform": ("platform", "kanal", "channel"),
    "language": ("language", "lang", "bahasa"),
    "region": ("region", "wilayah", "daerah"),
    "section": ("section", "kategori", "category", "rubrik"),
    "likes": ("likes", "like_count", "favorite_count", "suka"),
    "shares": ("shares", "share_count", "retweet_count", "bagikan"),
    "replies": ("replies", "reply_count", "comments", "comment_count"),
    "views": ("views", "view_count", "dilihat", "play_count"),
    "forwards": ("forwards", "forward_count", "diteruskan"),
}  # fmt: skip
_REACH = ("likes", "shares", "replies", "views", "forwards")
_LONGEST_TEXT = 200_000


class Columns:
    """Builds posts out of rows, as the source's options say."""

    def __init__(self, work: SourceWork) -> None:
        self._work = work
        self._mapping = _read_mapping(work.source.options.get("columns", ""))
        self._platform = work.source.options.get("platform", "web")
        self._key = work.settings.crawl.pseudonym_key.get_secret_value()

    def build(self, row: Mapping[str, Any]) -> Post:
        """The post of a row.

        Raises:
            ValueError: the row has no text.
        """
        values = {str(name).strip().lower(): value for name, value in row.items() if name}
        get = {field: self._find(field, values) for field in _ALIASES}
        title, text = plain_text(get["title"]), plain_text(get["text"])[:_LONGEST_TEXT]
        if not text and not title:
            raise ValueError("has no text; name its column with -o columns=text=COLUMN")
        platform = (get["platform"] or self._platform).lower()[:40]
        source, now = self._work.source, self._work.clock.now()
        return Post(
            id=_identity(source, platform, get, f"{title}\n{text}"),
            source_id=source.id,
            source_kind=source.kind,
            platform=platform,
            url=get["url"][:2000],
            canonical_url=canonical_url(get["url"]),
            title=title,
            text=text or title,
            author=_author(platform, get["author"], self._key),
            published_at=believable(self._moment(get["published_at"]), now),
            published_raw=get["published_at"][:200],
            collected_at=now,
            language=get["language"][:8].lower() or source.language,
            region=get["region"][:100] or source.region,
            section=get["section"][:100],
            reach=_reach(get),
            text_hash=text_hash(title, text or title),
        )

    def _find(self, field: str, values: Mapping[str, Any]) -> str:
        names = (self._mapping[field],) if field in self._mapping else _ALIASES[field]
        for name in names:
            value = values.get(name)
            if isinstance(value, str | int | float) and str(value).strip():
                return str(value).replace("\0", "").strip()
        return ""

    def _moment(self, raw: str) -> datetime | None:
        if raw.isdecimal() and len(raw) in {10, 13}:
            return datetime.fromtimestamp(int(raw[:10]), UTC)
        written = parse_date(raw, self._work.zone) if raw else None
        return written.moment if written else None


def _author(platform: str, name: str, key: str) -> str:
    """A byline of the web stays; who posts on a platform gets a pseudonym."""
    return name[:200] if platform == "web" else pseudonym(name, key)


def _reach(get: Mapping[str, str]) -> dict[str, int]:
    """Counts as given; what no platform can count to is left out."""
    told = {name: get[name] for name in _REACH}
    return {name: int(n) for name, n in told.items() if n.isdecimal() and len(n) <= 12}


def _identity(source: Source, platform: str, get: Mapping[str, str], words: str) -> str:
    """A platform's ids are the world's; row 1 of one office's list is not row 1 of another's."""
    if platform == "web" and canonical_url(get["url"]):
        return post_id("web", get["url"])
    numbered_here = platform == "web" or source.kind is SourceKind.TIPLINE
    if get["id"] and numbered_here:
        return post_id(platform, f"{source.id}/{get['id']}")
    return post_id(platform, get["id"] or get["url"] or words)


def _read_mapping(option: str) -> dict[str, str]:
    """`text=isi,url=tautan` to field and column."""
    pairs = (pair.partition("=") for pair in option.split(",") if pair.strip())
    return {field.strip().lower(): column.strip().lower() for field, _, column in pairs}
