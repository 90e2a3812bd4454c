"""What they asked for, and what we promised them."""

from __future__ import annotations

from collections.abc import Iterator

from db.engine import Connection
from db.frame import Frame
from planner.views.requests import PromiseRow, RequestRow

REQUESTS = """
SELECT x.id, x.account_id, a.name, x.request, x.action, x.asked_by_id,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone),
  COALESCE(t.occurred_on, x.starts_on, x.recorded_on), x.owner_id, c.name, x.due_on, x.status,
  x.done_on, x.answered_by_id
FROM action x JOIN account a ON a.id = x.account_id
LEFT JOIN person p ON p.id = x.asked_by_id LEFT JOIN colleague c ON c.id = x.owner_id
LEFT JOIN touchpoint t ON t.id = x.origin_id AND x.origin = 'touchpoint'
WHERE x.request IS NOT NULL AND x.archived_at IS NULL AND a.archived_at IS NULL"""
PROMISES = """
SELECT x.id, x.account_id, a.name, x.action, COALESCE(p.name, x.their_owner), x.owner_id, c.name,
  x.due_on, x.status, x.done_on
FROM action x JOIN account a ON a.id = x.account_id LEFT JOIN colleague c ON c.id = x.owner_id
LEFT JOIN person p ON p.id = x.their_owner_id
WHERE x.promised = 1 AND x.side = 'we' AND x.archived_at IS NULL AND a.archived_at IS NULL"""
OPEN = " AND x.status = 'open'"
OF_ACCOUNT = " AND x.account_id = :id"
BY_DUE = " ORDER BY COALESCE(x.due_on, '9999'), x.id"


class RequestQueries:
    """Reads requests and promises."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def each(self, *, still_open: bool = True, limit: int | None = None) -> Iterator[RequestRow]:
        """What was asked for at all live accounts, by due day."""
        where = (OPEN if still_open else "") + BY_DUE + ("" if limit is None else " LIMIT :limit")
        params = {} if limit is None else {"limit": limit}
        for row in self._connection.rows(REQUESTS + where, params):
            yield RequestRow(*row)

    def owed_by(self, owner_id: int | None, limit: int) -> list[RequestRow]:
        """Open requests of a colleague, or of all, by due day."""
        mine = "" if owner_id is None else " AND x.owner_id = :me"
        params = {"limit": limit} if owner_id is None else {"limit": limit, "me": owner_id}
        rows = self._connection.rows(f"{REQUESTS}{OPEN}{mine}{BY_DUE} LIMIT :limit", params)
        return [RequestRow(*row) for row in rows]

    def open_at(self, account_id: int) -> tuple[RequestRow, ...]:
        """What an account asked for and has not had an answer to, by due day."""
        rows = self._connection.rows(REQUESTS + OPEN + OF_ACCOUNT + BY_DUE, {"id": account_id})
        return tuple(RequestRow(*row) for row in rows)

    def promises(self) -> Iterator[PromiseRow]:
        """Everything we promised, by due day."""
        for row in self._connection.rows(PROMISES + BY_DUE, {}):
            yield PromiseRow(*row)
