"""A complaint's way, from received to closed or reopened, and its clocks on the way."""

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
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_member,
    check_not_future,
    live_account_name,
    refuse,
)
from planner.vocabulary import NEXT_STAGES

TARGETS = ("ack", "response", "resolution")
MOVED = frozenset(
    {
        "number", "stage", "waiting_since", "opened_at", "opened_on", "ack_due", "response_due",
        "resolution_due", "acknowledged_at", "answered_at", "resolved_at", "resolved_on",
        "closed_at",
    }
)  # fmt: skip
"""What follows from a complaint's way and is not for changing by hand."""


def log_complaint(
    uow: UnitOfWork, account_id: int, *, title: str, when: When, **fields: Any
) -> Complaint:
    """Log a complaint with its clocks; targets are business minutes of the book's calendar.

    The owner is me unless said. Raises ``Refused`` for a moment in the future or a person of
    another account.
    """
    account = live_account_name(uow, account_id)
    check_not_future(uow, when, "at")
    _refuse_moved(fields)
    given = {name: value for name, value in fields.items() if value is not None}
    if "person_id" in given:
        check_member(uow, account_id, given["person_id"])
    complaint = build(
        Complaint,
        **{
            "id": uow.new_id(),
            "number": uow.next_complaint_number(),
            "account_id": account_id,
            "owner_id": uow.actor.colleague_id,
            "title": title,
            "opened_at": when.at.astimezone(UTC),
            "opened_on": when.on,
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **given,
        },
    )
    check_targets(complaint.ack_target, complaint.response_target, complaint.resolution_target)
    calendar = default_calendar(uow.zone.key)
    complaint = complaint.changed(
        **{f"{name}_due": _due(complaint, name, 0, calendar) for name in TARGETS}
    )
    uow.say(
        _("logged complaint {number} of {account}").format(
            number=complaint.number, account=account
        ),
        account_id,
    )
    return uow.complaints.add(complaint)


def move_complaint(
    uow: UnitOfWork, record: Complaint | int, stage: str, when: When, **fields: Any
) -> Complaint:
    """Take a complaint to its next stage at a moment; ``fields`` are what was found or given.

    Raises ``Refused`` when the stage cannot follow the present one.
    """
    _refuse_moved(fields)
    before = uow.complaints.get(record) if isinstance(record, int) else record
    check_not_future(uow, when, "at")
    if stage not in NEXT_STAGES[before.stage]:
        raise refuse(
            "stage",
            _("{number} is {present}; it cannot become {stage}").format(
                number=before.number, present=before.stage, stage=stage
            ),
            stage,
        )
    moment = when.at.astimezone(UTC)
    if moment < before.opened_at and when.on < before.opened_on:
        raise refuse("at", _("it lies before the complaint was opened"), when.on)
    moment = max(moment, before.opened_at)
    values = {**fields, "stage": stage, **_stamps(before, stage, moment, when)}
    if before.waiting_since is not None:
        values |= _put_off(uow, before, _stopped_by(before, stage), moment)
        if stage in ("answered", "closed"):
            values |= _resumed(uow, before, moment)
    after = change(uow.complaints, before, values)[1]
    uow.say(_("{number} is now {stage}").format(number=after.number, stage=stage), after.account_id)
    return after


def _stamps(before: Complaint, stage: str, moment: datetime, when: When) -> dict[str, Any]:
    if stage == "reopened":
        return {"resolved_at": None, "resolved_on": None, "closed_at": None, "satisfied": None}
    stamps: dict[str, Any] = {}
    if before.acknowledged_at is None:
        stamps["acknowledged_at"] = moment
    if stage in ("answered", "closed") and before.answered_at is None:
        stamps["answered_at"] = moment
    if stage == "closed":
        stamps |= {"resolved_at": moment, "resolved_on": when.on, "closed_at": moment}
    return stamps


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
    after = change(uow.complaints, before, {"waiting_since": moment})[1]
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
    after = change(uow.complaints, before, _resumed(uow, before, moment))[1]
    uow.say(_("{number} goes on").format(number=after.number), after.account_id)
    return after


def hand_complaint(uow: UnitOfWork, record: Complaint | int, owner_id: int) -> Complaint:
    """Give a complaint to another accountable owner."""
    owner = uow.colleagues.get(owner_id)
    after = change(uow.complaints, record, {"owner_id": owner_id})[1]
    uow.say(
        _("handed {number} to {name}").format(number=after.number, name=owner.name),
        after.account_id,
    )
    return after


def change_complaint(uow: UnitOfWork, record: Complaint | int, **fields: Any) -> Complaint:
    """Change what a complaint says; its stage moves with ``move_complaint`` only.

    A new target gives its clock a new due moment; business minutes waited so far stay granted.
    """
    _refuse_moved(fields)
    before = uow.complaints.get(record) if isinstance(record, int) else record
    calendar = default_calendar(uow.zone.key)
    after = before.changed(**fields)
    check_targets(after.ack_target, after.response_target, after.resolution_target)
    for name in TARGETS:
        if getattr(after, f"{name}_target") != getattr(before, f"{name}_target"):
            waited = _minutes_waited(before, name, calendar)
            fields[f"{name}_due"] = _due(after, name, waited, calendar)
    after = change(uow.complaints, before, fields)[1]
    if "person_id" in fields and after.person_id is not None:
        check_member(uow, after.account_id, after.person_id)
    uow.say(_("changed {number}").format(number=after.number), after.account_id)
    return after


def _refuse_moved(fields: dict[str, Any]) -> None:
    moved = sorted(MOVED & set(fields))
    if moved:
        raise refuse(moved[0], _("it follows from what happened; move the complaint instead"))


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


def _stopped_by(before: Complaint, stage: str) -> tuple[str, ...]:
    """Which running clocks a move to this stage stops, apart from those that end the waiting."""
    return () if before.acknowledged_at or stage in ("answered", "closed") else ("ack",)


def _resumed(uow: UnitOfWork, before: Complaint, moment: datetime) -> dict[str, Any]:
    """The fields of a complaint that waits no more."""
    met = (before.acknowledged_at, before.answered_at, before.resolved_at)
    running = [name for name, done in zip(TARGETS, met, strict=True) if done is None]
    return {"waiting_since": None, **_put_off(uow, before, running, moment)}


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
