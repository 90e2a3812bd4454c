"""What each account's score and readiness are made from, kept beside its row.

Written with the row in the transaction of each change. A sweep to a new day reads it instead of
the facts, as long as it holds: it was made on that day or before, and nothing that was known to
come (somebody leaves, a contract begins) has come since.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import from_json, to_json

from planner.health.kept import SHAPE, Kept, plain, restore
from planner.readiness_kept import KeptSections

if TYPE_CHECKING:
    from db.account_numbers import Numbers
    from db.number_parts import Row

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


class KeptAccount(NamedTuple):
    """The numbers behind an account's score, and its plan's sections (None without a live plan)."""

    score: Kept
    sections: KeptSections | None


def encoded(account: KeptAccount) -> str:
    """The text that is stored; equal accounts give equal texts."""
    sections = account.sections
    return to_json((plain(account.score), sections and tuple(sections))).decode()


def decoded(text: str) -> KeptAccount:
    """What a stored text of this version's shape says. Raises ``ValueError`` for a damaged one."""
    try:
        score, sections = from_json(text)
        return KeptAccount(restore(score), None if sections is None else KeptSections(*sections))
    except (IndexError, TypeError) as error:
        raise ValueError(str(error)) from error


def to_store(
    numbers: Numbers, account: KeptAccount, as_of: date, old: Row | None
) -> dict[str, Any] | None:
    """The row to store, None where the stored one (as ``STORED_INPUTS`` gives it) says the same.

    Where one was made under a later clock, facts may lie ahead that this day does not see: nothing
    is kept then until that day has come.
    """
    kept_on, until = as_of.isoformat(), holds_to(numbers, as_of)
    if old is not None and old[1] > kept_on:
        kept_on, until = old[1], NEVER
    text = encoded(account)
    if old is not None and until != NEVER and (until, SHAPE, text) == tuple(old[2:]):
        return None
    return {
        "account_id": numbers.account[0],
        "kept_on": kept_on,
        "holds_to": until,
        "shape": SHAPE,
        "kept": text,
    }


def holds_to(numbers: Numbers, as_of: date) -> str | None:
    """The last day for which what is kept of an account holds; None while no end is known."""
    today = as_of.isoformat()
    if numbers.met_later:
        return today
    if not numbers.coming:
        return None
    return (date.fromisoformat(min(numbers.coming)) - timedelta(days=1)).isoformat()
