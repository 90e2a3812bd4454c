"""The fifth schema: what each account's score is made from, kept so that a new day reads no facts.

``kept`` is ``planner.health.kept.Kept`` as JSON, of the form numbered ``shape``; it holds from
``kept_on`` to ``holds_to`` (NULL: until a fact changes), both local dates.
"""

from __future__ import annotations

SCHEMA = (
    "CREATE TABLE health_inputs (account_id INTEGER PRIMARY KEY REFERENCES account(id),"
    " kept_on TEXT NOT NULL, holds_to TEXT, shape INTEGER NOT NULL, kept TEXT NOT NULL)",
)
