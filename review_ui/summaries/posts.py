"""Posts of a week counted: collected, assessed, flagged, and not yet looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from indices.documents import Post, PostRecord, ReviewStatus
from indices.queries import PostQuery
from indices.store import Store
from review_ui.desk.models import PostReview
from review_ui.summaries.figures import PostCounts
from review_ui.summaries.weeks import Week


def count_posts(store: Store, session: Session, week: Week, as_of: datetime) -> PostCounts:
    """Count what was published in the week, or collected where the source gave no time."""
    by_day: Counter[date] = Counter()
    flagged_by_day: Counter[date] = Counter()
    by_source: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    models: Counter[str] = Counter()
    flagged: list[str] = []
    for record in iter_week_records(store, week, as_of):
        day = week.day_of(moment_of(record.post))
        by_day[day] += 1
        by_source[record.post.source_id] += 1
        if record.assessment is None:
            continue
        models[record.assessment.model] += 1
        if record.assessment.flagged:
            flagged.append(record.post.id)
            flagged_by_day[day] += 1
            topics[record.assessment.topic or "lain-lain"] += 1
    return PostCounts(
        collected=by_day.total(),
        assessed=models.total(),
        flagged=len(flagged),
        undecided=len(flagged) - _count_reviewed(session, flagged, as_of),
        collected_by_day=dict(by_day),
        flagged_by_day=dict(flagged_by_day),
        flagged_topics=dict(sorted(topics.items(), key=lambda item: (-item[1], item[0]))),
        by_source=dict(by_source),
        models=tuple(sorted(models)),
    )


def iter_week_records(store: Store, week: Week, as_of: datetime) -> Iterator[PostRecord]:
    """Each post of the week once."""
    start = week.starts_at
    yield from store.iter_records(PostQuery(published_from=start, published_until=as_of))
    for record in store.iter_records(PostQuery(collected_from=start, collected_until=as_of)):
        if record.post.published_at is None:
            yield record


def moment_of(post: Post) -> datetime:
    """When a post appeared, as far as anybody knows."""
    return post.published_at or post.collected_at


def _count_reviewed(session: Session, post_ids: Iterable[str], as_of: datetime) -> int:
    """How many of them somebody had looked at by then."""
    return sum(
        len(
            session.scalars(
                select(PostReview.post_id)
                .where(
                    PostReview.post_id.in_(some),
                    PostReview.reviewed_at < as_of,
                    PostReview.status != ReviewStatus.NEW,
                )
                .distinct()
            ).all()
        )
        for some in _batches(post_ids, 500)
    )


def _batches(post_ids: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Databases bound the number of parameters of one statement."""
    remaining = iter(post_ids)
    while some := tuple(islice(remaining, size)):
        yield some
