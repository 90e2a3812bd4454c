"""Lists of accounts from the rollup table: windowed, filtered, sorted, with totals."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
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
STARRED = (
    "(SELECT COUNT(*) FROM star s WHERE s.actor = :actor AND s.account_id = r.account_id"
    " AND s.archived_at IS NULL)"
)
"""Whether the actor starred a row, asked with it: a page is one way there and back."""
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("r.name_key",),
    "health": ("r.health_order",),
    "arr": ("r.arr_minor",),
    "renewal": ("r.renewal_on",),
    "touch": ("r.last_two_way_on",),
    "tier": ("r.tier",),
    "complaints": ("r.worst_severity", "r.open_complaints"),
    "owner": ("r.owner",),
    "trend": ("r.trend",),
    "next": ("r.next_action_on",),
}
"""What each sort compares; the id settles ties. Each has an index in this order."""
MAY_BE_EMPTY = frozenset({"arr", "renewal", "touch", "tier", "owner", "trend", "next"})
EMPTY_FIRST = frozenset({"touch"})
"""Sorts that put what is empty before the rest, in both directions; the others put it last."""
DESCENDING_FIRST = frozenset({"arr", "complaints"})
"""Sorts whose natural direction is from high to low."""


def stretches(sort: str, backwards: bool, *, filtered: bool = False) -> list[tuple[str, str]]:
    """The list in one or two stretches, each a condition and an order that an index gives as it is.

    Empty values are a stretch of their own: where they stand differs between engines and
    directions, and an index cannot be read in an order that it does not have. A filtered list is
    one stretch, sorted after one scan: along an index a filter that few rows pass would look each
    row up. Raises ``KeyError`` for an unknown sort.
    """
    direction = "DESC" if backwards != (sort in DESCENDING_FIRST) else "ASC"
    columns = SORTS[sort]
    if filtered:
        empty = "FIRST" if sort in EMPTY_FIRST else "LAST"
        compared = [f"COALESCE({one}, {one}) {direction} NULLS {empty}" for one in columns]
        return [("1 = 1", ", ".join((*compared, f"r.account_id {direction}")))]
    order = ", ".join(f"{column} {direction}" for column in (*columns, "r.account_id"))
    if sort not in MAY_BE_EMPTY:
        return [("1 = 1", order)]
    both = [
        (f"{columns[0]} IS NOT NULL", order),
        (f"{columns[0]} IS NULL", f"r.account_id {direction}"),
    ]
    return both[::-1] if sort in EMPTY_FIRST else both


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
        # Of a filtered list the sort would ask it of every row.
        columns = SELECTED if parts or limit is None else f"{SELECTED}, {STARRED}"
        params = {**params, "actor": self._actor.name}
        rows: list[tuple[Any, ...]] = []
        for condition, order in stretches(sort, backwards, filtered=bool(parts)):
            if limit is not None and len(rows) >= limit:
                break
            scope = f"FROM account_rollup r WHERE {condition} AND {where}"
            window = {} if limit is None else {"limit": limit - len(rows), "offset": offset}
            found = self._connection.rows(
                f"SELECT {columns} {scope} ORDER BY {order}"
                + (" LIMIT :limit OFFSET :offset" if window else ""),
                {**params, **window},
            )
            if offset and not found:
                counted = self._connection.one(f"SELECT COUNT(*) {scope}", params)
                offset = max(0, offset - int(counted[0] if counted else 0))
            elif found:
                offset = 0
            rows.extend(found)
        return self._account_rows(rows) if columns is SELECTED else _with_stars(rows)

    def ids(self, *, sort: str = "name", backwards: bool = False, parts: Filter = ()) -> array[int]:
        """The ids of the whole list in its order, eight bytes each."""
        where, params = self._where(parts)
        found = array("q")
        for condition, order in stretches(sort, backwards, filtered=bool(parts)):
            rows = self._connection.rows(
                "SELECT r.account_id FROM account_rollup r"
                f" WHERE {condition} AND {where} ORDER BY {order}",
                params,
            )
            found.extend([row[0] for row in rows])
        return found

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
            " SUM(CASE WHEN r.arr_minor IS NULL THEN 1 ELSE 0 END),"
            " SUM(CASE WHEN r.as_of <> :as_of THEN 1 ELSE 0 END)"
            f" FROM account_rollup r WHERE {where} GROUP BY r.band",
            {**params, "as_of": self._frame.today.isoformat()},
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
            stale=sum(int(row[5]) for row in rows),
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
        return _with_stars([(*row, row[0] in starred) for row in rows])


def _with_stars(rows: Iterable[tuple[Any, ...]]) -> list[AccountRow]:
    """Rows of ``SELECTED`` and whether each is starred."""
    return [AccountRow(*[*row[:20], bool(row[20]), *row[21:-1], bool(row[-1])]) for row in rows]
