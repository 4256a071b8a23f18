"""What an article said before it was changed, sentence by sentence, read from its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import partial
from importlib.metadata import entry_points

from indices.documents import Post, PostVersion
from indices.errors import BadInputError, LuruskanError
from indices.evidence.places import parse_place
from indices.evidence.reading import EvidenceLostError, EvidenceRecord, read_evidence
from indices.identity import text_hash
from indices.settings import Settings

GROUP = "luruskan.wordings"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_MOST_SENTENCES = 1_000


@dataclass(frozen=True, slots=True)
class Wording:
    """Title and text, accounts as pseudonyms; numbers are as they were seen: mask them."""

    title: str
    text: str


Reader = Callable[[EvidenceRecord, Post, Mapping[str, str], Settings], Wording | None]
"""Reads a kept response as its post's source does (its options); None where it is no article."""


class Fault(StrEnum):
    """Why it cannot be said what changed."""

    NOT_KEPT = "not_kept"
    LOST = "lost"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An earlier wording, and what the next one made of it."""

    version: PostVersion
    removed: tuple[str, ...] = ()
    """Sentences that the next wording no longer has; the title is one."""
    added: tuple[str, ...] = ()
    fault: Fault | None = None
    is_certain: bool = True
    """What was read from the evidence is what was stored then, by its hash."""


def find_changes(settings: Settings, post: Post, options: Mapping[str, str]) -> list[Change]:
    """Of every earlier wording, the newest first.

    Args:
        options: of the post's source.
    """
    read = partial(_read, settings, load_reader(), post, options)
    after: Wording | Fault = Wording(post.title, post.text)
    changes = []
    for version in reversed(post.versions):
        before = read(version.evidence)
        changes.append(_compare(version, before, after))
        after = before
    return changes


def load_reader() -> Reader:
    """What the package that collects registered under `luruskan.wordings`."""
    for entry_point in entry_points(group=GROUP, name="kept"):
        reader: Reader = entry_point.load()
        return reader
    raise LuruskanError("nothing is installed that reads evidence; run `make install` again")


def sentences_of(wording: Wording) -> list[str]:
    """The title, then the sentences of the text, as far as they are compared."""
    found = (part.strip() for part in _SENTENCE_END.split(wording.text))
    return [part for part in (wording.title, *found) if part][:_MOST_SENTENCES]


def _read(
    settings: Settings, reader: Reader, post: Post, options: Mapping[str, str], evidence: str
) -> Wording | Fault:
    if not evidence:
        return Fault.NOT_KEPT
    try:
        record = read_evidence(settings.evidence_dir, parse_place(evidence))
    except (EvidenceLostError, BadInputError):
        return Fault.LOST
    return reader(record, post, options, settings) or Fault.UNREADABLE


def _compare(version: PostVersion, before: Wording | Fault, after: Wording | Fault) -> Change:
    for each in (before, after):
        if isinstance(each, Fault):
            return Change(version=version, fault=each)
    assert isinstance(before, Wording)
    assert isinstance(after, Wording)
    removed, added = compare_sentences(sentences_of(before), sentences_of(after))
    certain = text_hash(before.title, before.text) == version.text_hash
    return Change(version=version, removed=removed, added=added, is_certain=certain)


def compare_sentences(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that went, and those that came, in order."""
    removed: list[str] = []
    added: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            removed += before[start:end]
            added += after[new_start:new_end]
    return tuple(removed), tuple(added)
