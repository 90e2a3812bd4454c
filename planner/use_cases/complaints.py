"""A complaint's way, from received to closed or reopened, and its clocks on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from gettext import gettext as _
from typing import Any

from planner.clocks import BusinessCalendar, Clock, default_calendar, due_at, used_minutes
from planner.complaints import NEXT_STAGES, Complaint
from planner.dates import When
from planner.entity import build
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_member,
    check_not_future,
    live_account_name,
    refuse,
)

TARGETS = ("ack", "response", "resolution")


def log_complaint(
    uow: UnitOfWork, account_id: int, *, title: str, when: When, **fields: Any
) -> Complaint:
    """Log a complaint with its clocks; targets are business minutes of the book's calendar.

    The owner is me unless said. Raises ``Refused`` for a moment in the future or a person of
    another account.
    """
    account = live_account_name(uow, account_id)
    check_not_future(uow, when, "at")
    given = {name: value for name, value in fields.items() if value is not None}
    if "person_id" in given:
        check_member(uow, account_id, given["person_id"])
    opened = when.at.astimezone(UTC)
    calendar = default_calendar(uow.zone.key)
    for name in TARGETS:
        target = given.get(f"{name}_target")
        if target is not None:
            given[f"{name}_due"] = due_at(Clock(opened, target), calendar)
    complaint = build(
        Complaint,
        **{
            "id": uow.new_id(),
            "number": uow.next_complaint_number(),
            "account_id": account_id,
            "owner_id": uow.actor.colleague_id,
            "title": title,
            "opened_at": opened,
            "opened_on": when.on,
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **given,
        },
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
    if before.waiting_since is not None and stage in ("answered", "closed"):
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
    """Change what a complaint says; its stage moves with ``move_complaint`` only."""
    after = change(uow.complaints, record, fields)[1]
    uow.say(_("changed {number}").format(number=after.number), after.account_id)
    return after


def _resumed(uow: UnitOfWork, before: Complaint, moment: datetime) -> dict[str, Any]:
    since = before.waiting_since
    if since is None:
        return {}
    calendar = default_calendar(uow.zone.key)
    values: dict[str, Any] = {"waiting_since": None}
    for due, met in (
        ("ack_due", before.acknowledged_at),
        ("response_due", before.answered_at),
        ("resolution_due", before.resolved_at),
    ):
        limit: datetime | None = getattr(before, due)
        if limit is not None and met is None and limit > since:
            values[due] = put_off(limit, since, moment, calendar)
    return values


def put_off(
    due: datetime, since: datetime, until: datetime, calendar: BusinessCalendar
) -> datetime:
    """A due moment after a wait: what was left of its business minutes counts from ``until``."""
    whole = Clock(since, 1)
    left = round(used_minutes(whole, calendar, due))
    later = due_at(Clock(until, left), calendar) if left else due
    return due if later is None else later
