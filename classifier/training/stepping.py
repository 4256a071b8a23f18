"""One training step after the other: embeds with gradients, clips, warms up and cools down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch

from classifier.adapters import add_adapters
from classifier.bundled import ensure_bundled
from classifier.encoder import load_sentence_transformer, numeric_mode
from indices.progress import Progress

WARM_UP_SHARE = 0.08
LARGEST_GRADIENT = 1.0


class AdapterTrainer:
    """The bundled encoder with adapters in training."""

    def __init__(self, model: Any, groups: list[dict[str, Any]], n_steps: int) -> None:
        self.tokenizer = model.tokenizer
        self.transformer = model[0].auto_model
        self._parameters = [value for group in groups for value in group["params"]]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        warm_up = max(1, int(WARM_UP_SHARE * n_steps))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: _rate_share(step, warm_up, n_steps)
        )

    def embed(self, texts: Sequence[str], n_tokens: int) -> torch.Tensor:
        """Unit vectors that gradients flow through, shape (n, 384)."""
        tokens = self.tokenizer(
            [f"query: {text}" for text in texts],
            padding=True,
            truncation=True,
            max_length=n_tokens,
            return_tensors="pt",
        )
        with numeric_mode():
            hidden = self.transformer(
                input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]
            ).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        pooled = (hidden.float() * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(pooled, dim=-1)

    def step(self, loss: torch.Tensor) -> None:
        """Learn from one batch."""
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parameters, LARGEST_GRADIENT)
        self._optimizer.step()
        self._schedule.step()


def open_trainer(
    progress: Progress,
    seed: int,
    learning_rate: float,
    n_steps: int,
    more_groups: Sequence[tuple[list[torch.nn.Parameter], float]] = (),
) -> AdapterTrainer:
    """The bundled encoder, frozen, with fresh adapters and an optimiser for `n_steps`."""
    torch.manual_seed(seed)
    model = load_sentence_transformer(str(ensure_bundled(progress)))
    trainable = add_adapters(model[0].auto_model, seed)
    groups: list[dict[str, Any]] = [{"params": trainable, "lr": learning_rate}]
    groups += [{"params": values, "lr": rate, "weight_decay": 0.0} for values, rate in more_groups]
    return AdapterTrainer(model, groups, n_steps)


def _rate_share(step: int, warm_up: int, n_steps: int) -> float:
    if step < warm_up:
        return (step + 1) / warm_up
    done = (step - warm_up) / max(1, n_steps - warm_up)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
