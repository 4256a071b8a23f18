"""The own region's places, for filters and for names; without a list there is nothing to choose."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from indices.documents import Post
from indices.errors import BadInputError
from indices.languages.guessing import guess_language
from indices.places.gazetteer import LEVELS, Gazetteer
from indices.places.table import FILE_NAME, load_gazetteer

Choice = tuple[str, str, int]
"""Code, name and how many posts."""


def own_places(home: Path, counts: Mapping[str, int]) -> list[Choice]:
    """Places of the own region that posts name: the regency, then districts and villages."""
    gazetteer = _known(home)
    named = [code for code in counts if code in gazetteer and gazetteer.is_own(code)]
    named.sort(key=lambda code: (LEVELS.index(gazetteer[code].level), gazetteer[code].name))
    return [(code, gazetteer[code].title, counts[code]) for code in named]


def own_region(home: Path) -> frozenset[str]:
    """Codes of the office's own regencies; empty where no list of places is known."""
    return _known(home).own


def explain_language(post: Post) -> str:
    """Why the post is marked so; empty where it would be marked otherwise now."""
    guessed = guess_language(f"{post.title}\n{post.text}", hint=post.language)
    return guessed.why if guessed.code == post.language else ""


def _known(home: Path) -> Gazetteer:
    path = home / FILE_NAME
    return _read(home, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(home: Path, _changed_at: int) -> Gazetteer:
    """A list that cannot be read is the doctor's to tell, and hides no post."""
    try:
        return load_gazetteer(home)
    except BadInputError:
        return Gazetteer()
