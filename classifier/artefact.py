"""A trained model on disk: safetensors and a JSON manifest with the hash of every file.

Nothing in it can run code, and nothing is loaded whose hash differs from the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from classifier.hashing import file_sha256
from indices.errors import ArtefactError

FORMAT = 1
MANIFEST = "manifest.json"
HEADS = "heads.safetensors"
BASE = "base"
MATCH_ADAPTER = "match-adapter.safetensors"
FLAG_ADAPTER = "flag-adapter.safetensors"
SHIPPED = "shipped"
_MEND = "restore it from the package, or run `luruskan train` again"

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Artefact:
    """A model's numbers, checked."""

    directory: Path
    """Where its adapters lie."""
    id: str
    """Name, version and the first digits of the manifest's hash; a refit's own after a plus."""
    heads: Mapping[str, FloatArray]
    """Last layers and calibrations, by name."""
    facts: Mapping[str, Any]
    """Version, encoder, thresholds, seed, what it was trained on."""

    def with_layer(
        self, name: str, heads: Mapping[str, FloatArray], thresholds: Mapping[str, float]
    ) -> Artefact:
        """The same model with another last layer, in memory only.

        Args:
            name: follows the model's id after a plus sign.
        """
        facts = dict(self.facts) | {"thresholds": dict(thresholds)}
        return replace(self, id=f"{self.id}+{name}", heads=heads, facts=facts)

    def find_adapter(self, file: str) -> Path | None:
        """The adapter's path, where this model has one."""
        path = self.directory / file
        return path if path.exists() else None


def shipped_dir() -> Path:
    """The model that comes with the package."""
    return Path(str(files("classifier").joinpath("model")))


def load_artefact(setting: str) -> Artefact:
    """The model that `settings.classifier.model` names.

    Args:
        setting: `shipped`, or the directory of a model that `luruskan train` wrote.

    Raises:
        ArtefactError: a file is missing, changed, or of another format.
    """
    directory = shipped_dir() if setting == SHIPPED else Path(setting).expanduser()
    manifest = _read_manifest(directory)
    _check_files(directory, manifest)
    heads = _load_heads(directory)
    if BASE in manifest:
        return _on_its_base(directory, manifest, heads)
    return Artefact(directory, _model_id(directory, manifest), heads, manifest["facts"])


def _on_its_base(
    directory: Path, manifest: Mapping[str, Any], heads: Mapping[str, FloatArray]
) -> Artefact:
    """A refit: its own last layer over the adapters of the model it started from."""
    base = load_artefact(str(manifest[BASE]["setting"]))
    if base.id != manifest[BASE]["id"]:
        raise ArtefactError(
            f"{directory}: a refit of {manifest[BASE]['id']}, which is now {base.id};"
            " run `luruskan models use shipped`, then `luruskan train --background`"
        )
    digest = hashlib.sha256((directory / MANIFEST).read_bytes()).hexdigest()
    return replace(base, id=f"{base.id}+{digest[:8]}", heads=heads, facts=manifest["facts"])


def _check_files(directory: Path, manifest: Mapping[str, Any]) -> None:
    for name, sha256 in manifest["files"].items():
        path = directory / name
        if Path(name).name != name or not path.is_file() or file_sha256(path) != sha256:
            raise ArtefactError(f"{path}: missing or changed since it was trained; {_MEND}")
    for name in (MATCH_ADAPTER, FLAG_ADAPTER):
        if (directory / name).exists() and name not in manifest["files"]:
            raise ArtefactError(f"{directory / name}: not in the manifest; {_MEND}")


def save_artefact(
    directory: Path,
    heads: Mapping[str, FloatArray],
    facts: Mapping[str, Any],
    base: Mapping[str, str] | None = None,
) -> None:
    """Write last layers and manifest; adapters must lie there already.

    Args:
        base: `setting` and `id` of the model whose adapters a refit uses.
    """
    directory.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: np.ascontiguousarray(heads[name]) for name in sorted(heads)}, directory / HEADS
    )
    hashes = {path.name: file_sha256(path) for path in sorted(directory.glob("*.safetensors"))}
    manifest: dict[str, Any] = {"format": FORMAT, "files": hashes, "facts": facts}
    if base is not None:
        manifest[BASE] = dict(base)
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _read_manifest(directory: Path) -> dict[str, Any]:
    path = directory / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT or HEADS not in manifest["files"]:
            raise ArtefactError(f"{path}: of another version of the program; {_MEND}")
    except OSError as error:
        raise ArtefactError(f"{path}: no model there ({error.strerror}); {_MEND}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArtefactError(f"{path}: not a model's manifest; {_MEND}") from error
    return manifest


def _load_heads(directory: Path) -> dict[str, FloatArray]:
    try:
        heads: dict[str, FloatArray] = load_file(directory / HEADS)
    except SafetensorError as error:
        raise ArtefactError(f"{directory / HEADS}: not safetensors; {_MEND}") from error
    return heads


def _model_id(directory: Path, manifest: Mapping[str, Any]) -> str:
    digest = hashlib.sha256((directory / MANIFEST).read_bytes()).hexdigest()
    return f"luruskan-{manifest['facts']['version']}-{digest[:8]}"
