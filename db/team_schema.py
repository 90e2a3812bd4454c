"""What a book on a server has besides: members, rows kept to their team, an actor nobody forges.

PostgreSQL only. Derived tables (rollup, snapshots, search) may be written by every member who may
write at all: whoever brings the book to today does it for everybody.
"""

from __future__ import annotations

from db import schema_v6, schema_v9, schema_v10

KINDS = ("account_manager", "lead", "admin", "read_only")
WRITERS = KINDS[:3]
DERIVED = (
    "account_rollup", "health_snapshot", "health_inputs", "search_entry", "search_index",
    "search_word",
)  # fmt: skip
LOGS = ("change", "audit_entry")
FIRST_OF_ACCOUNT = (
    "celebration", "membership", "seat", "contract", "milestone", "touchpoint", "participant",
    "complaint", "pulse", "plan", "objective", "action", "risk",
)  # fmt: skip
OF_ACCOUNT = (
    *FIRST_OF_ACCOUNT,
    *schema_v6.OF_ACCOUNT,
    *schema_v9.OF_ACCOUNT,
    *schema_v10.OF_ACCOUNT,
)
RECORDS = (
    "setting",
    "colleague",
    "account",
    "star",
    "person",
    *schema_v6.OF_BOOK,
    *schema_v10.OF_BOOK,
    *OF_ACCOUNT,
)

_SAFE = "LANGUAGE {language} SECURITY DEFINER SET search_path = trustplan, pg_temp"
_SQL = _SAFE.format(language="sql") + " STABLE"
_PLPGSQL = _SAFE.format(language="plpgsql")

MEMBERS = (
    'CREATE TABLE member (login TEXT COLLATE "C" PRIMARY KEY, name TEXT COLLATE "C" NOT NULL,'
    f' kind TEXT NOT NULL CHECK (kind IN {KINDS}), team TEXT COLLATE "C")',
    f"CREATE FUNCTION my_name() RETURNS text {_SQL}"
    " AS $$SELECT name FROM member WHERE login = session_user$$",
    f"CREATE FUNCTION my_kind() RETURNS text {_SQL}"
    " AS $$SELECT kind FROM member WHERE login = session_user$$",
    f"CREATE FUNCTION my_team() RETURNS text {_SQL}"
    " AS $$SELECT team FROM member WHERE login = session_user$$",
    f"CREATE FUNCTION may_edit_team(theirs text) RETURNS boolean {_SQL}"
    " AS $$SELECT EXISTS (SELECT 1 FROM member m WHERE m.login = session_user AND (m.kind ="
    " 'admin' OR (m.kind IN ('account_manager', 'lead') AND (theirs IS NULL OR theirs = m.team))))"
    "$$",
    f"CREATE FUNCTION may_edit(account bigint) RETURNS boolean {_SQL}"
    " AS $$SELECT may_edit_team((SELECT a.team FROM account a WHERE a.id = account))$$",
    f"CREATE FUNCTION may_edit_person(person bigint) RETURNS boolean {_SQL}"
    " AS $$SELECT may_edit_team(NULL) AND (NOT EXISTS (SELECT 1 FROM membership m"
    " WHERE m.person_id = person AND m.archived_at IS NULL) OR EXISTS (SELECT 1 FROM membership m"
    " WHERE m.person_id = person AND m.archived_at IS NULL AND may_edit(m.account_id)))$$",
)

STAMPS = (
    "ALTER TABLE change ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()",
    "CREATE INDEX change_xid ON change(xid)",
    f"CREATE FUNCTION stamp_actor() RETURNS trigger {_PLPGSQL} AS $$BEGIN"
    " IF my_name() IS NOT NULL THEN NEW.actor := my_name(); NEW.colleague_id := (SELECT c.id"
    " FROM colleague c WHERE c.name = NEW.actor AND c.archived_at IS NULL ORDER BY c.id LIMIT 1);"
    " END IF; NEW.xid := pg_current_xact_id(); RETURN NEW; END$$",
    "CREATE TRIGGER change_actor_stamped BEFORE INSERT ON change"
    " FOR EACH ROW EXECUTE FUNCTION stamp_actor()",
    f"CREATE FUNCTION check_entry() RETURNS trigger {_PLPGSQL} AS $$BEGIN"
    " IF my_name() IS NOT NULL AND NOT EXISTS (SELECT 1 FROM change c WHERE c.id = NEW.change_id"
    " AND c.xid = pg_current_xact_id()) THEN RAISE EXCEPTION USING ERRCODE = '42501',"
    " MESSAGE = 'an entry belongs to a change of its own transaction'; END IF; RETURN NEW; END$$",
    "CREATE TRIGGER audit_entry_of_own_change BEFORE INSERT ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION check_entry()",
    f"CREATE FUNCTION stamp_team() RETURNS trigger {_PLPGSQL} AS $$BEGIN"
    " IF NEW.team IS NULL THEN NEW.team := my_team(); END IF; RETURN NEW; END$$",
    "CREATE TRIGGER account_team_stamped BEFORE INSERT ON account"
    " FOR EACH ROW EXECUTE FUNCTION stamp_team()",
    f"CREATE FUNCTION check_team() RETURNS trigger {_PLPGSQL} AS $$BEGIN"
    " IF NEW.team IS DISTINCT FROM OLD.team AND my_kind() = 'account_manager' THEN"
    " RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'a lead or an admin names the team';"
    " END IF; RETURN NEW; END$$",
    "CREATE TRIGGER account_team_checked BEFORE UPDATE OF team ON account"
    " FOR EACH ROW EXECUTE FUNCTION check_team()",
    f"CREATE FUNCTION tell_change() RETURNS trigger {_PLPGSQL} AS $$BEGIN"
    " PERFORM pg_notify('trustplan', ''); RETURN NULL; END$$",
    "CREATE TRIGGER change_told AFTER INSERT ON change"
    " FOR EACH STATEMENT EXECUTE FUNCTION tell_change()",
)


