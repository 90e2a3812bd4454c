"""The sixth schema: the Trust Enablement customer plan, whole: what its 17 sections hold."""

from __future__ import annotations

from db.schema_v1 import ACCOUNT_REF, record

PLAN_REF = "plan_id INTEGER NOT NULL REFERENCES plan(id)"
COLLEAGUE = "INTEGER REFERENCES colleague(id)"
PERSON = "INTEGER REFERENCES person(id)"

TABLES = (
    record(
        "section",
        f"{ACCOUNT_REF}, {PLAN_REF}, section TEXT NOT NULL, added INTEGER NOT NULL,"
        f" still_true_on TEXT, owner_id {COLLEAGUE}, offered_to_id {COLLEAGUE}, offered_on TEXT",
    ),
    record(
        "sign_off",
        f"{ACCOUNT_REF}, {PLAN_REF}, function TEXT NOT NULL, colleague_id {COLLEAGUE},"
        " signed_on TEXT NOT NULL, content TEXT NOT NULL",
    ),
    record(
        "share",
        f"{ACCOUNT_REF}, {PLAN_REF}, shared_on TEXT NOT NULL, shared_at TEXT NOT NULL,"
        " content TEXT NOT NULL",
    ),
    record(
        "interview",
        f"{ACCOUNT_REF}, kind TEXT NOT NULL, touchpoint_id INTEGER REFERENCES touchpoint(id),"
        f" person_id {PERSON}, held_on TEXT NOT NULL, reason TEXT, reason_detail TEXT,"
        " stated_reason TEXT, root_cause TEXT, evidence TEXT, win_back_on TEXT",
    ),
    record(
        "entry",
        f"{ACCOUNT_REF}, plan_id INTEGER REFERENCES plan(id), section TEXT NOT NULL,"
        " field TEXT NOT NULL, entry TEXT NOT NULL, source TEXT NOT NULL,"
        " interview_id INTEGER REFERENCES interview(id),"
        f" person_id {PERSON}, colleague_id {COLLEAGUE}, function TEXT, channel TEXT, topic TEXT,"
        " driver TEXT, on_date TEXT, to_date TEXT, told_on TEXT, closed_on TEXT",
    ),
    record(
        "measurement",
        f"{ACCOUNT_REF}, objective_id INTEGER NOT NULL REFERENCES objective(id),"
        " actual REAL NOT NULL, measured_on TEXT NOT NULL, confirmed_on TEXT,"
        f" confirmed_by_id {PERSON}, note TEXT, recorded_on TEXT NOT NULL",
    ),
    record(
        "proof",
        f"{ACCOUNT_REF}, {PLAN_REF}, proof TEXT NOT NULL, on_date TEXT NOT NULL, figure REAL,"
        " unit TEXT, objective_id INTEGER REFERENCES objective(id), confirmed_on TEXT,"
        f" confirmed_by_id {PERSON}, shared INTEGER NOT NULL",
    ),
    record("product", "name TEXT NOT NULL, note TEXT"),
    record(
        "whitespace",
        f"{ACCOUNT_REF}, product_id INTEGER NOT NULL REFERENCES product(id), centre TEXT NOT NULL,"
        " state TEXT NOT NULL, potential_minor INTEGER, competitor TEXT, note TEXT",
    ),
    record(
        "opportunity",
        f"{ACCOUNT_REF}, opportunity TEXT NOT NULL, product_id INTEGER REFERENCES product(id),"
        " centre TEXT, value_minor INTEGER, stage TEXT NOT NULL, next_step TEXT, next_step_on TEXT,"
        f" owner_id {COLLEAGUE}, closed_on TEXT",
    ),
    record(
        "programme",
        "name TEXT NOT NULL, kind TEXT NOT NULL, eligibility TEXT, tiers TEXT NOT NULL,"
        " cost_minor INTEGER, ended_on TEXT",
    ),
    record(
        "benefit",
        f"{ACCOUNT_REF}, plan_id INTEGER REFERENCES plan(id), kind TEXT NOT NULL,"
        " benefit TEXT NOT NULL, given_on TEXT, cost_minor INTEGER, hassle TEXT,"
        f" programme_id INTEGER REFERENCES programme(id), person_id {PERSON}",
    ),
    record(
        "gesture",
        f"{ACCOUNT_REF}, kind TEXT NOT NULL, gesture TEXT NOT NULL, given_on TEXT NOT NULL,"
        f" cost_minor INTEGER, reason TEXT, approver_id {COLLEAGUE}, person_id {PERSON},"
        " complaint_id INTEGER REFERENCES complaint(id)",
    ),
    record(
        "behaviour",
        f"{ACCOUNT_REF}, plan_id INTEGER REFERENCES plan(id), behaviour TEXT NOT NULL,"
        " metric TEXT, reward TEXT, budget_minor INTEGER, leads_to TEXT, ended_on TEXT",
    ),
    record(
        "enrolment",
        f"{ACCOUNT_REF}, programme_id INTEGER NOT NULL REFERENCES programme(id),"
        " since_on TEXT NOT NULL, left_on TEXT",
    ),
    record(
        "points",
        f"{ACCOUNT_REF}, programme_id INTEGER NOT NULL REFERENCES programme(id),"
        " points INTEGER NOT NULL, reason TEXT NOT NULL, on_date TEXT NOT NULL",
    ),
)

