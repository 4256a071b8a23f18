"""Posts in on one side, NDJSON answers out on the other, in order and in bounded memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from classifier.assessing import Assessor, load_assessor
from classifier.cleaning import read_text
from classifier.encoder import FloatArray
from classifier.freeing import give_memory_back
from classifier.grouping.pairs import load_pair_scorer
from classifier.grouping.streaming import StreamGrouper
from classifier.hashing import joined_sha256
from classifier.matching import ClaimMatcher
from classifier.own_background import learn_file, told
from classifier.reading import BadLine, GivenLibrary, GivenPost, iter_posts, read_library_file
from indices.documents import Assessment, Match, Post
from indices.progress import TerminalProgress
from indices.settings import ClassifierSettings, cache_dir

BATCH_LINES = 256
_SHOWN = 20


def match_stream(settings: ClassifierSettings, library: Path, lines: IO[bytes], limit: int) -> int:
    """Print the matches of each post.

    Returns:
        How many lines could not be read.
    """
    progress = TerminalProgress()
    known = read_library_file(library)  # a wrong file is told before anything is loaded
    n_bad = _complain_of_library(library, known)
    assessor = load_assessor(settings, progress)
    matcher = assessor.library(known.entries, progress, vectors_dir(library))
    for given, bad in _batches(lines):
        n_bad += _complain(bad)
        texts = [read_text(each.post) for each in given]
        vectors = assessor.matching_encoder.encode(texts)
        for each, matches in zip(given, matcher.match(texts, vectors, limit), strict=True):
            _print({"id": each.id, "matches": [_short(match, known) for match in matches]})
    return n_bad


def assess_stream(
    settings: ClassifierSettings,
    library: Path | None,
    lines: IO[bytes],
    background: Path | None = None,
    *,
    with_groups: bool = True,
) -> int:
    """Print the assessment of each post.

    Args:
        background: posts of the same stream, learnt as ordinary for this run.
        with_groups: say which posts tell the same claim; without a library that is half the work.

    Returns:
        How many lines could not be read.
    """
    progress = TerminalProgress()
    known = read_library_file(library) if library is not None else None
    n_bad = _complain_of_library(library, known) if library and known else 0
    assessor = load_assessor(settings, progress)
    matcher = None
    if library is not None and known is not None:
        matcher = assessor.library(known.entries, progress, vectors_dir(library))
    if background is not None:
        weight, before = settings.background_weight, assessor.flagger.thresholds["default"]
        assessor, learnt = learn_file(background, assessor, matcher, weight, progress)
        n_bad += learnt.n_bad
        print(told(learnt, before), file=sys.stderr)  # noqa: T201 (what the person asked for)
    grouper = StreamGrouper(load_pair_scorer(assessor.artefact)) if with_groups else None
    for given, bad in _batches(lines):
        n_bad += _complain(bad)
        posts = [each.post for each in given]
        assessments, vectors = _assess(assessor, posts, matcher, with_vectors=with_groups)
        groups = grouper.place(posts, vectors, assessments) if grouper else [""] * len(posts)
        for each, assessment, group in zip(given, assessments, groups, strict=True):
            _print(_answer(each.id, assessment, known) | ({"group": group} if grouper else {}))
    return n_bad


def vectors_dir(library: Path) -> Path:
    """Where the vectors of this library's titles are kept for the next run."""
    return cache_dir() / "libraries" / joined_sha256([str(library.resolve())])[:16]


def _assess(
    assessor: Assessor, posts: list[Post], matcher: ClaimMatcher | None, *, with_vectors: bool
) -> tuple[list[Assessment], FloatArray]:
    """With the matching encoder's vectors; empty where nobody needs them."""
    now = datetime.now(UTC)
    if matcher is not None:
        return assessor.assess(posts, matcher, now)
    texts = [read_text(post) for post in posts] if with_vectors else []
    return assessor.assess_alone(posts, now), assessor.matching_encoder.encode(texts)


def _batches(lines: Iterable[bytes]) -> Iterator[tuple[list[GivenPost], list[BadLine]]]:
    items = iter_posts(lines, datetime.now(UTC))
    while batch := list(islice(items, BATCH_LINES)):
        give_memory_back()
        given = [item for item in batch if isinstance(item, GivenPost)]
        yield given, [item for item in batch if isinstance(item, BadLine)]


def _complain(bad_lines: list[BadLine], place: str = "") -> int:
    for bad in bad_lines:
        print(f"{place}line {bad.number}: {bad.message}", file=sys.stderr)  # noqa: T201 (the report to the person)
    return len(bad_lines)


def _complain_of_library(library: Path, known: GivenLibrary) -> int:
    """A row without a title is told and is no fault; many of them in their number."""
    _complain(known.untitled[:_SHOWN], f"{library}: ")
    if len(known.untitled) > _SHOWN:
        rest = len(known.untitled) - _SHOWN
        print(f"{library}: {rest} more rows without id or title left out", file=sys.stderr)  # noqa: T201 (the report to the person)
    return _complain(known.bad_lines, f"{library}: ")


def _print(answer: dict[str, Any]) -> None:
    """One line in UTF-8 whatever the terminal's; half a character goes back as its JSON escape."""
    line = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")
    sys.stdout.buffer.write(line + b"\n")


def _short(match: Match, known: GivenLibrary) -> dict[str, Any]:
    id_ = known.id_as_given(match.fact_check_id)
    return {"id": id_, "score": match.score, "title": match.title}


def _answer(id_: str | int, assessment: Assessment, known: GivenLibrary | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": id_,
        "probability": assessment.probability,
        "flagged": assessment.flagged,
        "reasons": [
            {"code": reason.code, "text": reason.text, "weight": reason.weight}
            for reason in assessment.reasons
        ],
        "model": assessment.model,
    }
    if known is not None:
        answer["matches"] = [
            _short(match, known)
            | {"strong": match.strong, "shared_terms": list(match.shared_terms)}
            for match in assessment.matches
        ]
    return answer
