"""The daily work killed at random moments and run again loses nothing and doubles nothing."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.crawl.__main__ import serving
from benchmarks.kill.trial import Work, run_trial
from crawlers.adding import build_source
from crawlers.demo.web import DemoWeb

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
MOMENTS = 3  # `python -m benchmarks.kill` tries twenty

BACKENDS = [
    "",
    pytest.param(
        os.environ.get("ELASTICSEARCH_URL", ""),
        marks=[
            pytest.mark.elasticsearch,
            pytest.mark.skipif(
                "ELASTICSEARCH_URL" not in os.environ, reason="ELASTICSEARCH_URL is not set"
            ),
        ],
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("url", BACKENDS, ids=["embedded", "elasticsearch"])
def test_a_killed_day_is_made_good_by_the_next_run(tmp_path: Path, url: str) -> None:
    with DemoWeb(NOW, tmp_path) as web:
        work = Work("daily", url, longest_stretch=0.8)
        outcome = run_trial(tmp_path, web.sources, moments=MOMENTS, seed=7, work=work)
    assert outcome.posts >= 150
    assert outcome.killed == MOMENTS, "the trial must really interrupt the runs"
    assert outcome.survived, outcome


@pytest.mark.slow
@pytest.mark.parametrize("url", BACKENDS, ids=["embedded", "elasticsearch"])
def test_a_killed_crawl_of_many_pages_loses_nothing(tmp_path: Path, url: str) -> None:
    with serving(300) as address:
        site = build_source(address, {}, {"source_id": "situs"})
        outcome = run_trial(tmp_path, [site], moments=2, seed=7, work=Work("crawl", url))
    assert outcome.posts == 300
    assert outcome.killed == 2
    assert outcome.survived, outcome
