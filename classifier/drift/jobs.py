"""The weekly measure: last week's posts against the four weeks before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from classifier.drift.distances import (
    NOTABLE_MEANING,
    RAREST,
    binned,
    is_notable,
    meaning_distance,
    rarity,
    stability_index,
)
from classifier.hashing import joined_sha256
from indices.documents import Assessment, PostRecord
from indices.drift_history import WeekOfPosts, append_week, read_drift
from indices.jobs import Alarm, JobContext, JobReport
from indices.queries import PostQuery
from indices.store import Store

FloatArray = NDArray[np.float32]

WEEK = timedelta(days=7)
WEEKS_BEFORE = 4
LEAST_POSTS = 100
"""Fewer in either group tell nothing."""
MOST_VECTORS = 400
NAMES = {
    "probability": "peluang",
    "match": "kemiripan cek fakta",
    "language": "bahasa",
    "length": "panjang teks",
    "source_kind": "jenis sumber",
    "meaning": "isi",
}
_TENTHS = tuple(np.arange(0.1, 1.0, 0.1))
_LENGTHS = (40, 80, 160, 320, 640, 1280)


@dataclass(frozen=True, slots=True)
class Period:
    """The assessed posts of some days, in figures."""

    n_posts: int
    flagged: int
    counts: dict[str, Counter[str]]
    models: Counter[str]
    chosen_ids: tuple[str, ...]
    """Some posts, by chance, whose vectors are compared."""

    @property
    def flagged_share(self) -> float:
        """0 to 1."""
        return self.flagged / self.n_posts if self.n_posts else 0.0


def drift(context: JobContext) -> JobReport:
    """Measure the week that ended last, unless that was done."""
    monday = _last_monday(context)
    name = f"{monday - WEEK:%G-W%V}"
    if any(week.week == name for week in read_drift(context.settings.home)):
        return JobReport(job="drift", counts={"measured": 0})
    now = _period(context.store, monday - WEEK, monday)
    before = _period(context.store, monday - (WEEKS_BEFORE + 1) * WEEK, monday - WEEK)
    counts = {"measured": 0, "posts": now.n_posts, "before": before.n_posts}
    if min(now.n_posts, before.n_posts) < LEAST_POSTS:
        return JobReport(job="drift", counts=counts)  # more may still be assessed
    week = _compare(context, name, now, before)
    append_week(context.settings.home, week)
    return JobReport(job="drift", counts=counts | {"measured": 1}, alarms=_alarms(week))


def _compare(context: JobContext, name: str, now: Period, before: Period) -> WeekOfPosts:
    distances, drifted = {}, []
    for key, counts in now.counts.items():
        index = stability_index(counts, before.counts[key])
        distances[key] = round(index, 3)
        if is_notable(index, counts, before.counts[key]):
            drifted.append(key)
    new, old = (_vectors(context.store, period.chosen_ids) for period in (now, before))
    if min(len(new), len(old)) >= LEAST_POSTS:
        distance = meaning_distance(new, old)
        distances["meaning"] = round(distance, 3)
        if distance >= NOTABLE_MEANING and rarity(new, old) <= RAREST:
            drifted.append("meaning")
    return WeekOfPosts(
        week=name,
        measured_at=context.now,
        model=now.models.most_common(1)[0][0],
        n_posts=now.n_posts,
        n_before=before.n_posts,
        flagged_share=round(now.flagged_share, 4),
        flagged_before=round(before.flagged_share, 4),
        distances=distances,
        drifted=tuple(drifted),
    )


def _alarms(week: WeekOfPosts) -> tuple[Alarm, ...]:
    if not week.drifted:
        return ()
    shifts = ", ".join(f"{NAMES[key]} {week.distances[key]:.2f}" for key in week.drifted)
    text = (
        f"Unggahan minggu {week.week} bergeser dari empat minggu sebelumnya ({shifts});"
        f" ditandai {week.flagged_share:.0%}, sebelumnya {week.flagged_before:.0%}."
        " Telaah sampel pemeriksaan dan jalankan `luruskan thresholds`."
    )
    return (Alarm(code="drift", text=text, about=week.week),)


def _last_monday(context: JobContext) -> datetime:
    """The midnight between last week and this one, in the office's time zone."""
    local = context.now.astimezone(ZoneInfo(context.settings.office.timezone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def _period(store: Store, start: datetime, end: datetime) -> Period:
    query = PostQuery(collected_from=start, collected_until=end)
    assessed = list(_assessed(store.iter_records(query)))
    chosen = nsmallest(MOST_VECTORS, (r.post.id for r, _ in assessed), key=_by_chance)
    answers = [assessment for _, assessment in assessed]
    return Period(
        n_posts=len(assessed),
        flagged=sum(assessment.flagged for assessment in answers),
        counts={
            "probability": binned([a.probability for a in answers], _TENTHS),
            "match": binned([_best_match(a) for a in answers], _TENTHS),
            "language": Counter(a.language for a in answers),
            "length": binned([len(r.post.title) + len(r.post.text) for r, _ in assessed], _LENGTHS),
            "source_kind": Counter(record.post.source_kind.value for record, _ in assessed),
        },
        models=Counter(assessment.model for assessment in answers),
        chosen_ids=tuple(chosen),
    )


def _assessed(records: Iterator[PostRecord]) -> Iterator[tuple[PostRecord, Assessment]]:
    for record in records:
        if record.assessment is not None:
            yield record, record.assessment


def _best_match(assessment: Assessment) -> float:
    return assessment.matches[0].score if assessment.matches else 0.0


def _vectors(store: Store, post_ids: Sequence[str]) -> FloatArray:
    found = [vector for post_id in post_ids if (vector := store.find_vector(post_id)) is not None]
    return np.array(found, dtype=np.float32)


def _by_chance(post_id: str) -> str:
    return joined_sha256([post_id])
