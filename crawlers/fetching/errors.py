"""Why something was not fetched, said with the disposition it leads to."""

from __future__ import annotations

from crawlers.dispositions import Disposition


class FetchError(Exception):
    """An address that gave nothing to read."""

    def __init__(
        self,
        disposition: Disposition,
        detail: str,
        *,
        status: int = 0,
        retry_after_seconds: float = 0.0,
    ) -> None:
        super().__init__(detail)
        self.disposition = disposition
        self.detail = detail
        self.status = status
        """Of HTTP; 0 when there was no answer."""
        self.retry_after_seconds = retry_after_seconds
        """How long the site asked to be left alone; 0 when it did not."""
