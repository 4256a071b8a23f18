"""`luruskan match`: which fact-checks posts on standard input may repeat."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from indices.runtime import Runtime


@click.command()
@click.option(
    "--library",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV or NDJSON with id and title.",
)
@click.option(
    "--limit",
    default=10,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="Matches for each post.",
)
@click.argument("posts", type=click.File("rb"), default="-")
@click.pass_obj
def match(runtime: Runtime, library: Path, limit: int, posts: IO[bytes]) -> None:
    """Find the fact-checks that posts (NDJSON with id and text) may repeat, best first.

    \b
    Example:
      luruskan match --library factchecks.csv - < posts.ndjson
      {"id": "7", "matches": [{"id": "fc12", "score": 0.93, "title": "..."}, ...]}
    """
    from classifier.installing import in_use
    from classifier.streaming import match_stream

    bad_lines = match_stream(in_use(runtime.settings), library, posts, limit)
    if bad_lines:
        raise click.exceptions.Exit(1)
