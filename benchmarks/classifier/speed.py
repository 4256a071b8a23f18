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
from sentence_transformers import SentenceTransformer

from classifier.assessing import load_assessor
from classifier.cleaning import clean_text
from classifier.encoder import BUNDLED, MAX_TOKENS, Encoder, encoder_dir, load_encoder
from classifier.library import Library, LibraryEntry, build_library
from classifier.matching import ClaimMatcher
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    data_dir,
    read_library,
    read_ordinary,
    read_pairs,
)
from classifier.training.splits import TEST
from indices.documents import Post, SourceKind
from indices.progress import SilentProgress, TerminalProgress
from indices.settings import ClassifierSettings, cache_dir

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


def compare_encoding(texts: list[str]) -> None:
    """The same texts through the library as it comes and through our encoder, one after the other.

    The library reads up to 512 word pieces of a text, ours 128; what that costs is shown by how
    often the own title is among the ten nearest, with vectors of either.
    """
    stock = SentenceTransformer(encoder_dir(BUNDLED, SilentProgress()), device="cpu")
    encoder = load_encoder(BUNDLED, SilentProgress())
    encoder.encode(texts[:32])
    stock.encode(texts[:32])
    _, plainly = timed(lambda: stock.encode(texts, show_progress_bar=False))
    _, ours = timed(lambda: encoder.encode(texts))
    stock.max_seq_length = MAX_TOKENS
    _, cut_alike = timed(lambda: stock.encode(texts, show_progress_bar=False))
    stock.max_seq_length = 512
    print(f"SentenceTransformer.encode, float32: {len(texts) / plainly:.0f} posts/s")
    print(f"the same, cut at {MAX_TOKENS} word pieces: {len(texts) / cut_alike:.0f} posts/s")
    print(f"Encoder.encode: {len(texts) / ours:.0f} posts/s, {plainly / ours:.1f} times as fast")
    _compare_finding(stock, encoder)


def _compare_finding(stock: Any, encoder: Encoder) -> None:
    """S@10 by cosine alone, posts of the test period against all titles."""
    titles = read_library(data_dir(), with_distractors=True)
    entries = [LibraryEntry(title.id, title.title) for title in titles]
    library = build_library(entries, encoder, TerminalProgress(), cache_dir() / "training-titles")
    place = {entry.id: index for index, entry in enumerate(library.entries)}
    pairs = [pair for pair in read_pairs(data_dir()) if pair.split == TEST]
    texts = [clean_text(pair.text) for pair in pairs]
    own = np.array([place[pair.fact_check_id] for pair in pairs])
    for name, vectors in (
        ("SentenceTransformer.encode", np.asarray(stock.encode(texts, show_progress_bar=False))),
        ("Encoder.encode", encoder.encode(texts)),
    ):
        cosines = vectors @ library.vectors.T
        better = (cosines > cosines[np.arange(len(own)), own][:, None]).sum(axis=1)
        print(f"S@10 by cosine alone, {name}: {(better < 10).mean():.3f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    n_posts = parser.parse_args().posts
    texts = sample_texts(n_posts)
    print(f"{len(texts)} posts, {torch.get_num_threads()} threads")

    compare_encoding(texts[:500])

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
    _, seconds = timed(lambda: (matcher.library.letters, matcher.library.words))
    print(f"indexing {N_LIBRARY:,} titles by letters and words: {seconds:.1f} s")
    matcher.match(texts[:1], vectors[:1])
    post_vectors = vectors[:200]
    _, seconds = timed(lambda: matcher.match(texts[:200], post_vectors))
    print(f"matching against {N_LIBRARY:,} titles: {1000 * seconds / 200:.1f} ms a post")
    one = [timed(lambda n=n: matcher.match([texts[n]], vectors[n : n + 1]))[1] for n in range(100)]
    print(f"one post at a time: median {1000 * float(np.median(one)):.1f} ms")
    print(f"peak memory: {peak_megabytes():.0f} MB")
    TerminalProgress().console.print("done")


if __name__ == "__main__":
    main()
