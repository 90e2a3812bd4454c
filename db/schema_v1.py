"""The first schema, in the common subset: TEXT, INTEGER and REAL only, ISO text for times.

Every record table starts with ``id, version, archived_at, touched_on``; the last is the local date
of the newest save, kept by the store. The engines' migration runner turns
``INTEGER`` into what the engine calls a 64-bit integer and adds what makes tables strict.
"""

from __future__ import annotations

RECORD = (
    "id INTEGER PRIMARY KEY, version INTEGER NOT NULL, archived_at TEXT, touched_on TEXT NOT NULL"
)


def record(name: str, columns: str) -> str:
    """The statement that makes a record table."""
    return f"CREATE TABLE {name} ({RECORD}, {columns})"


ACCOUNT_REF = "account_id INTEGER NOT NULL REFERENCES account(id)"

TABLES = (
    record("setting", "key TEXT NOT NULL, value TEXT NOT NULL"),
    record(
        "colleague",
        "name TEXT NOT NULL, email TEXT, function TEXT, seniority TEXT NOT NULL, away_from TEXT,"
        " away_to TEXT, cover_id INTEGER REFERENCES colleague(id), retired_on TEXT,"
        " name_key TEXT NOT NULL",
    ),
    record(
        "account",
        "name TEXT NOT NULL, external_id TEXT, source TEXT,"
        " parent_id INTEGER REFERENCES account(id), tier INTEGER, keep_class TEXT,"
        " keep_reason TEXT, stage TEXT, sector TEXT, country TEXT,"
        " owner_id INTEGER REFERENCES colleague(id), tags TEXT NOT NULL, note TEXT,"
        " cadence_days INTEGER, competitor_on TEXT, lost_on TEXT, extra TEXT NOT NULL,"
        " created_on TEXT NOT NULL, created_at TEXT NOT NULL, name_key TEXT NOT NULL",
    ),
    record(
        "star",
        f"colleague_id INTEGER REFERENCES colleague(id), actor TEXT NOT NULL, {ACCOUNT_REF}",
    ),
    record(
        "person",
        "name TEXT NOT NULL, email TEXT, phone TEXT, title TEXT, department TEXT, language TEXT,"
        " preferred_channel TEXT, consent TEXT NOT NULL, consent_on TEXT, note TEXT,"
        " external_id TEXT, source TEXT, extra TEXT NOT NULL, created_at TEXT NOT NULL,"
        " name_key TEXT NOT NULL, email_key TEXT",
    ),
    record(
        "celebration",
        f"{ACCOUNT_REF}, person_id INTEGER REFERENCES person(id), label TEXT NOT NULL,"
        " on_date TEXT NOT NULL, yearly INTEGER NOT NULL",
    ),
    record(
        "membership",
        f"{ACCOUNT_REF}, person_id INTEGER NOT NULL REFERENCES person(id), roles TEXT NOT NULL,"
        " influence INTEGER, stance TEXT, power INTEGER,"
        " reports_to_id INTEGER REFERENCES person(id),"
        " relationship_owner_id INTEGER REFERENCES colleague(id), since_on TEXT, left_on TEXT",
    ),
    record(
        "seat",
        f"{ACCOUNT_REF}, function TEXT NOT NULL,"
        " colleague_id INTEGER NOT NULL REFERENCES colleague(id)",
    ),
    record(
        "contract",
        f"{ACCOUNT_REF}, name TEXT NOT NULL, external_id TEXT, arr_minor INTEGER NOT NULL,"
        " currency TEXT NOT NULL, start_on TEXT, end_on TEXT, notice_days INTEGER,"
        " auto_renew INTEGER NOT NULL, status TEXT NOT NULL, forecast TEXT NOT NULL,"
        " decided_on TEXT, cancellation_on TEXT, cancellation_withdrawn_on TEXT,"
        " invoice_overdue_since TEXT, note TEXT",
    ),
    record(
        "milestone",
        f"{ACCOUNT_REF}, contract_id INTEGER NOT NULL REFERENCES contract(id),"
        " offset_days INTEGER NOT NULL, done_on TEXT NOT NULL",
    ),
    record(
        "touchpoint",
        f"{ACCOUNT_REF}, kind TEXT NOT NULL, direction TEXT NOT NULL, two_way INTEGER NOT NULL,"
        " answered INTEGER NOT NULL, function TEXT,"
        " colleague_id INTEGER REFERENCES colleague(id), intent TEXT, sentiment INTEGER,"
        " occurred_at TEXT NOT NULL, occurred_on TEXT NOT NULL, date_only INTEGER NOT NULL,"
        " recorded_on TEXT NOT NULL, logged_at TEXT NOT NULL, note TEXT NOT NULL, verbatim TEXT,"
        " topic TEXT, link TEXT, objective_id INTEGER, complaint_id INTEGER, external_id TEXT,"
        " source TEXT",
    ),
    record(
        "participant",
        f"touchpoint_id INTEGER NOT NULL REFERENCES touchpoint(id), {ACCOUNT_REF},"
        " person_id INTEGER NOT NULL REFERENCES person(id), two_way INTEGER NOT NULL,"
        " occurred_on TEXT NOT NULL, recorded_on TEXT NOT NULL",
    ),
    record(
        "complaint",
        f"number TEXT NOT NULL, {ACCOUNT_REF}, person_id INTEGER REFERENCES person(id),"
        " owner_id INTEGER REFERENCES colleague(id), title TEXT NOT NULL, detail TEXT NOT NULL,"
        " severity TEXT NOT NULL, channel TEXT, stage TEXT NOT NULL, waiting_since TEXT,"
        " opened_at TEXT NOT NULL, opened_on TEXT NOT NULL, recorded_on TEXT NOT NULL,"
        " logged_at TEXT NOT NULL, ack_target INTEGER, response_target INTEGER,"
        " resolution_target INTEGER, ack_due TEXT, response_due TEXT, resolution_due TEXT,"
        " acknowledged_at TEXT, answered_at TEXT, resolved_at TEXT, resolved_on TEXT,"
        " closed_at TEXT, root_cause TEXT, remedy_sought TEXT, remedy_given TEXT, promised TEXT,"
        " satisfied INTEGER, excluded TEXT, external_id TEXT",
    ),
    record(
        "pulse",
        f"{ACCOUNT_REF}, function TEXT NOT NULL,"
        " colleague_id INTEGER REFERENCES colleague(id), score INTEGER NOT NULL, reason TEXT,"
        " given_on TEXT NOT NULL, recorded_on TEXT NOT NULL, logged_at TEXT NOT NULL",
    ),
    record(
        "plan",
        f"{ACCOUNT_REF}, size TEXT NOT NULL, status TEXT NOT NULL, period_start TEXT,"
        " period_end TEXT, north_star TEXT, north_star_target TEXT, next_review_on TEXT,"
        " activated_on TEXT, closed_on TEXT, started_on TEXT NOT NULL, created_at TEXT NOT NULL",
    ),
    record(
        "objective",
        f"{ACCOUNT_REF}, plan_id INTEGER NOT NULL REFERENCES plan(id), objective TEXT NOT NULL,"
        " metric TEXT, unit TEXT, baseline REAL, target REAL, actual REAL, actual_on TEXT,"
        " priority INTEGER NOT NULL, status TEXT NOT NULL, started_on TEXT, due_on TEXT,"
        " achieved_on TEXT, owner_id INTEGER REFERENCES colleague(id), their_owner TEXT,"
        " their_owner_id INTEGER REFERENCES person(id), recorded_on TEXT NOT NULL",
    ),
    record(
        "action",
        f"{ACCOUNT_REF}, plan_id INTEGER REFERENCES plan(id), side TEXT NOT NULL,"
        " action TEXT NOT NULL, owner_id INTEGER REFERENCES colleague(id), their_owner TEXT,"
        " their_owner_id INTEGER REFERENCES person(id), due_on TEXT, done_means TEXT,"
        " promised INTEGER NOT NULL, shared INTEGER NOT NULL, status TEXT NOT NULL, done_on TEXT,"
        " later_reason TEXT, origin TEXT NOT NULL, origin_id INTEGER, recorded_on TEXT NOT NULL,"
        " logged_at TEXT NOT NULL",
    ),
    record(
        "risk",
        f"{ACCOUNT_REF}, plan_id INTEGER NOT NULL REFERENCES plan(id), risk TEXT NOT NULL,"
        " likelihood INTEGER NOT NULL, impact_minor INTEGER,"
        " owner_id INTEGER REFERENCES colleague(id), early_sign TEXT, mitigation TEXT, exit TEXT,"
        " next_check_on TEXT, closed_on TEXT",
    ),
    "CREATE TABLE change (id INTEGER PRIMARY KEY, at TEXT NOT NULL, on_date TEXT NOT NULL,"
    " actor TEXT NOT NULL, colleague_id INTEGER, use_case TEXT NOT NULL, summary TEXT NOT NULL,"
    " account_id INTEGER, kind TEXT NOT NULL, target_id INTEGER REFERENCES change(id))",
    "CREATE TABLE audit_entry (id INTEGER PRIMARY KEY,"
    " change_id INTEGER NOT NULL REFERENCES change(id), table_name TEXT NOT NULL,"
    " row_id INTEGER NOT NULL, account_id INTEGER, row_version INTEGER NOT NULL,"
    " op TEXT NOT NULL, before TEXT, after TEXT)",
    "CREATE TABLE account_rollup (account_id INTEGER PRIMARY KEY REFERENCES account(id),"
    " name TEXT NOT NULL, name_key TEXT NOT NULL, external_id TEXT, tier INTEGER, stage TEXT,"
    " keep_class TEXT, sector TEXT, country TEXT, tags TEXT NOT NULL, tags_key TEXT NOT NULL,"
    " parent_id INTEGER,"
    " owner_id INTEGER, owner TEXT, search_text TEXT NOT NULL, arr_minor INTEGER,"
    " arr_foreign INTEGER NOT NULL, currency TEXT, renewal_on TEXT, notice_on TEXT,"
    " last_two_way_on TEXT, cadence_days INTEGER NOT NULL, touch_due_on TEXT,"
    " open_complaints INTEGER NOT NULL, worst_severity INTEGER NOT NULL,"
    " next_action TEXT, next_action_id INTEGER, next_action_on TEXT, next_action_owner_id INTEGER,"
    " plan_size TEXT, plan_status TEXT, plan_readiness REAL, starter_known INTEGER NOT NULL,"
    " shown INTEGER, final REAL, band TEXT NOT NULL, uncertain INTEGER NOT NULL,"
    " health_order REAL NOT NULL, coverage REAL NOT NULL, trend INTEGER, as_of TEXT NOT NULL,"
    " config_version TEXT NOT NULL)",
    "CREATE TABLE health_snapshot (account_id INTEGER NOT NULL REFERENCES account(id),"
    " on_date TEXT NOT NULL, shown INTEGER, raw REAL, final REAL, band TEXT NOT NULL,"
    " coverage REAL NOT NULL, config_version TEXT NOT NULL, measures TEXT NOT NULL,"
    " PRIMARY KEY (account_id, on_date))",
    "CREATE TABLE search_entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    " row_id INTEGER NOT NULL, account_id INTEGER, label TEXT NOT NULL, words TEXT NOT NULL)",
)

