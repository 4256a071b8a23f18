"""`luruskan init`: a data directory with settings and keys."""

from __future__ import annotations

import click
from pydantic import ValidationError

from indices.errors import SettingsError
from indices.homes import add_missing_keys, create_home
from indices.queries import StoreHealth
from indices.runtime import Runtime
from indices.settings import FILE_NAME, OfficeSettings


@click.command()
@click.option("--office", default="Media Center", show_default=True, help="Name of the office.")
@click.option("--region", default="", help="The region that is watched.")
@click.option("--timezone", default="Asia/Makassar", show_default=True, help="IANA time zone.")
@click.option("--contact", default="", help="Where a site owner can complain; sent when crawling.")
@click.pass_obj
def init(runtime: Runtime, office: str, region: str, timezone: str, contact: str) -> None:
    """Make the data directory with settings, keys and an empty index.

    Safe to run again: settings that are there already are left as they are; only keys that a
    file written by hand lacks are added to it.

    \b
    Example:
      luruskan init --office "Media Center Lembah Sarang" --region "Lembah Sarang"
    """
    path = runtime.home / FILE_NAME
    created = create_home(runtime.home, _office(office, region, timezone, contact))
    added = () if created else add_missing_keys(runtime.home, runtime.settings)
    with runtime.store() as store:
        health = store.check_health()
    if created:
        click.echo(f"Settings and keys: {path}")
    elif added:
        click.echo(f"Settings were there already; added {', '.join(added)}: {path}")
    else:
        click.echo(f"Settings were there already and stay as they are: {path}")
    click.echo(_told(health))
    click.echo("Next: luruskan sources add FEED_URL")


def _told(health: StoreHealth) -> str:
    if health.status == "red":
        return f"Index: {health.backend}, not usable yet: {health.detail}"
    return f"Index: {health.backend} {health.version}, {health.counts.get('posts', 0)} posts"


def _office(name: str, region: str, timezone: str, contact: str) -> OfficeSettings:
    try:
        return OfficeSettings(name=name, region=region, timezone=timezone, contact=contact)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingsError(
            f"--{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}"
        ) from error
