"""One training step after the other: embeds with gradients, clips, warms up and cools down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from classifier.adapters import add_adapters
from classifier.bundled import ensure_bundled
from classifier.encoder import load_sentence_transformer
from indices.progress import Progress

WARM_UP_SHARE = 0.06
LARGEST_GRADIENT = 1.0
PASS_TEXTS = 48
"""Texts of like length that go through the encoder together; a step may hold several passes."""


class AdapterTrainer:
    """The bundled encoder with adapters in training."""

    def __init__(self, model: Any, groups: list[dict[str, Any]], n_steps: int) -> None:
        self.model = model
        self.transformer = model[0].auto_model
        self._parameters = [value for group in groups for value in group["params"]]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
        warm_up = max(1, int(WARM_UP_SHARE * n_steps))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: _rate_share(step, warm_up, n_steps)
        )

    def embed(self, texts: Sequence[str], n_tokens: int) -> torch.Tensor:
        """Unit vectors that gradients flow through, shape (n, 384)."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts = [
            self._pooled([texts[index] for index in order[start : start + PASS_TEXTS]], n_tokens)
            for start in range(0, len(order), PASS_TEXTS)
        ]
        places = torch.empty(len(order), dtype=torch.long)
        places[torch.tensor(order)] = torch.arange(len(order))
        return torch.nn.functional.normalize(torch.cat(parts)[places], dim=-1)

    def step(self, loss: torch.Tensor) -> None:
        """Learn from one batch."""
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parameters, LARGEST_GRADIENT)
        self._optimizer.step()
        self._schedule.step()

    def _pooled(self, texts: list[str], n_tokens: int) -> torch.Tensor:
        tokens = self.model.tokenizer(
            [f"query: {text}" for text in texts],
            padding=True,
            truncation=True,
            max_length=n_tokens,
            return_tensors="pt",
        )
        hidden = self.transformer(
            input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]
        ).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        pooled: torch.Tensor = (hidden.float() * mask).sum(1) / mask.sum(1)
        return pooled


@dataclass(frozen=True, slots=True)
class Plan:
    """How an adapter is trained."""

    seed: int
    rank: int
    learning_rate: float
    n_steps: int


def open_trainer(
    progress: Progress,
    plan: Plan,
    more_groups: Sequence[tuple[list[torch.nn.Parameter], float]] = (),
) -> AdapterTrainer:
    """The bundled encoder, frozen, with adapters to train and an optimiser."""
    torch.manual_seed(plan.seed)
    model = load_sentence_transformer(str(ensure_bundled(progress)))
    transformer = model[0].auto_model
    transformer.set_attn_implementation("eager")  # the fused one is three times as slow backwards
    trainable = add_adapters(transformer, plan.seed, plan.rank)
    groups: list[dict[str, Any]] = [{"params": trainable, "lr": plan.learning_rate}]
    groups += [{"params": values, "lr": rate, "weight_decay": 0.0} for values, rate in more_groups]
    return AdapterTrainer(model, groups, plan.n_steps)


def _rate_share(step: int, warm_up: int, n_steps: int) -> float:
    if step < warm_up:
        return (step + 1) / warm_up
    done = (step - warm_up) / max(1, n_steps - warm_up)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