ADDED = {
    "plan": (
        "template TEXT", "required_roles TEXT", f"sponsor_id {COLLEAGUE}", "meeting_rhythm TEXT",
        "review_every_days INTEGER",
    ),
    "objective": ("evidence TEXT", "function TEXT", "shared INTEGER NOT NULL DEFAULT 0"),
    "action": ("depends_on TEXT NOT NULL DEFAULT '[]'", "starts_on TEXT", "playbook TEXT"),
    "risk": ("evidence TEXT",),
    "seat": (f"backup_id {COLLEAGUE}", "responsibility TEXT"),
    "membership": ("personal_win TEXT", "contact_every_days INTEGER", "topics TEXT"),
    "person": ("learning TEXT", "support_channel TEXT"),
    "contract": (
        "renew_amount_minor INTEGER", "uplift_percent REAL", "term_months INTEGER",
        "term_options TEXT", "price_position TEXT", "competitor_price TEXT",
        "discount_history TEXT", f"decision_buyer_id {PERSON}", "decision_criteria TEXT",
        "decision_process TEXT", "paper_process TEXT", "competition TEXT", "fallback TEXT",
        "offer_limit_minor INTEGER", "forecast_probability REAL", "forecast_reason TEXT",
        "paused_to TEXT",
    ),
}  # fmt: skip
"""New columns by table."""

INDEXES = (
    "CREATE UNIQUE INDEX section_one ON section(plan_id, section) WHERE archived_at IS NULL",
    "CREATE INDEX section_account ON section(account_id)",
    "CREATE INDEX section_owner ON section(owner_id) WHERE owner_id IS NOT NULL",
    "CREATE INDEX section_offered ON section(offered_to_id) WHERE offered_to_id IS NOT NULL",
    *(
        f"CREATE INDEX {table}_account ON {table}(account_id)"
        for table in (
            "sign_off", "share", "measurement", "proof", "whitespace", "opportunity", "benefit",
            "gesture", "behaviour", "enrolment", "points",
        )
    ),
    "CREATE INDEX interview_account ON interview(account_id, kind)",
    "CREATE INDEX interview_kind ON interview(kind, reason)",
    "CREATE INDEX entry_account ON entry(account_id, section)",
    "CREATE INDEX entry_field ON entry(field, driver)",
    "CREATE UNIQUE INDEX whitespace_one ON whitespace(account_id, product_id, centre)"
    " WHERE archived_at IS NULL",
    "CREATE INDEX points_programme ON points(programme_id, account_id)",
)  # fmt: skip

SCHEMA = (
    *TABLES,
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table, columns in ADDED.items()
        for column in columns
    ),
    *INDEXES,
)
OF_ACCOUNT = (
    "section", "sign_off", "share", "interview", "entry", "measurement", "proof", "whitespace",
    "opportunity", "benefit", "gesture", "behaviour", "enrolment", "points",
)  # fmt: skip
"""The new tables whose rows belong to an account."""
OF_BOOK = ("product", "programme")
"""The new tables whose rows belong to the whole book."""
