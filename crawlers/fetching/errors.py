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
        retry_after_seconds: float = 0.0,
        status: int = 0,
        body: bytes = b"",
    ) -> None:
        super().__init__(detail)
        self.disposition = disposition
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        """How long the site asked to be left alone; 0 when it did not."""
        self.status = status
        """What the site answered; 0 when it did not answer."""
        self.body = body
        """The site's own words about it: interfaces say there what is wrong."""
