"""`luruskan extract`: what an article page holds, from a file or from the web."""

from __future__ import annotations

import click

from indices.runtime import Runtime


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", default="", help="Where the page of a FILE stands on the web.")
@click.option("--timezone", default="Asia/Jakarta", help="What a time without a zone means.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.pass_obj
def extract(runtime: Runtime, page: str, url: str, timezone: str, as_json: bool) -> None:
    """Show what is taken from an article page, and where each part was found.

    An address is fetched as a crawl would: robots.txt, private networks and sizes are minded.

    \b
    Examples:
      luruskan extract halaman.html --url https://kabarlembah.example/1 --json
      luruskan extract https://kabarlembah.example/berita/1
    """
    from crawlers.extracting import article_as_json, article_as_text, read_page

    article = read_page(runtime, page, url, timezone)
    click.echo(article_as_json(article) if as_json else article_as_text(article))
