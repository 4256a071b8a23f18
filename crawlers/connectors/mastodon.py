"""Mastodon: public posts of a hashtag, an account or a search, back to where the last crawl was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from crawlers.connectors.answers import listed, part, read_json
from crawlers.connectors.backwards import Page, Stretch, read_back
from crawlers.connectors.items import take_item
from crawlers.connectors.statuses import is_status, read_status
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched, KeyedCall
from crawlers.work import SourceUnreadableError, SourceWork

_PAGE_SIZE = 40


async def collect_mastodon(work: SourceWork) -> Mapping[str, str]:
    """Hashtags and accounts need no key; a search does."""
    server = Server(work)
    if search := work.source.options.get("search"):
        return await read_back(work, SearchResults(work, server, search))
    return await read_back(work, StatusTimeline(work, server, await _timeline_path(work, server)))


class Server:
    """One Mastodon server, asked with its own token where the office has one."""

    def __init__(self, work: SourceWork) -> None:
        self._work = work
        self._host = urlsplit(work.source.url).netloc.lower()
        token = work.settings.platforms.mastodon_tokens.get(self._host)
        self._token = token.get_secret_value() if token else ""

    async def fetch(self, path: str) -> Fetched:
        """One answer; errors say which setting to mend."""
        address = self._work.source.url.rstrip("/") + path
        try:
            if not self._token:
                return await self._work.fetcher.fetch(address)
            headers = {"Authorization": f"Bearer {self._token}"}
            return await self._work.fetcher.call(KeyedCall(address, headers))
        except FetchError as error:
            raise self._explained(error) from error

    def require_token(self) -> None:
        """Before a question that no server answers without one."""
        if not self._token:
            raise SourceUnreadableError(
                "a search needs a token of this server: make one there under Preferences, "
                f'Development (scope read), and set platforms.mastodon_tokens."{self._host}"'
            )

    def _explained(self, error: FetchError) -> FetchError | SourceUnreadableError:
        if error.status not in {401, 403, 404, 422}:
            return error
        if self._token and error.status in {401, 403}:
            return SourceUnreadableError(
                f"{error.detail}: the token is expired, withdrawn or may not read; make a new "
                f'one there and set platforms.mastodon_tokens."{self._host}"'
            )
        text = f"{error.detail}; the server may show this to signed-in people only"
        return FetchError(error.disposition, text, status=error.status)


class StatusTimeline:
    """The timeline of a hashtag or an account; the server minds both marks."""

    def __init__(self, work: SourceWork, server: Server, path: str) -> None:
        self._work = work
        self._server = server
        self._path = path

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """Older than an id, newer than another."""
        query = {"limit": str(min(_PAGE_SIZE, max(1, most)))}
        query |= {"max_id": older} if (older := cursor or stretch.before) else {}
        query |= {"since_id": stretch.after} if stretch.after else {}
        joint = "&" if "?" in self._path else "?"
        fetched = await self._server.fetch(f"{self._path}{joint}{urlencode(query)}")
        items = read_json(fetched, "a Mastodon server")
        if not isinstance(items, list):
            raise SourceUnreadableError("does not answer as a Mastodon server does")
        statuses = [each for each in items if is_status(each)]
        older = _older_id(fetched, statuses)
        newest = str(statuses[0]["id"]) if statuses else ""
        return Page(items, fetched, newest=newest, oldest=older, cursor=older)

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one status to its end."""
        await _take(self._work, item, fetched)


class SearchResults:
    """What a full-text search of the server finds, newest first; pages are counted from there."""

    def __init__(self, work: SourceWork, server: Server, search: str) -> None:
        server.require_token()
        self._work = work
        self._server = server
        self._search = search

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """From an offset on, until a page holds nothing newer than what is known."""
        offset = cursor or stretch.before or "0"
        query = {"q": self._search, "type": "statuses", "limit": str(_PAGE_SIZE), "offset": offset}
        fetched = await self._server.fetch(f"/api/v2/search?{urlencode(query)}")
        items = listed(read_json(fetched, "a Mastodon server"), "statuses", "a Mastodon server")
        ids = sorted((str(each["id"]) for each in items if is_status(each)), key=_age)
        known = not ids or _age(ids[-1]) <= _age(stretch.after)
        fresh = [i for i in items if not is_status(i) or _age(str(i["id"])) > _age(stretch.after)]
        return Page(
            fresh,
            fetched,
            newest=ids[-1] if ids else "",
            # new results only push older ones further back
            oldest=offset,
            cursor="" if known else str(int(offset) + len(items)),
        )

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one status to its end."""
        await _take(self._work, item, fetched)


async def _take(work: SourceWork, item: Any, fetched: Fetched) -> None:
    name = part(item, "id") if isinstance(item, dict) else type(item).__name__
    server = work.source.url
    await take_item(work, f"{server} {name}", lambda: read_status(item, server), fetched)


async def _timeline_path(work: SourceWork, server: Server) -> str:
    options = work.source.options
    if hashtag := options.get("hashtag", "").lstrip("#"):
        return f"/api/v1/timelines/tag/{quote(hashtag, safe='')}"
    account = options.get("account", "").lstrip("@")
    fetched = await server.fetch(f"/api/v1/accounts/lookup?{urlencode({'acct': account})}")
    found = part(read_json(fetched, "a Mastodon server"), "id")
    if not str(found or "").isalnum():
        raise SourceUnreadableError(f"has no account {account!r}; check the option `account`")
    query = {"exclude_replies": str(not work.is_on("replies", True)).lower()}
    query["exclude_reblogs"] = str(not work.is_on("boosts", True)).lower()
    return f"/api/v1/accounts/{found}/statuses?{urlencode(query)}"


def _age(status_id: str) -> tuple[int, str]:
    """Ids grow with time: longer ones, then greater ones."""
    return len(status_id), status_id


def _older_id(fetched: Fetched, statuses: Sequence[Mapping[str, Any]]) -> str:
    """Where the next page begins: as the Link header says, else below the oldest seen."""
    if not statuses:
        return ""
    for link in fetched.header("Link").split(","):
        address, _, rest = link.partition(">")
        if 'rel="next"' in rest:
            ids = parse_qs(urlsplit(address.strip(" <")).query).get("max_id", [])
            if ids and ids[0].isalnum():
                return ids[0]
    return str(statuses[-1]["id"])
