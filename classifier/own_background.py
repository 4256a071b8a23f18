"""A file of posts of the same stream, learnt as background for one run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from classifier.assessing import Assessor
from classifier.background import Background, Candidate, choose_background
from classifier.cleaning import read_text
from classifier.matching import ClaimMatcher
from classifier.posterior import FloatArray, side_by_side
from classifier.reading import BadLine, iter_posts
from classifier.refitting import Refit, background_lesson, refit, refit_heads
from classifier.scams import signs_in
from indices.documents import Match
from indices.errors import BadInputError
from indices.progress import Progress

LABEL = "Reading background"


@dataclass(frozen=True, slots=True)
class LearntBackground:
    """What one file taught."""

    background: Background
    fitted: Refit
    n_bad: int
    """Lines that could not be read."""


def learn_file(
    path: Path,
    assessor: Assessor,
    matcher: ClaimMatcher | None,
    weight: float,
    progress: Progress,
) -> tuple[Assessor, LearntBackground]:
    """An assessor that knows these posts as background.

    Raises:
        BadInputError: the file cannot be read, or holds too few posts.
    """
    bad: list[BadLine] = []
    background = choose_background(_candidates(path, bad))
    posts = list(background.posts)
    evidence = np.zeros(len(posts), dtype=np.float32)
    if matcher is not None:
        matches = _best_matches(assessor, posts, matcher, progress)
        open_ones = [index for index, match in enumerate(matches) if not (match and match.strong)]
        background.left_out["matched"] += len(posts) - len(open_ones)
        evidence = np.array([m.score if m else 0.0 for m in matches], dtype=np.float32)[open_ones]
        posts = [posts[index] for index in open_ones]
    columns = columns_of(assessor, [post.text for post in posts], evidence, progress)
    fitted = refit(
        assessor.artefact, background_lesson(columns, weight), with_library=matcher is not None
    )
    heads = refit_heads(assessor.artefact, fitted)
    layer = assessor.artefact.with_layer("background", heads, fitted.thresholds)
    return assessor.with_flagger(layer), LearntBackground(background, fitted, len(bad))


def told(learnt: LearntBackground, before: float) -> str:
    """What was learnt, in one line."""
    left_out = ", ".join(
        f"{count} {reason}" for reason, count in learnt.background.left_out.items()
    )
    return (
        f"background: learnt from {len(learnt.fitted.held_out)} posts"
        f" (left out: {left_out or 'none'}); threshold {before:.2f} -> "
        f"{learnt.fitted.thresholds['default']:.2f}, false flags on posts not yet learnt"
        f" {learnt.fitted.false_flags():.1%}"
    )


def _best_matches(
    assessor: Assessor, posts: Sequence[Candidate], matcher: ClaimMatcher, progress: Progress
) -> list[Match | None]:
    texts = [post.text for post in posts]
    vectors = assessor.matching_encoder.encode(texts, progress, LABEL)
    return [next(iter(found), None) for found in matcher.match(texts, vectors, limit=1)]


def columns_of(
    assessor: Assessor, texts: list[str], evidence: FloatArray, progress: Progress
) -> FloatArray:
    """The texts as the last layer sees them."""
    readings = assessor.flagging_encoder.read(texts, progress, LABEL)
    return side_by_side(readings, signs_in(assessor.artefact, texts, readings), evidence)


def _candidates(path: Path, bad: list[BadLine]) -> Iterator[Candidate]:
    try:
        with path.open("rb") as lines:
            for given in iter_posts(lines, datetime.now(UTC)):
                if isinstance(given, BadLine):
                    bad.append(given)
                    print(f"{path}: line {given.number}: {given.message}", file=sys.stderr)  # noqa: T201 (the report to the person)
                else:
                    yield _candidate(given.post.id, read_text(given.post), given.post.author)
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}); check the path") from error


def _candidate(id_: str, text: str, author: str) -> Candidate:
    return Candidate(id=f"{id_} {text[:80]}", text=text, author=author)
