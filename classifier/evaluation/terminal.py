"""The report as tables for a terminal; the page has the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from classifier.evaluation.wording import (
    GOLD_NAMES,
    GROUP_NAMES,
    MODEL_NAMES,
    told_interval,
    word_of,
)

_SHOWN = ("AUC", "recall@5%", "hoaxes flagged", "false flags")


def print_report(report: Mapping[str, Any], console: Console) -> None:
    """Baselines beside the model, then each group."""
    console.print(f"{report['model']}, data {report['data']}", highlight=False)
    console.print(_models(report))
    for group, title in GROUP_NAMES.items():
        console.print(_group(title, report["groups"][group]))
    console.print(_group("Penipuan melawan semua unggahan biasa", {"": report["scams"]}))
    console.print(_claim_groups(report["claim_groups"]["golds"]))


def _models(report: Mapping[str, Any]) -> Table:
    columns = ("AUC", "recall@5%", "AP", "AUC penipuan", "S@1", "S@10")
    table = _table("Dibandingkan cara sederhana", columns)
    for name, row in report["models"].items():
        ranking = report["ranking"]["models"].get(name, {})
        cells = [row["hoaxes"][key] for key in columns[:3]]
        cells += [row["scams"]["AUC"], ranking.get("S@1"), ranking.get("S@10")]
        table.add_row(MODEL_NAMES[name], *(told_interval(cell) for cell in cells))
    return table


def _group(title: str, rows: Mapping[str, Mapping[str, Any]]) -> Table:
    table = _table(title, ("hoaks", "biasa", "AUC", "recall@5%", "hoaks ditandai", "salah tanda"))
    for name, row in rows.items():
        counts = str(row["hoaxes"]), str(row["ordinary"])
        table.add_row(word_of(name), *counts, *(told_interval(row.get(key)) for key in _SHOWN))
    return table


def _claim_groups(golds: Mapping[str, Mapping[str, Any]]) -> Table:
    columns = ("unggahan", "pasangan", "presisi", "temuan", "F1", "F1 B-cubed")
    table = _table("Kelompok klaim: yang menuturkan klaim yang sama", columns)
    for name, row in golds.items():
        counts = str(row["posts"]), str(row["pairs"])
        told = (row["precision"], row["recall"], row["F1"], row["B-cubed F1"])
        table.add_row(GOLD_NAMES[name], *counts, *map(told_interval, told))
    return table


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    return table
