"""What was public never becomes a draft again, and its correction note stays as it was read."""

from __future__ import annotations

from review_ui.desk.migrations.triggers import create_trigger

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BACK = (
    "(OLD.status = 'published' AND NEW.status NOT IN ('published', 'withdrawn'))"
    " OR (OLD.status = 'withdrawn' AND NEW.status <> 'withdrawn')"
)
_NOTE = (
    "OLD.status IN ('published', 'withdrawn')"
    " AND coalesce(NEW.correction_note, '') <> coalesce(OLD.correction_note, '')"
)


def upgrade() -> None:
    """Bring the tables to this form."""
    for condition in (_BACK, _NOTE):
        create_trigger("rebuttal_version", "UPDATE", condition, "a published version is frozen")
