"""Lists of accounts from the rollup table: windowed, filtered, sorted, with totals."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.views.accounts import AccountRow

if TYPE_CHECKING:
    from planner.ports import Actor
    from planner.segments import Filter
    from planner.views.totals import AccountTotals

SELECTED = (
    "r.account_id, r.name, r.external_id, r.tier, r.stage, r.owner, r.arr_minor, r.arr_foreign,"
    " r.currency, r.renewal_on, r.last_two_way_on, r.cadence_days, r.open_complaints,"
    " r.worst_severity, r.next_action, r.next_action_on, r.plan_readiness, r.starter_known,"
    " r.shown, r.band, r.uncertain, r.coverage, r.trend, r.as_of"
)
SORTS = {
    "name": "r.name_key {d}",
    "health": "r.health_order {d}",
    "arr": "r.arr_minor {d} NULLS LAST",
    "renewal": "r.renewal_on {d} NULLS LAST",
    "touch": "r.last_two_way_on {d} NULLS FIRST",
    "tier": "r.tier {d} NULLS LAST",
    "complaints": "r.worst_severity {d}, r.open_complaints {d}",
    "owner": "r.owner {d} NULLS LAST",
    "trend": "r.trend {d} NULLS LAST",
    "next": "r.next_action_on {d} NULLS LAST",
}
DESCENDING_FIRST = frozenset({"arr", "complaints"})
"""Sorts whose natural direction is from high to low."""


class AccountQueries:
    """The account lists of one connection."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor

    def page(
        self,
        *,
        sort: str = "name",
        backwards: bool = False,
        parts: Filter = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> list[AccountRow]:
        """A stretch of the list. Raises ``KeyError`` for an unknown sort."""
        where, params = self._where(parts)
        bound = "" if limit is None else " LIMIT :limit OFFSET :offset"
        rows = self._connection.rows(
            f"SELECT {SELECTED} FROM account_rollup r WHERE {where}"
            f" ORDER BY {self._order(sort, backwards)}{bound}",
            params if limit is None else {**params, "limit": limit, "offset": offset},
        )
        return self._account_rows(rows)

    def ids(self, *, sort: str = "name", backwards: bool = False, parts: Filter = ()) -> array[int]:
        """The ids of the whole list in its order, eight bytes each."""
        where, params = self._where(parts)
        rows = self._connection.rows(
            f"SELECT r.account_id FROM account_rollup r WHERE {where}"
            f" ORDER BY {self._order(sort, backwards)}",
            params,
        )
        return array("q", (row[0] for row in rows))

    def by_ids(self, ids: Sequence[int]) -> list[AccountRow]:
        """The rows of these accounts, in this order; ids that are gone are left out."""
        names, params = placeholders("i", list(ids))
        rows = self._connection.rows(
            f"SELECT {SELECTED} FROM account_rollup r WHERE r.account_id IN ({names})", params
        )
        found = {row.id: row for row in self._account_rows(rows)}
        return [found[one] for one in ids if one in found]

    def totals(self, parts: Filter = ()) -> AccountTotals:
        """What the list adds up to, by band."""
        from planner.views.totals import AccountTotals, BandTotal

        where, params = self._where(parts)
        rows = self._connection.rows(
            "SELECT r.band, COUNT(*), COALESCE(SUM(r.arr_minor), 0), SUM(r.arr_foreign),"
            " SUM(CASE WHEN r.arr_minor IS NULL THEN 1 ELSE 0 END)"
            f" FROM account_rollup r WHERE {where} GROUP BY r.band",
            params,
        )
        bands = {row[0]: BandTotal(row[0], int(row[1]), int(row[2])) for row in rows}
        order = [bands[name] for name in ("red", "yellow", "green", "grey") if name in bands]
        return AccountTotals(
            count=sum(band.count for band in order),
            arr_minor=sum(band.arr_minor for band in order),
            currency=self._frame.currency,
            bands=tuple(order),
            foreign_contracts=sum(int(row[3]) for row in rows),
            without_arr=sum(int(row[4]) for row in rows),
        )

    def count(self, parts: Filter = ()) -> int:
        """How many accounts the list has."""
        where, params = self._where(parts)
        row = self._connection.one(f"SELECT COUNT(*) FROM account_rollup r WHERE {where}", params)
        return int(row[0]) if row else 0

    def _where(self, parts: Filter) -> tuple[str, dict[str, object]]:
        if not parts:
            return "1 = 1", {}
        from db.queries.account_filter import FilterSql

        sql = FilterSql(self._connection, self._frame.today, self._frame.currency, self._actor)
        return sql.where(parts), sql.params

    def _order(self, sort: str, backwards: bool) -> str:
        down = backwards != (sort in DESCENDING_FIRST)
        direction = "DESC" if down else "ASC"
        if sort == "name":
            return f"r.name_key {direction}, r.account_id {direction}"
        return SORTS[sort].format(d=direction) + f", r.account_id {direction}"

    def _account_rows(self, rows: list[tuple[Any, ...]]) -> list[AccountRow]:
        names, params = placeholders("i", [row[0] for row in rows])
        stars = (
            self._connection.rows(
                "SELECT s.account_id FROM star s WHERE s.actor = :actor AND s.archived_at IS NULL"
                + (f" AND s.account_id IN ({names})" if len(rows) <= 500 else ""),
                {"actor": self._actor.name, **(params if len(rows) <= 500 else {})},
            )
            if rows
            else []
        )
        starred = {row[0] for row in stars}
        return [
            AccountRow(*[*row[:20], bool(row[20]), *row[21:], row[0] in starred]) for row in rows
        ]
