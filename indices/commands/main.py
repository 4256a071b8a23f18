"""`luruskan`: one command for the whole work, its parts loaded only when they are called."""

from __future__ import annotations

import os
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import click

from indices.errors import LuruskanError
from indices.logs import log_to_stderr
from indices.runtime import Runtime
from indices.settings import home_dir
from indices.stopping import Stopped, stop_on_signals

GROUP = "luruskan.commands"


class LazyGroup(click.Group):
    """Loads a subcommand when it is called, so that `luruskan doctor` never imports torch."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all registered commands, sorted."""
        return sorted(_registered())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        entry_point = _registered().get(cmd_name)
        if entry_point is None:
            return None
        command: click.Command = entry_point.load()
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run, and turn what a person can mend into one line and an exit code."""
        try:
            return super().invoke(ctx)
        except LuruskanError as error:
            click.echo(f"luruskan: {error}", err=True)
            ctx.exit(error.exit_code)
        except Stopped as stopped:
            click.echo(f"luruskan: {stopped}", err=True)
            ctx.exit(stopped.exit_code)
        except BrokenPipeError:
            sys.stderr.close()  # else the interpreter complains about the closed pipe once more
            ctx.exit(0)
        except OSError as error:  # a full disk, a closed directory: whatever named no mend itself
            where = f"{error.filename}: " if error.filename else ""
            mend = "check the path, its owner and the room on its disk"
            click.echo(f"luruskan: {where}{error.strerror or error}; {mend}", err=True)
            ctx.exit(LuruskanError.exit_code)


def _registered() -> dict[str, EntryPoint]:
    return {entry_point.name: entry_point for entry_point in entry_points(group=GROUP)}


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", help="Data directory [default: $LURUSKAN_HOME or ~/.local/share/luruskan].")
@click.version_option(package_name="luruskan")
@click.pass_context
def main(ctx: click.Context, home: str | None) -> None:
    """Watch what is said about a region, and set it straight.

    \b
    First steps:
      luruskan init                  make the data directory, settings and keys
      luruskan sources add FEED_URL  watch a source
      luruskan daily                 crawl, assess, raise alarms
      luruskan serve                 open the desk
    """
    log_to_stderr()
    stop_on_signals()
    if sys.stdin is None:  # closed by whoever started this: nothing comes in
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 (for the whole process)
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (for the whole process)
    ctx.obj = Runtime(home=home_dir(home))
