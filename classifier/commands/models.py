"""`luruskan models`: which model judges here, which were before it, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from indices.model_history import ModelChange, Standing, read_changes
from indices.runtime import Runtime


@click.group()
def models() -> None:
    """Which model judges here, how it came to be, and the way back.

    \b
    Examples:
      luruskan models list
      luruskan models rollback
      luruskan models use shipped
    """


@models.command("list")
@click.pass_obj
def list_models(runtime: Runtime) -> None:
    """List the model in use and every change, newest first.

    \b
    Example:
      luruskan models list
    """
    from classifier.installing import current_name, id_in_use, installed_names

    current = current_name(runtime.home)
    click.echo(f"in use: {id_in_use(runtime.settings)}")
    for name in installed_names(runtime.home):
        click.echo(f"{'*' if name == current else ' '} {name}")
    for change in read_changes(runtime.home)[:20]:
        click.echo(told(change))


@models.command()
@click.argument("name")
@click.pass_obj
def use(runtime: Runtime, name: str) -> None:
    """Use the model NAME of the list, or `shipped` for the one that the settings name.

    \b
    Example:
      luruskan models use shipped
    """
    from classifier.installing import choose

    change = choose(runtime.settings, None if name == "shipped" else name, datetime.now(UTC))
    click.echo(f"{change.model} is in use")


@models.command()
@click.pass_obj
def rollback(runtime: Runtime) -> None:
    """Go back to the model before the present one; it is not trained over by `daily`.

    \b
    Example:
      luruskan models rollback
    """
    from classifier.installing import choose, previous_name

    settings = runtime.settings
    change = choose(settings, previous_name(settings), datetime.now(UTC))
    click.echo(f"{change.model} is in use again, instead of {change.before}")


def told(change: ModelChange) -> str:
    """One change in one or two lines."""
    line = f"{change.at:%Y-%m-%d %H:%M} {change.kind.value:<8} {change.model}"
    if change.n_posts or change.n_reviews:
        line += f" from {change.n_posts} posts, {change.n_reviews} reviews"
    if change.was and change.now:
        line += f"\n    was {_standing(change.was)}; now {_standing(change.now)}"
    return "\n    ".join([line, *change.reasons])


def _standing(standing: Standing) -> str:
    text = f"threshold {standing.threshold:.2f}"
    return (
        text if standing.false_flags is None else f"{text}, false flags {standing.false_flags:.1%}"
    )
