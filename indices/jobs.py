"""Jobs: the steps of the daily work, found by entry point so that no package imports another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import entry_points

from indices.errors import LuruskanError
from indices.progress import Progress
from indices.settings import Settings
from indices.store import Store

GROUP = "luruskan.jobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext:
    """All that a job gets; it reads no clock, no environment and no file of settings itself."""

    store: Store
    settings: Settings
    now: datetime
    progress: Progress
    options: Mapping[str, str] = field(default_factory=dict)
    """The job's own options, e.g. `source` for a crawl of one source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that a person must look at."""

    code: str
    """Stable key, e.g. `source_failed`, `source_silent`, `flag_surge`."""
    text: str
    """One Indonesian sentence."""
    about: str = ""
    """Id of the source, post or case that it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobReport:
    """What a job did, in counts."""

    job: str
    counts: Mapping[str, int] = field(default_factory=dict)
    alarms: tuple[Alarm, ...] = ()
    failed: bool = False
    """True when the job did not do its main work, so that a cron job exits non-zero."""


Job = Callable[[JobContext], JobReport]


def load_job(name: str) -> Job:
    """The job that an installed package registered under `luruskan.jobs`."""
    for entry_point in entry_points(group=GROUP, name=name):
        job: Job = entry_point.load()
        return job
    raise LuruskanError(f"job {name!r} is not installed; run `make install` again")
