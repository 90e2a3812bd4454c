"""The tenth schema: complaints to their cause, the customer's voice, purchases, rules of success.

Notes, waits, links of cause and hand-offs of complaints; improvements; calendars; incidents;
surveys sent; purchases and returns; success criteria and rule alerts.
"""

from __future__ import annotations

from db.schema_v1 import ACCOUNT_REF, record
from db.schema_v9 import STALE

COLLEAGUE = "INTEGER REFERENCES colleague(id)"
PERSON = "INTEGER REFERENCES person(id)"
COMPLAINT = "INTEGER NOT NULL REFERENCES complaint(id)"
LOGGED = "recorded_on TEXT NOT NULL, logged_at TEXT NOT NULL"

BOOK_TABLES = (
    record(
        "calendar",
        "name TEXT NOT NULL, zone TEXT NOT NULL, hours TEXT NOT NULL, country TEXT,"
        " subdivision TEXT, free_days TEXT NOT NULL",
    ),
    record(
        "improvement",
        f"improvement TEXT NOT NULL, root_cause TEXT, cause_detail TEXT, owner_id {COLLEAGUE},"
        f" status TEXT NOT NULL, due_on TEXT, done_on TEXT, result TEXT, {LOGGED}",
    ),
    record(
        "incident",
        f"title TEXT NOT NULL, detail TEXT, severity TEXT NOT NULL, owner_id {COLLEAGUE},"
        " root_cause TEXT, started_at TEXT NOT NULL, started_on TEXT NOT NULL, ended_at TEXT,"
        f" ended_on TEXT, {LOGGED}",
    ),
    record(
        "incident_message",
        "incident_id INTEGER NOT NULL REFERENCES incident(id), told INTEGER NOT NULL,"
        f" message TEXT NOT NULL, channel TEXT, colleague_id {COLLEAGUE}, noted_at TEXT NOT NULL,"
        " noted_on TEXT NOT NULL",
    ),
    record(
        "success_criterion",
        "name TEXT NOT NULL, segment TEXT NOT NULL, metric TEXT NOT NULL, unit TEXT,"
        " good REAL NOT NULL, poor REAL, less_is_better INTEGER NOT NULL, note TEXT",
    ),
    record("alert_rule", "name TEXT NOT NULL, segment TEXT NOT NULL, function TEXT, advice TEXT"),
)

ACCOUNT_TABLES = (
    record(
        "complaint_note",
        f"{ACCOUNT_REF}, complaint_id {COMPLAINT}, told INTEGER NOT NULL, note TEXT NOT NULL,"
        f" colleague_id {COLLEAGUE}, person_id {PERSON}, noted_at TEXT NOT NULL,"
        f" noted_on TEXT NOT NULL, date_only INTEGER NOT NULL, {LOGGED}",
    ),
    record(
        "complaint_pause",
        f"{ACCOUNT_REF}, complaint_id {COMPLAINT}, since_at TEXT NOT NULL, until_at TEXT",
    ),
    record(
        "cause_link",
        f"{ACCOUNT_REF}, complaint_id {COMPLAINT}, other_id {COMPLAINT}, same INTEGER NOT NULL,"
        " reason TEXT, decided_on TEXT NOT NULL",
    ),
    record(
        "improvement_source",
        f"{ACCOUNT_REF}, improvement_id INTEGER NOT NULL REFERENCES improvement(id),"
        " kind TEXT NOT NULL, row_id INTEGER NOT NULL",
    ),
    record(
        "incident_account",
        f"{ACCOUNT_REF}, incident_id INTEGER NOT NULL REFERENCES incident(id),"
        " complaint_id INTEGER REFERENCES complaint(id), told_at TEXT, told_on TEXT,"
        f" told_by_id {COLLEAGUE}, person_id {PERSON}",
    ),
    record(
        "survey_sent",
        f"{ACCOUNT_REF}, person_id {PERSON}, kind TEXT NOT NULL, trigger TEXT,"
        " action_id INTEGER REFERENCES action(id), delivered INTEGER NOT NULL,"
        f" sent_at TEXT NOT NULL, sent_on TEXT NOT NULL, date_only INTEGER NOT NULL, {LOGGED}",
    ),
    record(
        "purchase",
        f"{ACCOUNT_REF}, person_id {PERSON}, kind TEXT NOT NULL, product TEXT, quantity INTEGER,"
        " amount_minor INTEGER, currency TEXT, purchased_on TEXT NOT NULL, times INTEGER NOT NULL,"
        " note TEXT, external_id TEXT, source TEXT, extra TEXT NOT NULL DEFAULT '{}',"
        f" {LOGGED}",
    ),
    record(
        "alert_answer",
        f"{ACCOUNT_REF}, rule_id INTEGER NOT NULL REFERENCES alert_rule(id),"
        " until_on TEXT NOT NULL, reason TEXT NOT NULL, recorded_on TEXT NOT NULL",
    ),
)

