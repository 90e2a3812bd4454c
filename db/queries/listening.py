"""Silent accounts by revenue, and the logged moods by month."""

from __future__ import annotations

from datetime import date, timedelta

from db.engine import Connection
from db.frame import Frame
from planner.views.listening import MoodMonth, Silence, SilentRow

SILENT_DAYS = 90
MONTHS = 12
LIVE = "COALESCE(r.stage, '') NOT IN ('lost', 'prospect')"
# No talk that went both ways, no answer to a survey, no complaint since the first day.
SILENT = f"""{LIVE}
  AND (r.last_two_way_on IS NULL OR r.last_two_way_on < :since)
  AND NOT EXISTS (SELECT 1 FROM survey s WHERE s.account_id = r.account_id
    AND s.archived_at IS NULL AND s.answered_on BETWEEN :since AND :today)
  AND NOT EXISTS (SELECT 1 FROM complaint k WHERE k.account_id = r.account_id
    AND k.archived_at IS NULL AND k.opened_on BETWEEN :since AND :today)"""
COUNT = f"SELECT COUNT(*), COALESCE(SUM(r.arr_minor), 0) FROM account_rollup r WHERE {LIVE}"
COUNT_SILENT = f"""
SELECT COUNT(*), COALESCE(SUM(r.arr_minor), 0),
  COALESCE(SUM(CASE WHEN r.arr_minor IS NULL THEN 1 ELSE 0 END), 0)
FROM account_rollup r WHERE {SILENT}"""
ROWS = f"""
SELECT r.account_id, r.name, r.tier, r.owner, r.arr_minor, r.last_two_way_on
FROM account_rollup r WHERE {SILENT}
ORDER BY r.arr_minor IS NULL, r.arr_minor DESC, r.name_key, r.account_id LIMIT :limit"""
_MOODS = """
SELECT t.month, SUM(t.number), SUM(t.total), SUM(t.negative) FROM (
  SELECT SUBSTR(occurred_on, 1, 7) AS month, COUNT(*) AS number, SUM(sentiment) AS total,
    SUM(CASE WHEN sentiment < 0 THEN 1 ELSE 0 END) AS negative
  FROM touchpoint WHERE sentiment IS NOT NULL AND archived_at IS NULL
    AND occurred_on BETWEEN :since AND :today{own} GROUP BY SUBSTR(occurred_on, 1, 7)
  UNION ALL
  SELECT SUBSTR(heard_on, 1, 7), COUNT(*), SUM(sentiment),
    SUM(CASE WHEN sentiment < 0 THEN 1 ELSE 0 END)
  FROM signal WHERE sentiment IS NOT NULL AND archived_at IS NULL
    AND heard_on BETWEEN :since AND :today{own} GROUP BY SUBSTR(heard_on, 1, 7)
) t GROUP BY t.month ORDER BY t.month"""
MOODS = _MOODS.format(own="")
MOODS_OF = _MOODS.format(own=" AND account_id = :account")


class ListeningQueries:
    """What is not said, and the moods that people logged; nothing is guessed from words."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def silence(self, days: int = SILENT_DAYS, limit: int | None = None) -> Silence:
        """The live accounts without a two-way contact, an answer or a complaint in ``days`` days.

        Lost accounts and prospects are in no figure. Rows by ARR, unknown ones last.
        """
        params: dict[str, object] = {
            "since": (self._today - timedelta(days=days)).isoformat(),
            "today": self._today.isoformat(),
        }
        accounts, arr = self._connection.rows(COUNT)[0]
        silent, silent_arr, unknown = self._connection.rows(COUNT_SILENT, params)[0]
        wanted = {**params, "limit": silent if limit is None else limit}
        rows = tuple(SilentRow(*row) for row in self._connection.rows(ROWS, wanted))
        return Silence(days, accounts, silent, int(arr), int(silent_arr), unknown, rows)

    def moods(self, account_id: int | None = None, months: int = MONTHS) -> list[MoodMonth]:
        """The logged moods of talks and signals by month, this month last; months without one
        are left out."""
        year, month = divmod(self._today.year * 12 + self._today.month - months, 12)
        params: dict[str, object] = {
            "since": date(year, month + 1, 1).isoformat(),
            "today": self._today.isoformat(),
        }
        if account_id is not None:
            params["account"] = account_id
        rows = self._connection.rows(MOODS if account_id is None else MOODS_OF, params)
        return [
            MoodMonth(month, int(count), int(total) / int(count), int(negative))
            for month, count, total, negative in rows
        ]
