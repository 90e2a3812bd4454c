"""A complaint's way, from received to closed or reopened, and its clocks on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from planner.complaints import Complaint
from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.cause_links import shared_cause
from planner.use_cases.complaint_clocks import change_with_clocks, start_clocks
from planner.use_cases.complaint_closing import check_closing, check_reopening
from planner.use_cases.complaint_handing import ANSWERED
from planner.use_cases.editing import (
    check_member,
    check_not_future,
    live_account_name,
    refuse,
)
from planner.use_cases.survey_triggers import after_move
from planner.vocabulary import NEXT_STAGES

MOVED = frozenset(
    {
        "number", "stage", "waiting_since", "opened_at", "opened_on", "ack_due", "response_due",
        "resolution_due", "acknowledged_at", "answered_at", "resolved_at", "resolved_on",
        "closed_at", "next_due", "at_risk_at", "handed_to_id", "handed_by_id", "handed_on",
        "merged_into_id", "reopened_on",
    }
)  # fmt: skip
"""What follows from a complaint's way and is not for changing by hand."""


def log_complaint(
    uow: UnitOfWork, account_id: int, *, title: str, when: When, **fields: Any
) -> Complaint:
    """Log a complaint with its clocks; targets are business minutes of the book's calendar.

    The owner is me unless said; triaged as critical it is of that severity unless said. Raises
    ``Refused`` for a moment in the future or a person of another account.
    """
    account = live_account_name(uow, account_id)
    check_not_future(uow, when, "at")
    _refuse_moved(fields)
    given = {name: value for name, value in fields.items() if value is not None}
    if given.get("triage") == "critical":
        given.setdefault("severity", "critical")
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
    complaint = start_clocks(uow, complaint)
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

    Closed without a cause it takes that of a complaint linked to it. Raises ``Refused`` when the
    stage cannot follow the present one, for a closing or reopening without what they want
    (``complaint_closing``), and for a complaint that is out of the counts.
    """
    _refuse_moved(fields)
    before = uow.complaints.get(record) if isinstance(record, int) else record
    check_not_future(uow, when, "at")
    if before.excluded is not None:
        raise refuse("stage", _("{number} is out of the counts").format(number=before.number))
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
    values = _with_what_follows(uow, before, values, when)
    after = change_with_clocks(uow, before, values, moment)
    after_move(uow, after)
    uow.say(_("{number} is now {stage}").format(number=after.number, stage=stage), after.account_id)
    return after


def _with_what_follows(
    uow: UnitOfWork, before: Complaint, values: dict[str, Any], when: When
) -> dict[str, Any]:
    """The new values with what a closing, an answer or a reopening brings with it."""
    stage = values["stage"]
    if stage == "reopened":
        reason = check_reopening(uow, before, values.get("reopen_reason"))
        more = {"reopen_reason": reason, "reopened_on": when.on, "advocate_on": None}
        return {**values, **more}
    if stage == "answered":
        return {**values, "waiting_since": None}
    if stage != "closed":
        return values
    if "root_cause" not in values and before.root_cause is None:
        values = {**shared_cause(uow, before), **values}
    check_closing(before, values)
    return {**values, **ANSWERED, "waiting_since": None}


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


def change_complaint(uow: UnitOfWork, record: Complaint | int, **fields: Any) -> Complaint:
    """Change what a complaint says; its stage moves with ``move_complaint`` only.

    A new target gives its clock a new due moment; business minutes waited so far stay granted.
    Raises ``Refused`` where its owner would give it to a colleague who did not accept it.
    """
    _refuse_moved(fields)
    before = uow.complaints.get(record) if isinstance(record, int) else record
    if fields.get("owner_id", before.owner_id) != before.owner_id:
        if before.owner_id is not None and fields["owner_id"] not in (None, uow.actor.colleague_id):
            words = _("hand {number} over instead, so that they can accept it")
            raise refuse("owner_id", words.format(number=before.number))
        fields = {**fields, **ANSWERED}
    after = change_with_clocks(uow, before, fields)
    if "person_id" in fields and after.person_id is not None:
        check_member(uow, after.account_id, after.person_id)
    uow.say(_("changed {number}").format(number=after.number), after.account_id)
    return after


def _refuse_moved(fields: dict[str, Any]) -> None:
    moved = sorted(MOVED & set(fields))
    if moved:
        raise refuse(moved[0], _("it follows from what happened; move the complaint instead"))
