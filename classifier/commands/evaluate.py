"""`luruskan evaluate`: how well the model judges, in one report."""

from __future__ import annotations

from pathlib import Path

import click

from indices.codec import json_line
from indices.runtime import Runtime


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory of the research data; LURUSKAN_TEST_DATA where it is not given.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write report.html (with the worst errors' texts: keep it to yourself) and report.json.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one line of JSON.")
@click.option(
    "--gate",
    type=click.Path(path_type=Path, dir_okay=False),
    is_flag=False,
    flag_value="shipped",
    help="Exit with 1 where a figure is under the floors of FILE; alone: the package's own.",
)
@click.option(
    "--card",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the model card and its report into this directory; also reads training texts.",
)
@click.pass_obj
def evaluate(  # noqa: PLR0913 (click hands over one argument an option)
    runtime: Runtime,
    *,
    data: Path | None,
    output: Path | None,
    as_json: bool,
    gate: Path | None,
    card: Path | None,
) -> None:
    """Measure the model in use on the test period of the research data.

    Per kind of ordinary post, platform, source, month and topic, scams apart, with 95 % intervals,
    beside four plain baselines. The first run takes minutes; vectors are kept for the next.

    \b
    Examples:
      LURUSKAN_TEST_DATA=/data luruskan evaluate --output ~/evaluation
      luruskan evaluate --data /data --gate
    """
    from classifier.evaluation.floors import read_floors, shipped_floors, shortfalls
    from classifier.evaluation.running import measure, write_card, write_files
    from classifier.evaluation.terminal import print_report
    from classifier.training.corpus import checked_data_dir, data_dir

    directory = checked_data_dir(data, f"--data {data}") if data else data_dir()
    floors = None
    if gate is not None:  # a wrong file is told before minutes of work
        floors = read_floors(shipped_floors() if str(gate) == "shipped" else gate)
    evaluation = measure(runtime.settings, directory, whole=card is not None)
    if output is not None:
        write_files(evaluation, output)
    if card is not None:
        write_card(runtime.settings, evaluation, card)
    if as_json:
        click.echo(json_line(evaluation.report))
    else:
        from rich.console import Console

        print_report(evaluation.report, Console(width=None))
    missed = shortfalls(evaluation.report, floors) if floors is not None else []
    for line in missed:
        click.echo(f"! {line}", err=True)
    if missed:
        raise click.exceptions.Exit(1)
