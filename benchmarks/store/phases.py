"""What is measured, each in a process of its own so that its memory is its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from benchmarks.store.corpus import START, Corpus
from indices.documents import SourceKind
from indices.opening import open_store
from indices.queries import CountField, Order, PostQuery
from indices.settings import Settings
from indices.store import Store

BATCH = 1000


@dataclass(slots=True)
class Measured:
    """Seconds by what was done, and the most memory that the process held."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    cpu_seconds: dict[str, list[float]] = field(default_factory=dict)
    """Of this process alone: what is left of the noise of a shared machine."""
    peak_mib: float = 0.0

    def time(self, name: str, work: Callable[[], object]) -> object:
        """Do it and note how long it took."""
        start, cpu_start = time.perf_counter(), time.process_time()
        result = work()
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)
        self.cpu_seconds.setdefault(name, []).append(time.process_time() - cpu_start)
        return result

    def finished(self) -> Measured:
        """With the peak of this process."""
        self.peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return self


def write(settings: Settings, post_count: int) -> Measured:
    """Posts in bulk, then assessments with vectors in bulk."""
    corpus, measured = Corpus(), Measured()
    with closing(open_store(settings)) as store:
        for start in range(0, post_count, BATCH):
            batch = corpus.batch(start, min(BATCH, post_count - start))
            measured.time("posts", lambda posts=batch.posts: store.upsert_posts(posts))
        for start in range(0, post_count, BATCH):
            batch = corpus.batch(start, min(BATCH, post_count - start))
            measured.time(
                "assessments with vectors",
                lambda b=batch: store.put_assessments(b.assessments, b.vectors),
            )
        measured.time("refresh", store.refresh)
    return measured.finished()


def read(settings: Settings, post_count: int, rounds: int, suffix: str = "") -> Measured:
    """Searches of every kind; the first of each is told apart, since it fills the caches."""
    corpus, measured = Corpus(), Measured()
    with closing(open_store(settings)) as store:
        for turn in range(rounds + 1):
            random = np.random.default_rng([13, turn])
            for name, work in _searches(store, corpus, random, post_count):
                measured.time(f"first {name}{suffix}" if turn == 0 else name + suffix, work)
    return measured.finished()


def write_on(settings: Settings, post_count: int, seconds: float) -> Measured:
    """A writer beside the readers: new posts with assessments, without a pause."""
    corpus, measured = Corpus(), Measured()
    end, start = time.perf_counter() + seconds, post_count
    with closing(open_store(settings)) as store:
        while time.perf_counter() < end:
            batch = corpus.batch(start, BATCH // 4)
            measured.time("posts while reading", lambda b=batch: store.upsert_posts(b.posts))
            measured.time(
                "assessments while reading",
                lambda b=batch: store.put_assessments(b.assessments, b.vectors),
            )
            start += BATCH // 4
    return measured.finished()


def _searches(
    store: Store, corpus: Corpus, random: np.random.Generator, post_count: int
) -> Iterator[tuple[str, Callable[[], object]]]:
    words = corpus.drawn(random, 400)[int(random.integers(0, 300)) :]
    text = " ".join(dict.fromkeys(words[: int(random.integers(1, 4))]))
    message = " ".join(words[:40])
    common = " ".join(corpus.words[random.choice(60, 2, replace=False)].tolist())
    since = START + timedelta(days=int(random.integers(100, 280)))
    kinds = (SourceKind.PRESS, SourceKind.PLATFORM, SourceKind.COMMUNITY)
    narrow = PostQuery(text=text, source_kinds=kinds, collected_from=since)
    vector = corpus.vectors(random, 1)[0]
    number = int(random.integers(post_count))
    post_id = f"{number * 2654435761 % 2**32:08x}{number:016x}"
    queue = PostQuery(flagged=True, order=Order.PROBABILITY)
    facets = [CountField.SOURCE, CountField.TOPIC, CountField.STATUS, CountField.DAY]
    yield "text, filtered", lambda: store.search(narrow)
    yield "text, two common words", lambda: store.search(PostQuery(text=common))
    yield "text, pasted message", lambda: store.search(PostQuery(text=message))
    yield "hybrid", lambda: store.search(PostQuery(text=text), vector=vector)
    yield "hybrid, filtered", lambda: store.search(narrow, vector=vector)
    yield "hybrid, common words", lambda: store.search(PostQuery(text=common), vector=vector)
    yield "more like this", lambda: store.find_similar(post_id)
    yield "queue: flagged, most urgent", lambda: store.search(queue)
    yield "four facets", lambda: store.count_by(narrow, facets, timezone="Asia/Makassar")
    yield "one record", lambda: store.find_record(post_id)
