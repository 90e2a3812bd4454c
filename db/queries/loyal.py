"""Which accounts are loyal customers, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from db.engine import Connection, placeholders
from planner.loyal_customers import loyal_words

FIRST = (
    "SELECT account_id, MIN(start_on) FROM contract WHERE account_id IN ({names})"
    " AND archived_at IS NULL AND start_on IS NOT NULL GROUP BY account_id"
)
DEEDS = (
    "SELECT account_id, MAX(on_date) FROM advocacy WHERE account_id IN ({names})"
    " AND archived_at IS NULL AND on_date <= :today GROUP BY account_id"
)


def loyal_accounts(
    connection: Connection, accounts: Collection[int], today: date
) -> dict[int, str]:
    """The words of ``planner.loyal_customers`` by account; others are left out."""
    if not accounts:
        return {}
    names, params = placeholders("a", sorted(set(accounts)))
    first = {row[0]: row[1] for row in connection.rows(FIRST.format(names=names), params)}
    given = {**params, "today": today.isoformat()}
    deeds = {row[0]: row[1] for row in connection.rows(DEEDS.format(names=names), given)}
    words = {
        one: loyal_words(_day(first.get(one)), _day(deeds.get(one)), today) for one in accounts
    }
    return {one: said for one, said in words.items() if said}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
