"""The clocks of complaints: how they start, wait for the customer, go on and follow a change.

Every use case that changes a complaint saves it by ``change_with_clocks``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from planner.clocks import BusinessCalendar, Pause, check_targets
from planner.complaint_parts import ComplaintPause
from planner.complaint_times import ClockFacts, ClockMoments, clock_moments, waits_granted
from planner.complaints import Complaint
from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.sla_rules import Targets, sla_rules_of
from planner.use_cases.calendars import calendar_of
from planner.use_cases.editing import change, check_not_future, refuse

CLOCKS = (
    ("ack", "acknowledged_at"), ("response", "answered_at"), ("resolution", "resolved_at"),
)  # fmt: skip
"""Each clock and the moment that stops it."""
TARGETS = tuple(name for name, _stop in CLOCKS)
FOLLOW = (*(f"{name}_due" for name in TARGETS), "next_due", "at_risk_at")
"""What nobody changes by hand: nobody clashes over it."""


def start_clocks(uow: UnitOfWork, complaint: Complaint) -> Complaint:
    """A complaint that is not stored yet, with its targets and the moments of its clocks.

    Where no target is given the book's rule for the severity and the account's tier holds.
    """
    calendar = calendar_of(uow, complaint.account_id)
    if not any(_targets_of(complaint)):
        complaint = complaint.changed(**_as_fields(_standard(uow, complaint, calendar)))
    check_targets(*_targets_of(complaint))
    moments = _moments(_facts_of(complaint), (), calendar)
    return complaint.changed(**_stored(moments))


def change_with_clocks(
    uow: UnitOfWork,
    before: Complaint,
    fields: dict[str, Any],
    moment: datetime | None = None,
) -> Complaint:
    """Save new values of a complaint with what follows for its clocks; returns it as stored.

    ``moment``: when it happened (UTC), for a wait that begins or ends. Another severity gives its
    targets, where none are given with it; waits so far stay granted. Raises ``Refused`` for
    targets that get shorter or are too long, ``Conflict``.
    """
    stored = uow.complaints.get(before.id)
    base = before.model_copy(update={name: getattr(stored, name) for name in FOLLOW})
    after = _merged(stored, before, before.changed(**fields))
    calendar = calendar_of(uow, after.account_id)
    given = [n for n in range(3) if _targets_of(after)[n] != _targets_of(stored)[n]]
    values = dict(fields)
    if after.severity != stored.severity:
        standard = _standard(uow, after, calendar)
        anew = {
            f"{name}_target": standard[number]
            for number, name in enumerate(TARGETS)
            if number not in given
        }
        values |= anew
        after = after.changed(**anew)
    check_targets(*_targets_of(after))
    pauses = _pauses(uow, stored, after, calendar, moment)
    stops, facts = _facts_of(stored).stops, _facts_of(after)
    stopped = [
        n for n in range(3) if facts.stops[n] is not None and (stops[n] is None or n in given)
    ]
    values |= _stored(_moments(facts, pauses, calendar, stopped))
    return change(uow.complaints, base, values)[1]


def _merged(stored: Complaint, before: Complaint, mine: Complaint) -> Complaint:
    """What is stored with my changes in it; whether they clash is for the save to say."""
    changes = {name: value for name, value in mine if value != getattr(before, name)}
    return stored.changed(**changes) if changes else stored


def _pauses(
    uow: UnitOfWork,
    before: Complaint,
    after: Complaint,
    calendar: BusinessCalendar,
    moment: datetime | None,
) -> list[Pause]:
    """The waits of a complaint, with what the change that led from ``before`` did to them."""
    rows = uow.complaint_pauses.find(complaint_id=after.id)
    pauses = [Pause(row.since_at, row.until_at) for row in rows if row.until_at is not None]
    still = next((row for row in rows if row.until_at is None), None)
    if not rows and before.at_risk_at is None:
        for wait in waits_granted(_facts_of(before), calendar):
            pauses.append(wait)
            _keep_wait(uow, after, wait.since, wait.until)
    if after.waiting_since is not None:
        if still is None:
            _keep_wait(uow, after, after.waiting_since, None)
        return [*pauses, Pause(after.waiting_since)]
    if before.waiting_since is None and still is None:
        return pauses
    since = before.waiting_since if still is None else still.since_at
    assert since is not None
    until = max(moment or since, since)
    if still is None:
        _keep_wait(uow, after, since, until)
    else:
        uow.complaint_pauses.save(still, still.changed(until_at=until))
    return [*pauses, Pause(since, until)]


def _keep_wait(
    uow: UnitOfWork, complaint: Complaint, since: datetime, until: datetime | None
) -> None:
    uow.complaint_pauses.add(
        build(
            ComplaintPause,
            id=uow.new_id(),
            account_id=complaint.account_id,
            complaint_id=complaint.id,
            since_at=since,
            until_at=until,
        )
    )


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
    after = change_with_clocks(uow, before, {"waiting_since": moment}, moment)
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
    after = change_with_clocks(uow, before, {"waiting_since": None}, moment)
    uow.say(_("{number} goes on").format(number=after.number), after.account_id)
    return after


def _targets_of(complaint: Complaint) -> Targets:
    return Targets(complaint.ack_target, complaint.response_target, complaint.resolution_target)


def _standard(uow: UnitOfWork, complaint: Complaint, calendar: BusinessCalendar) -> Targets:
    rules = sla_rules_of((one.key, one.value) for one in uow.settings.find())
    tier = uow.accounts.get(complaint.account_id).tier
    return rules.targets(complaint.severity, tier, calendar)


def _as_fields(targets: Targets) -> dict[str, int | None]:
    return {f"{name}_target": minutes for name, minutes in zip(TARGETS, targets, strict=True)}


def _facts_of(complaint: Complaint) -> ClockFacts:
    return ClockFacts(
        complaint.opened_at,
        _targets_of(complaint),
        (complaint.ack_due, complaint.response_due, complaint.resolution_due),
        (complaint.acknowledged_at, complaint.answered_at, complaint.resolved_at),
        complaint.waiting_since,
        complaint.excluded is None,
    )


def _moments(
    facts: ClockFacts,
    pauses: Iterable[Pause],
    calendar: BusinessCalendar,
    stopped_anew: Iterable[int] = (),
) -> ClockMoments:
    try:
        return clock_moments(facts, tuple(pauses), calendar, stopped_anew)
    except (ValueError, OverflowError):
        longest = max(range(3), key=lambda number: facts.targets[number] or 0)
        raise refuse(
            f"{TARGETS[longest]}_target",
            _("it is more time than ten years hold"),
            facts.targets[longest] or "",
        ) from None


def _stored(moments: ClockMoments) -> dict[str, datetime | None]:
    """The fields of a complaint that hold the moments of its clocks."""
    dues = {f"{name}_due": due for name, due in zip(TARGETS, moments.dues, strict=True)}
    return {**dues, "next_due": moments.next_due, "at_risk_at": moments.at_risk_at}
