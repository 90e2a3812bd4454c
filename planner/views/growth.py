"""Selling more and loyalty as flat rows: opportunities of the book, programmes, who gave what.

Days are ISO text, money is in minor units of the book's currency.
"""

from __future__ import annotations

from typing import NamedTuple

from planner.views.plan import OpportunityRow


class OpportunityLine(NamedTuple):
    """A deal of a live account with what speaks against a push to sell there.

    ``band`` is the account's health band, None while it has no score; ``critical`` are the
    numbers of its open critical complaints.
    """

    deal: OpportunityRow
    account_id: int
    account: str
    band: str | None
    critical: tuple[str, ...]


class GestureLine(NamedTuple):
    """Something given once to a live account; ``complaint`` is the number of the one it answers."""

    id: int
    account_id: int
    account: str
    kind: str
    gesture: str
    given_on: str
    cost_minor: int | None
    reason: str | None
    approver: str | None
    person: str | None
    complaint: str | None


class ProgrammeRow(NamedTuple):
    """A loyalty programme with how many accounts are in it."""

    id: int
    name: str
    kind: str
    eligibility: str | None
    tiers: tuple[tuple[str, int], ...]
    cost_minor: int | None
    ended_on: str | None
    enrolled: int