INDEXES = (
    "CREATE UNIQUE INDEX setting_key ON setting(key) WHERE archived_at IS NULL",
    "CREATE INDEX colleague_name_key ON colleague(name_key)",
    "CREATE INDEX account_name_key ON account(name_key)",
    "CREATE INDEX account_external ON account(external_id)",
    "CREATE INDEX account_parent ON account(parent_id)",
    "CREATE INDEX account_owner ON account(owner_id)",
    "CREATE INDEX celebration_account ON celebration(account_id)",
    "CREATE INDEX star_actor ON star(actor, account_id)",
    "CREATE INDEX person_name_key ON person(name_key)",
    "CREATE INDEX person_email_key ON person(email_key)",
    "CREATE INDEX person_external ON person(external_id)",
    "CREATE INDEX membership_account ON membership(account_id)",
    "CREATE INDEX membership_person ON membership(person_id)",
    "CREATE UNIQUE INDEX seat_one ON seat(account_id, function) WHERE archived_at IS NULL",
    "CREATE INDEX seat_colleague ON seat(colleague_id)",
    "CREATE INDEX contract_account ON contract(account_id)",
    "CREATE INDEX milestone_account ON milestone(account_id)",
    "CREATE INDEX touchpoint_account ON touchpoint(account_id, occurred_at, id)",
    "CREATE INDEX touchpoint_two_way ON touchpoint(account_id, occurred_on) WHERE two_way = 1",
    "CREATE INDEX touchpoint_when ON touchpoint(occurred_at, id)",
    "CREATE INDEX participant_touchpoint ON participant(touchpoint_id)",
    "CREATE INDEX participant_account ON participant(account_id, person_id, two_way, occurred_on)",
    "CREATE UNIQUE INDEX complaint_number ON complaint(number)",
    "CREATE INDEX complaint_account ON complaint(account_id, opened_at)",
    "CREATE INDEX complaint_open ON complaint(resolved_at, owner_id)",
    "CREATE INDEX pulse_account ON pulse(account_id, function, given_on)",
    "CREATE UNIQUE INDEX plan_one ON plan(account_id) WHERE archived_at IS NULL AND"
    " status <> 'closed'",
    "CREATE INDEX plan_account ON plan(account_id)",
    "CREATE INDEX objective_account ON objective(account_id)",
    "CREATE INDEX action_account ON action(account_id, status, due_on)",
    "CREATE INDEX action_due ON action(status, side, due_on, id)",
    "CREATE INDEX action_owner ON action(owner_id, status, side, due_on, id)",
    "CREATE INDEX risk_account ON risk(account_id)",
    "CREATE INDEX change_actor ON change(actor, id)",
    "CREATE INDEX change_target ON change(target_id) WHERE target_id IS NOT NULL",
    "CREATE INDEX audit_change ON audit_entry(change_id)",
    "CREATE INDEX audit_row ON audit_entry(row_id)",
    "CREATE INDEX audit_account ON audit_entry(account_id, change_id)",
    "CREATE INDEX rollup_name ON account_rollup(name_key, account_id)",
    "CREATE INDEX rollup_health ON account_rollup(health_order, account_id)",
    "CREATE INDEX rollup_arr ON account_rollup(arr_minor, account_id)",
    "CREATE INDEX rollup_renewal ON account_rollup(renewal_on, account_id)",
    "CREATE INDEX rollup_touch ON account_rollup(last_two_way_on, account_id)",
    "CREATE INDEX rollup_touch_due ON account_rollup(touch_due_on, account_id)",
    "CREATE INDEX rollup_tier ON account_rollup(tier, account_id)",
    "CREATE INDEX rollup_owner ON account_rollup(owner_id, account_id)",
    "CREATE INDEX rollup_as_of ON account_rollup(as_of)",
)

APPEND_ONLY = ("change", "audit_entry")

SCHEMA = (*TABLES, *INDEXES)
