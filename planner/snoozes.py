"""Snoozes: a cadence that rests until a day, with the reason."""

from __future__ import annotations

from datetime import date

from planner.entity import Entity, Name


class Snooze(Entity):
    """No contact is due before ``until_on``, of the account or of one of its people."""

    account_id: int
    person_id: int | None = None
    until_on: date
    reason: Name
    recorded_on: date
