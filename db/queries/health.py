"""What the health page reads beside the score: its inputs, and what it was on an earlier day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from db.engine import Connection
from db.frame import Frame
from db.health_facts import gather
from planner.errors import NotFound, Refused
from planner.health.figures import Reading
from planner.health.inputs import HealthInputs
from planner.health.profiles import Profile
from planner.health.score import Combined, HealthScore, combine, finish, score_health
from planner.language import gettext as _

STORED = """
SELECT on_date, raw, measures FROM health_snapshot
WHERE account_id = :id AND on_date <= :day AND config_version = :config
ORDER BY on_date DESC LIMIT 1"""
SAME_RAW = 1e-3
"""Snapshots keep measures with six decimals; a raw figure made from them is this near."""


class HealthQueries:
    """Scores with what they were made from."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def explained(self, account_id: int) -> tuple[HealthScore, HealthInputs]:
        """The score as of the frame's day and its inputs. Raises ``NotFound`` when archived."""
        inputs = self._inputs(account_id, self._frame.today)
        return score_health(inputs, self._frame.config), inputs

    def stored(self, account_id: int, day: date) -> HealthScore:
        """The newest stored score of a day or before, its measures as they were.

        Raises ``Refused`` when none is stored by the present version of the rules.
        """
        row = self._connection.one(
            STORED,
            {"id": account_id, "day": day.isoformat(), "config": self._frame.config.version},
        )
        if row is None:
            raise Refused(_("No score is stored of {day} or before.").format(day=day.isoformat()))
        on = date.fromisoformat(row[0])
        inputs = self._inputs(account_id, on)
        readings: dict[str, Reading | None] = {
            name: Reading(score, confidence)
            for name, (score, confidence) in json.loads(row[2]).items()
        }
        profile, combined = self._as_combined(inputs, readings, row[1])
        return finish(inputs, self._frame.config, profile.name, combined)

    def stored_on(self, day: date) -> int:
        """How many scores are stored of a day."""
        row = self._connection.one(
            "SELECT COUNT(*) FROM health_snapshot WHERE on_date = :day", {"day": day.isoformat()}
        )
        return int(row[0]) if row else 0

    def _as_combined(
        self, inputs: HealthInputs, readings: dict[str, Reading | None], raw: Any
    ) -> tuple[Profile, Combined]:
        """By the profile that gives the stored figure; the profile itself is not stored."""
        likely = self._frame.config.profile_for(inputs)
        for profile in (likely, *self._frame.config.profiles):
            combined = combine(profile, readings)
            if combined.raw is None or raw is None:
                if combined.raw is raw:
                    return profile, combined
            elif abs(combined.raw - raw) <= SAME_RAW:
                return profile, combined
        return likely, combine(likely, readings)

    def _inputs(self, account_id: int, day: date) -> HealthInputs:
        facts = gather(
            self._connection, account_id, account_id, day, self._frame.now, self._frame.zone
        )
        if not facts:
            raise NotFound(_("There is no account with the id {id}.").format(id=account_id))
        return facts[0].inputs
