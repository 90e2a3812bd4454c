"""Entries of the timeline: pinned on top of it, and taken off it."""

from __future__ import annotations

from typing import Any

from planner.entity import build
from planner.language import gettext as _
from planner.pins import Pin
from planner.ports import Repository, UnitOfWork
from planner.touchpoints import Touchpoint
from planner.use_cases.editing import live_account_name, refuse, withdraw
from planner.vocabulary import PIN_KINDS


def pin_entry(uow: UnitOfWork, account_id: int, kind: str, row_id: int) -> Pin:
    """Keep an entry on top of its account's timeline.

    Raises ``Refused`` for an entry of another account or an archived one, one that is pinned
    already, and a kind that cannot be pinned.
    """
    account = live_account_name(uow, account_id)
    _check_entry(uow, account_id, kind, row_id)
    if _pins(uow, account_id, kind, row_id):
        raise refuse("entry", _("it is pinned already"), row_id)
    pin = uow.pins.add(build(Pin, id=uow.new_id(), account_id=account_id, kind=kind, row_id=row_id))
    uow.say(_("pinned an entry of {account}").format(account=account), account_id)
    return pin


def unpin_entry(uow: UnitOfWork, account_id: int, kind: str, row_id: int) -> Pin:
    """Take an entry off the top of its account's timeline; it stays where it is in it."""
    account = live_account_name(uow, account_id)
    found = _pins(uow, account_id, kind, row_id)
    if not found:
        raise refuse("entry", _("it is not pinned"), row_id)
    pin = uow.pins.archive(found[0])
    uow.say(_("unpinned an entry of {account}").format(account=account), account_id)
    return pin


def archive_touchpoint(uow: UnitOfWork, touchpoint_id: int) -> Touchpoint:
    """Take a logged contact away, with who took part and its pin. What was promised in it stays."""
    touchpoint = withdraw(uow.touchpoints, touchpoint_id)
    for participant in uow.participants.find(touchpoint_id=touchpoint_id):
        uow.participants.archive(participant)
    for pin in _pins(uow, touchpoint.account_id, "touchpoint", touchpoint_id):
        uow.pins.archive(pin)
    account = live_account_name(uow, touchpoint.account_id)
    uow.say(_("archived a touchpoint with {account}").format(account=account),
            touchpoint.account_id)  # fmt: skip
    return touchpoint


def _pins(uow: UnitOfWork, account_id: int, kind: str, row_id: int) -> list[Pin]:
    return list(uow.pins.find(account_id=account_id, kind=kind, row_id=row_id))


def _check_entry(uow: UnitOfWork, account_id: int, kind: str, row_id: int) -> None:
    if kind not in PIN_KINDS:
        words = _("it is none of {choices}").format(choices=", ".join(PIN_KINDS))
        raise refuse("kind", words, kind)
    holders: dict[str, Repository[Any]] = {
        "touchpoint": uow.touchpoints, "complaint": uow.complaints, "signal": uow.signals,
        "survey": uow.surveys,
    }  # fmt: skip
    found = holders[kind].get(row_id)
    if found.archived_at is not None or found.account_id != account_id:
        raise refuse("entry", _("it does not belong to this account"), row_id)
