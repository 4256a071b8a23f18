"""What `luruskan doctor` looks at: each check says how it is and, where needed, the mend."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import entry_points
from pathlib import Path

from indices.errors import BadInputError, LuruskanError, SettingsError
from indices.opening import open_store
from indices.places.table import load_gazetteer
from indices.settings import FILE_NAME, Settings, cache_dir, load_settings

GROUP = "luruskan.checks"
"""Entry points: functions of the settings, with which other packages add their finding."""
_ROOM_RED = 200_000_000
_ROOM_YELLOW = 2_000_000_000


class Status(StrEnum):
    """How bad it is."""

    GREEN = "ok"
    YELLOW = "warning"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor's."""

    check: str
    status: Status = Status.GREEN
    detail: str
    mend: str = ""


def iter_findings(home: Path) -> Iterator[Finding]:
    """All checks, one after the other; a broken one does not hide the next."""
    yield check_home(home)
    yield check_room(home)
    try:
        settings = load_settings(home)
    except SettingsError as error:
        yield Finding(
            check="settings",
            status=Status.RED,
            detail=str(error),
            mend="correct it; the index was not looked at",
        )
    else:
        yield check_settings(settings)
        yield from check_index(settings)
        yield check_places(settings)
        for entry_point in entry_points(group=GROUP):
            yield entry_point.load()(settings)
    yield check_encoder()


def check_home(home: Path) -> Finding:
    """Whether the data directory is there, private, and can be written."""
    if not home.is_dir():
        mend = "run luruskan init, or name another with --home"
        return Finding(check="home", status=Status.RED, detail=f"{home} is missing", mend=mend)
    if not os.access(home, os.W_OK | os.X_OK):
        detail = f"{home} cannot be written"
        return Finding(check="home", status=Status.RED, detail=detail, mend="give it to this user")
    if home.stat().st_mode & 0o077:
        detail = f"{home} can be read by others"
        return Finding(check="home", status=Status.YELLOW, detail=detail, mend=f"chmod 700 {home}")
    return Finding(check="home", detail=str(home))


def check_room(home: Path) -> Finding:
    """Whether the disk has room for the days to come."""
    existing = next(path for path in (home, *home.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.1f} GB free"
    if free >= _ROOM_YELLOW:
        return Finding(check="disk", detail=detail)
    status = Status.RED if free < _ROOM_RED else Status.YELLOW
    mend = "make room, or shorten retention.post_days and retention.evidence_days"
    return Finding(check="disk", status=status, detail=detail, mend=mend)


def check_settings(settings: Settings) -> Finding:
    """Whether the keys that `luruskan init` makes are there."""
    path = settings.home / FILE_NAME
    keys = {
        "crawl.pseudonym_key": settings.crawl.pseudonym_key,
        "desk.secret_key": settings.desk.secret_key,
        "desk.password_salt": settings.desk.password_salt,
    }
    missing = [name for name, key in keys.items() if not key.get_secret_value()]
    if missing:
        return Finding(
            check="settings",
            status=Status.YELLOW,
            detail=f"{', '.join(missing)} not set in {path}",
            mend="set them to long random words" if path.exists() else "run luruskan init",
        )
    if path.exists() and path.stat().st_mode & 0o077:
        detail, mend = f"{path} can be read by others", f"chmod 600 {path}"
        return Finding(check="settings", status=Status.YELLOW, detail=detail, mend=mend)
    return Finding(check="settings", detail=str(path))


def check_index(settings: Settings) -> Iterator[Finding]:
    """Backend, version, health and counts; the file's integrity for the embedded one."""
    if not settings.elasticsearch_url:
        yield _check_file(settings.store_path)
        if not settings.store_path.exists():
            return
    try:
        store = open_store(settings)
    except LuruskanError as error:
        mend = "see the line above" if not settings.elasticsearch_url else "start the server"
        yield Finding(check="index", status=Status.RED, detail=str(error), mend=mend)
        return
    try:
        health = store.check_health()
    finally:
        store.close()
    counts = ", ".join(f"{count} {name}" for name, count in health.counts.items())
    detail = "; ".join(filter(None, (f"{health.backend} {health.version}", health.detail, counts)))
    status = {"green": Status.GREEN, "yellow": Status.YELLOW}.get(health.status, Status.RED)
    mend = {
        Status.GREEN: "",
        Status.YELLOW: "usual on one node; else look at the server's log",
        Status.RED: "searches or writes fail: start the server or look at its log",
    }[status]
    yield Finding(check="index", status=status, detail=detail, mend=mend)


def check_places(settings: Settings) -> Finding:
    """Whether places are known; without them no post is tagged and none is left as not relevant."""
    try:
        gazetteer = load_gazetteer(settings.home)
    except BadInputError as error:
        mend = "correct the line, or luruskan places import CODE"
        return Finding(check="places", status=Status.RED, detail=str(error), mend=mend)
    if not gazetteer.own:
        return Finding(
            check="places",
            status=Status.YELLOW,
            detail="the own region's places are not known: none are found, all posts are kept",
            mend="luruskan places import CODE, e.g. 64.02",
        )
    own = ", ".join(gazetteer[code].title for code in sorted(gazetteer.own))
    return Finding(check="places", detail=f"{len(gazetteer)} places; own region: {own}")


def check_encoder() -> Finding:
    """Whether the encoder was unpacked already; it is made again when it is missing."""
    built = sorted(cache_dir().glob("*/manifest.json"))
    if built:
        return Finding(check="encoder", detail=f"{built[-1].parent}")
    return Finding(
        check="encoder",
        status=Status.YELLOW,
        detail=f"not unpacked in {cache_dir()} yet",
        mend="nothing to do: the first luruskan assess takes a minute longer",
    )


def _check_file(path: Path) -> Finding:
    from indices.embedded.integrity import find_damage

    if not path.exists():
        mend = "run luruskan init"
        return Finding(check="file", status=Status.RED, detail=f"{path} is missing", mend=mend)
    faults = find_damage(path)
    if faults:
        return Finding(
            check="file",
            status=Status.RED,
            detail="; ".join(faults),
            mend=""
            if ";" in faults[0]  # an error that names its mend itself
            else "luruskan export what is left, then import it anew",
        )
    return Finding(check="file", detail=f"{path} is whole, {path.stat().st_size / 1e6:.1f} MB")
