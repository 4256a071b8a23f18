"""From an address to a source that a person can say yes to, with a sample of what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawlers.adding import build_source, guess_id
from crawlers.discovery.candidates import Candidate, Site, look_at_site
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetcher
from crawlers.sampling import Sample, take_samples
from crawlers.work import SourceUnreadableError
from indices.documents import Source
from indices.errors import BadInputError
from indices.jobs import JobContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What could be watched at a site."""

    site: Site
    chosen: Candidate
    sample: Sample


def propose(
    context: JobContext, url: str, given: Mapping[str, str], *, pick: int, items: int
) -> Proposal:
    """Look at the site and read a few items of one of its feeds or sitemaps.

    Args:
        given: what a person said of `source_id`, `name`, `kind` and `region`.
        pick: which candidate, from 1.

    Raises:
        BadInputError: nothing there can be watched; the line says what to do instead.
    """
    sites: list[Site] = []

    async def choose(fetcher: Fetcher) -> Sequence[Source]:
        site = await look_at_site(fetcher, url, context.settings.crawl.max_body_bytes)
        sites.append(site)
        if not 1 <= pick <= len(site.candidates):
            return []
        return [_as_source(site, site.candidates[pick - 1], url, given)]

    try:
        samples = take_samples(context, choose, items=items)
    except (FetchError, SourceUnreadableError) as error:
        raise BadInputError(f"{url}: {error}") from error
    if not sites[0].candidates:
        raise BadInputError(
            f"{url}: names no feed or sitemap; watch one of its listing pages instead: "
            "luruskan sources add PAGE --connector page (see docs/collecting.md)"
        )
    if not samples:
        raise BadInputError(f"--pick {pick}: there are {len(sites[0].candidates)} to choose from")
    return Proposal(site=sites[0], chosen=sites[0].candidates[pick - 1], sample=samples[0])


def _as_source(site: Site, candidate: Candidate, url: str, given: Mapping[str, str]) -> Source:
    named = {"name": site.name} if site.name else {}
    words = {**named, **given, "connector": candidate.connector}
    if "source_id" not in words:
        words["source_id"] = guess_id(url, {})
    return build_source(candidate.url, {}, words)
