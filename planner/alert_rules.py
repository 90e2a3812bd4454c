"""Rule alerts: a filter of accounts, and who of the team is told when an account meets it."""

from __future__ import annotations

from datetime import date

from planner.entity import Entity, Name, Note
from planner.vocabulary import Function


class AlertRule(Entity):
    """One rule. ``segment``: a filter in the language of the accounts list, never empty.

    ``function``: whose row on Today it is; None: the account's owner. ``advice``: what to do.
    """

    name: Name
    segment: Name
    function: Function | None = None
    advice: Note | None = None


class AlertAnswer(Entity):
    """An alert that was seen and set aside for an account until a day, with the reason."""

    account_id: int
    rule_id: int
    until_on: date
    reason: Name
    recorded_on: date
