"""Documents for tests: invented, Indonesian, at fixed times; every field can be overridden."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indices.documents import (
    Assessment,
    CrawlRun,
    FactCheck,
    Match,
    Post,
    Reason,
    Review,
    ReviewStatus,
    Source,
    SourceKind,
)
from indices.drift_history import WeekOfPosts
from indices.identity import post_id, text_hash

NOW = datetime(2026, 11, 16, 3, 30, tzinfo=UTC)
"""A Monday, half past eleven in Makassar."""


def a_post(**over: Any) -> Post:
    """A web article of an invented newspaper; `text_hash` follows title and text.

    A `url` given alone makes its own id, so that posts of different URLs are different posts.
    """
    url = over.get("url", "https://kabarlembah.example/berita/jembatan-sarang")
    title = over.get("title", "Jembatan gantung Desa Sarang dibuka kembali")
    text = over.get("text", "Warga Desa Sarang kembali melewati jembatan gantung sejak pagi.")
    defaults: dict[str, Any] = {
        "id": post_id("web", url),
        "source_id": "kabar-lembah",
        "source_kind": SourceKind.PRESS,
        "url": url,
        "canonical_url": url,
        "title": title,
        "text": text,
        "author": "Rani Palinggi",
        "published_at": datetime(2026, 11, 16, 1, 0, tzinfo=UTC),
        "published_raw": "Mon, 16 Nov 2026 09:00:00 +0800",
        "collected_at": NOW,
        "region": "lembah-sarang",
        "section": "Daerah",
        "reach": {},
        "text_hash": text_hash(title, text),
        "evidence": "",
    }
    return Post(**defaults | over)


def a_source(**over: Any) -> Source:
    """The feed of an invented newspaper."""
    source = Source(
        id="kabar-lembah",
        name="Kabar Lembah",
        kind=SourceKind.PRESS,
        connector="feed",
        url="https://kabarlembah.example/rss",
        region="lembah-sarang",
        verified_on=date(2026, 11, 2),
    )
    return replace(source, **over)


def an_assessment(**over: Any) -> Assessment:
    """A flagged post with one reason and one match; `post_id` is that of `a_post()`."""
    assessment = Assessment(
        post_id=a_post().id,
        model="penanda-uji 1",
        text_hash=a_post().text_hash,
        probability=0.75,
        flagged=True,
        threshold=0.5,
        assessed_at=datetime(2026, 11, 16, 4, 0, tzinfo=UTC),
        reasons=(Reason(code="urgency", text="Mendesak pembaca segera bertindak", weight=0.8),),
        matches=(
            Match(
                fact_check_id="periksa-1",
                title="Keliru: jembatan gantung Sarang roboh",
                score=0.82,
                url="https://periksalembah.example/1",
                verdict="Keliru",
                shared_terms=("jembatan", "sarang"),
                strong=True,
            ),
        ),
        topic="kebencanaan",
        language="id",
    )
    return replace(assessment, **over)


def a_review(**over: Any) -> Review:
    """The first review of `a_post()`: triaged, not yet labelled."""
    review = Review(
        post_id=a_post().id,
        version=1,
        status=ReviewStatus.TRIAGED,
        reviewer="penelaah-1",
        reviewed_at=datetime(2026, 11, 16, 5, 0, tzinfo=UTC),
    )
    return replace(review, **over)


def a_fact_check(**over: Any) -> FactCheck:
    """A debunk of an invented fact-checker."""
    fact_check = FactCheck(
        id="periksa-1",
        url="https://periksalembah.example/1",
        title="Keliru: jembatan gantung Sarang roboh",
        claim="Jembatan gantung Desa Sarang roboh dan menelan korban",
        verdict="Keliru",
        publisher="Periksa Lembah",
        published_on=date(2026, 11, 14),
        collected_at=NOW,
        source_id="periksa-lembah",
        text="Pemeriksaan di lapangan menunjukkan jembatan itu masih berdiri.",
    )
    return replace(fact_check, **over)


def a_crawl_run(**over: Any) -> CrawlRun:
    """A finished crawl of one source that found three items."""
    run = CrawlRun(
        id="2026-11-16T0330/kabar-lembah",
        run_id="2026-11-16T0330",
        source_id="kabar-lembah",
        started_at=NOW,
        finished_at=datetime(2026, 11, 16, 3, 31, tzinfo=UTC),
        found=3,
        dispositions={"new": 2, "unchanged": 1},
    )
    return replace(run, **over)


def unit_vector(seed: int, dims: int = 384) -> NDArray[np.float32]:
    """Shape (dims,), float32, unit length; the same seed gives the same vector."""
    vector = np.random.default_rng(seed).standard_normal(dims)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def a_week(week: str = "2026-W46", **over: Any) -> WeekOfPosts:
    """A measured week that is like those before it."""
    defaults: dict[str, Any] = {
        "week": week,
        "measured_at": NOW,
        "model": "penanda-uji 1",
        "n_posts": 200,
        "n_before": 800,
        "flagged_share": 0.05,
        "flagged_before": 0.04,
    }
    return WeekOfPosts(**defaults | over)
