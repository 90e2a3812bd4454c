"""The rules of contact that a book holds among its settings, and what a change of them makes stale.

Rows of accounts carry their cadence and what is kept for the next day holds it too; where a rule
changes for some, both are given up, so that a sweep makes them from the facts.
"""

from __future__ import annotations

from db.engine import Connection
from planner.cadence_rules import CadenceRules, rules_of

RULES = (
    "SELECT key, value FROM setting WHERE archived_at IS NULL"
    " AND (key LIKE 'cadence%' OR key LIKE 'qbr.%') ORDER BY key"
)
KINDS = "SELECT DISTINCT tier, stage FROM account_rollup"
_OF_KIND = "COALESCE(tier, 0) = :tier AND COALESCE(stage, '') = :stage"
GIVE_UP = f"UPDATE account_rollup SET as_of = '' WHERE {_OF_KIND}"
FORGET = (
    "DELETE FROM health_inputs WHERE account_id IN"
    f" (SELECT r.account_id FROM account_rollup r WHERE {_OF_KIND})"
)


def read_rules(connection: Connection) -> CadenceRules:
    """The rules of contact of a book."""
    return rules_of(connection.rows(RULES))


def give_up_changed(connection: Connection, before: CadenceRules) -> None:
    """Give up the rows of the accounts whose cadence is another one than before."""
    after = read_rules(connection)
    if after is before:
        return
    for tier, stage in connection.rows(KINDS):
        if before.of_account(tier, stage) != after.of_account(tier, stage):
            params = {"tier": tier or 0, "stage": stage or ""}
            connection.run(FORGET, params)
            connection.run(GIVE_UP, params)
