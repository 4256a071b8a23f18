"""Texts to vectors: multilingual-e5-small, with an adapter or without, or any other encoder."""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from classifier.adapters import merge_adapters
from classifier.artefact import FLAG_ADAPTER, MATCH_ADAPTER, Artefact
from classifier.bundled import ensure_bundled
from classifier.cleaning import clean_text
from classifier.freeing import give_memory_back
from classifier.halved_table import raise_all_but_table
from classifier.hashing import file_sha256
from indices.errors import ArtefactError
from indices.progress import Progress, SilentProgress
from indices.settings import ClassifierSettings

FloatArray = NDArray[np.float32]

BUNDLED = "bundled"
MAX_TOKENS = 128
MOST_CHARACTERS = 4_096
"""Twice what the longest word pieces could fill `MAX_TOKENS` with: what follows is never read."""
FULL_LENGTH = 512
"""Characters that fill about `MAX_TOKENS`; of shorter texts more are read at once."""
SHORTEST_COUNTED = 40
"""The prompt and a batch's own cost weigh about as much."""
KEPT_KERNELS = {"ONEDNN_PRIMITIVE_CACHE_CAPACITY": "32", "LRU_CACHE_CAPACITY": "16"}
"""Prepared multiplications that oneDNN and torch keep, one for each shape that they meet; with the
1,024 of either 20,000 posts take 300 MB more and are read no faster."""
WORDS_SIZE = 7.5
"""How long a text's words stand beside its vector; they vary less from text to text."""


class Encoder:
    """Cleans, tokenises and embeds; texts of like length go together."""

    def __init__(self, model: Any, name: str, batch_size: int) -> None:
        self.name = name
        """Names the weights: vectors of encoders with different names must never be mixed."""
        self._model = model
        self._prompt = str(model.prompts.get(model.default_prompt_name or "", ""))
        self._batch_size = batch_size

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(
        self,
        texts: Sequence[str],
        progress: Progress | None = None,
        label: str = "Encoding",
    ) -> FloatArray:
        """One vector of unit length for each text, whatever it holds; shape (n, n_dims)."""
        with (progress or SilentProgress()).bar(label, total=len(texts)) as bar:
            return self._in_batches(texts, self._embed, bar.advance)

    def read(
        self,
        texts: Sequence[str],
        progress: Progress | None = None,
        label: str = "Encoding",
    ) -> FloatArray:
        """What the flagger reads of each text: its vector, then its words; shape (n, 2 n_dims)."""
        return self.with_words(texts, self.encode(texts, progress, label))

    def with_words(self, texts: Sequence[str], vectors: FloatArray) -> FloatArray:
        """The same as `read` where the texts' vectors are known."""
        return np.hstack([vectors, self.words(texts)])

    def words(self, texts: Sequence[str]) -> FloatArray:
        """What the texts' word pieces mean by themselves, before they are read together.

        The mean of what enters the encoder's first layer, at length `WORDS_SIZE`. No adapter
        changes it, so that it knows nothing of any post of training; shape (n, n_dims).
        """
        return self._in_batches(texts, self._word_means)

    def _in_batches(
        self,
        texts: Sequence[str],
        read: Callable[[list[str]], FloatArray],
        done: Callable[[int], None] = lambda _: None,
    ) -> FloatArray:
        vectors = np.empty((len(texts), self.n_dims), dtype=np.float32)
        cleaned = [clean_text(text) for text in texts]
        for batch in _batches_of_like_length(cleaned, self._batch_size * FULL_LENGTH):
            vectors[batch] = read([cleaned[index] for index in batch])
            done(len(batch))
        return vectors

    def _word_means(self, cleaned: list[str]) -> FloatArray:
        features = self._features(cleaned)
        transformer = self._model[0].auto_model
        look_up = getattr(transformer, "embeddings", None) or transformer.get_input_embeddings()
        mask = features["attention_mask"].unsqueeze(-1).float()
        with torch.inference_mode():
            sums = (look_up(features["input_ids"]).float() * mask).sum(dim=1)
            means = torch.nn.functional.normalize(sums, dim=-1) * WORDS_SIZE
        vectors: FloatArray = means.numpy()
        return vectors

    def token_vectors(self, cleaned: Sequence[str]) -> list[tuple[list[str], FloatArray]]:
        """The word pieces of each cleaned text and their vectors before pooling."""
        read: list[tuple[list[str], FloatArray]] = [([], np.empty(0, np.float32))] * len(cleaned)
        for batch in _batches_of_like_length(cleaned, self._batch_size * FULL_LENGTH):
            pieces = self._token_vectors([cleaned[index] for index in batch])
            for index, piece in zip(batch, pieces, strict=True):
                read[index] = piece
        return read

    def _token_vectors(self, cleaned: list[str]) -> list[tuple[list[str], FloatArray]]:
        features = self._features(cleaned)
        with torch.inference_mode():
            states = self._model[0](features)["token_embeddings"].float().numpy()
        prompt = self._prompt.rstrip()  # its last space belongs to the text's first piece
        first = len(self._model.tokenizer(prompt)["input_ids"]) - 1
        ends = features["attention_mask"].sum(dim=1).tolist()
        tokens = [
            self._model.tokenizer.convert_ids_to_tokens(ids[first : end - 1])
            for ids, end in zip(features["input_ids"].tolist(), ends, strict=True)
        ]
        spans = zip(tokens, states, ends, strict=True)
        return [(names, state[first : end - 1]) for names, state, end in spans]

    def _embed(self, cleaned: list[str]) -> FloatArray:
        """One pass; pooled in float32, since halves of sums lose digits that ranks need."""
        features = self._features(cleaned)
        with torch.inference_mode():
            features = self._model[0](features)
            features["token_embeddings"] = features["token_embeddings"].float()
            for module in list(self._model)[1:]:
                features = module(features)
            tensor = torch.nn.functional.normalize(features["sentence_embedding"].float(), dim=-1)
        vectors: FloatArray = tensor.numpy()
        give_memory_back()  # or batches of every length fill the heap with gaps
        return vectors

    def _features(self, cleaned: list[str]) -> Any:
        return self._model.preprocess(
            [f"{self._prompt}{text[:MOST_CHARACTERS]}" for text in cleaned]
        )


