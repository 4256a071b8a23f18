"""The office's sign-in at Bluesky: one for all sources of a crawl, renewed when it expires."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from crawlers.connectors.answers import part, read_json, words
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched, Fetcher, KeyedCall
from crawlers.work import SourceUnreadableError, SourceWork
from indices.settings import PlatformSettings

_JSON = {"Content-Type": "application/json"}
_MEND = (
    "Bluesky refuses the sign-in: platforms.bluesky_handle or platforms.bluesky_app_password is "
    "wrong or was withdrawn; make a new app password there under Settings, App passwords"
)


class Session:
    """Keeps the tokens in memory only: nothing of them is stored or logged."""

    def __init__(self, fetcher: Fetcher, settings: PlatformSettings) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._lock = asyncio.Lock()
        self._access = ""
        self._refresh = ""

    async def get(self, method: str, query: Mapping[str, str]) -> Fetched:
        """Ask as the office; signs in when needed, and once more when the token has expired."""
        access = await self._sign_in(instead_of="")
        try:
            return await self._get(method, query, access)
        except FetchError as error:
            if _error_name(error) not in {"ExpiredToken", "InvalidToken"}:
                raise _explained(error) from error
        try:
            return await self._get(method, query, await self._sign_in(instead_of=access))
        except FetchError as error:
            raise _explained(error) from error

    async def _get(self, method: str, query: Mapping[str, str], access: str) -> Fetched:
        address = f"{self._address(method)}?{urlencode(query)}"
        return await self._fetcher.call(KeyedCall(address, {"Authorization": f"Bearer {access}"}))

    async def _sign_in(self, *, instead_of: str) -> str:
        async with self._lock:
            if self._access == instead_of:
                await self._renew()
            return self._access

    async def _renew(self) -> None:
        if self._refresh:
            try:
                headers = {"Authorization": f"Bearer {self._refresh}"}
                await self._open("com.atproto.server.refreshSession", headers, b"")
                return
            except FetchError as error:
                if error.status not in {400, 401}:
                    raise
        password = self._settings.bluesky_app_password.get_secret_value()
        told = {"identifier": self._settings.bluesky_handle.lstrip("@"), "password": password}
        try:
            await self._open("com.atproto.server.createSession", _JSON, json.dumps(told).encode())
        except FetchError as error:
            if error.status in {400, 401, 403}:
                raise SourceUnreadableError(_MEND) from error
            raise

    async def _open(self, method: str, headers: Mapping[str, str], body: bytes) -> None:
        answer = read_json(
            await self._fetcher.call(KeyedCall(self._address(method), headers, body)), "Bluesky"
        )
        self._access, self._refresh = _token(answer, "accessJwt"), _token(answer, "refreshJwt")

    def _address(self, method: str) -> str:
        return f"{self._settings.bluesky_service}/xrpc/{method}"


_SESSIONS: WeakKeyDictionary[Fetcher, Session] = WeakKeyDictionary()


def session_of(work: SourceWork) -> Session:
    """The session of this crawl: Bluesky allows an account few sign-ins a day.

    Raises:
        SourceUnreadableError: the settings hold no account.
    """
    settings = work.settings.platforms
    if not settings.bluesky_handle or not settings.bluesky_app_password.get_secret_value():
        raise SourceUnreadableError(
            "a search on Bluesky needs an account: set platforms.bluesky_handle and "
            "platforms.bluesky_app_password (Settings, App passwords there)"
        )
    return _SESSIONS.setdefault(work.fetcher, Session(work.fetcher, settings))


def _token(answer: Any, name: str) -> str:
    told = words(answer, name)
    if not told or not told.isascii() or not told.isprintable() or " " in told:
        raise SourceUnreadableError(f"does not sign in as Bluesky does: no {name}")
    return told


def _error_name(error: FetchError) -> str:
    try:
        answer = read_json(Fetched("", error.status, (), error.body, datetime.now(UTC)), "Bluesky")
    except SourceUnreadableError:
        return ""
    return words(answer, "error") if part(answer, "error") else ""


def _explained(error: FetchError) -> FetchError | SourceUnreadableError:
    if error.status in {401, 403} or _error_name(error) in {"ExpiredToken", "InvalidToken"}:
        return SourceUnreadableError(_MEND)
    return error
