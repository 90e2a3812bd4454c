"""Which accounts call for an interview: a renewal decided, or a customer lost, and nobody asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from db.engine import Connection, placeholders
from planner.interview_due import RENEWED_DAYS, Decision, InterviewDue, interview_due

DECIDED = """
SELECT k.account_id, k.decided_on, k.forecast, k.renew_amount_minor, k.arr_minor, k.start_on,
  CASE WHEN EXISTS (SELECT 1 FROM contract o WHERE o.account_id = k.account_id
    AND o.archived_at IS NULL AND o.start_on < :first) THEN 1 ELSE 0 END
FROM contract k JOIN account_rollup r ON r.account_id = k.account_id
WHERE k.archived_at IS NULL AND k.status = 'active'
  AND (k.decided_on BETWEEN :first AND :today OR k.start_on BETWEEN :first AND :today){among}"""
GONE = """
SELECT a.id, a.lost_on FROM account a JOIN account_rollup r ON r.account_id = a.id
WHERE (r.stage = 'lost' OR a.lost_on <= :today){among}"""
NOTICE = """
SELECT k.account_id, MAX(k.cancellation_on) FROM contract k
JOIN account_rollup r ON r.account_id = k.account_id
WHERE k.archived_at IS NULL AND k.status = 'active' AND k.cancellation_on <= :today
  AND k.cancellation_withdrawn_on IS NULL{among} GROUP BY 1"""
HELD = """
SELECT r.account_id, r.kind, r.held_on FROM interview r
WHERE r.archived_at IS NULL AND r.touchpoint_id IS NOT NULL AND r.kind IN ('stay', 'exit'){among}"""


def interviews_due(
    connection: Connection, today: date, among: Sequence[int] | None = None
) -> dict[int, tuple[InterviewDue, ...]]:
    """The interviews that accounts call for, by account; ``among``: of these accounts only."""
    first = (today - timedelta(days=RENEWED_DAYS)).isoformat()
    within, params = "", {"first": first, "today": today.isoformat()}
    if among is not None:
        names, given = placeholders("a", among)
        within, params = f" AND r.account_id IN ({names})", {**params, **given}
    decided, gone, notices, talks = connection.rows_of(
        [sql.format(among=within) for sql in (DECIDED, GONE, NOTICE, HELD)], params
    )
    decisions: dict[int, list[Decision]] = {}
    for row in decided:
        decisions.setdefault(row[0], []).extend(_decisions(row, first))
    held: dict[int, list[tuple[str, date]]] = {}
    for account_id, kind, on in talks:
        held.setdefault(account_id, []).append((kind, date.fromisoformat(on)))
    lost: dict[int, str | None] = dict(gone)
    noticed: dict[int, str | None] = dict(notices)
    found = {
        account_id: interview_due(
            today,
            decisions=decisions.get(account_id, ()),
            lost=account_id in lost,
            lost_on=_day(lost.get(account_id)),
            notice_on=_day(noticed.get(account_id)),
            held=held.get(account_id, ()),
        )
        for account_id in sorted({*decisions, *lost, *noticed})
    }
    return {account_id: due for account_id, due in found.items() if due}


def _decisions(row: tuple[Any, ...], first: str) -> list[Decision]:
    """What a contract says of a renewal: decided for us, for more, or another one begun."""
    _account, decided_on, forecast, new_minor, arr_minor, start_on, earlier = row
    found = []
    if decided_on is not None and decided_on >= first and forecast != "lost":
        more = new_minor is not None and new_minor > arr_minor
        found.append(Decision(date.fromisoformat(decided_on), True, more))
    if earlier and start_on is not None and start_on >= first and decided_on is None:
        found.append(Decision(date.fromisoformat(start_on), False, True))
    return found


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
