"""The eighth schema: indexes for what a whole book and Today ask of few rows among many."""

from __future__ import annotations

SCHEMA = (
    "CREATE INDEX person_archived ON person(id) WHERE archived_at IS NOT NULL",
    "CREATE INDEX plan_review ON plan(next_review_on) WHERE next_review_on IS NOT NULL",
    "CREATE INDEX risk_check ON risk(next_check_on) WHERE next_check_on IS NOT NULL",
    "CREATE INDEX opportunity_step ON opportunity(next_step_on) WHERE next_step_on IS NOT NULL",
)
