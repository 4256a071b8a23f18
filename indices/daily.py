"""The daily work: every job in its order, no failure stopping the rest, one report at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from indices.errors import LuruskanError
from indices.jobs import Job, JobContext, JobReport, load_job
from indices.stopping import stop_if_asked

STEPS = (
    "crawl",
    "copies",
    "assess",
    "mirror",
    "groups",
    "learn",
    "sample",
    "drift",
    "retention",
    "alarms",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One job of the day: its report, or the error that kept it from working."""

    job: str
    seconds: float
    report: JobReport | None = None
    error: LuruskanError | None = None

    @property
    def failed(self) -> bool:
        """The job did not do its main work."""
        return self.error is not None or (self.report is not None and self.report.failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyReport:
    """How the day's work went."""

    steps: tuple[Step, ...]

    @property
    def exit_code(self) -> int:
        """0 when all went well, else the first failed job's own code, so that cron can tell."""
        for step in self.steps:
            if step.failed:
                return step.error.exit_code if step.error else 1
        return 0


def run_daily(
    context: JobContext,
    *,
    steps: tuple[str, ...] = STEPS,
    find_job: Callable[[str], Job] = load_job,
) -> DailyReport:
    """Run the jobs in order; what one has stored is there for the next.

    Raises:
        Stopped: a signal came while a job worked; it ended in order, the next ones wait.
    """
    done = []
    for name in steps:
        done.append(_run(name, context, find_job))
        stop_if_asked()  # a crawl ends itself when it is asked to; what follows would go on
    return DailyReport(steps=tuple(done))


def _run(name: str, context: JobContext, find_job: Callable[[str], Job]) -> Step:
    started = time.monotonic()
    try:
        report = find_job(name)(context)
    except LuruskanError as error:
        return Step(job=name, seconds=time.monotonic() - started, error=error)
    except Exception as error:  # noqa: BLE001 (logged; one defect must not cost the day the rest)
        structlog.get_logger().exception("job_failed", job=name)
        text = f"{type(error).__name__}: {error}; please report it with the log above"
        failure = LuruskanError(" ".join(text.split()))
        return Step(job=name, seconds=time.monotonic() - started, error=failure)
    return Step(job=name, seconds=time.monotonic() - started, report=report)
