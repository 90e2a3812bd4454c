"""Lists of actions."""

from __future__ import annotations

from db.engine import Connection
from planner.views.work import ActionRow

ACTIONS = """
SELECT x.id, x.account_id, a.name, x.side, x.action, x.owner_id, c.name,
  COALESCE(t.name, x.their_owner), x.due_on, x.done_means, x.promised, x.shared, x.status,
  x.origin, x.plan_id, x.request, COALESCE(NULLIF(q.name, ''), q.email, q.phone),
  x.survey_trigger
FROM action x JOIN account a ON a.id = x.account_id LEFT JOIN colleague c ON c.id = x.owner_id
LEFT JOIN person t ON t.id = x.their_owner_id LEFT JOIN person q ON q.id = x.asked_by_id
WHERE x.archived_at IS NULL AND a.archived_at IS NULL"""
UNDATED_LAST = " ORDER BY COALESCE(x.due_on, '9999'), x.id"
BY_DUE = " ORDER BY x.due_on, x.id"


def action_rows(
    connection: Connection,
    where: str,
    params: dict[str, object],
    limit: int | None = None,
    *,
    bounded: bool = False,
) -> tuple[ActionRow, ...]:
    """Actions of live accounts that fit a condition, by due day; undated ones last.

    ``bounded``: the condition holds for dated actions only, or for undated ones only; the index
    then gives the order and a short list costs little.
    """
    order = BY_DUE if bounded else UNDATED_LAST
    bound = "" if limit is None else " LIMIT :limit"
    given = params if limit is None else {**params, "limit": limit}
    return tuple(
        ActionRow(*[*row[:10], bool(row[10]), bool(row[11]), *row[12:]])
        for row in connection.rows(ACTIONS + where + order + bound, given)
    )
