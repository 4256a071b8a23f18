"""The model card's part on baselines, kinds, platforms, months, topics and scams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MODELS = {
    "luruskan": "this model",
    "tfidf": "TF-IDF and logistic regression",
    "plain_e5": "plain E5 (and logistic regression)",
    "letters": "BM25 of letters (nearest known fact-check)",
    "surface": "nine surface features",
}
_GROUPS = {
    "kind": "kind of ordinary post",
    "platform": "where the ordinary post was",
    "period": "month of the fact-check",
    "topic": "topic, by its words",
}


def build_baselines(report: Mapping[str, Any]) -> str:
    """The same test for plain ways of judging."""
    intro = (
        "In brackets the 95 % bootstrap interval. Flagging: hoaxes that are no scams against all"
        f" ordinary posts, every source counting alike; AP at {report['prior']:.0%} hoaxes.\n"
    )
    lines = [
        "\n## Beside plain baselines\n",
        intro,
        "| | AUC | recall@5% | AP | scams: AUC | matching: S@1 | S@10 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, row in report["models"].items():
        ranking = report["ranking"]["models"].get(name, {})
        cells = [row["hoaxes"][key] for key in ("AUC", "recall@5%", "AP")]
        cells += [row["scams"]["AUC"], ranking.get("S@1"), ranking.get("S@10")]
        lines.append(f"| {_MODELS[name]} | {' | '.join(_told(cell) for cell in cells)} |")
    return "\n".join([*lines, ""])


def build_groups(report: Mapping[str, Any]) -> str:
    """Hoaxes against ordinary posts, group by group."""
    lines = ["\n## By kind, platform, period and topic\n"]
    lines += ["| group | hoaxes | ordinary | AUC | recall@5% | hoaxes flagged | false flags |"]
    lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
    for group, title in _GROUPS.items():
        lines.append(f"| **{title}** | | | | | | |")
        lines += [_row(name, row) for name, row in report["groups"][group].items()]
    lines.append(_row("**scams**, against all ordinary posts", report["scams"]))
    lines.append(
        "\nWhere hoaxes were posted is not in the data: by kind and platform all hoaxes stand"
        " against the ordinary posts of the group."
    )
    return "\n".join([*lines, ""])


def build_claim_groups(report: Mapping[str, Any]) -> str:
    """How well posts of one claim come together."""
    lines = ["\n## Claim groups\n"]
    lines += ["| second telling | posts | pairs | precision | recall | F1 | B-cubed F1 |"]
    lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
    for name, row in report["claim_groups"]["golds"].items():
        lines.append(
            f"| {name} | {row['posts']} | {row['pairs']} | {row['precision']:.3f}"
            f" | {row['recall']:.3f} | {_told(row['F1'])} | {row['B-cubed F1']:.3f} |"
        )
    lines.append(
        "\nThe data has one post a fact-check. What stands in for a second one: the claim as the"
        " fact-checker worded it, and copies of the post that were made here. Claims with titles"
        " of many common words are not judged: nobody looked whether they are one."
    )
    return "\n".join([*lines, ""])


def _row(name: str, row: Mapping[str, Any]) -> str:
    figures = (_told(row.get(key)) for key in ("AUC", "recall@5%", "hoaxes flagged", "false flags"))
    return f"| {name} | {row['hoaxes']} | {row['ordinary']} | {' | '.join(figures)} |"


def _told(value: Any) -> str:
    if value is None:
        return "–"
    figure, low, high = value
    return f"{figure:.3f} ({low:.2f}–{high:.2f})"
