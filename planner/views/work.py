"""What lists of work show: actions and complaints. Days and moments are ISO text.

Named tuples: every start loads this file, and a data class takes six times as long to be made.
"""

from __future__ import annotations

from typing import NamedTuple


class ActionRow(NamedTuple):
    """One thing owed."""

    id: int
    account_id: int
    account: str
    side: str
    action: str
    owner_id: int | None
    owner: str | None
    their_owner: str | None
    due_on: str | None
    done_means: str | None
    promised: bool
    shared: bool
    status: str
    origin: str
    plan_id: int | None
    request: str | None = None
    asked_by: str | None = None
    survey_trigger: str | None = None


class ComplaintRow(NamedTuple):
    """One complaint; ``clock`` is the state of its next clock, or of the worst one."""

    id: int
    number: str
    account_id: int
    account: str
    title: str
    severity: str
    stage: str
    waiting: bool
    owner_id: int | None
    owner: str | None
    person: str | None
    opened_at: str
    opened_on: str
    ack_due: str | None
    response_due: str | None
    resolution_due: str | None
    resolved_on: str | None
    next_due: str | None
    clock: str
    handed_to_id: int | None = None
    handed_to: str | None = None
    function: str | None = None
    excluded: str | None = None
