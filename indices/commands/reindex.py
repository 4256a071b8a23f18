"""`luruskan reindex`: the search index anew, without a pause."""

from __future__ import annotations

import click

from indices.progress import TerminalProgress
from indices.runtime import Runtime


@click.command()
@click.pass_obj
def reindex(runtime: Runtime) -> None:
    """Build the search index anew from the posts that are kept.

    After an upgrade that says so, or when searches miss what is there. Reading and writing go on
    meanwhile; nothing is lost when it is interrupted.

    \b
    Example:
      luruskan reindex
    """
    with runtime.store() as store, TerminalProgress().bar("Reindexing posts") as bar:
        count = store.rebuild(bar)
    click.echo(f"{count} posts reindexed")
