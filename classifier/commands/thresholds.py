"""`luruskan thresholds`: what each threshold would cost and miss, from the office's own posts."""

from __future__ import annotations

from datetime import timedelta

import click

from indices.codec import json_line
from indices.runtime import Runtime


@click.command()
@click.option(
    "--days",
    default=30,
    show_default=True,
    type=click.IntRange(1, 365),
    help="So many of the last days.",
)
@click.option(
    "--set",
    "chosen",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Write classifier.threshold into luruskan.toml; posts assessed from then on follow it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.pass_obj
def thresholds(runtime: Runtime, days: int, chosen: float | None, as_json: bool) -> None:
    """Simulate the queue's length, its precision and the misses for each threshold.

    Precision and misses come from the desk's reviews and its random sample of unflagged posts;
    until there are twenty of each, misses are those of the model's test set, and that is said.

    \b
    Examples:
      luruskan thresholds
      luruskan thresholds --set 0.55
    """
    from dataclasses import asdict

    from classifier.threshold_table import print_simulation, simulate_office

    if chosen is not None:
        from indices.settings_file import write_settings

        write_settings(runtime.home, {("classifier", "threshold"): chosen})
        click.echo(f"classifier.threshold = {chosen:g}; posts assessed from now on follow it")
        return
    with runtime.job_context() as context:
        simulation, present = simulate_office(context, timedelta(days=days))
    if as_json:
        click.echo(json_line(asdict(simulation) | {"threshold": present}))
    else:
        print_simulation(simulation, present)
