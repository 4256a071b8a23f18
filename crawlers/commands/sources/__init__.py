"""`luruskan sources`: which outlets, accounts and files are watched."""

from __future__ import annotations

import click

from crawlers.commands.sources.changing import add, disable, edit, enable, remove
from crawlers.commands.sources.exchanging import export_sources, import_sources
from crawlers.commands.sources.health import health
from crawlers.commands.sources.listing import list_sources
from crawlers.commands.sources.looking import check, discover


@click.group()
def sources() -> None:
    """See and change what is watched.

    \b
    Examples:
      luruskan sources discover https://kabarlembah.example/
      luruskan sources import --region "Kalimantan Timur"
      luruskan sources add https://sosial.example -o hashtag=lembahsarang
      luruskan sources list
    """


for _command in (
    *(add, edit, enable, disable, remove),
    *(list_sources, check, discover, health, import_sources, export_sources),
):
    sources.add_command(_command)
