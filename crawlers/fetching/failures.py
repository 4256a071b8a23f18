"""What the downloader raises, in our words."""

from __future__ import annotations

import re

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

_WRAPPED = re.compile(r"failure\.Failure [\w.]*?(\w+: [^>]*?)\.?>")
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
    return FetchError(Disposition.FAILED_NETWORK, f"could not be fetched: {_innermost(error)}")


def _innermost(error: Exception) -> str:
    """Certificates, resets, malformed answers: the last of Twisted's wrapped reasons says which."""
    text = " ".join(str(error).split())
    if reasons := _WRAPPED.findall(text):
        return str(reasons[-1])[:160]
    return f"{type(error).__name__} {text[:160]}".rstrip()
