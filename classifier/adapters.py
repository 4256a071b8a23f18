"""Low-rank adapters (LoRA): small learnt changes to the encoder, added when it is loaded.

Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models".
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from indices.errors import ArtefactError

RANK = 24
SCALE = 2.0
"""How strongly the product of the two small matrices counts."""


class LowRankLinear(nn.Module):
    """A frozen linear layer plus a trainable product of two thin matrices."""

    def __init__(self, frozen: nn.Linear, generator: torch.Generator) -> None:
        super().__init__()
        self.frozen = frozen
        bound = frozen.in_features**-0.5
        narrow = torch.empty(RANK, frozen.in_features).uniform_(-bound, bound, generator=generator)
        self.down = nn.Parameter(narrow)
        self.up = nn.Parameter(torch.zeros(frozen.out_features, RANK))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """The frozen layer's answer, changed a little."""
        change = nn.functional.linear(nn.functional.linear(values, self.down), self.up)
        answer: torch.Tensor = self.frozen(values) + SCALE * change
        return answer


def add_adapters(transformer: nn.Module, seed: int) -> list[nn.Parameter]:
    """Freeze all weights and put an adapter on every linear layer.

    Returns:
        The trainable parameters.
    """
    generator = torch.Generator().manual_seed(seed)
    transformer.requires_grad_(False)
    trainable: list[nn.Parameter] = []
    for name, layer in list(_linear_layers(transformer)):
        adapted = LowRankLinear(layer, generator)
        parent, _, child = name.rpartition(".")
        setattr(transformer.get_submodule(parent), child, adapted)
        trainable += [adapted.down, adapted.up]
    return trainable


def save_adapters(transformer: nn.Module, path: Path) -> None:
    """Write the thin matrices in half precision."""
    tensors = {}
    for name, module in transformer.named_modules():
        if isinstance(module, LowRankLinear):
            tensors[f"{name}.down"] = module.down.detach().half().contiguous()
            tensors[f"{name}.up"] = module.up.detach().half().contiguous()
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
            layer.weight = nn.Parameter(layer.weight + SCALE * (up @ down), requires_grad=False)


def _linear_layers(transformer: nn.Module) -> list[tuple[str, nn.Linear]]:
    modules = transformer.named_modules()
    return [(name, module) for name, module in modules if isinstance(module, nn.Linear)]
