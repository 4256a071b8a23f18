"""The editorial record: cases, decisions, rebuttals, approvals, audit; every guard lives here."""
