"""`luruskan assess`: judge the posts of the store, or posts on standard input."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from indices.codec import document_to_dict, json_line
from indices.jobs import JobReport
from indices.runtime import Runtime


@click.command()
@click.option(
    "--library",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fact-checks to match against, CSV or NDJSON with id and title (with POSTS only).",
)
@click.option(
    "--background",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="NDJSON posts of the same stream, learnt as ordinary for this run (50 or more).",
)
@click.option(
    "--groups/--no-groups",
    "with_groups",
    default=True,
    show_default=True,
    help="Name each post's claim group (with POSTS): the id of the first post of the same claim. "
    "Without it and without --library judging takes half the time.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the store's report as one line.")
@click.argument("posts", type=click.File("rb"), required=False)
@click.pass_obj
def assess(  # noqa: PLR0913, PLR0917 (one argument an option)
    runtime: Runtime,
    library: Path | None,
    background: Path | None,
    with_groups: bool,
    as_json: bool,
    posts: IO[bytes] | None,
) -> None:
    """Judge every post of the store that the model has not read; or POSTS ("-" for stdin).

    \b
    Examples:
      luruskan assess
      luruskan assess - < posts.ndjson
      {"id": "7", "probability": 0.81, "flagged": true, "group": "3", ...}
      luruskan assess --background last-month.ndjson - < posts.ndjson
    """
    if posts is None:
        if library is not None:
            raise click.UsageError("--library goes with POSTS; the store has its own fact-checks.")
        if background is not None:
            raise click.UsageError(
                "--background goes with POSTS; see `luruskan train --background`."
            )
        _assess_store(runtime, as_json=as_json)
        return
    from classifier.installing import in_use
    from classifier.streaming import assess_stream

    settings = in_use(runtime.settings)
    if assess_stream(settings, library, posts, background, with_groups=with_groups):
        raise click.exceptions.Exit(1)


def _assess_store(runtime: Runtime, *, as_json: bool) -> None:
    from classifier.jobs import assess as assess_job

    with runtime.job_context() as context:
        report = assess_job(context)
    if as_json:
        click.echo(json_line(document_to_dict(report)))
    else:
        _print(report)
    if report.failed:
        raise click.exceptions.Exit(1)


def _print(report: JobReport) -> None:
    for name, count in report.counts.items():
        click.echo(f"{name}: {count}")
    for alarm in report.alarms:
        click.echo(f"! {alarm.text}", err=True)
