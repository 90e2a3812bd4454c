"""The stored scores of an account, one a local day."""

from __future__ import annotations

from datetime import timedelta

from db.engine import Connection
from db.frame import Frame
from planner.views.account import SnapshotRow

WEEKS = 18
SNAPSHOTS = """
SELECT on_date, shown, band, config_version FROM health_snapshot
WHERE account_id = :id AND on_date > :after AND on_date <= :today ORDER BY on_date"""


class SnapshotQueries:
    """Scores as they were; days without one are gaps."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def of_account(self, account_id: int, weeks: int = WEEKS) -> tuple[SnapshotRow, ...]:
        """The snapshots of the last weeks up to today, the oldest first."""
        today = self._frame.today
        rows = self._connection.rows(
            SNAPSHOTS,
            {
                "id": account_id,
                "after": (today - timedelta(weeks=weeks)).isoformat(),
                "today": today.isoformat(),
            },
        )
        return tuple(SnapshotRow(*row) for row in rows)
