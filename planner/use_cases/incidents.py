"""An incident: what is disturbed, which accounts it touches, what was said, who has been told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from planner.complaints import Complaint
from planner.dates import When
from planner.entity import build
from planner.incidents import Incident, IncidentAccount, IncidentMessage
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_live,
    check_member,
    check_not_future,
    live_account_name,
    refuse,
    withdraw,
)
from planner.use_cases.touchpoints import log_touchpoint

STEPS = frozenset({"started_at", "started_on", "ended_at", "ended_on"})


def open_incident(
    uow: UnitOfWork,
    *,
    title: str,
    when: When,
    account_ids: Iterable[int] = (),
    complaint_ids: Iterable[int] = (),
    **fields: Any,
) -> Incident:
    """Open an incident, mine unless said, with the accounts and complaints that it touches.

    ``fields``: detail, severity, owner_id, root_cause. Raises ``Refused`` for a start in the
    future.
    """
    check_not_future(uow, when, "at")
    _refuse_steps(fields)
    given = {name: value for name, value in fields.items() if value is not None}
    made = build(
        Incident,
        **{
            "id": uow.new_id(),
            "title": title,
            "owner_id": uow.actor.colleague_id,
            "started_at": when.at.astimezone(UTC),
            "started_on": when.on,
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **given,
        },
    )
    uow.incidents.add(made)
    _touch(uow, made, account_ids, complaint_ids)
    uow.say(_("opened the incident {title}").format(title=made.title))
    return made


def change_incident(uow: UnitOfWork, record: Incident | int, **fields: Any) -> Incident:
    """Change what an incident says; it ends by ``end_incident``."""
    _refuse_steps(fields)
    after = change(uow.incidents, record, fields)[1]
    uow.say(_("changed the incident {title}").format(title=after.title))
    return after


def end_incident(
    uow: UnitOfWork, record: Incident | int, when: When, root_cause: str | None = None
) -> Incident:
    """End an incident; what is said names how many accounts were not told yet.

    Raises ``Refused`` for one that has ended, or an end before its start or in the future.
    """
    before = running_incident(uow, record)
    check_not_future(uow, when, "at")
    moment = when.at.astimezone(UTC)
    if when.on < before.started_on or (not when.date_only and moment < before.started_at):
        raise refuse("at", _("it lies before the start of the incident"), when.on)
    values: dict[str, Any] = {"ended_at": max(moment, before.started_at), "ended_on": when.on}
    if root_cause is not None:
        values["root_cause"] = root_cause
    after = change(uow.incidents, before, values)[1]
    untold = len(untold_accounts(uow, after.id))
    words = _("ended the incident {title}").format(title=after.title)
    if untold:
        words = _("{what}; {count} accounts were not told").format(what=words, count=untold)
    uow.say(words)
    return after


def touch_accounts(
    uow: UnitOfWork,
    record: Incident | int,
    account_ids: Iterable[int] = (),
    complaint_ids: Iterable[int] = (),
) -> list[IncidentAccount]:
    """Say that an incident touches these accounts, and those of these complaints, in one change.

    Those that it touches already stay as they are. Raises ``Refused`` when nothing is new.
    """
    incident = running_incident(uow, record)
    touched, linked = _touch(uow, incident, account_ids, complaint_ids)
    if not touched and not linked:
        raise refuse("account", _("the incident touches all of them already"))
    words = _("{title} touches {count} more accounts")
    uow.say(
        words.format(title=incident.title, count=len(touched)),
        touched[0].account_id if len(touched) == 1 else None,
    )
    return touched


def untouch_account(uow: UnitOfWork, record: Incident | int, account_id: int) -> IncidentAccount:
    """Say that an incident does not touch an account; links of its complaints go too."""
    incident = uow.incidents.get(record) if isinstance(record, int) else record
    known = _touched(uow, incident.id, account_id)
    if known is None:
        raise refuse("account", _("the incident does not touch this account"))
    for complaint in uow.complaints.find(account_id=account_id, incident_id=incident.id):
        change(uow.complaints, complaint, {"incident_id": None})
    name = uow.accounts.get(account_id).name
    uow.say(
        _("{title} does not touch {account}").format(title=incident.title, account=name), account_id
    )
    return withdraw(uow.incident_accounts, known.id)


def link_complaint(uow: UnitOfWork, complaint_id: int, incident_id: int) -> Complaint:
    """Say that a complaint comes from a running incident; its account is touched by it."""
    incident = running_incident(uow, incident_id)
    if not _touch(uow, incident, (), (complaint_id,))[1]:
        raise refuse("complaint", _("it is linked to this incident already"))
    complaint = uow.complaints.get(complaint_id)
    uow.say(
        _("{number} comes from the incident {title}").format(
            number=complaint.number, title=incident.title
        ),
        complaint.account_id,
    )
    return complaint


def log_message(
    uow: UnitOfWork,
    record: Incident | int,
    *,
    message: str,
    when: When,
    told: bool = False,
    channel: str | None = None,
) -> IncidentMessage:
    """Write a line into the log of an incident: among us, or (``told``) words for customers."""
    incident = uow.incidents.get(record) if isinstance(record, int) else record
    check_live(incident)
    check_not_future(uow, when, "at")
    made = build(
        IncidentMessage,
        id=uow.new_id(),
        incident_id=incident.id,
        told=told,
        message=message,
        channel=channel,
        colleague_id=uow.actor.colleague_id,
        noted_at=when.at.astimezone(UTC),
        noted_on=when.on,
    )
    words = _("told customers of {title}") if told else _("noted on the incident {title}")
    uow.say(words.format(title=incident.title))
    return uow.incident_messages.add(made)


def mark_told(
    uow: UnitOfWork,
    record: Incident | int,
    account_ids: Iterable[int],
    when: When,
    person_id: int | None = None,
    kind: str | None = None,
    note: str | None = None,
) -> list[IncidentAccount]:
    """Say that accounts were told of an incident: by me, whom (of one account), when.

    With ``kind`` (call, email, ...) a touchpoint is logged for each, with the note. Raises
    ``Refused`` for an account that it does not touch, or a person who is not of the account.
    """
    incident = uow.incidents.get(record) if isinstance(record, int) else record
    check_live(incident)
    check_not_future(uow, when, "at")
    ids = list(dict.fromkeys(account_ids))
    if not ids:
        raise refuse("account", _("name an account"))
    if person_id is not None and len(ids) > 1:
        raise refuse("with", _("a person belongs to one account; name one"))
    told = [_tell(uow, incident, account_id, when, person_id, kind, note) for account_id in ids]
    if len(told) == 1:
        name = uow.accounts.get(ids[0]).name
        words = _("{account} was told of {title}").format(account=name, title=incident.title)
        uow.say(words, ids[0])
    else:
        words = _("{count} accounts were told of {title}")
        uow.say(words.format(count=len(told), title=incident.title))
    return told


def _tell(
    uow: UnitOfWork,
    incident: Incident,
    account_id: int,
    when: When,
    person_id: int | None,
    kind: str | None,
    note: str | None,
) -> IncidentAccount:
    live_account_name(uow, account_id)
    known = _touched(uow, incident.id, account_id)
    if known is None:
        raise refuse("account", _("the incident does not touch this account"))
    if person_id is not None:
        check_member(uow, account_id, person_id)
    if kind is not None:
        log_touchpoint(
            uow,
            account_id,
            kind=kind,
            when=when,
            person_ids=[] if person_id is None else [person_id],
            note=note or incident.title,
            direction="out",
        )
    values = {
        "told_at": when.at.astimezone(UTC),
        "told_on": when.on,
        "told_by_id": uow.actor.colleague_id,
        "person_id": person_id,
    }
    return change(uow.incident_accounts, known, values)[1]


def running_incident(uow: UnitOfWork, record: Incident | int) -> Incident:
    """A live incident that has not ended. Raises ``Refused`` for another."""
    incident = uow.incidents.get(record) if isinstance(record, int) else record
    check_live(incident)
    if incident.ended_at is not None:
        raise refuse("incident", _("{title} has ended").format(title=incident.title))
    return incident


def untold_accounts(uow: UnitOfWork, incident_id: int) -> list[IncidentAccount]:
    """The accounts that an incident touches and that nobody told."""
    rows = uow.incident_accounts.find(incident_id=incident_id)
    return [row for row in rows if row.told_at is None]


def _touch(
    uow: UnitOfWork,
    incident: Incident,
    account_ids: Iterable[int],
    complaint_ids: Iterable[int],
) -> tuple[list[IncidentAccount], list[Complaint]]:
    """The accounts that are newly touched and the complaints that are newly linked."""
    known = {row.account_id for row in uow.incident_accounts.find(incident_id=incident.id)}
    touched, linked, first = [], [], dict[int, int]()
    for complaint_id in dict.fromkeys(complaint_ids):
        complaint = uow.complaints.get(complaint_id)
        check_live(complaint)
        first.setdefault(complaint.account_id, complaint.id)
        if complaint.incident_id != incident.id:
            linked.append(change(uow.complaints, complaint, {"incident_id": incident.id})[1])
    for account_id in dict.fromkeys((*account_ids, *first)):
        if account_id in known:
            continue
        live_account_name(uow, account_id)
        row = build(
            IncidentAccount,
            id=uow.new_id(),
            account_id=account_id,
            incident_id=incident.id,
            complaint_id=first.get(account_id),
        )
        touched.append(uow.incident_accounts.add(row))
    return touched, linked


def _touched(uow: UnitOfWork, incident_id: int, account_id: int) -> IncidentAccount | None:
    found = uow.incident_accounts.find(incident_id=incident_id, account_id=account_id)
    return next(iter(found), None)


def _refuse_steps(fields: dict[str, Any]) -> None:
    wrong = sorted(STEPS & set(fields))
    if wrong:
        raise refuse(wrong[0], _("an incident begins when it is opened and ends by a step"))
