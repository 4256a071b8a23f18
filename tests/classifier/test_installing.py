"""The office's models: put to use, listed, taken back, and never used on another base."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from classifier.artefact import HEADS, MANIFEST, Artefact, load_artefact
from classifier.installing import (
    KEPT_MODELS,
    choose,
    current_name,
    id_in_use,
    in_use,
    install,
    installed_names,
    previous_name,
    prune,
    use,
)
from indices.errors import ArtefactError, BadInputError
from indices.model_history import ChangeKind, ModelChange, append_change, models_dir, read_changes
from indices.settings import Settings

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def add_model(settings: Settings, day: int) -> str:
    """One night's lesson, put to use; its id."""
    base: Artefact = load_artefact(settings.classifier.model)
    heads = dict(base.heads) | {"flag.cues": base.heads["flag.cues"] + np.float32(day)}
    now, before = NOW + timedelta(days=day), id_in_use(settings)
    name, model = install(settings, base, heads, base.facts, now)
    use(settings, name)
    append_change(
        settings.home, ModelChange(kind=ChangeKind.LEARNT, at=now, model=model, before=before)
    )
    return model


def test_without_a_model_of_its_own_an_office_uses_the_shipped_one(settings: Settings) -> None:
    assert in_use(settings) == settings.classifier
    assert id_in_use(settings) == load_artefact("shipped").id
    with pytest.raises(BadInputError, match="nothing to go back to"):
        previous_name(settings)


def test_a_refit_is_used_with_the_adapters_of_its_base(settings: Settings) -> None:
    model = add_model(settings, 1)
    used, shipped = load_artefact(in_use(settings).model), load_artefact("shipped")
    assert used.id == model
    assert model.startswith(shipped.id + "+")
    assert used.directory == shipped.directory
    assert not list(models_dir(settings.home).glob("*/*adapter*"))


def test_going_back_twice_goes_back_two_nights(settings: Settings) -> None:
    shipped = id_in_use(settings)
    first, second = add_model(settings, 1), add_model(settings, 2)
    assert id_in_use(settings) == second
    choose(settings, previous_name(settings), NOW)
    assert id_in_use(settings) == first
    choose(settings, previous_name(settings), NOW)
    assert id_in_use(settings) == shipped
    kinds = [change.kind for change in read_changes(settings.home)]
    assert kinds == ["chosen", "chosen", "learnt", "learnt"]


def test_a_changed_byte_is_refused(settings: Settings) -> None:
    add_model(settings, 1)
    path = Path(in_use(settings).model) / HEADS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArtefactError, match="changed"):
        load_artefact(in_use(settings).model)


def test_after_an_upgrade_the_refit_of_the_old_model_is_left_alone(settings: Settings) -> None:
    add_model(settings, 1)
    directory = Path(in_use(settings).model)
    manifest = json.loads((directory / MANIFEST).read_text())
    manifest["base"]["id"] = "luruskan-0.0-00000000"
    (directory / MANIFEST).write_text(json.dumps(manifest))
    assert in_use(settings) == settings.classifier
    with pytest.raises(ArtefactError, match="luruskan models use shipped"):
        load_artefact(str(directory))


def test_an_unknown_name_is_refused(settings: Settings) -> None:
    with pytest.raises(BadInputError, match="luruskan models list"):
        choose(settings, "../../etc", NOW)


def test_old_models_go_but_never_the_one_in_use(settings: Settings) -> None:
    add_model(settings, 0)
    oldest = current_name(settings.home)
    for day in range(1, KEPT_MODELS + 3):
        add_model(settings, day)
    use(settings, oldest)
    prune(settings.home)
    names = installed_names(settings.home)
    assert len(names) == KEPT_MODELS + 1
    assert oldest in names


def test_a_half_written_line_of_history_is_passed_over(settings: Settings) -> None:
    add_model(settings, 1)
    with (models_dir(settings.home) / "history.ndjson").open("ab") as file:
        file.write(b'{"kind": "lear')
    assert len(read_changes(settings.home)) == 1
