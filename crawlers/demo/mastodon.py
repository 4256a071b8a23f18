"""The invented Mastodon instance: its public API, as far as a crawler reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html import escape

from crawlers.demo.content.loading import Account, Content, Status
from crawlers.demo.serving import Answer, Request

DOMAIN = "warga.lembahsarang.example"
HASHTAG = "lembahsarang"
OFFICIAL_ACCOUNT = "bpbd_lembahsarang"
_LINK = re.compile(r"https?://\S+")
_TAG = re.compile(r"#(\w+)")
_ACCOUNT_STATUSES = re.compile(r"/api/v1/accounts/(\d+)/statuses")


@dataclass(frozen=True)
class MastodonSite:
    """Hashtag timeline, account look-up and account timeline, newest first and in pages."""

    content: Content

    def answer(self, request: Request) -> Answer:
        """The JSON at that path."""
        if request.path == "/robots.txt":
            return Answer("User-agent: *\nDisallow: /media_proxy/\n", "text/plain")
        if request.path == f"/api/v1/timelines/tag/{HASHTAG}":
            return self._timeline(request, self._public)
        if request.path == "/api/v1/accounts/lookup":
            return self._look_up(request.query.get("acct", ""))
        if request.path in {"/api/v1/instance", "/api/v2/instance"}:
            return _json({"domain": DOMAIN, "title": "Warga Lembah Sarang", "version": "4.3.0"})
        if found := _ACCOUNT_STATUSES.fullmatch(request.path):
            return self._timeline(request, self._of_account(found[1]))
        return _not_found()

    @cached_property
    def _by_id(self) -> dict[int, Status]:
        """Ids count milliseconds, as Mastodon's do, with the position to keep them apart."""
        total = len(self.content.statuses)
        return {
            (int(status.published_at.timestamp() * 1000) << 16) + total - position: status
            for position, status in enumerate(self.content.statuses)
        }

    @property
    def _public(self) -> dict[int, Status]:
        return {n: s for n, s in self._by_id.items() if s.account != OFFICIAL_ACCOUNT}

    def _of_account(self, account_id: str) -> dict[int, Status]:
        names = {account.username for account in self.content.accounts}
        wanted = {name for name in names if self._account_id(name) == account_id}
        return {n: s for n, s in self._by_id.items() if s.account in wanted}

    def _look_up(self, acct: str) -> Answer:
        name = acct.removesuffix(f"@{DOMAIN}")
        for account in self.content.accounts:
            if account.username == name:
                return _json(self._account(account))
        return _not_found()

    def _timeline(self, request: Request, statuses: dict[int, Status]) -> Answer:
        limit = min(max(_number(request, "limit", 20), 1), 40)
        until = _number(request, "max_id", 1 << 63)
        after = max(_number(request, "since_id", 0), _number(request, "min_id", 0))
        ids = [n for n in sorted(statuses, reverse=True) if after < n < until]
        chosen = ids[-limit:] if "min_id" in request.query else ids[:limit]
        body = [self._status(n, statuses[n]) for n in chosen]
        return _json(body, headers=_links(request, chosen))

    def _status(self, number: int, status: Status) -> dict[str, object]:
        account = next(a for a in self.content.accounts if a.username == status.account)
        official = status.account == OFFICIAL_ACCOUNT
        tags = _TAG.findall(status.text) + ([] if official else [HASHTAG])
        return {
            "id": str(number),
            "created_at": _timestamp(status.published_at),
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "language": "id",
            "uri": f"https://{DOMAIN}/users/{status.account}/statuses/{number}",
            "url": f"https://{DOMAIN}/@{status.account}/{number}",
            "replies_count": status.replies,
            "reblogs_count": status.shares,
            "favourites_count": status.likes,
            "edited_at": None,
            "content": _content(status.text, [] if official else [HASHTAG]),
            "reblog": None,
            "account": self._account(account),
            "media_attachments": [],
            "mentions": [],
            "tags": [{"name": tag, "url": f"https://{DOMAIN}/tags/{tag}"} for tag in tags],
            "emojis": [],
            "card": None,
            "poll": None,
        }

    def _account_id(self, username: str) -> str:
        names = [account.username for account in self.content.accounts]
        return str(110_000_000_000_000_000 + names.index(username))

    def _account(self, account: Account) -> dict[str, object]:
        return {
            "id": self._account_id(account.username),
            "username": account.username,
            "acct": account.username,
            "display_name": account.display_name,
            "locked": False,
            "bot": False,
            "created_at": "2024-01-01T00:00:00.000Z",
            "note": f"<p>{escape(account.note)}</p>",
            "url": f"https://{DOMAIN}/@{account.username}",
            "uri": f"https://{DOMAIN}/users/{account.username}",
            "followers_count": account.followers,
            "following_count": 40,
            "statuses_count": sum(s.account == account.username for s in self.content.statuses),
            "emojis": [],
            "fields": [],
        }


def _content(text: str, hashtags: Iterable[str]) -> str:
    """A status as Mastodon marks it up."""
    body = _LINK.sub(
        lambda found: f'<a href="{found[0]}" rel="nofollow noopener">{found[0]}</a>', escape(text)
    )
    tags = "".join(
        f' <a href="https://{DOMAIN}/tags/{tag}" class="mention hashtag" rel="tag">'
        f"#<span>{tag}</span></a>"
        for tag in hashtags
    )
    return f"<p>{body}{tags}</p>"


def _links(request: Request, ids: list[int]) -> dict[str, str]:
    if not ids:
        return {}
    address = f"{request.origin}{request.path}?limit={request.query.get('limit', '20')}"
    older, newer = f"{address}&max_id={ids[-1]}", f"{address}&min_id={ids[0]}"
    return {"Link": f'<{older}>; rel="next", <{newer}>; rel="prev"'}


def _number(request: Request, name: str, otherwise: int) -> int:
    value = request.query.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else otherwise


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _json(values: object, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(values, ensure_ascii=False)
    return Answer(body, "application/json", headers=headers or {})


def _not_found() -> Answer:
    return Answer('{"error":"Record not found"}', "application/json", status=404)
