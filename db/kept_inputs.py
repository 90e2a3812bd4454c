"""What each account's score and readiness are made from, kept beside its row.

Written with the row in the transaction of each change. A sweep to a new day reads it instead of
the facts, as long as it holds: it was made on that day or before, and nothing that was known to
come (somebody leaves, a contract begins) has come since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from db.complaint_clocks import CLOCKS
from planner.health.kept import SHAPE, Kept, plain, restore
from planner.readiness_kept import KeptSections

if TYPE_CHECKING:
    from db.health_facts import AccountFacts

STORED_INPUTS = (
    "SELECT account_id, kept_on, holds_to, shape, kept FROM health_inputs"
    " WHERE account_id BETWEEN :lo AND :hi"
)
PUT_INPUTS = (
    "INSERT INTO health_inputs (account_id, kept_on, holds_to, shape, kept) VALUES"
    " (:account_id, :kept_on, :holds_to, :shape, :kept) ON CONFLICT (account_id) DO UPDATE SET"
    " kept_on = excluded.kept_on, holds_to = excluded.holds_to, shape = excluded.shape,"
    " kept = excluded.kept"
)
HOLDS = "h.shape = :shape AND h.kept_on <= :today AND COALESCE(h.holds_to, :today) >= :today"
"""The condition on a row ``h`` under which it may be read for ``:today``."""
NEVER = ""
"""Sorts before every day: what is kept is for no day."""
_ENCODER = json.JSONEncoder(separators=(",", ":"))


class KeptAccount(NamedTuple):
    """The numbers behind an account's score, and its plan's sections (None without a live plan)."""

    score: Kept
    sections: KeptSections | None


def encoded(account: KeptAccount) -> str:
    """The text that is stored; equal accounts give equal texts."""
    return _ENCODER.encode((plain(account.score), account.sections))


def decoded(text: str) -> KeptAccount:
    """What a stored text of this version's shape says."""
    score, sections = json.loads(text)
    return KeptAccount(restore(score), None if sections is None else KeptSections(*sections))


def to_store(
    facts: AccountFacts, account: KeptAccount, as_of: date, moment: str, old: dict[str, Any] | None
) -> dict[str, Any] | None:
    """The row to store, None where the stored one says the same.

    Where one was made under a later clock, facts may lie ahead that this day does not see: nothing
    is kept then until that day has come.
    """
    today, text = as_of.isoformat(), encoded(account)
    kept_on, until = today, holds_to(facts, as_of, moment)
    if old is not None and old["kept_on"] > today:
        kept_on, until = old["kept_on"], NEVER
    row = {
        "account_id": facts.account["id"],
        "kept_on": kept_on,
        "holds_to": until,
        "shape": SHAPE,
        "kept": text,
    }
    if old is None:
        return row
    same = all(row[name] == old[name] for name in ("holds_to", "shape", "kept"))
    return None if same and old["kept_on"] <= kept_on and until != NEVER else row


def holds_to(facts: AccountFacts, as_of: date, moment: str) -> str | None:
    """The last day for which what is kept of these facts holds; None while no end is known."""
    today = as_of.isoformat()
    if any(row[met] and row[met] > moment for row in facts.complaints for _due, met in CLOCKS):
        return today
    coming = min((day for day in _known_days(facts) if day and day > today), default=None)
    if coming is None:
        return None
    return (date.fromisoformat(coming) - timedelta(days=1)).isoformat()


def _known_days(facts: AccountFacts) -> Iterable[str | None]:
    """Days on which something that is known already begins or ends."""
    yield facts.account["competitor_on"]
    for person in facts.people:
        yield person["left_on"]
    for complaint in facts.complaints:
        yield complaint["resolved_on"]
    for contract in facts.contracts:
        yield contract["start_on"]
        yield contract["cancellation_on"]
        yield contract["cancellation_withdrawn_on"]
        yield contract["invoice_overdue_since"]
        if contract["end_on"] and contract["decided_on"]:
            yield (date.fromisoformat(contract["end_on"]) + timedelta(days=1)).isoformat()
