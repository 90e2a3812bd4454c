"""The ninth schema: what is heard, planned and agreed about contact.

Signals, surveys, meetings with who attends, advocacy, pins of the timeline, snoozes of the cadence;
columns of cadence agreements, of requests, of duration and of dates to celebrate.
"""

from __future__ import annotations

from db.schema_v1 import ACCOUNT_REF, record

COLLEAGUE = "INTEGER REFERENCES colleague(id)"
PERSON = "INTEGER REFERENCES person(id)"
CLOSING = "outcome TEXT, outcome_note TEXT, closed_on TEXT"

TABLES = (
    record(
        "signal",
        f"{ACCOUNT_REF}, person_id {PERSON}, colleague_id {COLLEAGUE}, function TEXT,"
        " kind TEXT NOT NULL, signal TEXT NOT NULL, heard_from TEXT, link TEXT, sentiment INTEGER,"
        " heard_at TEXT NOT NULL, heard_on TEXT NOT NULL, date_only INTEGER NOT NULL,"
        f" recorded_on TEXT NOT NULL, logged_at TEXT NOT NULL, {CLOSING}",
    ),
    record(
        "survey",
        f"account_id INTEGER REFERENCES account(id), person_id {PERSON}, kind TEXT NOT NULL,"
        " score INTEGER NOT NULL, highest INTEGER NOT NULL, effort_high INTEGER NOT NULL,"
        " comment TEXT, trigger TEXT, answered_at TEXT NOT NULL, answered_on TEXT NOT NULL,"
        " date_only INTEGER NOT NULL, recorded_on TEXT NOT NULL, logged_at TEXT NOT NULL,"
        f" external_id TEXT, {CLOSING}",
    ),
    record(
        "meeting",
        f"{ACCOUNT_REF}, title TEXT NOT NULL, kind TEXT NOT NULL, colleague_id {COLLEAGUE},"
        " starts_at TEXT NOT NULL, starts_on TEXT NOT NULL, date_only INTEGER NOT NULL,"
        " ends_at TEXT, place TEXT, note TEXT, status TEXT NOT NULL, uid TEXT,"
        " sequence INTEGER NOT NULL, touchpoint_id INTEGER REFERENCES touchpoint(id),"
        " recorded_on TEXT NOT NULL, logged_at TEXT NOT NULL",
    ),
    record(
        "attendee",
        f"meeting_id INTEGER NOT NULL REFERENCES meeting(id), {ACCOUNT_REF},"
        " person_id INTEGER NOT NULL REFERENCES person(id)",
    ),
    record(
        "advocacy",
        f"{ACCOUNT_REF}, person_id {PERSON}, kind TEXT NOT NULL, advocacy TEXT NOT NULL,"
        " on_date TEXT NOT NULL, link TEXT",
    ),
    record("pin", f"{ACCOUNT_REF}, kind TEXT NOT NULL, row_id INTEGER NOT NULL"),
    record(
        "snooze",
        f"{ACCOUNT_REF}, person_id {PERSON}, until_on TEXT NOT NULL, reason TEXT NOT NULL,"
        " recorded_on TEXT NOT NULL",
    ),
)

ADDED = {
    "account": (
        "cadence_max_days INTEGER", "cadence_agreed_on TEXT", f"cadence_agreed_with_id {PERSON}",
        "qbr_every_days INTEGER",
    ),
    "membership": (
        "contact_max_days INTEGER", "contact_agreed_on TEXT", "community_since_on TEXT",
    ),
    "touchpoint": ("action_id INTEGER REFERENCES action(id)", "minutes INTEGER"),
    "action": (
        "request TEXT", f"asked_by_id {PERSON}", "answered_by_id INTEGER REFERENCES touchpoint(id)",
    ),
    "celebration": ("kind TEXT NOT NULL DEFAULT 'other'", "link TEXT", "marked_on TEXT"),
    "interview": ("method TEXT",),
}  # fmt: skip
"""New columns by table."""

PLAN_TABLES = "'plan', 'sign_off', 'share', 'objective', 'risk'"
CONTRACT_TABLES = "'contract', 'milestone'"
"""Tables whose changes stand in the timeline; its questions name them in the same words."""

INDEXES = (
    "CREATE INDEX rollup_touch_latest ON account_rollup(touch_latest_on, account_id)",
    "CREATE INDEX signal_account ON signal(account_id, heard_at, id)",
    "CREATE INDEX signal_open ON signal(heard_at, id) WHERE closed_on IS NULL",
    "CREATE INDEX signal_heard ON signal(heard_at, id)",
    "CREATE INDEX survey_account ON survey(account_id, answered_at, id)",
    "CREATE INDEX survey_answered ON survey(answered_at, id)",
    "CREATE INDEX survey_external ON survey(external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX meeting_account ON meeting(account_id, starts_at, id)",
    "CREATE INDEX meeting_day ON meeting(starts_on, id)",
    "CREATE INDEX meeting_uid ON meeting(uid) WHERE uid IS NOT NULL",
    "CREATE INDEX attendee_meeting ON attendee(meeting_id)",
    "CREATE INDEX attendee_account ON attendee(account_id)",
    "CREATE INDEX advocacy_account ON advocacy(account_id, on_date, id)",
    "CREATE INDEX pin_account ON pin(account_id)",
    "CREATE UNIQUE INDEX pin_one ON pin(row_id, kind) WHERE archived_at IS NULL",
    "CREATE INDEX snooze_account ON snooze(account_id, until_on)",
    "CREATE INDEX touchpoint_qbr ON touchpoint(account_id, occurred_on)"
    " WHERE kind = 'qbr' AND archived_at IS NULL",
    "CREATE INDEX touchpoint_external ON touchpoint(external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX action_request ON action(account_id) WHERE request IS NOT NULL",
    "CREATE INDEX action_answered ON action(answered_by_id) WHERE answered_by_id IS NOT NULL",
    "CREATE INDEX pulse_given ON pulse(account_id, given_on, id)",
    "CREATE INDEX complaint_person ON complaint(person_id, opened_at, id)"
    " WHERE person_id IS NOT NULL",
    "CREATE INDEX survey_person ON survey(person_id, answered_at, id) WHERE person_id IS NOT NULL",
    "CREATE INDEX signal_person ON signal(person_id, heard_at, id) WHERE person_id IS NOT NULL",
    "CREATE INDEX attendee_person ON attendee(person_id)",
    "CREATE INDEX audit_plan ON audit_entry(account_id, change_id, id)"
    f" WHERE table_name IN ({PLAN_TABLES})",
    "CREATE INDEX touchpoint_training ON touchpoint(account_id, occurred_on)"
    " WHERE kind = 'training' AND archived_at IS NULL",
    "CREATE INDEX audit_account_moved ON audit_entry(account_id, change_id, id)"
    " WHERE table_name = 'account' AND op = 'update'",
    "CREATE INDEX audit_contract ON audit_entry(account_id, change_id, id)"
    f" WHERE table_name IN ({CONTRACT_TABLES})",
)

STALE = ("UPDATE account_rollup SET as_of = ''", "DELETE FROM health_inputs")
"""The rows of accounts have a column more; they are made from the facts anew."""

SCHEMA = (
    *TABLES,
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table, columns in ADDED.items()
        for column in columns
    ),
    "ALTER TABLE account_rollup ADD COLUMN touch_latest_on TEXT",
    *INDEXES,
    *STALE,
)
OF_ACCOUNT = ("signal", "survey", "meeting", "attendee", "advocacy", "pin", "snooze")
"""The new tables whose rows belong to an account."""
