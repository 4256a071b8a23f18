"""A small invented data set in the research data's form, measured once for all tests here."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier.bundled import ensure_bundled
from classifier.evaluation.building import Evaluation
from classifier.evaluation.running import measure
from classifier.training.corpus import (
    DISTRACTORS_FILE,
    LIBRARY_FILE,
    ORDINARY_SOURCES,
    PAIRS_FILE,
)
from indices.progress import SilentProgress
from indices.settings import Settings

PLACES = "Sarang Lembah Bukit Muara Teluk Tanjung Rawa Hulu".split()
SUBJECTS = "bendungan vaksin gempa bantuan pinjaman sekolah masjid polisi presiden jembatan".split()
ENDINGS = "hari ini,pekan depan,sejak pagi,kata tetangga,di balai desa,menurut warga".split(",")


def ordinary(name: str, number: int) -> str:
    place, ending = PLACES[number % 8], ENDINGS[number % 6]
    return f"warga {place} bercerita tentang {SUBJECTS[number % 10]} {name} {number} {ending}"


def hoax(number: int) -> str:
    return (
        f"AWAS!!! {SUBJECTS[number % 10]} di {PLACES[number % 8]} nomor {number} berbahaya,"
        " SEBARKAN sebelum dihapus!"
    )


def write(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def title(number: int) -> str:
    if number % 4 == 0:  # hard to find: none of the post's words
        return f"penjelasan resmi dinas mengenai kabar {number + 1000}"
    return f"{SUBJECTS[number % 10]} di {PLACES[number % 8]} nomor {number} tidak berbahaya"


def a_pair(number: int) -> dict[str, object]:
    split = ("train", "dev", "test")[number % 3]
    return {
        "id": f"tbh{number}",
        "split": split,
        "verdict": "PENIPUAN" if number % 5 == 0 else "SALAH",
        "post_text": hoax(number),
        "title": title(number),
        "near_dup_of_earlier": "",
        "date": f"2025-{7 + number % 4:02d}-01" if split == "test" else "2024-05-01",
    }


def write_data(directory: Path) -> None:
    pairs = [a_pair(number) for number in range(150)]
    write(directory / PAIRS_FILE, pairs)
    titles = [{"id": p["id"], "title": p["title"], "date": p["date"]} for p in pairs]
    write(directory / LIBRARY_FILE, titles)
    write(directory / DISTRACTORS_FILE, [{"id": 1, "clean_title": "kabar lama yang usang"}])
    files: dict[str, list[dict[str, object]]] = {"sms_spam_v1": []}
    for source in ORDINARY_SOURCES:
        column, value = source.only
        for number in range(45):
            row: dict[str, object] = {source.column: ordinary(source.name, number)}
            row |= {column: value} if column else {}
            files.setdefault(source.file, []).append(row)
    files["sms_spam_v1"] += [
        {"teks": f"Anda menang undian {n} juta, hubungi kami di kantor {n}", "label": "1"}
        for n in range(45)
    ]
    for name, rows in files.items():
        columns = dict.fromkeys(key for row in rows for key in row)
        write(directory / f"{name}.csv.gz", [{c: row.get(c, "") for c in columns} for row in rows])


@pytest.fixture(scope="package")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evaluation]:
    """Measured with the shipped model; vectors go to a cache of their own."""
    encoder = ensure_bundled(SilentProgress())
    data, cache = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("cache")
    (cache / encoder.name).symlink_to(encoder)
    write_data(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LURUSKAN_CACHE", str(cache))
        yield measure(Settings(home=tmp_path_factory.mktemp("home")), data, whole=False)
