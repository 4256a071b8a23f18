"""What the labels of a host name mean."""

from __future__ import annotations

SECOND_LEVEL = frozenset(
    {
        "co",
        "go",
        "or",
        "ac",
        "sch",
        "web",
        "net",
        "com",
        "desa",
        "my",
        "mil",
        "org",
        "biz",
        "edu",
        "gov",
    }
)
"""Labels under which a country sells names: `co` in `kabar.co.id`."""


def is_sold_under(labels: list[str]) -> bool:
    """Whether these are a suffix that names are sold under, not anybody's own name."""
    two_parts = len(labels) == 2 and labels[0] in SECOND_LEVEL and len(labels[1]) == 2
    return len(labels) < 2 or two_parts
