"""Which column means what: proposed from names in Indonesian and English, saved under a name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from indices.codec import json_line
from indices.errors import BadInputError
from indices.whole_files import whole_file

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "post_id", "item_id", "message_id", "tweet_id", "id_str", "postid"),
    "url": ("url", "link", "tautan", "permalink", "post_url", "facebookurl"),
    "title": ("title", "judul", "headline", "subject", "perihal"),
    "text": ("text", "teks", "isi", "body", "content", "konten", "full_text", "tweet", "message",
             "pesan", "caption", "narasi", "post_text", "description", "komentar", "comment",
             "uraian", "aduan", "laporan", "kronologi", "unggahan", "postingan", "keterangan"),
    "author": ("author", "penulis", "username", "user", "akun", "pengirim", "sender", "from",
               "pelapor", "nama"),
    "published_at": ("published_at", "created_at", "unix_timestamp", "tanggal", "date", "datetime",
                     "waktu", "time", "timestamp", "published", "tanggal_terbit", "tgl"),
    "platform": ("platform", "kanal", "channel", "media"),
    "language": ("language", "lang", "bahasa"),
    "region": ("region", "wilayah", "daerah", "kecamatan", "kabupaten", "lokasi"),
    "section": ("section", "kategori", "category", "rubrik", "topik"),
    "likes": ("likes", "like_count", "favorite_count", "suka", "num_likes"),
    "shares": ("shares", "share_count", "retweet_count", "bagikan", "reposts", "dibagikan"),
    "replies": ("replies", "reply_count", "comments", "comment_count", "num_comments", "balasan"),
    "views": ("views", "view_count", "dilihat", "play_count", "plays", "impression_count",
              "tayangan"),
    "forwards": ("forwards", "forward_count", "diteruskan"),
}  # fmt: skip
_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_WORDS = re.compile(r"[^\W_]+")
HEADER_ROWS = 20
"""Of a table; names of columns are looked for no farther down."""
_WORD_ALONE = frozenset({"id", "from", "media", "nama", "user", "time", "date"})
"""Too common to be believed inside a longer name: `id pelanggan`, `nama program`."""


def propose(header: Iterable[str]) -> dict[str, str]:
    """Field to column, each used once: whole names first, then names that hold the word."""
    columns = {each.strip().lower(): each for each in header if each.strip()}
    chosen: dict[str, str] = {}
    for whole in (True, False):
        for field, aliases in ALIASES.items():
            free = {low: name for low, name in columns.items() if name not in chosen.values()}
            found = field not in chosen and _find(aliases, free, whole=whole)
            if found:
                chosen[field] = free[found]
    return chosen


def find_header(
    rows: Iterable[tuple[int, Sequence[str]]],
) -> tuple[int, tuple[str, ...]] | None:
    """Number and names of the first row that names a text; else of the first with two names.

    A table that people made often begins with its title and its period.

    Args:
        rows: each with its number.
    """
    named = [
        (number, tuple(_without_empty_end(cells)))
        for number, cells in rows
        if sum(map(bool, cells)) > 1
    ]
    with_text = (each for each in named if names_a_text(each[1]))
    return next(with_text, named[0] if named else None)


def names_a_text(header: Iterable[str]) -> bool:
    """One of its columns is the text or the title."""
    return not {"text", "title"}.isdisjoint(propose(header))


def is_a_column(header: Iterable[str]) -> bool:
    """One of its names is exactly a field's, not a title that only holds such a word."""
    names = {each.lower().replace(" ", "_") for each in header}
    return any(not names.isdisjoint(aliases) for aliases in ALIASES.values())


def _without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    filled = [number for number, cell in enumerate(cells, 1) if cell]
    return cells[: filled[-1]] if filled else ()


def read_columns(option: str) -> dict[str, str]:
    """`text=isi,url=tautan` to field and column.

    Raises:
        BadInputError: a field that posts do not have.
    """
    pairs = (pair.partition("=") for pair in option.split(",") if pair.strip())
    return _checked({field.strip().lower(): column.strip() for field, _, column in pairs})


def _checked(columns: dict[str, str]) -> dict[str, str]:
    for field, column in columns.items():
        if field not in ALIASES or not column:
            known = ", ".join(ALIASES)
            raise BadInputError(f"columns: {field!r} must be FIELD=COLUMN; fields are: {known}")
    return columns


class Mappings:
    """The mappings of an installation: `mappings/NAME.toml` in its data directory."""

    def __init__(self, home: Path) -> None:
        self._directory = home / "mappings"

    def names(self) -> list[str]:
        """All that are saved."""
        return sorted(path.stem for path in self._directory.glob("*.toml"))

    def get(self, name: str) -> dict[str, str]:
        """Field to column.

        Raises:
            BadInputError: there is none of that name, or its file is broken.
        """
        path = self._path(name)
        try:
            columns = tomllib.loads(path.read_text(encoding="utf-8")).get("columns", {})
        except FileNotFoundError as error:
            known = ", ".join(self.names()) or "none yet"
            raise BadInputError(f"no mapping {name!r}; there are: {known}") from error
        except (OSError, ValueError) as error:
            raise BadInputError(f"{path}: cannot be read ({error}); correct it there") from error
        return _checked({field: str(column) for field, column in columns.items()})

    def save(self, name: str, columns: Mapping[str, str]) -> Path:
        """Write it, replacing one of the same name."""
        path = self._path(name)
        lines = ["# Which column means what; used by -o mapping=" + name, "[columns]"]
        lines += [f"{field} = {json_line(column)}" for field, column in columns.items()]
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(path) as out:
            out.write("\n".join([*lines, ""]).encode())
        return path

    def remove(self, name: str) -> bool:
        """True if there was one."""
        path = self._path(name)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def _path(self, name: str) -> Path:
        if not _NAME.match(name) or len(name) > 60:
            raise BadInputError(f"mapping {name!r} must be lower-case words joined by hyphens")
        return self._directory / f"{name}.toml"


def _find(aliases: tuple[str, ...], columns: Mapping[str, str], *, whole: bool) -> str:
    for alias in aliases:
        for column in columns:
            words = _WORDS.findall(column)
            if whole and column.replace(" ", "_") == alias:
                return column
            if not whole and alias in words and alias not in _WORD_ALONE:
                return column
    return ""