def _policies(table: str, insert: str, update: str) -> tuple[str, ...]:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY everybody_reads ON {table} FOR SELECT USING (true)",
        f"CREATE POLICY who_adds ON {table} FOR INSERT WITH CHECK ({insert})",
        f"CREATE POLICY who_changes ON {table} FOR UPDATE USING ({update}) WITH CHECK ({update})",
    )


POLICIES = (
    *_policies("account", "may_edit_team(team)", "may_edit_team(team)"),
    *_policies("person", "may_edit_team(NULL)", "may_edit_person(id)"),
    *_policies("setting", "my_kind() IN ('lead', 'admin')", "my_kind() IN ('lead', 'admin')"),
    *_policies(
        "colleague",
        "may_edit_team(NULL)",
        "my_kind() IN ('lead', 'admin') OR (my_kind() = 'account_manager' AND name = my_name())",
    ),
    *(
        statement
        for table in LOGS
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY everybody_reads ON {table} FOR SELECT USING (true)",
            f"CREATE POLICY who_adds ON {table} FOR INSERT WITH CHECK (may_edit_team(NULL))",
        )
    ),
    *_policies("star", "actor = my_name()", "actor = my_name()"),
    *(
        statement
        for table in FIRST_OF_ACCOUNT
        for statement in _policies(table, "may_edit(account_id)", "may_edit(account_id)")
    ),
)

TEAM_SCHEMA = (*MEMBERS, *STAMPS, *POLICIES)


def _of(book: tuple[str, ...], account: tuple[str, ...]) -> tuple[str, ...]:
    """Rows of the book are everybody's who writes, rows of an account its team's."""
    rights = {
        **dict.fromkeys(book, "may_edit_team(NULL)"),
        **dict.fromkeys(account, "may_edit(account_id)"),
    }
    return tuple(
        statement for table, right in rights.items() for statement in _policies(table, right, right)
    )


PLAN_POLICIES = _of(schema_v6.OF_BOOK, schema_v6.OF_ACCOUNT)
"""Who may do what with the tables of the whole plan (migration 6)."""
CONTACT_POLICIES = _of((), schema_v9.OF_ACCOUNT)
"""The same for what is heard, planned and agreed (migration 9)."""
CAUSE_POLICIES = _of(schema_v10.OF_BOOK, schema_v10.OF_ACCOUNT)
"""The same for complaints to their cause and the customer's voice (migration 10)."""


STAMPED = {
    "change": "change_actor_stamped",
    "audit_entry": "audit_entry_of_own_change",
    "account": "account_team_stamped",
}
"""The triggers that say who writes, by table."""


def stamping(*, on: bool) -> tuple[str, ...]:
    """The owner's statements that let a moved book's rows in as they are, and that end it.

    They hold for the transaction that runs them; nobody else writes these tables meanwhile.
    """
    verb = "ENABLE" if on else "DISABLE"
    return tuple(f"ALTER TABLE {table} {verb} TRIGGER {name}" for table, name in STAMPED.items())


def grants(role: str, kind: str) -> tuple[str, ...]:
    """What a group of members may do; ``role`` is a quoted name."""
    tables = ("member", "schema_migration", *RECORDS, *LOGS, *DERIVED)
    read = (
        f"GRANT USAGE ON SCHEMA trustplan TO {role}",
        f"GRANT SELECT ON {', '.join(f'trustplan.{name}' for name in tables)} TO {role}",
    )
    if kind not in WRITERS:
        return read
    return (
        *read,
        f"GRANT INSERT, UPDATE ON {_listed(RECORDS)} TO {role}",
        f"GRANT INSERT, UPDATE, DELETE ON {_listed(DERIVED)} TO {role}",
        f"GRANT INSERT ON {_listed(LOGS)} TO {role}",
    )


def _listed(tables: tuple[str, ...]) -> str:
    return ", ".join(f"trustplan.{name}" for name in tables)
