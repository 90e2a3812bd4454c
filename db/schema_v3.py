"""The third schema: every sort of the accounts, and the newest complaints, have their index."""

from __future__ import annotations

SCHEMA = (
    "CREATE INDEX rollup_complaints ON account_rollup(worst_severity, open_complaints, account_id)",
    "CREATE INDEX rollup_owner_name ON account_rollup(owner, account_id)",
    "CREATE INDEX rollup_trend ON account_rollup(trend, account_id)",
    "CREATE INDEX complaint_when ON complaint(opened_at, id)",
    "CREATE INDEX rollup_next ON account_rollup(next_action_on, account_id)",
)
