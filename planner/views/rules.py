"""What is shown of success criteria and of rule alerts."""

from __future__ import annotations

from typing import NamedTuple


class CriterionRow(NamedTuple):
    """A success criterion, with how many goals have which status by it."""

    id: int
    name: str
    segment: str
    metric: str
    unit: str | None
    good: float
    poor: float | None
    less_is_better: bool
    note: str | None
    on_track: int = 0
    at_risk: int = 0
    off_track: int = 0


class AlertRuleRow(NamedTuple):
    """A rule; ``function``: whose row on Today it is, None: the account owner's."""

    id: int
    name: str
    segment: str
    function: str | None
    advice: str | None


class AlertRow(NamedTuple):
    """An account that meets a rule now, and whom that is told to."""

    account_id: int
    account: str
    colleague_id: int | None
    colleague: str | None
    rule: AlertRuleRow


class AlertCount(NamedTuple):
    """How many accounts meet a rule now, and of how many it was set aside."""

    meets: int
    aside: int
