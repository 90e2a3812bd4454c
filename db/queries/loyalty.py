"""Loyalty programmes of the book, and where their accounts stand."""

from __future__ import annotations

import json

from db.engine import Connection
from db.frame import Frame
from db.queries.names import named_row
from planner.language import gettext as _
from planner.points_ledger import Standing, top_customers
from planner.views.growth import GestureLine, ProgrammeRow

PROGRAMMES = """
SELECT g.id, g.name, g.kind, g.eligibility, g.tiers, g.cost_minor, g.ended_on,
  (SELECT COUNT(*) FROM enrolment e JOIN account a ON a.id = e.account_id
   WHERE e.programme_id = g.id AND e.archived_at IS NULL AND e.left_on IS NULL
   AND a.archived_at IS NULL)
FROM programme g WHERE g.archived_at IS NULL ORDER BY g.id"""
STANDINGS = """
SELECT a.id, a.name, r.arr_minor,
  (SELECT COALESCE(SUM(t.points), 0) FROM points t WHERE t.account_id = a.id
   AND t.programme_id = :id AND t.archived_at IS NULL AND t.on_date <= :today)
FROM enrolment e JOIN account a ON a.id = e.account_id
LEFT JOIN account_rollup r ON r.account_id = a.id
WHERE e.programme_id = :id AND e.archived_at IS NULL AND e.left_on IS NULL
  AND a.archived_at IS NULL"""
OF_ACCOUNT = """
SELECT e.programme_id FROM enrolment e JOIN programme g ON g.id = e.programme_id
WHERE e.account_id = :id AND e.archived_at IS NULL AND e.left_on IS NULL
  AND g.archived_at IS NULL ORDER BY e.id"""
BALANCE = """
SELECT COALESCE(SUM(points), 0) FROM points
WHERE account_id = :id AND programme_id = :programme AND archived_at IS NULL
  AND on_date <= :today"""

GESTURES = """
SELECT g.id, g.account_id, a.name, g.kind, g.gesture, g.given_on, g.cost_minor, g.reason, c.name,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone), k.number
FROM gesture g JOIN account a ON a.id = g.account_id LEFT JOIN colleague c ON c.id = g.approver_id
LEFT JOIN person p ON p.id = g.person_id LEFT JOIN complaint k ON k.id = g.complaint_id
WHERE g.archived_at IS NULL AND a.archived_at IS NULL ORDER BY g.given_on DESC, g.id DESC"""


class LoyaltyQueries:
    """Reads programmes, levels and balances."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def programmes(self) -> tuple[ProgrammeRow, ...]:
        """Every programme, ended ones too."""
        return tuple(
            ProgrammeRow(*[*row[:4], _tiers(row[4]), *row[5:7], int(row[7])])
            for row in self._connection.rows(PROGRAMMES)
        )

    def gestures(self) -> tuple[GestureLine, ...]:
        """What was given to all live accounts, the newest first."""
        return tuple(GestureLine(*row) for row in self._connection.rows(GESTURES))

    def programme(self, text: str) -> int:
        """The id of a programme by its name or id. Raises ``NotFound`` and ``Ambiguous``."""
        rows = [(row.id, row.name) for row in self.programmes()]
        return named_row(
            rows,
            text,
            _("No programme answers to {name}.").format(name=text),
            _("Several programmes answer to {name}.").format(name=text),
        )

    def standings(self, programme_id: int) -> list[Standing]:
        """The accounts in a programme with their points up to today, the most first."""
        params = {"id": programme_id, "today": self._frame.today.isoformat()}
        rows = self._connection.rows(STANDINGS, params)
        return top_customers(Standing(row[0], row[1], row[2], int(row[3])) for row in rows)

    def of_account(self, account_id: int) -> tuple[int, ...]:
        """The ids of the programmes that an account is in."""
        return tuple(row[0] for row in self._connection.rows(OF_ACCOUNT, {"id": account_id}))

    def balance(self, account_id: int, programme_id: int) -> int:
        """The points of an account in a programme up to today; corrections can bring it below 0."""
        row = self._connection.one(
            BALANCE,
            {
                "id": account_id,
                "programme": programme_id,
                "today": self._frame.today.isoformat(),
            },
        )
        return int(row[0]) if row else 0


def _tiers(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(points)) for name, points in json.loads(text))
