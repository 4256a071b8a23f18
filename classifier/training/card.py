"""Writes the model card from measured figures, the bad ones too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classifier.matching import FEATURES
from classifier.training.card_groups import (
    build_baselines,
    build_claim_groups,
    build_groups,
)

_HEAD = """# Model card: {model}

Written by `luruskan evaluate --card` from what it measured; change the model, not this file.

## What it is

Two judgements on Indonesian posts, on top of {encoder} (MIT){adapters}:

- **matching**: which known fact-checks a post may repeat (BM25 of character 4-grams and of word
  stems, and the encoder's cosine; the candidates are weighed against each other and against "none
  of them" by a conditional logit with {n_features} features);
- **flagging**: the probability that a person should decide on a post (one logistic layer over the
  encoder's vector, {n_cues} signs and the best match; the last sign is the answer of a head of
  its own for scams), calibrated to {prior:.0%} such posts.

A machine flags, a person decides: nothing here is fit to be published, to label a post, a person
or an outlet, to remove anything, or to rank people.

## What it learnt from

Research collections, named by hash `{data}`, seed {seed}; no text of them is in the model.
Hoaxes: posts that Indonesian fact-checkers answered, to December 2024 for fitting
({train_hoaxes:,}), January to June 2025 for choosing and calibrating ({dev_hoaxes:,}), July to
November 2025 for the figures below ({test_hoaxes:,}). Ordinary posts: {n_sources} collections
nobody labelled as hoaxes; 70 % / 15 % / 15 %.{invented}
All hoaxes come through one fact-checking community, and many are captions of pictures or videos
which this model does not see.
"""

_WARNINGS = """
## What it must not be used for

- Deciding without a person, or showing its probability to the public.
- Telling whether a claim is true: it reads style and likeness to known hoaxes, not facts. A true
  report can look like a hoax, and a soberly worded lie like an ordinary post.
- Judging newspapers: for press, government and fact-checkers a higher threshold applies, and even
  so a flag only says "look at this".
- Other languages than Indonesian; regional languages and English get an answer marked as unsure.
- Ranking, profiling or prosecuting people or communities.
- Comparing offices or platforms by their share of flags: the share of ordinary posts that is
  flagged differs by source (see the table), most for those that training never saw.
"""

LEFT_OUT = "left out"


def build_card(model: str, facts: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """The card in Markdown."""
    texts = facts["texts"]
    head = _HEAD.format(
        model=model,
        encoder=facts["encoder"],
        adapters=_adapters(facts["adapters"]),
        n_features=len(FEATURES),
        n_cues=len(report["flagging"]["cues"]),
        prior=facts["prior"],
        data=facts["data"],
        seed=facts["seed"],
        train_hoaxes=texts["train"]["hoaxes"],
        dev_hoaxes=texts["dev"]["hoaxes"],
        test_hoaxes=texts["test"]["hoaxes"],
        n_sources=len(report["flagging"]["sources"]),
        invented=_invented(facts.get("invented_pairs", 0)),
    )
    parts = [head, _matching(facts, report["matching"]), _flagging(facts, report["flagging"])]
    if "models" in report:  # a report of an older model has no more than the two
        parts += [build_baselines(report), build_groups(report)]
    if "claim_groups" in report:
        parts.append(build_claim_groups(report))
    return "".join([*parts, _WARNINGS])


def _invented(n_pairs: int) -> str:
    if not n_pairs:
        return ""
    return (
        f"\nThe last layer also learnt from {n_pairs:,} pairs that a language model invented for"
        " it, a hoax and an\nordinary post of the same topic and form; nothing below was measured"
        " on them."
    )


def _adapters(adapters: Mapping[str, Any]) -> str:
    if not adapters:
        return ", as it is"
    told = "; ".join(f"{name}: {note}" for name, note in sorted(adapters.items()))
    return f", with low-rank adapters merged in ({told})"


def _matching(facts: Mapping[str, Any], matching: Mapping[str, Any]) -> str:
    rows = [
        f"| {name} | {figures['n']:.0f} | {figures['S@1']:.3f} | {figures['S@10']:.3f}"
        f" | {figures['MRR']:.3f} |"
        for name, figures in (("all", matching["all"]), ("hard", matching["hard"]))
    ]
    confidence = [f"- {name}: {value:.3f}" for name, value in matching["confidence"].items()]
    intro = (
        f"Against {matching['library']:,} titles; *hard* are posts with under half of the title's"
        f" words. A match is called strong from {facts['strong_threshold']}.\n"
    )
    return "\n".join(
        [
            "\n## Matching, posts of July to November 2025\n",
            intro,
            "| posts | n | S@1 | S@10 | MRR |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            *confidence,
            "",
        ]
    )


def _flagging(facts: Mapping[str, Any], flagging: Mapping[str, Any]) -> str:
    thresholds = facts["thresholds"]
    columns = list(next(iter(flagging["sources"].values())))
    intro = (
        f"Default threshold {thresholds['default']}, for press and government"
        f" {thresholds['careful']}.\n"
    )
    lines = ["\n## Flagging, hoaxes of July to November 2025 against ordinary posts\n", intro]
    lines += _overall(flagging)
    note = (
        f'\n"Left out": the last layer never saw the source{facts.get("left_out_note", "")}.'
        " Scams are counted apart: AUC and recall are for hoaxes that are no scams.\n"
    )
    lines += [
        *([note] if LEFT_OUT in flagging else [""]),
        f"| source | {' | '.join(columns)} |",
        f"| --- |{' --- |' * len(columns)}",
    ]
    lines += [
        f"| {name} | {' | '.join(f'{figures[column]:g}' for column in columns)} |"
        for name, figures in flagging["sources"].items()
    ]
    return "\n".join([*lines, ""])


def _overall(flagging: Mapping[str, Any]) -> list[str]:
    """Left out of the last layer too, where that was measured."""
    left_out = flagging.get(LEFT_OUT)
    if left_out is None:
        head = ["| every source counting alike | sources it learnt from |", "| --- | --- |"]
        return head + [f"| {name} | {value:.3f} |" for name, value in flagging["seen"].items()]
    return [
        "| every source counting alike | sources it learnt from | each left out in turn |",
        "| --- | --- | --- |",
        *(
            f"| {name} | {value:.3f} | {left_out[name]:.3f} |"
            for name, value in flagging["seen"].items()
        ),
    ]
