"""Alembic migrations of the editorial database."""
