"""Personal data in text: one finder for crawlers that mark, and for the desk that masks."""

from __future__ import annotations

from indices.personal_data.finding import find_personal_data, kinds_in
from indices.personal_data.spans import PersonalData

__all__ = ["PersonalData", "find_personal_data", "kinds_in"]
