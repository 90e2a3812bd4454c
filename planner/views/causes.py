"""What lists of causes, links, improvements, feedback and advocates show. Days are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class CauseComplaint(NamedTuple):
    """One complaint of a cause."""

    id: int
    number: str
    account_id: int
    account: str
    title: str
    severity: str
    root_cause: str | None
    cause_detail: str | None
    opened_on: str
    resolved_on: str | None


class CauseLinkRow(NamedTuple):
    """What was decided about a complaint and another one."""

    id: int
    other_id: int
    number: str
    account_id: int
    account: str
    title: str
    root_cause: str | None
    same: bool
    reason: str | None
    decided_on: str


class LinkProposal(NamedTuple):
    """A complaint that may have the same cause; ``score`` is how alike the words are, 0 to 100."""

    other_id: int
    number: str
    account_id: int
    account: str
    title: str
    root_cause: str | None
    score: int


class RecurrenceRow(NamedTuple):
    """A cause that came back at an account; ``numbers`` are the repeats."""

    account_id: int
    account: str
    cause: str
    repeats: int
    complaints: int
    numbers: tuple[str, ...]


class ImprovementRow(NamedTuple):
    """One improvement with the number of pieces of feedback it comes from, by kind."""

    id: int
    improvement: str
    root_cause: str | None
    cause_detail: str | None
    owner_id: int | None
    owner: str | None
    status: str
    due_on: str | None
    done_on: str | None
    result: str | None
    complaints: int
    signals: int
    surveys: int
    recorded_on: str

    @property
    def sources(self) -> int:
        """How many pieces of feedback it comes from."""
        return self.complaints + self.signals + self.surveys


class FeedbackRow(NamedTuple):
    """One piece of feedback and what came of it: open, acted_on or declined.

    ``person`` is None where it is anonymous, ``account`` where it is the book's. ``number`` is a
    complaint's. ``improvement`` is the newest that comes from it.
    """

    kind: str
    id: int
    number: str | None
    account_id: int | None
    account: str | None
    person: str | None
    words: str
    on_date: str
    state: str
    note: str | None
    closed_on: str | None
    improvement_id: int | None
    improvement: str | None


class AdvocateRow(NamedTuple):
    """A solved complaint whose customer speaks for us: since when, and what they did first."""

    id: int
    number: str
    account_id: int
    account: str
    title: str
    person: str | None
    resolved_on: str
    satisfied: bool
    advocate_on: str | None
    advocacy_on: str | None
    advocacy: str | None
    acts: int
