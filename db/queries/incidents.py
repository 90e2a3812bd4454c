"""Incidents, the accounts they touch, who was told, and their logs."""

from __future__ import annotations

from typing import Any

from db.engine import Connection
from db.queries.names import named_row
from planner.language import gettext as _
from planner.views.incidents import IncidentRow, MessageRow, TouchedRow
from planner.views.today import Duty

INCIDENTS = """
SELECT i.id, i.title, i.detail, i.severity, i.owner_id, c.name, i.root_cause, i.started_at,
  i.started_on, i.ended_at, i.ended_on, COALESCE(t.accounts, 0), COALESCE(t.told, 0),
  (SELECT COUNT(*) FROM complaint k WHERE k.incident_id = i.id AND k.archived_at IS NULL),
  (SELECT COUNT(*) FROM incident_message m
    WHERE m.incident_id = i.id AND m.archived_at IS NULL)
FROM incident i LEFT JOIN colleague c ON c.id = i.owner_id
LEFT JOIN (SELECT x.incident_id, COUNT(*) AS accounts,
    SUM(CASE WHEN x.told_at IS NULL THEN 0 ELSE 1 END) AS told
  FROM incident_account x JOIN account a ON a.id = x.account_id AND a.archived_at IS NULL
  WHERE x.archived_at IS NULL GROUP BY x.incident_id) t ON t.incident_id = i.id
WHERE i.archived_at IS NULL"""
RUNNING = " AND i.ended_at IS NULL"
IN_ORDER = " ORDER BY CASE WHEN i.ended_at IS NULL THEN 0 ELSE 1 END, i.started_at DESC, i.id DESC"
PERSON = "COALESCE(NULLIF(p.name, ''), p.email, p.phone)"
TOUCHED = f"""
SELECT x.id, x.account_id, a.name, a.tier, a.owner_id, o.name, k.number, x.told_on, x.told_at,
  b.name, {PERSON}
FROM incident_account x JOIN account a ON a.id = x.account_id AND a.archived_at IS NULL
LEFT JOIN colleague o ON o.id = a.owner_id LEFT JOIN complaint k ON k.id = x.complaint_id
LEFT JOIN colleague b ON b.id = x.told_by_id LEFT JOIN person p ON p.id = x.person_id
WHERE x.incident_id = :id AND x.archived_at IS NULL
ORDER BY CASE WHEN x.told_at IS NULL THEN 0 ELSE 1 END, COALESCE(a.tier, 9), a.name_key, x.id"""
MESSAGES = """
SELECT m.id, m.noted_on, m.noted_at, m.told, m.message, m.channel, c.name
FROM incident_message m LEFT JOIN colleague c ON c.id = m.colleague_id
WHERE m.incident_id = :id AND m.archived_at IS NULL ORDER BY m.noted_at DESC, m.id DESC"""
OF_ACCOUNT = """
SELECT i.id, i.title FROM incident_account x JOIN incident i ON i.id = x.incident_id
WHERE x.account_id = :account AND x.archived_at IS NULL AND i.archived_at IS NULL
  AND i.ended_at IS NULL ORDER BY i.started_at DESC, i.id DESC"""
UNTOLD = """
SELECT x.account_id, i.title, i.started_on, a.owner_id, c.name, i.id
FROM incident i JOIN incident_account x ON x.incident_id = i.id
JOIN account a ON a.id = x.account_id AND a.archived_at IS NULL
LEFT JOIN colleague c ON c.id = a.owner_id
WHERE i.ended_at IS NULL AND i.archived_at IS NULL AND x.archived_at IS NULL
  AND x.told_at IS NULL{mine}
ORDER BY i.started_on, x.account_id, i.id LIMIT :most"""


class IncidentQueries:
    """Incidents of the book."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def incidents(self, *, running: bool = False, limit: int | None = None) -> list[IncidentRow]:
        """Those that run first, in each the newest first."""
        params: dict[str, Any] = {} if limit is None else {"limit": limit}
        bound = "" if limit is None else " LIMIT :limit"
        where = RUNNING if running else ""
        rows = self._connection.rows(INCIDENTS + where + IN_ORDER + bound, params)
        return [IncidentRow(*row) for row in rows]

    def one(self, incident_id: int) -> IncidentRow | None:
        """One incident; None for one that is archived."""
        row = self._connection.one(f"{INCIDENTS} AND i.id = :id", {"id": incident_id})
        return None if row is None else IncidentRow(*row)

    def touched(self, incident_id: int) -> list[TouchedRow]:
        """The accounts that it touches: those that were not told first, then by tier."""
        rows = self._connection.rows(TOUCHED, {"id": incident_id})
        return [TouchedRow(*row) for row in rows]

    def messages(self, incident_id: int) -> list[MessageRow]:
        """Its log, the newest first."""
        rows = self._connection.rows(MESSAGES, {"id": incident_id})
        return [MessageRow(*row)._replace(told=bool(row[3])) for row in rows]

    def running_of(self, account_id: int) -> list[tuple[int, str]]:
        """(id, title) of the running incidents that touch an account, the newest first."""
        rows = self._connection.rows(OF_ACCOUNT, {"account": account_id})
        return [(int(row[0]), str(row[1])) for row in rows]

    def named(self, text: str) -> int:
        """The id of the incident with this title or id. Raises ``NotFound`` and ``Ambiguous``."""
        rows = self._connection.rows(
            "SELECT id, title FROM incident WHERE archived_at IS NULL ORDER BY id"
        )
        shown = text if len(text) <= 80 else text[:79] + "…"
        return named_row(
            [(int(row[0]), str(row[1])) for row in rows],
            text,
            _("No incident answers to {name}.").format(name=shown),
            _("Several incidents answer to {name}.").format(name=shown),
        )

    def untold(self, owner_id: int | None, most: int) -> list[Duty]:
        """Accounts of one owner or of all that a running incident touches and nobody told, as
        duties of Today."""
        params: dict[str, Any] = {"most": most}
        if owner_id is not None:
            params["me"] = owner_id
        sql = UNTOLD.format(mine="" if owner_id is None else " AND a.owner_id = :me")
        found = self._connection.rows(sql, params)
        return [
            Duty(account_id, "incident", _("tell them of {title}").format(title=title), started,
                 None, owner, name, row_id)
            for account_id, title, started, owner, name, row_id in found
        ]  # fmt: skip
