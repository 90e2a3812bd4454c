"""Renewals: contracts by the end they come to, windowed, and the groups that a forecast needs."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.renewal_filter import (
    CANCELLED,
    NOTICE_NUMBER,
    UNDECIDED,
    RenewalFilterSql,
)
from planner.renewals import forecast_of, notice_on, period_of
from planner.views.renewals import DueGroup, DueIds, RenewalForecast, RenewalRow, Standing
from planner.vocabulary import FORECASTS

if TYPE_CHECKING:
    from planner.ports import Actor
    from planner.segments import Filter

SCOPE = (
    "FROM contract k JOIN account_rollup r ON r.account_id = k.account_id"
    " WHERE k.archived_at IS NULL AND k.end_on IS NOT NULL"
)
STANDING = (
    "r.band, k.forecast, k.forecast_probability,"
    f" CASE WHEN {CANCELLED} THEN 1 ELSE 0 END,"
    " CASE WHEN k.decided_on IS NOT NULL THEN 1 ELSE 0 END,"
    " CASE WHEN k.status <> 'active' THEN 1 ELSE 0 END,"
    " CASE WHEN r.stage = 'lost' THEN 1 ELSE 0 END,"
    " CASE WHEN k.end_on < :today THEN 1 ELSE 0 END,"
    f" CASE WHEN k.auto_renew = 1 AND {NOTICE_NUMBER} < :today_number THEN 1 ELSE 0 END"
)
"""The fields of ``Standing``, in their order."""
SELECTED = (
    "k.id, k.account_id, r.name, k.name, r.tier, r.owner_id, r.owner, k.arr_minor, k.currency,"
    " k.end_on, k.notice_days, k.auto_renew, k.renew_amount_minor, k.uplift_percent, k.decided_on,"
    f" r.shown, r.uncertain, r.coverage, r.starter_known, r.as_of, r.plan_readiness, {STANDING}"
)
MILESTONES = """
SELECT m.contract_id, m.offset_days FROM milestone m
WHERE m.account_id IN ({names}) AND m.archived_at IS NULL AND m.done_on <= :today
ORDER BY m.contract_id, m.offset_days DESC"""
GROUPED = (
    "SUBSTR(k.end_on, 1, 7), CASE WHEN k.currency = :own THEN 0 ELSE 1 END,"
    " CASE WHEN k.renew_amount_minor IS NULL THEN k.uplift_percent END,"
)
SUMMED = (
    " COUNT(*), SUM(k.arr_minor),"
    " SUM(CASE WHEN k.renew_amount_minor < k.arr_minor THEN k.renew_amount_minor"
    " ELSE k.arr_minor END),"
    " SUM(CASE WHEN k.renew_amount_minor > k.arr_minor THEN k.renew_amount_minor - k.arr_minor"
    " ELSE 0 END)"
)
GROUP_BY = ", ".join(str(number) for number in range(1, 4 + len(Standing._fields)))
WITHOUT_END = (
    "SELECT COUNT(*) FROM contract k JOIN account_rollup r ON r.account_id = k.account_id"
    f" WHERE k.archived_at IS NULL AND k.end_on IS NULL AND {UNDECIDED} AND "
)
SORTS: dict[str, str] = {
    "end": "k.end_on",
    "account": "r.name_key",
    "arr": "k.arr_minor",
    "notice": NOTICE_NUMBER,
    "forecast": "CASE k.forecast "
    + " ".join(f"WHEN '{name}' THEN {rank}" for rank, name in enumerate(FORECASTS))
    + " END",
    "health": "r.health_order",
    "readiness": "r.plan_readiness",
    "missed": "",
    "owner": "r.owner",
}
"""What each sort compares; then the end and the id. ``missed`` is made for the day."""
DESCENDING_FIRST = frozenset({"arr", "missed"})


class RenewalQueries:
    """The renewals of one connection."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor

    def ids(
        self,
        *,
        sort: str = "end",
        backwards: bool = False,
        parts: Filter = (),
        limit: int | None = None,
    ) -> DueIds:
        """The contracts of the list in its order; amounts by currency, the book's own first. What
        is decided is left out unless the filter names states.

        Raises ``KeyError`` for an unknown sort.
        """
        sql = self._sql()
        column = SORTS[sort] or sql.missed()
        where = sql.where(parts)
        if not any(getattr(part, "field", None) == "state" for part in parts):
            where = f"{UNDECIDED} AND {where}"
        direction = "DESC" if backwards != (sort in DESCENDING_FIRST) else "ASC"
        money = "CASE WHEN k.currency = :own THEN 0 ELSE 1 END, k.currency, "
        order = (
            f"{money if sort == 'arr' else ''}{column} {direction} NULLS LAST,"
            f" k.end_on {direction if sort == 'end' else 'ASC'}, k.id"
        )
        window = "" if limit is None else " LIMIT :limit"
        rows = self._connection.rows(
            f"SELECT k.id, k.account_id {SCOPE} AND {where} ORDER BY {order}{window}",
            sql.params if limit is None else {**sql.params, "limit": limit},
        )
        return DueIds(array("q", [row[0] for row in rows]), array("q", [row[1] for row in rows]))

    def by_ids(self, ids: Sequence[int]) -> list[RenewalRow]:
        """The rows of these contracts, in this order; ids that are gone are left out."""
        if not ids:
            return []
        names, params = placeholders("i", list(ids))
        rows = self._connection.rows(
            f"SELECT {SELECTED} {SCOPE} AND k.id IN ({names})", {**self._sql().params, **params}
        )
        done = self._milestones({row[1] for row in rows})
        found = {row[0]: self._row(row, tuple(done[row[0]])) for row in rows}
        return [found[one] for one in ids if one in found]

    def forecast(self, parts: Filter = ()) -> RenewalForecast:
        """The forecast of the months ahead against what is due in them; ``parts`` limits both."""
        start, end = period_of(self._frame.today)
        sql = self._sql()
        where = sql.where(parts)
        bounds = {"from_on": start.isoformat(), "to_on": end.isoformat()}
        rows = self._connection.rows(
            f"SELECT {GROUPED} {STANDING}, {SUMMED} {SCOPE} AND k.end_on < :to_on"
            f" AND (k.end_on >= :from_on OR {UNDECIDED}) AND {where} GROUP BY {GROUP_BY}",
            {**sql.params, **bounds},
        )
        without = self._connection.one(f"{WITHOUT_END} {where}", sql.params)
        groups = (
            DueGroup(row[0], bool(row[1]), row[2], _standing(row[3:-4]),
                     *[int(number) for number in row[-4:]])
            for row in rows
        )  # fmt: skip
        return forecast_of(
            groups, start, end, self._frame.currency, int(without[0] if without else 0)
        )

    def _sql(self) -> RenewalFilterSql:
        """A filter without conditions yet, with the parameters that every question has."""
        today = self._frame.today
        sql = RenewalFilterSql(self._connection, today, self._frame.currency, self._actor)
        sql.params.update(
            today=today.isoformat(), today_number=today.toordinal(), own=self._frame.currency
        )
        return sql

    def _milestones(self, accounts: set[int]) -> defaultdict[int, list[int]]:
        done: defaultdict[int, list[int]] = defaultdict(list)
        names, params = placeholders("a", sorted(accounts))
        for contract_id, offset in self._connection.rows(
            MILESTONES.format(names=names), {**params, "today": self._frame.today.isoformat()}
        ):
            done[contract_id].append(offset)
        return done

    def _row(self, row: tuple[Any, ...], done: tuple[int, ...]) -> RenewalRow:
        notice = notice_on(date.fromisoformat(row[9]), row[10])
        return RenewalRow(
            *[
                *row[:9],
                row[8] != self._frame.currency,
                row[9],
                None if notice is None else notice.isoformat(),
                bool(row[11]),
                *row[12:16],
                bool(row[16]),
                *row[17:21],
                _standing(row[21:]),
                done,
            ]
        )


def _standing(fields: Sequence[Any]) -> Standing:
    return Standing(*fields[:3], *[bool(one) for one in fields[3:]])
