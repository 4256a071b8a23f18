"""A summary in words: the one text that page, PDF and message all show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One line of the table of figures."""

    label: str
    now: str
    before: str
    change: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueText:
    """One case as the spokesperson reads it."""

    heading: str
    """The fact where there is an answer, else what the case is about."""
    code: str
    status: str
    claim: str
    stance: str
    """What may be said about it now."""
    answered: bool
    verdict: str = ""
    answer: str = ""
    sources: tuple[str, ...] = ()
    url: str = ""
    """Where the public reads the answer."""
    traces: str = ""
    """How many links, since when, about what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a weekly summary says, ready to be set."""

    title: str
    office: str
    period: str
    written: str
    week: str
    empty: bool
    lead: tuple[str, ...]
    """To be read out."""
    rows: tuple[FigureRow, ...]
    comparison: str
    """With what the table compares the week."""
    issues: tuple[IssueText, ...]
    issues_note: str
    changes: tuple[str, ...]
    actions: tuple[str, ...]
    limits: tuple[str, ...]
    chart_title: str
    chart_text: str
    """The chart in words."""
    footnote: str
