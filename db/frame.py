"""When and in what terms rows are read and scores made. Light: every list command loads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.engine import Connection

if TYPE_CHECKING:
    from planner.health.profiles import HealthConfig


class Frame:
    """The day, the moment, the book's zone and money, and the rules of the score.

    ``config`` may be a function: the rules load when the first score is made.
    """

    __slots__ = ("_config", "currency", "now", "today", "zone")

    def __init__(
        self,
        today: date,
        now: datetime,
        zone: ZoneInfo,
        currency: str,
        config: HealthConfig | Callable[[], HealthConfig],
    ) -> None:
        self.today = today
        self.now = now
        self.zone = zone
        self.currency = currency
        self._config = config

    @property
    def config(self) -> HealthConfig:
        """The rules of the score."""
        if callable(self._config):
            self._config = self._config()
        return self._config


def count_stale(connection: Connection, today: date) -> int:
    """How many accounts have a row of another day, or none."""
    row = connection.one(
        "SELECT (SELECT COUNT(*) FROM account WHERE archived_at IS NULL) - (SELECT COUNT(*)"
        " FROM account_rollup WHERE as_of = :today)",
        {"today": today.isoformat()},
    )
    return int(row[0]) if row else 0
