"""`luruskan train`: fit the model again from the research data."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory for the new model.",
)
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--adapters",
    default="shipped",
    show_default=True,
    help="shipped, new (train one: 10 to 60 minutes), none, or another model's directory.",
)
def train(output: Path, seed: int, adapters: str) -> None:
    """Fit the model from the data that LURUSKAN_TEST_DATA names, measure it, write its card.

    \b
    Example:
      LURUSKAN_TEST_DATA=/data luruskan train --output my-model
      then set in luruskan.toml:  [classifier]  model = "my-model"
    """
    from classifier.training.corpus import data_dir

    directory = data_dir()
    from classifier.training.running import run_training

    model = run_training(directory, output, seed=seed, adapters_from=adapters)
    click.echo(f"{model} in {output}; its figures are in {output / 'MODEL_CARD.md'}")
