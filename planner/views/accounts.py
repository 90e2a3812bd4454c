"""What a list of accounts shows: flat rows, no records.

Named tuples: every start loads this file, and a data class takes six times as long to be made.
"""

from __future__ import annotations

from typing import NamedTuple

ACCOUNT_SORTS = (
    "name", "health", "arr", "renewal", "touch", "tier", "complaints", "owner", "trend", "next",
)  # fmt: skip


class AccountRow(NamedTuple):
    """One account in a list.

    Money is in minor units of ``currency``; ``arr_foreign`` counts contracts in other currencies,
    which stand apart. Days are ISO text. ``shown`` is the health figure, ``trend`` its signed
    change over 21 to 35 days; both are None while unknown. ``worst_severity`` runs from 1 (low) to
    4 (critical), 0 for none.
    """

    id: int
    name: str
    external_id: str | None
    tier: int | None
    stage: str | None
    owner: str | None
    arr_minor: int | None
    arr_foreign: int
    currency: str | None
    renewal_on: str | None
    last_two_way_on: str | None
    cadence_days: int
    open_complaints: int
    worst_severity: int
    next_action: str | None
    next_action_on: str | None
    plan_readiness: float | None
    starter_known: int
    shown: int | None
    band: str
    uncertain: bool
    coverage: float
    trend: int | None
    as_of: str
    starred: bool
