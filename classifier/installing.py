"""The office's models on disk: which one is in use, the ones before it, and the way back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from classifier.artefact import BASE, MANIFEST, Artefact, FloatArray, load_artefact, save_artefact
from indices.errors import ArtefactError, BadInputError
from indices.model_history import ChangeKind, ModelChange, append_change, models_dir, read_changes
from indices.settings import ClassifierSettings, Settings
from indices.whole_files import whole_file

CURRENT = "current"
KEPT_MODELS = 30


def in_use(settings: Settings) -> ClassifierSettings:
    """The classifier's settings, naming the office's refit where there is one of this model."""
    name = current_name(settings.home)
    if name is None:
        return settings.classifier
    directory = models_dir(settings.home) / name
    if not _is_refit_of(directory, settings.classifier.model):
        return settings.classifier
    return settings.classifier.model_copy(update={"model": str(directory)})


def current_name(home: Path) -> str | None:
    """The directory under `models` that is in use; None for the model of the settings."""
    try:
        return (models_dir(home) / CURRENT).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def installed_names(home: Path) -> list[str]:
    """Directories of models, newest first."""
    found = (path.parent.name for path in models_dir(home).glob(f"*/{MANIFEST}"))
    return sorted((name for name in found if not name.startswith(".")), reverse=True)


def install(
    settings: Settings,
    base: Artefact,
    heads: Mapping[str, FloatArray],
    facts: Mapping[str, Any],
    now: datetime,
) -> tuple[str, str]:
    """Write a refit beside the others and load it again; it is not in use yet.

    Returns:
        The name of its directory, and its id.
    """
    name = now.strftime("%Y%m%dT%H%M%S")
    directory = models_dir(settings.home) / name
    partial = directory.with_name(f".{name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    named = {"setting": settings.classifier.model, "id": base.id}
    save_artefact(partial, heads, facts, named)
    shutil.rmtree(directory, ignore_errors=True)
    partial.rename(directory)
    return name, load_artefact(str(directory)).id


def use(settings: Settings, name: str | None) -> None:
    """Put a model to use; None for that of the settings. Nothing else changes."""
    path = models_dir(settings.home) / CURRENT
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as out:
        out.write((name or "").encode())


def choose(settings: Settings, name: str | None, now: datetime) -> ModelChange:
    """A person's choice, written into the history.

    Raises:
        BadInputError: there is no such model.
        ArtefactError: it is changed, or a refit of another model.
    """
    before = id_in_use(settings)
    if name is not None and name not in installed_names(settings.home):
        raise BadInputError(f"no model {name!r}; `luruskan models list` shows those there are")
    directory = settings.classifier.model if name is None else str(models_dir(settings.home) / name)
    chosen = load_artefact(directory)
    use(settings, name)
    change = ModelChange(kind=ChangeKind.CHOSEN, at=now, model=chosen.id, before=before)
    append_change(settings.home, change)
    return change


def previous_name(settings: Settings) -> str | None:
    """What was in use before the present model.

    Raises:
        BadInputError: the model was never changed here.
    """
    present = id_in_use(settings)
    for change in read_changes(settings.home):
        if change.kind is ChangeKind.LEARNT and change.model == present:
            return _name_of(settings, change.before)
    raise BadInputError("nothing to go back to: the present model learnt nothing here")


def id_in_use(settings: Settings) -> str:
    """The id of the model in use; that of the settings where the office's own is broken."""
    try:
        return load_artefact(in_use(settings).model).id
    except ArtefactError:
        return load_artefact(settings.classifier.model).id


def prune(home: Path) -> None:
    """Keep the newest models and the one in use."""
    for name in installed_names(home)[KEPT_MODELS:]:
        if name != current_name(home):
            shutil.rmtree(models_dir(home) / name, ignore_errors=True)


def _name_of(settings: Settings, model: str) -> str | None:
    for name in installed_names(settings.home):
        try:
            if load_artefact(str(models_dir(settings.home) / name)).id == model:
                return name
        except ArtefactError:
            continue
    return None


def _is_refit_of(directory: Path, setting: str) -> bool:
    """Whether it started from the model that the settings name, as that model is today."""
    try:
        base = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))[BASE]
        return bool(base["setting"] == setting and base["id"] == load_artefact(setting).id)
    except (OSError, ValueError, KeyError, TypeError):
        return False
