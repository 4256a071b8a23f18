"""`luruskan train`: fit the model again, from the research data or from the office's own posts."""

from __future__ import annotations

from pathlib import Path

import click

from indices.locks import exclusive
from indices.model_history import ChangeKind
from indices.runtime import Runtime


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory for a new model from the research data.",
)
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--adapters",
    default="shipped",
    show_default=True,
    help="shipped, new (train both: an hour of two cores at best), none, or another model's "
    "directory.",
)
@click.option(
    "--background",
    "office",
    flag_value="background",
    help="Learn from this office's posts of the last 30 days and all its reviews, in minutes.",
)
@click.option(
    "--reviews", "office", flag_value="reviews", help="Learn from this office's reviews alone."
)
@click.pass_obj
def train(
    runtime: Runtime,
    output: Path | None,
    seed: int,
    adapters: str,
    office: str | None,
) -> None:
    """Fit the model anew.

    With --background or --reviews: from what this office collected and decided. The result is put
    to use unless it is worse (exit code 1); `luruskan models rollback` takes it back. With
    --output: from the data that LURUSKAN_TEST_DATA names, measured, with its card.

    \b
    Examples:
      luruskan train --background
      LURUSKAN_TEST_DATA=/data luruskan train --output my-model
      then set in luruskan.toml:  [classifier]  model = "my-model"
    """
    if (office is None) == (output is None):
        raise click.UsageError("Say either --output DIR, or --background (or --reviews).")
    if output is None:
        _learn(runtime, with_background=office == "background")
        return
    from classifier.training.corpus import data_dir

    directory = data_dir()
    from classifier.training.running import run_training

    model = run_training(directory, output, seed=seed, adapters_from=adapters)
    click.echo(f"{model} in {output}; its figures are in {output / 'MODEL_CARD.md'}")


def _learn(runtime: Runtime, *, with_background: bool) -> None:
    from classifier.commands.models import told
    from classifier.office import gather, learn

    lock = exclusive(runtime.home / "daily.lock", "luruskan daily or train")
    with lock, runtime.job_context() as context:
        change = learn(context, gather(context, with_background=with_background))
    left_out = ", ".join(f"{count} {reason}" for reason, count in change.left_out.items())
    click.echo(told(change))
    if left_out:
        click.echo(f"    left out: {left_out}")
    if change.kind is ChangeKind.REFUSED:
        raise click.exceptions.Exit(1)
