"""The condition under which contact with an account rests. Light: Today loads it."""

from __future__ import annotations

SNOOZED = """EXISTS (SELECT 1 FROM snooze z WHERE z.account_id = r.account_id
  AND z.person_id IS NULL AND z.archived_at IS NULL AND z.until_on > :today
  AND z.recorded_on <= :today AND NOT EXISTS (SELECT 1 FROM touchpoint y
    WHERE y.account_id = z.account_id AND y.two_way = 1 AND y.archived_at IS NULL
    AND y.occurred_on <= :today AND y.recorded_on <= :today AND y.occurred_on >= z.recorded_on
    AND (y.occurred_on > z.recorded_on OR y.id > z.id)))"""
"""The condition that the cadence of an account ``r`` rests: a two-way contact after the snooze was
said ends it."""
