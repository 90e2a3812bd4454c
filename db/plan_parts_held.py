"""What the sections of plans hold beyond the facts of the score, for a range of accounts.

One statement in the form of ``db.health_facts`` (``:lo`` and ``:hi``), so that it can be asked in
the same go: growth, the contact plan, and which sections a person called still true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

_OF_PLAN = """(e.plan_id IS NULL OR e.plan_id IN (
  SELECT id FROM plan WHERE account_id = e.account_id AND archived_at IS NULL
  AND status <> 'closed'))"""
_RANGE = "account_id BETWEEN :lo AND :hi AND archived_at IS NULL"
PLAN_PARTS = f"""
SELECT e.account_id AS account_id, e.section AS section, COUNT(*) AS held,
  SUM(CASE WHEN e.field = 'qbr' AND e.on_date IS NOT NULL THEN 1 ELSE 0 END) AS qbr,
  MAX(e.touched_on) AS touched_on
FROM entry e WHERE e.account_id BETWEEN :lo AND :hi AND e.archived_at IS NULL
  AND e.section IN ('contact_plan', 'growth') AND e.closed_on IS NULL AND {_OF_PLAN}
GROUP BY e.account_id, e.section
UNION ALL SELECT account_id, 'growth' AS section, COUNT(*) AS held, 0 AS qbr,
  MAX(touched_on) AS touched_on FROM whitespace WHERE {_RANGE} GROUP BY account_id
UNION ALL SELECT account_id, 'growth' AS section, COUNT(*) AS held, 0 AS qbr,
  MAX(touched_on) AS touched_on FROM opportunity WHERE {_RANGE} GROUP BY account_id
UNION ALL SELECT s.account_id AS account_id, s.section AS section, 0 AS held, 0 AS qbr,
  s.still_true_on AS touched_on
FROM section s JOIN plan p ON p.id = s.plan_id
WHERE s.account_id BETWEEN :lo AND :hi AND s.archived_at IS NULL AND s.still_true_on IS NOT NULL
  AND p.archived_at IS NULL AND p.status <> 'closed'"""


class Part(NamedTuple):
    """What a section holds: live rows, QBR dates, the newest edit or "still true" (ISO)."""

    held: int = 0
    qbr: int = 0
    touched_on: str | None = None


NOTHING = Part()


def parts_of(rows: Iterable[dict[str, Any]]) -> dict[str, Part]:
    """By section, from the rows of ``PLAN_PARTS`` of one account."""
    found: dict[str, Part] = {}
    for row in rows:
        one = found.get(row["section"], NOTHING)
        days = (day for day in (one.touched_on, row["touched_on"]) if day)
        found[row["section"]] = Part(
            one.held + row["held"], one.qbr + row["qbr"], max(days, default=None)
        )
    return found
