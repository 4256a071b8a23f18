"""What the downloader raises, in our words."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError

_KNOWN: tuple[tuple[type[Exception], Disposition, str], ...] = (
    (DownloadTimeoutError, Disposition.FAILED_TIMEOUT, "took longer than crawl.timeout_seconds"),
    (DownloadCancelledError, Disposition.REFUSED_TOO_LARGE, "is bigger than crawl.max_body_bytes"),
    (ResponseDataLossError, Disposition.FAILED_NETWORK, "broke off before its end"),
    (CannotResolveHostError, Disposition.FAILED_NETWORK, "has a host name that does not exist"),
    (DownloadConnectionRefusedError, Disposition.FAILED_NETWORK, "refuses connections"),
    (UnsupportedURLSchemeError, Disposition.REFUSED_ADDRESS, "is not http or https"),
)


def as_fetch_error(error: Exception) -> FetchError:
    """The same failure with its disposition."""
    if isinstance(error, FetchError):
        return error
    for kind, disposition, text in _KNOWN:
        if isinstance(error, kind):
            return FetchError(disposition, text)
    # certificates, resets, malformed answers: the first line says which
    first_line = (str(error).strip().splitlines() or [""])[0][:160]
    text = f"could not be fetched: {type(error).__name__} {first_line}".rstrip()
    return FetchError(Disposition.FAILED_NETWORK, text)
