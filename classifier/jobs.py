"""The nightly step: judge what the model has not read yet, and say so when flags jump."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from classifier.artefact import load_artefact
from classifier.grouping.jobs import place_posts
from classifier.installing import in_use
from indices.documents import Assessment, Post, ReviewStatus
from indices.identity import model_family
from indices.jobs import Alarm, JobContext, JobReport
from indices.queries import CountField, PostQuery
from indices.store import Store

if TYPE_CHECKING:
    from classifier.assessing import Assessor

BATCH_POSTS = 256
MOST_OUTDATED = 1_000
SURGE_FACTOR = 2.0
SURGE_LEAST_FLAGS = 10
"""Fewer flags than this are no surge, however small the past share."""
SURGE_LEAST_PAST = 200
"""How many posts must have been assessed before for their share to mean anything."""
USUAL_LEAST_SHARE = 0.05


def assess(context: JobContext) -> JobReport:
    """Assess all unread posts in batches; each batch is kept, so that a kill loses little."""
    store = context.store
    settings = in_use(context.settings)
    model = load_artefact(settings.model).id
    outdated = _outdated_flags(store, model)
    unread = _count_unread(store, model) + len(outdated)
    if not unread:
        counts = {"assessed": 0, "flagged": 0} | place_posts(context)
        return JobReport(job="assess", counts=counts)
    from classifier.assessing import load_assessor  # torch takes seconds: only with work for it

    assessor = load_assessor(settings, context.progress)
    past = _past_share(store)
    counts = _assess_all(context, assessor, outdated, unread)
    store.refresh()
    alarms = _surge_alarms(counts, past)
    return JobReport(job="assess", counts=counts | place_posts(context), alarms=alarms)


def _assess_all(
    context: JobContext, assessor: Assessor, outdated: list[Post], unread: int
) -> dict[str, int]:
    from classifier.library import entry_of

    store = context.store
    entries = [entry_of(fact_check) for fact_check in store.iter_fact_checks()]
    vectors_dir = context.settings.home / "cache"
    matcher = assessor.library(entries, context.progress, vectors_dir)
    counts = {"assessed": 0, "flagged": 0, "fact_checks": len(matcher.library)}
    with context.progress.bar("Assessing", total=unread) as bar:
        for posts in _batches(chain(outdated, store.iter_unassessed(assessor.model))):
            assessments, vectors = assessor.assess(posts, matcher, context.now)
            store.put_assessments(assessments, vectors)
            counts["assessed"] += len(assessments)
            counts["flagged"] += _n_flagged(assessments)
            bar.advance(len(posts))
    return counts


def _count_unread(store: Store, model: str) -> int:
    return sum(1 for _ in store.iter_unassessed(model))


def _outdated_flags(store: Store, model: str) -> list[Post]:
    """What waits for a decision on the word of a last layer that learnt on since; not too many."""
    waiting = PostQuery(flagged=True, statuses=(ReviewStatus.NEW,))
    outdated = (
        record.post
        for record in store.iter_records(waiting)
        if record.assessment
        and record.assessment.model != model
        and model_family(record.assessment.model) == model_family(model)
    )
    return list(islice(outdated, MOST_OUTDATED))


def _batches(posts: Iterator[Post]) -> Iterator[list[Post]]:
    while batch := list(islice(posts, BATCH_POSTS)):
        yield batch


def _n_flagged(assessments: list[Assessment]) -> int:
    return sum(assessment.flagged for assessment in assessments)


def _past_share(store: Store) -> float | None:
    """The flagged share of what was assessed before; None while that is too little to tell."""
    counts = store.count_by(PostQuery(), [CountField.FLAGGED])[CountField.FLAGGED]
    flagged, unflagged = counts.get("true", 0), counts.get("false", 0)
    if flagged + unflagged < SURGE_LEAST_PAST:
        return None
    return flagged / (flagged + unflagged)


def _surge_alarms(counts: dict[str, int], past: float | None) -> tuple[Alarm, ...]:
    if past is None or counts["flagged"] < SURGE_LEAST_FLAGS:
        return ()
    share = counts["flagged"] / counts["assessed"]
    if share <= SURGE_FACTOR * max(past, USUAL_LEAST_SHARE):
        return ()
    text = (
        f"Bagian unggahan yang ditandai melonjak: {share:.0%} dari {counts['assessed']} unggahan"
        f" baru, biasanya {past:.0%}."
    )
    return (Alarm(code="flag_surge", text=text),)