def _batches_of_like_length(cleaned: Sequence[str], budget: int) -> Iterator[list[int]]:
    """Positions, the longest texts first; a batch holds so many characters with padding at most."""
    order = sorted(range(len(cleaned)), key=lambda index: -len(cleaned[index]))
    start = 0
    while start < len(order):
        longest = min(FULL_LENGTH, max(SHORTEST_COUNTED, len(cleaned[order[start]])))
        end = start + max(1, budget // longest)
        yield order[start:end]
        start = end


def load_encoders(
    settings: ClassifierSettings, artefact: Artefact, progress: Progress
) -> tuple[Encoder, Encoder]:
    """The encoder for matching and the one for flagging; the same one where neither is adapted.

    Raises:
        ArtefactError: an encoder cannot be loaded, or is not the one the model was trained on.
    """
    directory = encoder_dir(settings.encoder, progress)
    plain = load_sentence_transformer(directory)
    if 2 * plain.get_embedding_dimension() != len(artefact.heads["flag.wording"]):
        raise ArtefactError(
            f"encoder {settings.encoder!r}: the model was trained on another; run `luruskan train`"
        )
    matching, flagging = (
        artefact.find_adapter(file) if settings.encoder == BUNDLED else None
        for file in (MATCH_ADAPTER, FLAG_ADAPTER)
    )
    if matching is None and flagging is None:
        only = _adapted(plain, directory, None, settings.batch_size)
        return only, only
    twin = _twin_of(plain)
    return (
        _adapted(plain, directory, matching, settings.batch_size),
        _adapted(twin, directory, flagging, settings.batch_size),
    )


def load_encoder(
    setting: str, progress: Progress, *, adapter: Path | None = None, batch_size: int = 16
) -> Encoder:
    """One encoder, with the learnt changes of an adapter or without.

    Args:
        setting: `bundled`, or a SentenceTransformer directory or hub name.

    Raises:
        ArtefactError: it cannot be loaded.
    """
    directory = encoder_dir(setting, progress)
    return _adapted(load_sentence_transformer(directory), directory, adapter, batch_size)


def encoder_dir(setting: str, progress: Progress) -> str:
    """Where the encoder lies that `settings.classifier.encoder` names."""
    return str(ensure_bundled(progress)) if setting == BUNDLED else setting


def _adapted(model: Any, directory: str, adapter: Path | None, batch_size: int) -> Encoder:
    """Changes the model itself."""
    name = Path(directory).name
    if adapter is None:
        return Encoder(model, name, batch_size)
    merge_adapters(model[0].auto_model, adapter)
    return Encoder(model, f"{name}+{file_sha256(adapter)[:12]}", batch_size)


def _twin_of(model: Any) -> Any:
    """The same model once more; what is large and never changes is one for both."""
    shared = model[0].auto_model.get_input_embeddings().weight, model[0].tokenizer
    return copy.deepcopy(model, memo={id(part): part for part in shared})


def load_sentence_transformer(directory: str, dtype: torch.dtype | None = None) -> Any:
    """A SentenceTransformer on the processor, quietly.

    Args:
        dtype: of the weights; None for what is fastest here, with a table of half precision.

    Raises:
        ArtefactError: there is none.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for name, kept in KEPT_KERNELS.items():
        os.environ.setdefault(name, kept)
    import transformers
    from sentence_transformers import SentenceTransformer

    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    in_single = dtype is None and fastest_dtype() == torch.float32
    stored = torch.float16 if in_single else dtype or fastest_dtype()
    options = {"add_pooling_layer": False, "dtype": stored}
    try:
        model = SentenceTransformer(directory, device="cpu", model_kwargs=options)
    except (OSError, ValueError, TypeError) as error:
        raise ArtefactError(
            f"encoder {directory!r} cannot be loaded; set classifier.encoder to 'bundled' or to"
            " a SentenceTransformer directory"
        ) from error
    if in_single:
        raise_all_but_table(model[0].auto_model)
    model.max_seq_length = min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS)
    return model


def fastest_dtype() -> torch.dtype:
    """bfloat16 where the processor multiplies it itself (up to four times as fast), else float32.

    Half the memory, too. Vectors change by less than what two processors differ in anyway.
    """
    return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
