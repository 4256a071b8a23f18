"""An adapter that was saved and merged gives what it gave in training."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from classifier.adapters import add_adapters, merge_adapters, save_adapters
from indices.errors import ArtefactError


class SmallNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.first = nn.Linear(6, 5)
        self.second = nn.Linear(5, 4)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        answer: torch.Tensor = self.second(torch.tanh(self.first(values)))
        return answer


def test_fresh_adapters_change_nothing() -> None:
    net, values = SmallNet(), torch.ones(2, 6)
    before = net(values)
    add_adapters(net, seed=3, rank=2)
    assert torch.equal(net(values), before)


def test_merging_equals_training(tmp_path: Path) -> None:
    net, values = SmallNet(), torch.ones(2, 6)
    for parameter in add_adapters(net, seed=3, rank=2):
        parameter.data += 0.05
    save_adapters(net, tmp_path / "adapter.safetensors")
    plain = SmallNet()
    merge_adapters(plain, tmp_path / "adapter.safetensors")
    assert torch.allclose(plain(values), net(values), atol=1e-2)
    assert not torch.allclose(plain(values), SmallNet()(values), atol=1e-2)


def test_only_adapters_are_trained() -> None:
    net = SmallNet()
    trainable = add_adapters(net, seed=3, rank=2)
    assert {id(p) for p in net.parameters() if p.requires_grad} == {id(p) for p in trainable}


def test_an_adapter_for_another_encoder_is_refused(tmp_path: Path) -> None:
    net = SmallNet()
    add_adapters(net, seed=3, rank=2)
    save_adapters(net, tmp_path / "adapter.safetensors")
    with pytest.raises(ArtefactError, match="another encoder"):
        merge_adapters(nn.Sequential(nn.Linear(6, 5)), tmp_path / "adapter.safetensors")


def test_of_what_was_learnt_a_part_can_be_kept(tmp_path: Path) -> None:
    net = SmallNet()
    for parameter in add_adapters(net, seed=3, rank=2):
        parameter.data += 0.05
    changed = {}
    for strength in (0.0, 0.5, 1.0):
        save_adapters(net, tmp_path / "adapter.safetensors", strength)
        plain = SmallNet()
        merge_adapters(plain, tmp_path / "adapter.safetensors")
        first = plain.get_submodule("first")
        changed[strength] = first.weight - SmallNet().get_submodule("first").weight
    assert torch.allclose(changed[0.5], changed[1.0] / 2, atol=1e-3)
    assert not torch.allclose(changed[1.0], changed[0.0], atol=1e-3)
    assert torch.allclose(changed[0.0], torch.zeros_like(changed[0.0]), atol=1e-6)
