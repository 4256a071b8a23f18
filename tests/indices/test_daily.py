"""The day's work goes on after a failure and says so in its exit code."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indices.daily import run_daily
from indices.errors import LuruskanError, StoreUnavailableError
from indices.jobs import JobContext, JobReport
from indices.progress import SilentProgress
from indices.settings import Settings
from tests.stores import embedded_store

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)


def context(home: Path) -> JobContext:
    store = embedded_store(home)
    return JobContext(store=store, settings=Settings(home=home), now=NOW, progress=SilentProgress())


def jobs(**outcomes: JobReport | Exception):
    called = []

    def find(name: str):
        def job(given: JobContext) -> JobReport:
            called.append(name)
            outcome = outcomes[name]
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        return job

    return find, called


def test_all_steps_run_in_order_and_exit_clean(tmp_path: Path) -> None:
    find, called = jobs(crawl=JobReport(job="crawl"), assess=JobReport(job="assess"))
    report = run_daily(context(tmp_path), steps=("crawl", "assess"), find_job=find)
    assert called == ["crawl", "assess"]
    assert report.exit_code == 0


def test_a_failed_step_does_not_stop_the_next_one(tmp_path: Path) -> None:
    find, called = jobs(crawl=LuruskanError("no network"), assess=JobReport(job="assess"))
    report = run_daily(context(tmp_path), steps=("crawl", "assess"), find_job=find)
    assert called == ["crawl", "assess"]
    assert report.exit_code == 1
    assert str(report.steps[0].error) == "no network"


def test_a_job_that_reports_failure_makes_the_day_fail(tmp_path: Path) -> None:
    find, _ = jobs(crawl=JobReport(job="crawl", failed=True))
    assert run_daily(context(tmp_path), steps=("crawl",), find_job=find).exit_code == 1


def test_an_outage_has_its_own_exit_code_so_that_cron_tries_again(tmp_path: Path) -> None:
    find, _ = jobs(crawl=StoreUnavailableError("away"))
    assert run_daily(context(tmp_path), steps=("crawl",), find_job=find).exit_code == 75


def test_a_defect_in_one_job_is_logged_and_the_day_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    find, called = jobs(crawl=RuntimeError("pipa\nputus"), alarms=JobReport(job="alarms"))
    report = run_daily(context(tmp_path), steps=("crawl", "alarms"), find_job=find)
    assert called == ["crawl", "alarms"]
    assert report.exit_code == 1
    assert "RuntimeError: pipa putus" in str(report.steps[0].error)
    assert "job_failed" in "".join(capsys.readouterr())
