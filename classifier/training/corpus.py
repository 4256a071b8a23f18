"""The research data that `LURUSKAN_TEST_DATA` names, read as pairs, titles and ordinary posts.

See the data's own README for where it comes from. None of it is stored in an artefact.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.cleaning import clean_text
from indices.errors import BadInputError

VARIABLE = "LURUSKAN_TEST_DATA"
PAIRS_FILE = "tbh_claim_post_pairs_2018-2025-11.csv.gz"
LIBRARY_FILE = "factcheck_library_titles_to_2025-11.csv.gz"
DISTRACTORS_FILE = "komdigi_titles_stemmed.csv.gz"
SHORTEST_TEXT = 12
"""Characters after cleaning; less says nothing."""
NOT_HOAXES = {"BENAR", "KLARIFIKASI", "BERITA"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A circulating post and the fact-check that answered it."""

    fact_check_id: str
    split: str
    """`train` (to 2024-12), `dev` (2025-01..06), `test` (2025-07..11) or `undated`."""
    verdict: str
    text: str
    title: str
    repeats_earlier: bool
    """A near-duplicate of a post that was checked before."""
    date: str = ""
    """ISO date of the fact-check; empty where unknown."""

    @property
    def is_hoax(self) -> bool:
        """Whether the fact-checker found it false, misleading or a fraud."""
        return self.verdict not in NOT_HOAXES and bool(self.verdict)

    @property
    def is_scam(self) -> bool:
        """Whether the fact-checker called it a fraud."""
        return self.verdict.startswith("PENIPUAN")


@dataclass(frozen=True, slots=True)
class Title:
    """One entry of the library that posts are matched against."""

    id: str
    title: str
    date: str
    """ISO date; empty where unknown."""


@dataclass(frozen=True, slots=True)
class OrdinarySource:
    """A collection of posts that nobody called a hoax; nearly all are ordinary."""

    name: str
    file: str
    column: str
    kind: str
    """`social`, `comment`, `news`, `article`, `everyday` or `message`."""
    only: tuple[str, str] = ("", "")
    """A column and the value it must have."""


ORDINARY_SOURCES = (
    OrdinarySource("x_mbg_jan_feb", "x_mbg_2025_jan_feb", "text", "social"),
    OrdinarySource("x_mbg_sep", "x_mbg_2025_sep", "text", "social"),
    OrdinarySource("x_vaksin", "x_vaksin_covid_2021", "text", "social"),
    OrdinarySource("x_corona", "x_corona_jakarta_2020", "text", "social"),
    OrdinarySource("x_pilkada_jatim", "x_pilkada_jatim_2024", "text", "social"),
    OrdinarySource("x_purbaya", "x_purbaya_2025", "text", "social"),
    OrdinarySource("x_replies_mbg", "x_replies_mbg_2025", "text", "comment"),
    OrdinarySource("yt_banten", "youtube_comments_pilkada_banten_2024", "text", "comment"),
    OrdinarySource("yt_tunjangan", "youtube_comments_tunjangan_dpr_2025", "text", "comment"),
    OrdinarySource("yt_titles", "youtube_video_metadata_2025", "title", "news"),
    OrdinarySource("yt_descriptions", "youtube_video_metadata_2025", "description", "article"),
    OrdinarySource("tweets_emotion", "indonlu_emot_tweets", "tweet", "everyday"),
    OrdinarySource("reviews_smsa", "indonlu_smsa", "text", "everyday"),
    OrdinarySource(
        "headlines_kompas",
        "headlines_kompas_detik_2025-10-06_2025-11-23",
        "title",
        "news",
        ("source", "Kompas"),
    ),
    OrdinarySource(
        "headlines_detik",
        "headlines_kompas_detik_2025-10-06_2025-11-23",
        "title",
        "news",
        ("source", "Detik"),
    ),
    OrdinarySource("headlines_pilpres", "headlines_pilpres_2023_apta", "title", "news"),
    OrdinarySource("leads_a", "news_articles_2025", "lead60", "article", ("src", "gikirima")),
    OrdinarySource("articles_b", "news_articles_2025", "text", "article", ("src", "zainoor")),
    OrdinarySource("sms_normal", "sms_spam_v1", "teks", "message", ("label", "0")),
    OrdinarySource("sms_promotion", "sms_spam_v1", "teks", "message", ("label", "2")),
)


def data_dir() -> Path:
    """The directory that `LURUSKAN_TEST_DATA` names.

    Raises:
        BadInputError: the variable is unset or names no such directory.
    """
    given = os.environ.get(VARIABLE, "")
    if not given:
        raise BadInputError(f"{VARIABLE} is not set: name the directory of the training data in it")
    return checked_data_dir(Path(given), f"{VARIABLE}={given}")


def checked_data_dir(path: Path, given_as: str) -> Path:
    """The directory, if the research data is there.

    Raises:
        BadInputError: it is not.
    """
    if not (path / PAIRS_FILE).exists():
        raise BadInputError(f"{given_as}: no {PAIRS_FILE} there; name the data's directory")
    return path


def read_pairs(directory: Path) -> list[Pair]:
    """All posts with the title of their fact-check, in the file's order."""
    return [
        Pair(
            fact_check_id=row["id"],
            split=row["split"],
            verdict=row["verdict"],
            text=row["post_text"],
            title=row["title"],
            repeats_earlier=bool(row["near_dup_of_earlier"]),
            date=row["date"],
        )
        for row in _read_rows(directory / PAIRS_FILE)
        if clean_text(row["post_text"]) and clean_text(row["title"])
    ]


def read_library(directory: Path, *, with_distractors: bool = False) -> list[Title]:
    """Fact-check titles; the government's undated, stemmed ones only as distractors."""
    titles = [
        Title(row["id"], row["title"], row["date"]) for row in _read_rows(directory / LIBRARY_FILE)
    ]
    if with_distractors:
        rows = _read_rows(directory / DISTRACTORS_FILE)
        titles += [Title(f"komdigi{row['id']}", row["clean_title"], "") for row in rows]
    return titles


def read_scam_messages(directory: Path) -> list[str]:
    """Fraud by SMS, of about 2014."""
    rows = _read_rows(directory / "sms_spam_v1.csv.gz")
    return _distinct(row["teks"] for row in rows if row["label"] == "1")


def read_ordinary(directory: Path, source: OrdinarySource, limit: int | None = None) -> list[str]:
    """Distinct texts of one source, in an order that is random but always the same."""
    column, value = source.only
    rows = _read_rows(directory / f"{source.file}.csv.gz")
    texts = (row[source.column] or "" for row in rows if not column or row[column] == value)
    return _distinct(sorted(texts, key=stable_order), limit)


def stable_order(text: str) -> str:
    """A key that shuffles texts the same way on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def data_hash(directory: Path) -> str:
    """16 hexadecimal digits of all data files: names the data that figures were measured on."""
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.csv.gz")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _distinct(texts: Iterable[str], limit: int | None = None) -> list[str]:
    """Texts that differ after cleaning, so many at most; the nearly empty ones go."""
    kept: dict[str, str] = {}
    for text in texts:
        cleaned = clean_text(text)
        if len(cleaned) >= SHORTEST_TEXT:
            kept.setdefault(cleaned, text)
        if limit is not None and len(kept) >= limit:
            break
    return list(kept.values())


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read; restore the training data") from error