ADDED = {
    "account": ("calendar_id INTEGER REFERENCES calendar(id)",),
    "complaint": (
        "triage TEXT", "cause_detail TEXT", "whys TEXT NOT NULL DEFAULT '[]'",
        f"handed_to_id {COLLEAGUE}", f"handed_by_id {COLLEAGUE}", "handed_on TEXT",
        "hand_note TEXT", "incident_id INTEGER REFERENCES incident(id)", "advocate_on TEXT",
        "merged_into_id INTEGER REFERENCES complaint(id)", "reopened_on TEXT",
        "reopen_reason TEXT", "next_due TEXT", "at_risk_at TEXT",
    ),
    "action": ("survey_trigger TEXT",),
    "objective": (
        "criterion_id INTEGER REFERENCES success_criterion(id)",
        "status_by_hand INTEGER NOT NULL DEFAULT 0",
    ),
}  # fmt: skip
"""New columns by table."""

OPEN = "resolved_at IS NULL AND excluded IS NULL AND archived_at IS NULL"
INDEXES = (
    "CREATE INDEX complaint_board ON complaint(next_due, id, severity, owner_id, handed_to_id,"
    " at_risk_at, waiting_since, ack_due, acknowledged_at, response_due, answered_at,"
    " resolution_due, account_id)"
    " WHERE COALESCE(resolved_at, '') = '' AND excluded IS NULL AND archived_at IS NULL",
    "CREATE INDEX complaint_handed ON complaint(handed_to_id) WHERE handed_to_id IS NOT NULL",
    "CREATE INDEX complaint_incident ON complaint(incident_id) WHERE incident_id IS NOT NULL",
    "CREATE INDEX complaint_advocate ON complaint(advocate_on) WHERE advocate_on IS NOT NULL",
    "CREATE INDEX complaint_opened ON complaint(opened_on, id)",
    "CREATE INDEX complaint_note_of ON complaint_note(complaint_id, noted_at, id)",
    "CREATE INDEX complaint_note_account ON complaint_note(account_id)",
    "CREATE INDEX complaint_pause_of ON complaint_pause(complaint_id, since_at)",
    "CREATE INDEX complaint_pause_account ON complaint_pause(account_id)",
    "CREATE INDEX cause_link_one ON cause_link(complaint_id)",
    "CREATE INDEX cause_link_other ON cause_link(other_id)",
    "CREATE INDEX cause_link_account ON cause_link(account_id)",
    "CREATE UNIQUE INDEX improvement_source_one ON improvement_source(improvement_id, kind, row_id)"
    " WHERE archived_at IS NULL",
    "CREATE INDEX improvement_source_row ON improvement_source(row_id, kind)",
    "CREATE INDEX improvement_source_account ON improvement_source(account_id)",
    "CREATE UNIQUE INDEX incident_account_one ON incident_account(incident_id, account_id)"
    " WHERE archived_at IS NULL",
    "CREATE INDEX incident_account_of ON incident_account(account_id)",
    "CREATE INDEX incident_message_of ON incident_message(incident_id, noted_at, id)",
    "CREATE INDEX survey_sent_account ON survey_sent(account_id, sent_at, id)",
    "CREATE INDEX survey_sent_on ON survey_sent(sent_on, id)",
    "CREATE INDEX purchase_account ON purchase(account_id, purchased_on, id)",
    "CREATE INDEX purchase_day ON purchase(purchased_on, id)",
    "CREATE INDEX purchase_bought ON purchase(account_id, purchased_on, times)"
    " WHERE kind = 'purchase' AND archived_at IS NULL",
    "CREATE INDEX purchase_external ON purchase(external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX alert_answer_account ON alert_answer(account_id, rule_id)",
    "CREATE INDEX objective_metric ON objective(metric)"
    " WHERE metric IS NOT NULL AND archived_at IS NULL",
    "CREATE INDEX objective_criterion ON objective(criterion_id) WHERE criterion_id IS NOT NULL",
    "CREATE INDEX touchpoint_mood ON touchpoint(occurred_on, sentiment)"
    " WHERE sentiment IS NOT NULL AND archived_at IS NULL",
    "CREATE UNIQUE INDEX calendar_name ON calendar(name) WHERE archived_at IS NULL",
    "CREATE UNIQUE INDEX action_survey ON action(account_id, survey_trigger, origin_id)"
    " WHERE survey_trigger IS NOT NULL AND archived_at IS NULL",
)

NEXT_DUE = (
    "UPDATE complaint SET next_due = (SELECT MIN(x.due) FROM ("
    "SELECT CASE WHEN acknowledged_at IS NULL THEN ack_due END AS due"
    " UNION ALL SELECT CASE WHEN answered_at IS NULL THEN response_due END"
    " UNION ALL SELECT resolution_due) x)"
    f" WHERE {OPEN} AND waiting_since IS NULL"
)
"""The first clock that runs; from when on it is at risk follows at a day's start."""

# Scores hear surveys and clocks from here on, so they are made from the facts anew.
SCHEMA = (
    *BOOK_TABLES,
    *ACCOUNT_TABLES,
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table, columns in ADDED.items()
        for column in columns
    ),
    NEXT_DUE,
    *INDEXES,
    *STALE,
)
OF_BOOK = (
    "calendar", "improvement", "incident", "incident_message", "success_criterion", "alert_rule",
)  # fmt: skip
"""The new tables whose rows are the book's."""
OF_ACCOUNT = (
    "complaint_note", "complaint_pause", "cause_link", "improvement_source", "incident_account",
    "survey_sent", "purchase", "alert_answer",
)  # fmt: skip
"""The new tables whose rows belong to an account."""
