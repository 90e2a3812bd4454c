"""Why they buy, stay and leave, over the whole book; who was asked, and who was not heard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.interviews_due import interviews_due
from planner.plan_fields import plan_fields
from planner.reason_report import reasons_of
from planner.views.reasons import DueRow, ReasonReport, ReasonRow, UnheardPlan

SECTIONS = {"bought": "why_bought", "stay": "why_stay"}
TEXT_CUT = 120
"""Lines without a driver are told apart by so many characters of their text."""
LEFT_WITHIN_DAYS = 31
"""A contract that ended at most so long before they left was still theirs when they did."""
OPEN_END = "9999"
NAMED_AT_ONCE = 500
BY_DRIVER = """
SELECT e.driver, {words}, e.account_id, r.name, r.arr_minor, r.arr_foreign, COUNT(*),
  SUM(CASE WHEN e.source = 'customer' THEN 1 ELSE 0 END), MAX(e.on_date)
FROM entry e JOIN account_rollup r ON r.account_id = e.account_id
WHERE e.archived_at IS NULL AND e.section = :section AND e.field IN ({names}){window}
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 3, 1, 2"""
OWN_WORDS = f"CASE WHEN e.driver IS NULL THEN SUBSTR(e.entry, 1, {TEXT_CUT}) END"
NO_WORDS = "CASE WHEN e.driver IS NULL THEN '' END"
BY_REASON = """
SELECT i.reason, i.reason_detail, i.account_id, r.name, r.arr_minor, r.arr_foreign, COUNT(*),
  SUM(CASE WHEN i.touchpoint_id IS NOT NULL THEN 1 ELSE 0 END), MAX(i.held_on)
FROM interview i JOIN account_rollup r ON r.account_id = i.account_id
WHERE i.archived_at IS NULL AND i.kind = 'exit'{window}
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 3, 1, 2"""
CONTRACTS = """
SELECT k.account_id, k.arr_minor, k.currency, k.start_on, k.end_on FROM contract k
WHERE k.archived_at IS NULL AND k.account_id IN (
  SELECT i.account_id FROM interview i WHERE i.kind = 'exit' AND i.archived_at IS NULL)
ORDER BY k.account_id, k.id"""
ASKED = (
    " EXISTS (SELECT 1 FROM interview i WHERE i.account_id = r.account_id AND i.kind = :kind"
    " AND i.archived_at IS NULL AND i.touchpoint_id IS NOT NULL{window})"
)
CALLED = (
    " EXISTS (SELECT 1 FROM interview i LEFT JOIN touchpoint t ON t.id = i.touchpoint_id"
    " WHERE i.account_id = r.account_id AND i.kind = 'exit' AND i.archived_at IS NULL"
    " AND (i.method IN ('call', 'meeting') OR (i.method IS NULL"
    " AND t.kind IN ('call', 'meeting', 'qbr'))){window})"
)
"""A loss with a real call: somebody talked with them, by voice or face to face."""
COVERAGE = (
    "SELECT COUNT(*), SUM(CASE WHEN{asked} THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN{called} THEN 1 ELSE 0 END) FROM account_rollup r"
    " JOIN account a ON a.id = r.account_id WHERE {base}"
)
WITH_PLAN = "r.plan_status IS NOT NULL"
LOST = "(r.stage = 'lost' OR a.lost_on <= :today)"
UNHEARD = """
SELECT r.account_id, r.name, r.plan_size, r.plan_status, r.owner, r.arr_minor,
  (SELECT COUNT(*) FROM entry e WHERE e.account_id = r.account_id AND e.archived_at IS NULL
    AND e.section IN ('why_bought', 'why_stay'))
FROM account_rollup r WHERE r.plan_status IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM entry e WHERE e.account_id = r.account_id AND e.archived_at IS NULL
    AND e.section IN ('why_bought', 'why_stay') AND e.source = 'customer')
