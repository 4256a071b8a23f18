"""Personal data hidden where nobody asked to see it: the finder that marks posts masks them too."""

from __future__ import annotations

from indices.personal_data.masking import has_personal_data, mask

__all__ = ["has_personal_data", "mask"]
