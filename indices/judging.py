"""What a person's review says of a post: worth a decision, ordinary, or not told."""

from __future__ import annotations

from indices.documents import Review, ReviewLabel, ReviewStatus

WORTH_DECIDING = frozenset({ReviewLabel.HOAX, ReviewLabel.UNVERIFIED})
ORDINARY = frozenset(
    {ReviewLabel.TRUE, ReviewLabel.OPINION, ReviewLabel.SATIRE, ReviewLabel.NOT_AN_ISSUE}
)
TAKEN_UP = frozenset({ReviewStatus.IN_CASE, ReviewStatus.ANSWERED, ReviewStatus.MONITORED})


def worth_deciding(review: Review | None) -> bool | None:
    """Whether a person found the post worth a decision; None where that is not told."""
    if review is None or review.label is ReviewLabel.OUT_OF_REGION:
        return None
    if review.label in ORDINARY:
        return False
    if review.label in WORTH_DECIDING or review.status in TAKEN_UP:
        return True
    return None
