"""A model is loaded exactly as it was trained, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classifier.artefact import HEADS, MANIFEST, load_artefact, save_artefact, shipped_dir
from indices.errors import ArtefactError

FACTS = {"version": "0.1", "thresholds": {"default": 0.5, "careful": 0.9}}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    save_artefact(tmp_path, {"b": np.zeros(3, np.float32), "a": np.ones(2, np.float32)}, FACTS)
    return tmp_path


def test_what_was_saved_is_loaded(model: Path) -> None:
    artefact = load_artefact(str(model))
    assert artefact.heads["a"].tolist() == [1.0, 1.0]
    assert artefact.id.startswith("luruskan-0.1-")


def test_the_same_numbers_give_the_same_bytes_and_name(model: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    save_artefact(again, {"a": np.ones(2, np.float32), "b": np.zeros(3, np.float32)}, FACTS)
    assert (again / HEADS).read_bytes() == (model / HEADS).read_bytes()
    assert load_artefact(str(again)).id == load_artefact(str(model)).id


def test_one_changed_byte_is_refused(model: Path) -> None:
    data = bytearray((model / HEADS).read_bytes())
    data[-1] ^= 1
    (model / HEADS).write_bytes(data)
    with pytest.raises(ArtefactError, match="changed since it was trained"):
        load_artefact(str(model))


def test_a_missing_file_is_refused(model: Path) -> None:
    (model / HEADS).unlink()
    with pytest.raises(ArtefactError, match="missing"):
        load_artefact(str(model))


def test_an_adapter_that_the_manifest_does_not_know_is_refused(model: Path) -> None:
    (model / "flag-adapter.safetensors").write_bytes(b"smuggled")
    with pytest.raises(ArtefactError, match="not in the manifest"):
        load_artefact(str(model))


def test_a_path_outside_the_directory_is_refused(model: Path) -> None:
    manifest = json.loads((model / MANIFEST).read_text())
    manifest["files"]["../heads.safetensors"] = manifest["files"][HEADS]
    (model / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(ArtefactError):
        load_artefact(str(model))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99, "files": {}}'])
def test_a_strange_manifest_is_refused(model: Path, text: str) -> None:
    (model / MANIFEST).write_text(text)
    with pytest.raises(ArtefactError, match="luruskan train"):
        load_artefact(str(model))


def test_a_directory_without_a_model_names_the_mend(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="no model there"):
        load_artefact(str(tmp_path / "none"))


def test_the_shipped_model_is_intact_and_small() -> None:
    artefact = load_artefact("shipped")
    assert artefact.facts["thresholds"]["default"] < 1
    assert sum(path.stat().st_size for path in shipped_dir().iterdir()) < 11_000_000
