"""Triggers that refuse a change, in the words of SQLite and of PostgreSQL."""

from __future__ import annotations

import hashlib

from alembic import op


def create_trigger(table: str, event: str, condition: str, message: str) -> None:
    """Refuse an event on a row of a table while the condition holds.

    Args:
        event: INSERT, UPDATE or DELETE.
        condition: SQL that both databases read; may name OLD and NEW.
    """
    digest = hashlib.sha256(f"{table}{event}{condition}".encode()).hexdigest()[:8]
    name = f"guard_{table}_{event.lower()}_{digest}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    row = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger AS $guard$ BEGIN IF {condition} THEN"
        f" RAISE EXCEPTION '{message}'; END IF; RETURN {row}; END $guard$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
