"""`luruskan demo`: the whole work on an invented region, over real HTTP on this machine."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from indices.daily import run_daily
from indices.errors import LuruskanError
from indices.homes import create_home
from indices.locks import exclusive
from indices.runtime import Runtime
from indices.settings import OfficeSettings

OFFICE = OfficeSettings(
    name="Media Center Lembah Sarang (demo)",
    region="Kabupaten Lembah Sarang",
    timezone="Asia/Makassar",
    contact="demo@lembahsarang.example",
)
EARLY_DAYS = 3
STEPS = ("demo-web", "crawl", "assess", "demo-desk", "mirror")


@click.command()
@click.option("--no-serve", is_flag=True, help="End when the weekly summary is written.")
@click.option("--port", type=int, help="Where to serve the desk [default: next free from 8080].")
@click.pass_context
def demo(ctx: click.Context, no_serve: bool, port: int | None) -> None:
    """Crawl an invented region, assess, write the weekly summary and serve the desk.

    Everything in it is made up: places, people, outlets and posts. It works in the folder
    `demo` of the data directory and never touches your own data. Ctrl-C ends it; the next
    start goes on from there.

    \b
    Examples:
      luruskan demo                try everything out
      luruskan demo --no-serve     the same without the desk, for a quick check
    """
    click.secho("Luruskan demo: Kabupaten Lembah Sarang (rekaan, invented)", bold=True, err=True)
    runtime = _demo_runtime(ctx.obj.home / "demo")
    with exclusive(runtime.home / "daily.lock", "luruskan demo"):
        _work(runtime)
        _call(ctx, "summary", runtime, week=_fuller_week())
        _print_people(runtime.home)
        if not no_serve:
            _call(ctx, "serve", runtime, port=port)


def _fuller_week() -> str:
    """Early in a week there is little to tell of it; the demo's posts reach back three weeks."""
    today = datetime.now(ZoneInfo(OFFICE.timezone))
    return "this" if today.weekday() >= EARLY_DAYS else "last"


def _print_people(home: Path) -> None:
    """Who can sign in to the demo's desk, as its job left them."""
    path = home / "demo-users.json"
    for user in json.loads(path.read_text(encoding="utf-8")) if path.exists() else []:
        click.echo(f"  {user['role']:<12} {user['email']:<34} {user['password']}")


def _demo_runtime(home: Path) -> Runtime:
    """An office that does not exist; unlike a real one it may crawl this machine, and at once."""
    create_home(home, OFFICE)
    runtime = Runtime(home=home)
    settings = runtime.settings
    crawl = settings.crawl.model_copy(
        update={"allowed_private_hosts": ("127.0.0.1", "localhost"), "delay_seconds": 0.0}
    )
    runtime.settings = settings.model_copy(update={"crawl": crawl})
    return runtime


def _work(runtime: Runtime) -> None:
    with runtime.job_context() as context:
        report = run_daily(context, steps=STEPS)
    for step in report.steps:
        if step.error is not None:
            raise step.error
        counts = step.report.counts if step.report else {}
        figures = ", ".join(f"{name} {count}" for name, count in counts.items())
        click.echo(f"  {step.job:<10} {figures} ({step.seconds:.1f} s)", err=True)


def _call(ctx: click.Context, name: str, runtime: Runtime, **options: object) -> None:
    """Run another registered command on the demo's data."""
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    command = group.get_command(ctx, name)
    if command is None:
        message = f"command {name!r} is not installed; run `make install` again"
        raise LuruskanError(message)
    with click.Context(command, parent=ctx.parent, info_name=name, obj=runtime) as inner:
        inner.invoke(command, **options)
