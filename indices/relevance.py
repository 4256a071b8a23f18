"""Which posts of a source are kept: all, or those that are about the own region; and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from indices.documents import PlaceTag, Post, Source, SourceKind
from indices.places.gazetteer import Gazetteer, keys_of

OPTION = "relevance"
CHOICES = ("all", "region", "province")
"""What the option of a source may say; `all` where it says nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a post is kept, and why, in Indonesian words."""

    kept: bool
    why: str


class RelevanceRule:
    """The same for all sources that set it: the own places, and the office's keywords."""

    def __init__(self, gazetteer: Gazetteer, keywords: Iterable[str]) -> None:
        self.gazetteer = gazetteer
        self._keywords = {word: keys for word in keywords if (keys := _joined(word)).strip()}

    def judge(self, source: Source, post: Post) -> Verdict:
        """Of a post whose places were found.

        Returns:
            Kept without a reason where the source wants everything.
        """
        asked = source.options.get(OPTION, "all")
        if asked == "all":
            return Verdict(True, "")
        if why := self._why_kept(source, post, asked):
            return Verdict(True, why)
        return Verdict(False, f"tidak menyebut wilayah sendiri atau kata kunci; {_others(post)}")

    def apply(self, source: Source, post: Post) -> tuple[Post, Verdict]:
        """The post with the reason for which it is kept."""
        verdict = self.judge(source, post)
        return replace(post, relevance=verdict.why if verdict.kept else ""), verdict

    def fingerprint(self, source: Source) -> str:
        """Changes when a post that was left might be kept now."""
        own = sorted(
            f"{place.code} {place.name} {place.aliases}"
            for place in self.gazetteer
            if self.gazetteer.is_own(place.code)
        )
        said = [source.options.get(OPTION, ""), source.region, *sorted(self._keywords), *own]
        return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()[:8]

    def _why_kept(self, source: Source, post: Post, asked: str) -> str:
        if not self.gazetteer.own:
            return "daftar tempat belum diisi, jadi semua disimpan"
        if source.kind is SourceKind.FACT_CHECKER:
            return "cek fakta"
        if named := self._find_own(post, asked):
            return f"menyebut {named.name}: {named.why}"
        if keyword := self._find_keyword(post):
            return f"memuat kata kunci “{keyword}”"
        is_local = self.gazetteer.is_of_own_region(post.region or source.region)
        return "sumbernya dari wilayah sendiri" if is_local else ""

    def _find_own(self, post: Post, asked: str) -> PlaceTag | None:
        around = self.gazetteer.around_own if asked == "province" else frozenset()
        return next(
            (
                tag
                for tag in post.places
                if self.gazetteer.is_own(tag.code)
                or not around.isdisjoint((tag.code, *tag.parents))
            ),
            None,
        )

    def _find_keyword(self, post: Post) -> str:
        if not self._keywords:
            return ""
        words = _joined(f"{post.title}\n{post.text}")
        return next((word for word, keys in self._keywords.items() if keys in words), "")


def _joined(text: str) -> str:
    return f" {' '.join(keys_of(text))} "


def _others(post: Post) -> str:
    names = ", ".join(tag.name for tag in post.places[:3])
    return f"tempat yang disebut: {names}" if names else "tidak menyebut tempat"
