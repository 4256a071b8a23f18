"""How bad it is that a source could not be read: how soon to try again hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.work import SourceUnreadableError
from indices.errors import BadInputError

_GONE = {400, 401, 403, 404, 405, 406, 410, 451}
_ASKS_TO_WAIT = {408, 425, 429, 503}


class FailureClass(Enum):
    """Its value is what one failure counts towards the pause."""

    HARD = 1.0
    """Tomorrow it will be the same: gone, forbidden, no feed, set up wrongly."""
    SOFT = 0.5
    """The site is ill: errors of the server, broken connections, nothing readable in it."""
    TEMPORARY = 0.1
    """It asks to wait, or is slow."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source was not read, as its schedule sees it."""

    kind: FailureClass
    wait_seconds: float = 0.0
    """How long the site asked to be left alone."""


def classify(error: Exception) -> Failure:
    """The failure of a source's own address."""
    if isinstance(error, SourceUnreadableError | BadInputError):
        return Failure(FailureClass.HARD)
    if not isinstance(error, FetchError):
        return Failure(FailureClass.SOFT)
    if error.retry_after_seconds or error.status in _ASKS_TO_WAIT:
        return Failure(FailureClass.TEMPORARY, error.retry_after_seconds)
    if error.disposition is Disposition.FAILED_TIMEOUT:
        return Failure(FailureClass.TEMPORARY)
    return Failure(FailureClass.HARD if _is_lasting(error) else FailureClass.SOFT)


def _is_lasting(error: FetchError) -> bool:
    if error.status in _GONE:
        return True
    refused = error.disposition.group == "refused"
    return refused and error.status < 500  # a robots.txt that answers 5xx may come back
