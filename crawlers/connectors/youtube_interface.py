"""The YouTube Data API: asked within a daily quota, its refusals told as what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from crawlers.connectors.answers import objects, read_json, words
from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched, KeyedCall
from crawlers.rations import Ration
from crawlers.work import SourceUnreadableError, SourceWork

_PACIFIC = ZoneInfo("America/Los_Angeles")
"""Where the day of Google's quotas begins."""
_WRONG_KEY = frozenset({"keyInvalid", "keyExpired", "API_KEY_INVALID"})
_CLOSED_KEY = frozenset(
    {
        *("accessNotConfigured", "SERVICE_DISABLED", "ipRefererBlocked"),
        *("API_KEY_SERVICE_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED"),
    }
)
_SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})


class YouTubeRefusalError(FetchError):
    """YouTube says why it does not answer: `commentsDisabled`, `videoNotFound`, ..."""

    def __init__(self, reason: str, error: FetchError) -> None:
        super().__init__(
            error.disposition,
            f"{error.detail} ({reason})",
            status=error.status,
            retry_after_seconds=error.retry_after_seconds,
        )
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What YouTube answered, read and raw."""

    values: Any
    fetched: Fetched


class YouTube:
    """Every question is counted before it is asked; the key goes in a header, never in an address.

    A key in an address would be in the evidence and in logs.
    """

    def __init__(self, work: SourceWork) -> None:
        settings = work.settings.platforms
        self._work = work
        self._key = settings.youtube_key.get_secret_value()
        self._address = settings.youtube_api
        if not self._key:
            raise SourceUnreadableError(
                "YouTube answers only with a key: make one for the YouTube Data API v3 in "
                "Google's console and set platforms.youtube_key"
            )

    async def ask(self, method: str, query: Mapping[str, str]) -> Answer:
        """One question of one unit; searches are counted apart, as Google does.

        Raises:
            FetchError: the day's quota is used, or the question has no answer now.
            YouTubeRefusalError: with YouTube's reason.
            SourceUnreadableError: the key must be mended, or the answer is not as YouTube's are.
        """
        ration = self._ration(method)
        if not await ration.take(1):
            raise self._spent(method)
        headers = {"X-Goog-Api-Key": self._key}
        try:
            call = KeyedCall(f"{self._address}/{method}?{urlencode(query)}", headers)
            fetched = await self._work.fetcher.call(call)
        except FetchError as error:
            reason = _reason(error)
            if reason in _SPENT:
                await ration.use_up()
                raise self._spent(method) from error
            raise _explained(reason, error) from error
        return Answer(read_json(fetched, "YouTube"), fetched)

    def _ration(self, method: str) -> Ration:
        settings = self._work.settings.platforms
        searches = method == "search"
        return Ration(
            work=self._work,
            name="youtube-searches" if searches else "youtube-units",
            period=f"{self._work.clock.now().astimezone(_PACIFIC):%Y-%m-%d}",
            most=settings.youtube_daily_searches if searches else settings.youtube_daily_units,
        )

    def _spent(self, method: str) -> FetchError:
        setting = "youtube_daily_searches" if method == "search" else "youtube_daily_units"
        text = f"the day's quota (platforms.{setting}) is used; it begins again at midnight Pacific"
        now = self._work.clock.now().astimezone(_PACIFIC)
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        wait = (midnight - now).total_seconds()
        return FetchError(Disposition.FAILED_NOT_REACHED, text, retry_after_seconds=wait)


def _explained(reason: str, error: FetchError) -> FetchError | SourceUnreadableError:
    if reason in _WRONG_KEY or error.status == 401:
        return SourceUnreadableError("YouTube refuses platforms.youtube_key; make a new key")
    if reason in _CLOSED_KEY:
        return SourceUnreadableError(
            f"platforms.youtube_key may not be used so ({reason}): allow it the YouTube Data API "
            "v3, and this server's address, in Google's console"
        )
    return YouTubeRefusalError(reason, error) if reason else error


def _reason(error: FetchError) -> str:
    """The most telling of the reasons that an error gives."""
    if not error.status:
        return ""
    try:
        answer = read_json(Fetched("", error.status, (), error.body, datetime.now(UTC)), "YouTube")
    except SourceUnreadableError:
        return ""
    told = [words(each, "reason") for each in objects(answer, "error", "details")]
    told += [words(each, "reason") for each in objects(answer, "error", "errors")]
    return next((each[:60] for each in told if each), "")
