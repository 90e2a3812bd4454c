"""The eighth schema: indexes for what a whole book and Today ask of few rows among many.

The newest two-way contact of an account, and of each of its people, is read from an index alone.
The one of people holds only what is two-way, so that logging a contact writes less than before.
"""

from __future__ import annotations

SCHEMA = (
    "CREATE INDEX person_archived ON person(id) WHERE archived_at IS NOT NULL",
    "DROP INDEX touchpoint_two_way",
    "CREATE INDEX touchpoint_two_way ON touchpoint(account_id, occurred_on, id, recorded_on)"
    " WHERE two_way = 1 AND archived_at IS NULL",
    "DROP INDEX participant_account",
    "CREATE INDEX participant_two_way ON participant(account_id, person_id, occurred_on,"
    " recorded_on) WHERE two_way = 1 AND archived_at IS NULL",
    "CREATE INDEX plan_review ON plan(next_review_on) WHERE next_review_on IS NOT NULL",
    "CREATE INDEX risk_check ON risk(next_check_on) WHERE next_check_on IS NOT NULL",
    "CREATE INDEX opportunity_step ON opportunity(next_step_on) WHERE next_step_on IS NOT NULL",
)
