"""Why a page gave no article."""

from __future__ import annotations


class NotAPageError(Exception):
    """It is not HTML, or there is nothing in it."""
