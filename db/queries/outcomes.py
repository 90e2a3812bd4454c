"""How renewals ended, each with the score as it was stored 90 to 97 days before its decision.

Rules are those of rules.md, look-back. Nothing is recomputed: what was not stored is not known.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.health.history import LOOK_BACK, decided_on
from planner.health.profiles import HealthConfig
from planner.health.score import half_away
from planner.health.validation import Outcome, band_rates

MOST = 20_000
"""The newest outcomes that are looked at."""
BATCH = 500
SAVES = ("playbook", "review")
"""Where an action was born that counts as an attempt to save."""
CONTRACTS = """
SELECT x.id, x.account_id, a.name, x.end_on, x.notice_days, x.forecast, x.cancellation_on,
  x.cancellation_withdrawn_on, x.arr_minor, x.renew_amount_minor,
  CASE WHEN a.lost_on IS NOT NULL AND a.lost_on <= :today AND NOT EXISTS (
    SELECT 1 FROM contract n WHERE n.account_id = x.account_id AND n.archived_at IS NULL
    AND n.end_on > x.end_on) THEN 1 ELSE 0 END
FROM contract x JOIN account a ON a.id = x.account_id
WHERE x.archived_at IS NULL AND a.archived_at IS NULL AND x.end_on IS NOT NULL
  AND x.end_on >= :since AND (x.decided_on <= :today OR (a.lost_on <= :today AND NOT EXISTS (
    SELECT 1 FROM contract n WHERE n.account_id = x.account_id AND n.archived_at IS NULL
    AND n.end_on > x.end_on)))
ORDER BY x.end_on DESC, x.id LIMIT :most"""
SCORES = """
SELECT account_id, on_date, shown, raw, band, measures FROM health_snapshot
WHERE account_id IN ({names}) AND on_date BETWEEN :first AND :last ORDER BY on_date"""
TRIES = f"""
SELECT account_id, done_on FROM action WHERE account_id IN ({{names}}) AND archived_at IS NULL
  AND side = 'we' AND status = 'done' AND done_on IS NOT NULL
  AND origin IN ({", ".join(f"'{one}'" for one in SAVES)})"""


class _Score(NamedTuple):
    on: date
    shown: int | None
    raw: float | None
    band: str
    measures: str


class OutcomeQueries:
    """Outcomes of one book as of the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def decided(self, first: date, last: date) -> list[Outcome]:
        """Those decided on a day of the period, each told what its band lost in the one before.

        The period before is as long and ends the day before ``first``.
        """
        before = first - (last - first) - timedelta(days=1)
        found = self._all(before)
        earlier = [one for one in found if before <= one.decided_on < first]
        rates = band_rates(earlier)
        return [_told(one, rates) for one in found if first <= one.decided_on <= last]

    def _all(self, since: date) -> list[Outcome]:
        today = self._frame.today.isoformat()
        given = {"today": today, "since": since.isoformat(), "most": MOST}
        rows = [
            (row, decided_on(date.fromisoformat(row[3]), row[4]))
            for row in self._connection.rows(CONTRACTS, given)
        ]
        rows = [(row, day) for row, day in rows if day <= self._frame.today]
        found: list[Outcome] = []
        for start in range(0, len(rows), BATCH):
            found += self._outcomes(rows[start : start + BATCH])
        return found

    def _outcomes(self, rows: Sequence[tuple[Any, date]]) -> Iterator[Outcome]:
        names, params = placeholders("a", sorted({row[1] for row, _day in rows}))
        days = [day for _row, day in rows]
        given = {
            "first": (min(days) - timedelta(days=LOOK_BACK[1])).isoformat(),
            "last": (max(days) - timedelta(days=LOOK_BACK[0])).isoformat(),
        }
        scores: defaultdict[int, list[_Score]] = defaultdict(list)
        sql = SCORES.format(names=names)
        for account, on, *rest in self._connection.rows(sql, {**params, **given}):
            scores[account].append(_Score(date.fromisoformat(on), *rest))
        tries: defaultdict[int, list[date]] = defaultdict(list)
        for account, done in self._connection.rows(TRIES.format(names=names), params):
            tries[account].append(date.fromisoformat(done))
        for row, day in rows:
            yield _outcome(row, day, scores[row[1]], tries[row[1]], self._frame.config)


def _told(one: Outcome, rates: dict[str, float]) -> Outcome:
    from dataclasses import replace

    return replace(one, predicted=rates.get(one.band or ""))


def _outcome(
    row: Sequence[Any], day: date, scores: list[_Score], tries: list[date], config: HealthConfig
) -> Outcome:
    nearest, farthest = LOOK_BACK
    seen = next(
        (one for one in reversed(scores) if nearest <= (day - one.on).days <= farthest), None
    )
    cancelled = row[6] is not None and row[7] is None
    lost = bool(row[10]) or row[5] == "lost" or cancelled
    on = None if seen is None else seen.on
    score, band, taken = _score(row, seen, config)
    return Outcome(
        account_id=row[1],
        account=row[2],
        contract_id=row[0],
        decided_on=day,
        lost=lost,
        contracted=not lost and row[9] is not None and row[9] < row[8],
        saved=on is not None and any(on <= done <= day for done in tries),
        seen_on=on,
        score=score,
        band=band,
        notice_taken_out=taken,
        measures={} if seen is None else {
            name: value[0] for name, value in json.loads(seen.measures).items()
        },
    )  # fmt: skip


def _score(
    row: Sequence[Any], seen: _Score | None, config: HealthConfig
) -> tuple[float | None, str | None, bool]:
    """(score, band, whether a notice was taken out of it): a notice is the outcome itself."""
    if seen is None or seen.shown is None or seen.band == "grey":
        return None, None, False
    on = seen.on.isoformat()
    live = row[6] is not None and row[6] <= on and (row[7] is None or row[7] > on)
    if live and seen.raw is not None:
        whole = half_away(seen.raw)
        return float(whole), config.band_of(whole), True
    return float(seen.shown), seen.band, False
