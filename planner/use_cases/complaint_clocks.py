"""The clocks of complaints: how they start, wait for the customer, go on and follow a change.

Every use case that writes a complaint hands it to ``settle_clocks``, which stores what follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil
from typing import Any

from planner.clocks import (
    BusinessCalendar,
    Clock,
    check_targets,
    default_calendar,
    due_at,
    used_minutes,
)
from planner.complaints import Complaint
from planner.dates import When
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_not_future, refuse

CLOCKS = (
    ("ack", "acknowledged_at"), ("response", "answered_at"), ("resolution", "resolved_at"),
)  # fmt: skip
"""Each clock and the moment that stops it."""
TARGETS = tuple(name for name, _stop in CLOCKS)


def start_clocks(uow: UnitOfWork, complaint: Complaint) -> Complaint:
    """A complaint that is not stored yet, with the due moments of its targets."""
    check_targets(complaint.ack_target, complaint.response_target, complaint.resolution_target)
    calendar = default_calendar(uow.zone.key)
    return complaint.changed(
        **{f"{name}_due": _due(complaint, name, 0, calendar) for name in TARGETS}
    )


def settle_clocks(
    uow: UnitOfWork, before: Complaint, after: Complaint, moment: datetime | None = None
) -> Complaint:
    """Store what follows for the clocks from a change that is stored; returns the complaint.

    ``moment``: when what changed it happened (UTC), for a wait that ends or a clock that stops.
    Raises ``Refused`` for targets that get shorter or are too long.
    """
    check_targets(after.ack_target, after.response_target, after.resolution_target)
    calendar = default_calendar(uow.zone.key)
    values: dict[str, Any] = {}
    if before.waiting_since is not None and moment is not None:
        values = _put_off(uow, before, _let_go(before, after), moment)
    for name in TARGETS:
        if getattr(after, f"{name}_target") != getattr(before, f"{name}_target"):
            waited = _minutes_waited(before, name, calendar)
            values[f"{name}_due"] = _due(after, name, waited, calendar)
    return change(uow.complaints, after, values)[1] if values else after


def _let_go(before: Complaint, after: Complaint) -> list[str]:
    """The clocks that a wait held and holds no more."""
    return [
        name
        for name, stop in CLOCKS
        if getattr(before, stop) is None
        and (after.waiting_since is None or getattr(after, stop) is not None)
    ]


def pause_complaint(uow: UnitOfWork, record: Complaint | int, when: When) -> Complaint:
    """Wait for the customer; the clocks stand still."""
    before = uow.complaints.get(record) if isinstance(record, int) else record
    check_not_future(uow, when, "at")
    if before.waiting_since is not None:
        raise refuse("stage", _("{number} waits already").format(number=before.number))
    if not before.is_open:
        raise refuse("stage", _("{number} is closed").format(number=before.number))
    if when.on < before.opened_on:
        raise refuse("at", _("it lies before the complaint was opened"), when.on)
    moment = max(when.at.astimezone(UTC), before.opened_at)
    after = settle_clocks(uow, *change(uow.complaints, before, {"waiting_since": moment}), moment)
    uow.say(_("{number} waits for the customer").format(number=after.number), after.account_id)
    return after


def resume_complaint(uow: UnitOfWork, record: Complaint | int, when: When) -> Complaint:
    """Go on after waiting; every running clock is put off by the business minutes waited."""
    before = uow.complaints.get(record) if isinstance(record, int) else record
    check_not_future(uow, when, "at")
    if before.waiting_since is None:
        raise refuse("stage", _("{number} does not wait").format(number=before.number))
    if when.on < before.waiting_since.astimezone(uow.zone).date():
        raise refuse("at", _("it lies before the waiting began"), when.on)
    moment = max(when.at.astimezone(UTC), before.waiting_since)
    after = settle_clocks(uow, *change(uow.complaints, before, {"waiting_since": None}), moment)
    uow.say(_("{number} goes on").format(number=after.number), after.account_id)
    return after


def _due(
    complaint: Complaint, name: str, waited: int, calendar: BusinessCalendar
) -> datetime | None:
    """When the minutes of a target, and those waited, are used up; None without a target."""
    target = getattr(complaint, f"{name}_target")
    if target is None:
        return None
    try:
        return due_at(Clock(complaint.opened_at, target + waited), calendar)
    except (ValueError, OverflowError):
        raise refuse(f"{name}_target", _("it is more time than ten years hold"), target) from None


def _minutes_waited(complaint: Complaint, name: str, calendar: BusinessCalendar) -> int:
    """By how many business minutes waiting has put a clock off so far."""
    due = getattr(complaint, f"{name}_due")
    if due is None:
        return 0
    target: int = getattr(complaint, f"{name}_target") or 0
    return max(0, round(used_minutes(Clock(complaint.opened_at, 1), calendar, due) - target))


def _put_off(
    uow: UnitOfWork, before: Complaint, names: Iterable[str], moment: datetime
) -> dict[str, Any]:
    """New due moments of clocks that waited until ``moment``; one late before it stays late."""
    since = before.waiting_since
    values: dict[str, Any] = {}
    for name in names:
        due: datetime | None = getattr(before, f"{name}_due")
        if since is not None and due is not None and since < min(due, moment):
            values[f"{name}_due"] = put_off(due, since, moment, default_calendar(uow.zone.key))
    return values


def put_off(
    due: datetime, since: datetime, until: datetime, calendar: BusinessCalendar
) -> datetime:
    """A due moment after a wait: what was left of its business minutes counts from ``until``.

    A begun minute counts whole, so that waiting makes no clock late.
    """
    left = ceil(used_minutes(Clock(since, 1), calendar, due))
    later = due_at(Clock(until, left), calendar) if left else due
    return due if later is None else later
