"""What customers did for us."""

from __future__ import annotations

from collections.abc import Iterator

from db.engine import Connection
from planner.views.celebrations import AdvocacyRow

ADVOCACY = """
SELECT x.id, x.account_id, a.name, x.kind, x.advocacy,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone), x.on_date, x.link
FROM advocacy x JOIN account a ON a.id = x.account_id LEFT JOIN person p ON p.id = x.person_id
WHERE x.archived_at IS NULL AND a.archived_at IS NULL"""
OF_ACCOUNT = " AND x.account_id = :id"
NEWEST = " ORDER BY x.on_date DESC, x.id DESC"


class AdvocacyQueries:
    """Reads advocacy."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def each(self, limit: int | None = None) -> Iterator[AdvocacyRow]:
        """What all live accounts did for us, the newest first."""
        bound = "" if limit is None else " LIMIT :limit"
        params = {} if limit is None else {"limit": limit}
        for row in self._connection.rows(ADVOCACY + NEWEST + bound, params):
            yield AdvocacyRow(*row)

    def of_account(self, account_id: int) -> tuple[AdvocacyRow, ...]:
        """What an account did for us, the newest first."""
        rows = self._connection.rows(ADVOCACY + OF_ACCOUNT + NEWEST, {"id": account_id})
        return tuple(AdvocacyRow(*row) for row in rows)
