"""`luruskan serve`: open the desk."""

from __future__ import annotations

import click

from indices.runtime import Runtime


@click.command()
@click.option("--host", help="Address to listen on [default: desk.host].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port [default: desk.port].")
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help="Requests answered at once.",
)
@click.pass_obj
def serve(runtime: Runtime, host: str | None, port: int | None, threads: int) -> None:
    """Serve the desk and the public site; the next free port is taken when this one is not.

    \b
    Example:
      luruskan serve --port 8080
    """
    from review_ui.serving import serve_desk

    desk = runtime.settings.desk
    with runtime.store() as store:
        serve_desk(
            runtime.settings,
            store,
            address=(host or desk.host, desk.port if port is None else port),
            threads=threads,
            say=click.echo,
        )
