"""What an office's own posts and reviews teach: gathered, learnt, judged, put to use or refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from classifier.artefact import Artefact, load_artefact
from classifier.background import Candidate, choose_background
from classifier.cleaning import read_text
from classifier.encoder import Encoder, load_encoders
from classifier.gate import objections, probe_texts, standing_of
from classifier.installing import in_use, install, prune, use
from classifier.posterior import FloatArray, side_by_side
from classifier.refitting import Lesson, refit, refit_heads
from classifier.remembering import remembered_vectors
from classifier.scams import signs_in
from indices.documents import PostRecord, ReviewStatus
from indices.jobs import JobContext
from indices.judging import worth_deciding
from indices.model_history import ChangeKind, ModelChange, Standing, append_change
from indices.queries import PostQuery

RECENT = timedelta(days=30)
UNTOUCHED = frozenset({ReviewStatus.NEW})
MOST_REVIEWS = 5_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A post that a person judged."""

    record: PostRecord
    is_hoax: bool


@dataclass(slots=True)
class Gathered:
    """What the store offers for learning."""

    presumed: list[PostRecord] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def gather(context: JobContext, *, with_background: bool = True) -> Gathered:
    """Reviews of all time, and a sample of the last month's posts that nobody judged."""
    gathered = Gathered(judged=_judged(context))
    if with_background:
        query = PostQuery(collected_from=context.now - RECENT)
        records = {r.post.id: r for r in context.store.iter_records(query) if r.assessment}
        chosen = choose_background(_candidate(record) for record in records.values())
        gathered.presumed = [records[post.id] for post in chosen.posts]
        gathered.left_out = chosen.left_out
    return gathered


def judgement_of(record: PostRecord) -> bool | None:
    """Whether a person found the post worth a decision; None where that is not told."""
    return worth_deciding(record.review)


def learn(context: JobContext, gathered: Gathered) -> ModelChange:
    """Refit from training with what was gathered; put it to use where nothing speaks against it.

    Raises:
        BadInputError: too few posts.
        ArtefactError: the model cannot learn, or is broken.
    """
    settings = context.settings
    base = load_artefact(settings.classifier.model)
    present = load_artefact(in_use(settings).model)
    encoder = load_encoders(settings.classifier, base, context.progress)[1]
    lesson = _lesson(context, base, encoder, gathered)
    fitted = refit(base, lesson, with_library=True)
    heads = refit_heads(base, fitted)
    probes = _probe_columns(context, base, encoder)
    candidate = base.with_layer("candidate", heads, fitted.thresholds)
    reasons = objections(present, fitted, candidate, probes)
    model = base.id
    if not reasons:
        facts = dict(base.facts) | {"thresholds": dict(fitted.thresholds)}
        name, model = install(settings, base, heads, facts, context.now)
        use(settings, name)
        prune(settings.home)
    change = ModelChange(
        kind=ChangeKind.REFUSED if reasons else ChangeKind.LEARNT,
        at=context.now,
        model=model,
        before=present.id,
        n_posts=len(gathered.presumed),
        n_reviews=len(gathered.judged),
        left_out=dict(gathered.left_out),
        was=standing_of(present, fitted),
        now=Standing(
            threshold=fitted.thresholds["default"],
            false_flags=round(fitted.false_flags(), 4),
            hoaxes_flagged=round(fitted.hoaxes_flagged(), 4),
        ),
        reasons=reasons,
    )
    append_change(settings.home, change)
    return change


def _judged(context: JobContext) -> list[Judged]:
    statuses = tuple(status for status in ReviewStatus if status not in UNTOUCHED)
    found: list[Judged] = []
    for record in context.store.iter_records(PostQuery(statuses=statuses)):
        judgement = judgement_of(record)
        if judgement is not None:
            found.append(Judged(record, judgement))
    newest = sorted(found, key=lambda each: _reviewed_at(each.record), reverse=True)
    return newest[:MOST_REVIEWS]


def _reviewed_at(record: PostRecord) -> float:
    return record.review.reviewed_at.timestamp() if record.review else 0.0


def _candidate(record: PostRecord) -> Candidate:
    post, assessment, review = record.post, record.assessment, record.review
    return Candidate(
        id=post.id,
        text=read_text(post),
        source=post.source_id,
        author=post.author,
        is_matched=bool(assessment and any(match.strong for match in assessment.matches)),
        is_judged=review is not None
        and (review.status not in UNTOUCHED or review.label is not None),
    )


def _lesson(context: JobContext, base: Artefact, encoder: Encoder, gathered: Gathered) -> Lesson:
    settings = context.settings.classifier
    records = [*gathered.presumed, *(judged.record for judged in gathered.judged)]
    n_presumed = len(gathered.presumed)
    presumed = np.arange(len(records)) < n_presumed
    evidence = np.array([_best_match(record) for record in records], dtype=np.float32)
    texts = [read_text(record.post) for record in records]
    cache = context.settings.home / "cache" / "lesson"  # what was read last night is there
    vectors = remembered_vectors(encoder, texts, cache, context.progress, "Reading posts")
    readings = encoder.with_words(texts, vectors)
    columns = side_by_side(readings, signs_in(base, texts, readings), evidence)
    is_hoax = np.array([False] * n_presumed + [judged.is_hoax for judged in gathered.judged])
    weights = np.where(presumed, settings.background_weight, settings.review_weight)
    return Lesson(columns, is_hoax.astype(bool), presumed, weights)


def _best_match(record: PostRecord) -> float:
    matches = record.assessment.matches if record.assessment else ()
    return matches[0].score if matches else 0.0


def _probe_columns(context: JobContext, base: Artefact, encoder: Encoder) -> FloatArray:
    texts = probe_texts()
    readings = encoder.read(texts, context.progress, "Reading probes")
    nothing = np.zeros(len(texts), dtype=np.float32)
    return side_by_side(readings, signs_in(base, texts, readings), nothing)
