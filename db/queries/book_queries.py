"""All read-only queries of a book behind one object, one attribute a question."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from db.engine import Connection
from db.queries.account_page import AccountPageQueries, action_rows
from db.queries.accounts import AccountQueries
from db.queries.complaints import ComplaintQueries
from db.queries.find import FindQueries
from db.queries.history import HistoryQueries
from db.queries.names import NameQueries
from db.queries.people import PeopleQueries
from db.queries.snapshots import SnapshotQueries
from db.queries.timeline import TimelineQueries
from db.queries.today import TodayQueries
from db.rollups import Frame, rollup_rows
from planner.health.score import HealthScore
from planner.ports import Actor
from planner.views.account import ActionRow
from planner.views.colleagues import ColleagueRow

if TYPE_CHECKING:
    from db.queries.health import HealthQueries

COLLEAGUES = """
SELECT id, name, email, function, seniority, away_from, away_to, cover_id, retired_on
FROM colleague WHERE archived_at IS NULL ORDER BY name_key, id"""


class BookQueries:
    """Made by ``Book.queries`` for one moment; holds no rows."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self.frame = frame
        self.actor = actor

    @cached_property
    def accounts(self) -> AccountQueries:
        return AccountQueries(self._connection, self.frame, self.actor)

    @cached_property
    def account(self) -> AccountPageQueries:
        return AccountPageQueries(self._connection, self.frame, self.actor)

    @cached_property
    def people(self) -> PeopleQueries:
        return PeopleQueries(self._connection)

    @cached_property
    def complaints(self) -> ComplaintQueries:
        return ComplaintQueries(self._connection, self.frame)

    @cached_property
    def timeline(self) -> TimelineQueries:
        return TimelineQueries(self._connection)

    @cached_property
    def snapshots(self) -> SnapshotQueries:
        return SnapshotQueries(self._connection, self.frame)

    @cached_property
    def today(self) -> TodayQueries:
        return TodayQueries(self._connection, self.frame, self.actor)

    @cached_property
    def history(self) -> HistoryQueries:
        return HistoryQueries(self._connection)

    @cached_property
    def names(self) -> NameQueries:
        return NameQueries(self._connection)

    @cached_property
    def search(self) -> FindQueries:
        return FindQueries(self._connection)

    @cached_property
    def scores(self) -> HealthQueries:
        from db.queries.health import HealthQueries

        return HealthQueries(self._connection, self.frame)

    def health(self, account_id: int) -> HealthScore | None:
        """The score of an account as of the frame's day; None when it is archived."""
        rows = rollup_rows(self._connection, account_id, account_id, self.frame)
        return next((score for _row, score in rows), None)

    def actions(self, *, status: str | None = "open") -> tuple[ActionRow, ...]:
        """Actions of all accounts by due day."""
        params: dict[str, Any] = {} if status is None else {"status": status}
        where = "" if status is None else " AND x.status = :status"
        return action_rows(self._connection, where, params)

    def colleagues(self) -> list[ColleagueRow]:
        """Everybody of us by name, retired ones too."""
        return [ColleagueRow(*row) for row in self._connection.rows(COLLEAGUES)]

    def settings(self) -> dict[str, str]:
        """The book's settings by key."""
        rows = self._connection.rows(
            "SELECT key, value FROM setting WHERE archived_at IS NULL ORDER BY key"
        )
        return {str(key): str(value) for key, value in rows}

    def record(self, table: str, row_id: int) -> Any:
        """One record as its model, for a form. Raises ``NotFound``. Loads pydantic."""
        from db.records import read_record

        return read_record(self._connection, table, row_id)