ORDER BY r.name_key, r.account_id"""
NAMES = """
SELECT r.name_key, r.account_id, r.name, r.owner FROM account_rollup r
WHERE r.account_id IN ({names})"""


class Agreed(NamedTuple):
    """What a contract says of money and time."""

    arr_minor: int
    currency: str
    start_on: str | None
    end_on: str | None


class ReasonQueries:
    """Reports over all accounts."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today
        self._currency = frame.currency

    def report(
        self, kind: str, from_on: date | None = None, to_on: date | None = None
    ) -> ReasonReport:
        """The reasons of one kind: bought and stay by value driver, exit in two levels.

        A day outside ``from_on`` to ``to_on``, and no day at all, is left out where they are given.
        Without a driver, why they bought goes by its own words and why they stay stands apart.
        """
        rows = self._exits(from_on, to_on) if kind == "exit" else self._lines(kind, from_on, to_on)
        reasons, untagged = reasons_of(rows)
        base, asked, called = self._coverage(kind, from_on, to_on)
        return ReasonReport(
            kind=kind,
            from_on=None if from_on is None else from_on.isoformat(),
            to_on=None if to_on is None else to_on.isoformat(),
            base=base,
            asked=asked,
            currency=self._currency,
            reasons=reasons,
            untagged=untagged,
            called=called if kind == "exit" else None,
        )

    def _lines(self, kind: str, from_on: date | None, to_on: date | None) -> list[ReasonRow]:
        asked = [one.name for one in plan_fields()
                 if one.section == SECTIONS[kind] and one.driver]  # fmt: skip
        names, given = placeholders("field", asked)
        window, bounds = _window("e.on_date", from_on, to_on)
        sql = BY_DRIVER.format(
            names=names, window=window, words=OWN_WORDS if kind == "bought" else NO_WORDS
        )
        params = {**given, **bounds, "section": SECTIONS[kind]}
        return [
            ReasonRow(*[driver or text or None, None, *rest])
            for driver, text, *rest in self._connection.rows(sql, params)
        ]

    def _exits(self, from_on: date | None, to_on: date | None) -> list[ReasonRow]:
        window, bounds = _window("i.held_on", from_on, to_on)
        found = self._connection.rows(BY_REASON.format(window=window), bounds)
        rows = [ReasonRow(*row) for row in found]
        held: dict[int, list[Agreed]] = {}
        for account_id, *contract in self._connection.rows(CONTRACTS):
            held.setdefault(account_id, []).append(Agreed(*contract))
        return [self._with_revenue(row, held.get(row.account_id, [])) for row in rows]

    def _with_revenue(self, row: ReasonRow, contracts: list[Agreed]) -> ReasonRow:
        """The row with what they paid when they left, where they pay nothing any more."""
        if row.arr_minor is not None or row.newest_on is None:
            return row
        day = date.fromisoformat(row.newest_on)
        oldest = (day - timedelta(days=LEFT_WITHIN_DAYS)).isoformat()
        begun = [one for one in contracts if (one.start_on or "") <= row.newest_on]
        live = [one for one in begun if (one.end_on or OPEN_END) >= oldest]
        last = max((one.end_on or OPEN_END for one in begun), default=OPEN_END)
        left = live or [one for one in begun if one.end_on == last]
        own = [one.arr_minor for one in left if one.currency == self._currency]
        return row._replace(arr_minor=sum(own) if own else None, foreign=len(left) - len(own))

    def _coverage(
        self, kind: str, from_on: date | None, to_on: date | None
    ) -> tuple[int, int, int]:
        window, bounds = _window("i.held_on", from_on, to_on)
        base = WITH_PLAN
        if kind == "exit":
            lost, more = _window("a.lost_on", from_on, to_on)
            base, bounds = LOST + lost, {**bounds, **more, "today": self._today.isoformat()}
        row = self._connection.one(
            COVERAGE.format(
                asked=ASKED.format(window=window), called=CALLED.format(window=window), base=base
            ),
            {**bounds, "kind": kind},
        )
        return (0, 0, 0) if row is None else (int(row[0]), int(row[1] or 0), int(row[2] or 0))

    def unheard(self) -> list[UnheardPlan]:
        """Live plans without a single line from the customer on why they bought or stay."""
        return [UnheardPlan(*row) for row in self._connection.rows(UNHEARD)]

    def due(self) -> list[DueRow]:
        """The interviews that accounts call for, by the account's name."""
        found = interviews_due(self._connection, self._today)
        return [
            DueRow(
                one, name, owner, due.kind, due.why, due.since.isoformat() if due.since else None
            )
            for one, name, owner in self._named(list(found))
            for due in found[one]
        ]

    def _named(self, ids: list[int]) -> list[tuple[int, str, str | None]]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(ids), NAMED_AT_ONCE):
            names, given = placeholders("a", ids[start : start + NAMED_AT_ONCE])
            found += self._connection.rows(NAMES.format(names=names), given)
        return [(one, name, owner) for _key, one, name, owner in sorted(found)]


def _window(column: str, from_on: date | None, to_on: date | None) -> tuple[str, dict[str, Any]]:
    sql, params = "", {}
    for name, sign, day in (("from_on", ">=", from_on), ("to_on", "<=", to_on)):
        if day is not None:
            sql += f" AND {column} {sign} :{name}"
            params[name] = day.isoformat()
    return sql, params
