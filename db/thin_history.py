"""Drops the stored scores that are kept no longer as they grow old (planner.health.history)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from db.engine import Connection
from planner.health.history import DAILY_DAYS, decided_on, is_kept, kept_days

SLICE = 2_000
"""Accounts looked at in one slice."""
NEXT = (
    "SELECT account_id FROM account_rollup WHERE account_id > :after"
    " ORDER BY account_id LIMIT :most"
)
OLD = (
    "SELECT account_id, on_date FROM health_snapshot WHERE account_id BETWEEN :lo AND :hi"
    " AND on_date < :daily AND on_date NOT IN ({kept})"
)
ENDS = (
    "SELECT account_id, end_on, notice_days FROM contract WHERE account_id BETWEEN :lo AND :hi"
    " AND archived_at IS NULL AND end_on IS NOT NULL"
)
DROP = "DELETE FROM health_snapshot WHERE account_id = :account_id AND on_date = :on_date"


def thin(connection: Connection, today: date, after: int = 0) -> int:
    """Drop what is kept no longer of the next accounts after ``after``, in id order.

    Returns the last account looked at, 0 when there was none. The caller owns the transaction.
    """
    ids = connection.rows(NEXT, {"after": after, "most": SLICE})
    if not ids:
        return 0
    lo, hi = ids[0][0], ids[-1][0]
    days = {f"d{number}": day.isoformat() for number, day in enumerate(kept_days(today))}
    daily = (today - timedelta(days=DAILY_DAYS)).isoformat()
    found = connection.rows(
        OLD.format(kept=", ".join(f":{name}" for name in days)),
        {**days, "lo": lo, "hi": hi, "daily": daily},
    )
    if found:
        connection.run_many(DROP, _gone(connection, lo, hi, found, today))
    return int(hi)


def _gone(
    connection: Connection, lo: int, hi: int, found: list[tuple[int, str]], today: date
) -> list[dict[str, object]]:
    decisions: dict[int, list[date]] = defaultdict(list)
    for account_id, end, notice in connection.rows(ENDS, {"lo": lo, "hi": hi}):
        decisions[account_id].append(decided_on(date.fromisoformat(end), notice))
    return [
        {"account_id": account_id, "on_date": on}
        for account_id, on in found
        if not is_kept(date.fromisoformat(on), today, decisions[account_id])
    ]
