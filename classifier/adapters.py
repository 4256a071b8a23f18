"""Low-rank adapters (LoRA): small learnt changes to the encoder, added when it is loaded.

Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models".
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from indices.errors import ArtefactError

MATCH_RANK, FLAG_RANK = 32, 24
"""Width of the thin matrices; in half precision both adapters take 9.3 MB."""
SCALE = 2.0
"""How strongly the product of the two small matrices counts."""


class LowRankLinear(nn.Module):
    """A frozen linear layer plus a trainable product of two thin matrices."""

    def __init__(self, frozen: nn.Linear, rank: int, generator: torch.Generator) -> None:
        super().__init__()
        self.frozen = frozen
        bound = frozen.in_features**-0.5
        narrow = torch.empty(rank, frozen.in_features).uniform_(-bound, bound, generator=generator)
        self.down = nn.Parameter(narrow)
        self.up = nn.Parameter(torch.zeros(frozen.out_features, rank))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """The frozen layer's answer, changed a little."""
        down, up = self.down.to(values.dtype), (SCALE * self.up).to(values.dtype)
        change = nn.functional.linear(nn.functional.linear(values, down), up)
        answer: torch.Tensor = self.frozen(values) + change
        return answer


def add_adapters(transformer: nn.Module, seed: int, rank: int) -> list[nn.Parameter]:
    """Freeze all weights and put an adapter on every linear layer.

    Returns:
        The trainable parameters.
    """
    generator = torch.Generator().manual_seed(seed)
    transformer.requires_grad_(False)
    trainable: list[nn.Parameter] = []
    for name, layer in list(_linear_layers(transformer)):
        adapted = LowRankLinear(layer, rank, generator)
        parent, _, child = name.rpartition(".")
        setattr(transformer.get_submodule(parent), child, adapted)
        trainable += [adapted.down, adapted.up]
    return trainable


def save_adapters(transformer: nn.Module, path: Path, strength: float = 1.0) -> None:
    """Write the thin matrices in half precision.

    Args:
        strength: the share of the learnt change that is kept.
    """
    tensors = {}
    for name, module in transformer.named_modules():
        if isinstance(module, LowRankLinear):
            tensors[f"{name}.down"] = module.down.detach().half().contiguous()
            tensors[f"{name}.up"] = (strength * module.up.detach()).half().contiguous()
    save_file(tensors, path)


def merge_adapters(transformer: nn.Module, path: Path) -> None:
    """Add a saved adapter to a plain encoder's own weights; costs nothing afterwards.

    Raises:
        ArtefactError: the adapter was made for another encoder.
    """
    tensors = load_file(path)
    layers = dict(_linear_layers(transformer))
    names = {key.rpartition(".")[0] for key in tensors}
    if names != set(layers):
        raise ArtefactError(f"{path.name}: made for another encoder; use the bundled one")
    with torch.no_grad():
        for name, layer in layers.items():
            up, down = tensors[f"{name}.up"].float(), tensors[f"{name}.down"].float()
            merged = layer.weight.float() + SCALE * (up @ down)
            layer.weight = nn.Parameter(merged.to(layer.weight.dtype), requires_grad=False)


def _linear_layers(transformer: nn.Module) -> list[tuple[str, nn.Linear]]:
    modules = transformer.named_modules()
    return [(name, module) for name, module in modules if isinstance(module, nn.Linear)]
