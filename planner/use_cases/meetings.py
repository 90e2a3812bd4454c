"""Meetings: planned from an invitation or by hand, moved, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.meetings import Attendee, Meeting
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_member, live_account_name, refuse
from planner.use_cases.touchpoints import MAX_PARTICIPANTS


def plan_meeting(
    uow: UnitOfWork,
    account_id: int,
    *,
    title: str,
    when: When,
    person_ids: Sequence[int] = (),
    **fields: Any,
) -> Meeting:
    """Plan a meeting with an account; one whose ``uid`` the account has is changed instead.

    ``fields``: kind, colleague_id, ends_at, place, note, uid, sequence. Of two versions of an
    invitation the one with the higher sequence stands; an older one changes nothing.
    """
    account = live_account_name(uow, account_id)
    known = known_meeting(uow, account_id, fields.get("uid"))
    if known is not None:
        if int(fields.get("sequence") or 0) < known.sequence or known.touchpoint_id is not None:
            return known
        return change_meeting(
            uow, known, when=when, person_ids=person_ids, title=title, status="planned", **fields
        )
    given = {name: value for name, value in fields.items() if value is not None}
    meeting = build(
        Meeting,
        id=uow.new_id(),
        account_id=account_id,
        title=title,
        recorded_on=uow.today,
        logged_at=uow.clock.real_now(),
        **_moment(when),
        **{"colleague_id": uow.actor.colleague_id, **given},
    )
    uow.meetings.add(meeting)
    _attend(uow, meeting, person_ids)
    uow.say(
        _("planned {title} with {account}").format(title=meeting.title, account=account), account_id
    )
    return meeting


def known_meeting(uow: UnitOfWork, account_id: int | None, uid: str | None) -> Meeting | None:
    """The live meeting with an invitation's uid; of any account where none is named."""
    if not uid:
        return None
    found = uow.meetings.find(uid=uid)
    here = [one for one in found if account_id in (None, one.account_id)]
    return here[0] if here else None


def change_meeting(
    uow: UnitOfWork,
    record: Meeting | int,
    *,
    when: When | None = None,
    person_ids: Sequence[int] | None = None,
    **fields: Any,
) -> Meeting:
    """Change a meeting; with ``person_ids`` who attends is set anew."""
    if when is not None:
        before = uow.meetings.get(record) if isinstance(record, int) else record
        if "ends_at" not in fields and before.ends_at is not None:
            fields["ends_at"] = when.at.astimezone(UTC) + (before.ends_at - before.starts_at)
        fields |= _moment(when)
    after = change(uow.meetings, record, fields)[1]
    if person_ids is not None:
        _attend(uow, after, person_ids)
    account = live_account_name(uow, after.account_id)
    uow.say(
        _("changed {title} with {account}").format(title=after.title, account=account),
        after.account_id,
    )
    return after


def cancel_meeting(uow: UnitOfWork, record: Meeting | int, sequence: int | None = None) -> Meeting:
    """Say that a meeting will not take place. One that was logged was held and stays."""
    before = uow.meetings.get(record) if isinstance(record, int) else record
    if before.touchpoint_id is not None:
        raise refuse("meeting", _("it was logged as held; undo that first"), before.title)
    newer = {} if sequence is None else {"sequence": max(sequence, before.sequence)}
    after = change(uow.meetings, record, {"status": "cancelled", **newer})[1]
    account = live_account_name(uow, after.account_id)
    uow.say(
        _("cancelled {title} with {account}").format(title=after.title, account=account),
        after.account_id,
    )
    return after


def cancel_known_meeting(
    uow: UnitOfWork, account_id: int, uid: str, sequence: int | None = None
) -> Meeting:
    """Cancel the meeting of an account with an invitation's uid. Raises ``Refused`` for none."""
    known = known_meeting(uow, account_id, uid)
    if known is None:
        raise refuse("meeting", _("the account has no meeting of this invitation"))
    return cancel_meeting(uow, known, sequence)


def _moment(when: When) -> dict[str, Any]:
    at: datetime = when.at.astimezone(UTC)
    return {"starts_at": at, "starts_on": when.on, "date_only": when.date_only}


def _attend(uow: UnitOfWork, meeting: Meeting, person_ids: Sequence[int]) -> None:
    """Set who of the account is to attend."""
    wanted = list(dict.fromkeys(person_ids))
    if len(wanted) > MAX_PARTICIPANTS:
        raise refuse("with", _("more than {count} people").format(count=MAX_PARTICIPANTS))
    present = {one.person_id: one for one in uow.attendees.find(meeting_id=meeting.id)}
    for person_id in wanted:
        if person_id not in present:
            check_member(uow, meeting.account_id, person_id)
            uow.attendees.add(
                build(
                    Attendee,
                    id=uow.new_id(),
                    meeting_id=meeting.id,
                    account_id=meeting.account_id,
                    person_id=person_id,
                )
            )
    for person_id, attendee in present.items():
        if person_id not in wanted:
            uow.attendees.archive(attendee)
