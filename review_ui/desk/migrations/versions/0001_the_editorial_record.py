"""The editorial record, and the guards that hold even when somebody goes round the program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from review_ui.desk.migrations.triggers import create_trigger

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_FROZEN = "OLD.status IN ('published', 'withdrawn')"
_VERSION_FROZEN = (
    "EXISTS (SELECT 1 FROM rebuttal_version v"
    " WHERE v.id = {row}.version_id AND v.status IN ('published', 'withdrawn'))"
)
_TEXTS = ("headline", "fact", "myth", "explanation", "fact_again", "verdict", "falsehood_type")
_TEXT_CHANGED = " OR ".join(
    f"coalesce(NEW.{name}, '') <> coalesce(OLD.{name}, '')" for name in _TEXTS
)


def upgrade() -> None:
    """Bring the tables to this form."""
    _create_outbox_entry()
    _create_role()
    _create_user_account()
    _create_case_file()
    _create_user_role()
    _create_audit_event()
    _create_case_post()
    _create_decision()
    _create_post_review()
    _create_rebuttal()
    _create_rebuttal_version()
    _create_official_fact()
    _create_version_contributor()
    _keep_journals_append_only()
    _hold_two_people()
    _freeze_published()


def _keep_journals_append_only() -> None:
    for table in ("audit_event", "decision", "post_review"):
        for event in ("UPDATE", "DELETE"):
            create_trigger(table, event, "1 = 1", f"{table} is only ever added to")


def _hold_two_people() -> None:
    wrote = (
        "NEW.approver_id IS NOT NULL AND EXISTS (SELECT 1 FROM version_contributor c"
        " WHERE c.version_id = NEW.id AND c.user_id = NEW.approver_id)"
    )
    approved = (
        "EXISTS (SELECT 1 FROM rebuttal_version v"
        " WHERE v.id = NEW.version_id AND v.approver_id = NEW.user_id)"
    )
    for event in ("INSERT", "UPDATE"):
        create_trigger("rebuttal_version", event, wrote, "an author cannot approve")
    create_trigger("version_contributor", "INSERT", approved, "an approver cannot write")
    for event in ("UPDATE", "DELETE"):
        create_trigger("version_contributor", event, "1 = 1", "who wrote stays on record")


def _freeze_published() -> None:
    message = "a published version is frozen"
    changed = f"{_FROZEN} AND ({_TEXT_CHANGED} OR coalesce(NEW.approver_id, 0) <>"
    create_trigger(
        "rebuttal_version", "UPDATE", f"{changed} coalesce(OLD.approver_id, 0))", message
    )
    create_trigger("rebuttal_version", "DELETE", _FROZEN, message)
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        frozen = _VERSION_FROZEN.format(row=row)
        create_trigger("official_fact", event, frozen, message)


def _create_outbox_entry() -> None:
    op.create_table(
        "outbox_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("delivered_at", _TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_entry"),
    )
    op.create_index("ix_outbox_entry_delivered_at", "outbox_entry", ["delivered_at"])
    op.create_index("ix_outbox_entry_key", "outbox_entry", ["key"])


def _create_role() -> None:
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("name", name="uq_role_name"),
    )


def _create_user_account() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until_at", _TIME, nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("email", name="uq_user_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_user_account_fs_uniquifier"),
    )


def _create_case_file() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("claim", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", _TIME, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.Column("closed_at", _TIME, nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(claim)) > 0", name="ck_case_file_claim_given"),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user_account.id"], name="fk_case_file_opened_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_file"),
    )
    op.create_index("ix_case_file_opened_at", "case_file", ["opened_at"])
    op.create_index("ix_case_file_status", "case_file", ["status"])


def _create_user_role() -> None:
    op.create_table(
        "user_role",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_user_role_role_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_user_role_user_id"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name="pk_user_role"),
    )


def _create_audit_event() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened_at", _TIME, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_audit_event_case_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_audit_event_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
    )
    op.create_index("ix_audit_event_case_id", "audit_event", ["case_id"])
    op.create_index("ix_audit_event_happened_at", "audit_event", ["happened_at"])
    op.create_index("ix_audit_event_subject", "audit_event", ["subject_kind", "subject_id"])


def _create_case_post() -> None:
    op.create_table(
        "case_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("source_kind", sa.String(40), nullable=False),
        sa.Column("published_at", _TIME, nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("is_press", sa.Boolean(), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_post_case_id"),
        sa.ForeignKeyConstraint(
            ["linked_by_id"], ["user_account.id"], name="fk_case_post_linked_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_post"),
        sa.UniqueConstraint("case_id", "post_id", name="uq_case_post_case_id"),
    )
    op.create_index("ix_case_post_case_id", "case_post", ["case_id"])
    op.create_index("ix_case_post_post_id", "case_post", ["post_id"])


def _create_decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("harm", sa.String(40), nullable=False),
        sa.Column("reach", sa.String(40), nullable=False),
        sa.Column("speed", sa.String(40), nullable=False),
        sa.Column("locality", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_decision_case_id"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name="fk_decision_decided_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_case_id", "decision", ["case_id"])
    op.create_index("ix_decision_decided_at", "decision", ["decided_at"])


def _create_post_review() -> None:
    op.create_table(
        "post_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("label", sa.String(40), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_post_review_case_id"),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["user_account.id"], name="fk_post_review_reviewer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_post_review"),
        sa.UniqueConstraint("post_id", "version", name="uq_post_review_post_id"),
    )
    op.create_index("ix_post_review_post_id", "post_review", ["post_id"])
    op.create_index("ix_post_review_reviewed_at", "post_review", ["reviewed_at"])


def _create_rebuttal() -> None:
    op.create_table(
        "rebuttal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_rebuttal_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rebuttal"),
        sa.UniqueConstraint("case_id", name="uq_rebuttal_case_id"),
        sa.UniqueConstraint("slug", name="uq_rebuttal_slug"),
    )


def _create_rebuttal_version() -> None:
    op.create_table(
        "rebuttal_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rebuttal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("headline", sa.String(length=160), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("myth", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("fact_again", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("falsehood_type", sa.String(40), nullable=True),
        sa.Column("correction_note", sa.Text(), nullable=False),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("withdrawal_note", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("submitted_at", _TIME, nullable=True),
        sa.Column("approved_at", _TIME, nullable=True),
        sa.Column("published_at", _TIME, nullable=True),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'published') OR approver_id IS NOT NULL",
            name="ck_rebuttal_version_approved",
        ),
        sa.CheckConstraint(
            "approver_id IS NULL OR approver_id <> author_id", name="ck_rebuttal_version_two_people"
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["user_account.id"], name="fk_rebuttal_version_approver_id"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name="fk_rebuttal_version_author_id"
        ),
        sa.ForeignKeyConstraint(
            ["rebuttal_id"], ["rebuttal.id"], name="fk_rebuttal_version_rebuttal_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rebuttal_version"),
        sa.UniqueConstraint("rebuttal_id", "number", name="uq_rebuttal_version_rebuttal_id"),
    )
    op.create_index("ix_rebuttal_version_published_at", "rebuttal_version", ["published_at"])
    op.create_index("ix_rebuttal_version_rebuttal_id", "rebuttal_version", ["rebuttal_id"])
    op.create_index("ix_rebuttal_version_status", "rebuttal_version", ["status"])


def _create_official_fact() -> None:
    op.create_table(
        "official_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rebuttal_version.id"], name="fk_official_fact_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_official_fact"),
        sa.UniqueConstraint("version_id", "position", name="uq_official_fact_version_id"),
    )
    op.create_index("ix_official_fact_version_id", "official_fact", ["version_id"])


def _create_version_contributor() -> None:
    op.create_table(
        "version_contributor",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_version_contributor_user_id"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rebuttal_version.id"], name="fk_version_contributor_version_id"
        ),
        sa.PrimaryKeyConstraint("version_id", "user_id", name="pk_version_contributor"),
    )
