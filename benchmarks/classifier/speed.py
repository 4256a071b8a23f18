"""Posts per second and memory of encoding, matching and assessing, on this machine.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.speed --posts 5000
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import torch

from classifier.assessing import load_assessor
from classifier.encoder import load_encoder
from classifier.library import Library, LibraryEntry
from classifier.matching import ClaimMatcher
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    data_dir,
    read_library,
    read_ordinary,
    read_pairs,
)
from indices.documents import Post, SourceKind
from indices.progress import SilentProgress, TerminalProgress
from indices.settings import ClassifierSettings

N_LIBRARY = 100_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work returns, and its seconds."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sample_texts(n_texts: int) -> list[str]:
    """Hoaxes and ordinary posts, mixed the same way each time."""
    directory = data_dir()
    texts = [pair.text for pair in read_pairs(directory)][: n_texts // 5]
    share = (n_texts - len(texts)) // len(ORDINARY_SOURCES) + 1
    for source in ORDINARY_SOURCES:
        texts += read_ordinary(directory, source, share)
    order = np.random.default_rng(0).permutation(len(texts))
    return [texts[index] for index in order][:n_texts]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    n_posts = parser.parse_args().posts
    texts = sample_texts(n_posts)
    print(f"{len(texts)} posts, {torch.get_num_threads()} threads")

    encoder = load_encoder("bundled", SilentProgress())
    plain = encoder._model  # the plain run beside ours
    _, seconds = timed(lambda: plain.encode(texts[:500], show_progress_bar=False))
    print(f"SentenceTransformer.encode, float32: {500 / seconds:.0f} posts/s")
    _, seconds = timed(lambda: encoder.encode(texts[:500]))
    print(f"Encoder.encode, the same texts: {500 / seconds:.0f} posts/s")

    assessor, seconds = timed(lambda: load_assessor(ClassifierSettings(), SilentProgress()))
    print(f"loading the model: {seconds:.1f} s, {peak_megabytes():.0f} MB")
    posts = [
        Post(
            id=str(n),
            source_id="bench",
            source_kind=SourceKind.PLATFORM,
            text=text,
            collected_at=NOW,
        )
        for n, text in enumerate(texts)
    ]
    _, seconds = timed(lambda: assessor.assess_alone(posts, NOW))
    print(f"assessing without a library: {len(posts) / seconds:.0f} posts/s")

    titles = [title.title for title in read_library(data_dir(), with_distractors=True)]
    entries = [
        LibraryEntry(str(n), f"{titles[n % len(titles)]} {n // len(titles) or ''}")
        for n in range(N_LIBRARY)
    ]
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((N_LIBRARY, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    matcher = ClaimMatcher(Library(entries, vectors), assessor.scorer)
    _, seconds = timed(lambda: matcher.library.lexical)
    print(f"indexing {N_LIBRARY:,} titles by letters: {seconds:.1f} s")
    post_vectors = vectors[:200]
    _, seconds = timed(lambda: matcher.match(texts[:200], post_vectors))
    print(f"matching against {N_LIBRARY:,} titles: {1000 * seconds / 200:.1f} ms a post")
    one = [timed(lambda n=n: matcher.match([texts[n]], vectors[n : n + 1]))[1] for n in range(100)]
    print(f"one post at a time: median {1000 * float(np.median(one)):.1f} ms")
    print(f"peak memory: {peak_megabytes():.0f} MB")
    TerminalProgress().console.print("done")


if __name__ == "__main__":
    main()
