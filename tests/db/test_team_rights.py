"""Who may do what on a server: proved by hand-written SQL, and that each proof bites."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from db import roles, team_schema
from db.book import open_book
from db.undo import redo, undo
from planner.errors import Refused
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.touchpoints import change_touchpoint, log_touchpoint
from tests.db.team_book import as_, refused, sql
from tests.fakes import NOON, FakeClock
from tests.guarded_server import OWNER, Guarded, answer
from tests.makers import World, at

OTHERS_ROWS = ("account", *team_schema.OF_ACCOUNT)
READ = ("member", "schema_migration", *team_schema.RECORDS, *team_schema.LOGS, *team_schema.DERIVED)


# -- rows of another team ---------------------------------------------------------------------


def test_another_teams_rows_cannot_be_changed_by_hand_until_the_policies_are_switched_off(
    bob: psycopg.Connection[Any], root: psycopg.Connection[Any]
) -> None:
    for table in OTHERS_ROWS:
        (count,) = bob.execute(f"SELECT COUNT(*) FROM {table}".encode()).fetchone() or (0,)
        assert count > 0, table
        columns = ", ".join(
            row[0]
            for row in root.execute(
                "SELECT column_name FROM information_schema.columns WHERE column_name <> 'id'"
                " AND table_schema = 'trustplan' AND table_name = %s ORDER BY ordinal_position",
                (table,),
            )
        )
        change = f"UPDATE {table} SET version = version + 1".encode()
        add = f"INSERT INTO {table} (id, {columns}) SELECT id + 1, {columns} FROM {table} LIMIT 1"
        assert bob.execute(change).rowcount == 0, table
        refused(bob, add)
        refused(bob, f"DELETE FROM {table}")
        refused(bob, f"TRUNCATE {table} CASCADE")
        root.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY".encode())
        assert bob.execute(change).rowcount == count, table
        with suppress(psycopg.errors.UniqueViolation):  # the policies let it through
            assert bob.execute(add.encode()).rowcount == 1, table


def test_ones_own_teams_rows_and_nobodys_can_be_changed(
    guarded: Guarded, team: str, bob: psycopg.Connection[Any], team_world: World
) -> None:
    book = as_(guarded, team, "bob")
    own = book.run(add_account, name="South Oy").result
    assert bob.execute("SELECT team FROM account WHERE id = %s", (own.id,)).fetchone() == ("south",)
    assert own.team == "south"
    book.run(change_account, own.id, note="ours")
    book.run(log_touchpoint, own.id, kind="call", when=at(0))
    book.close()
    ann = as_(guarded, team, "ann")
    ann.run(change_account, team_world.other, team=None)
    ann.close()
    book = as_(guarded, team, "bob")
    book.run(change_account, team_world.other, note="nobody's, so mine too")
    book.close()


def test_what_a_member_added_is_undone_and_repeated(guarded: Guarded, team: str) -> None:
    book = as_(guarded, team, "bob")
    own = book.run(add_account, name="South Oy").result
    assert book.run(undo).result == "added account South Oy"
    assert book.run(redo).result == "added account South Oy"
    assert book.connection.rows(
        "SELECT team, archived_at FROM account WHERE id = :id", {"id": own.id}
    ) == [("south", None)]
    book.close()


def test_a_person_is_changed_by_the_teams_of_their_accounts_only(
    bob: psycopg.Connection[Any], root: psycopg.Connection[Any], team_world: World
) -> None:
    change = b"UPDATE person SET version = version + 1 WHERE id = %s"
    assert bob.execute(change, (team_world.maria,)).rowcount == 0
    root.execute("ALTER TABLE person DISABLE ROW LEVEL SECURITY")
    assert bob.execute(change, (team_world.maria,)).rowcount == 1


@pytest.mark.parametrize(
    ("use_case", "args", "said"),
    [
        (change_account, lambda w: (w.account,), "Nordic Oy belongs to team north"),
        (archive_account, lambda w: (w.account,), "Nordic Oy belongs to team north"),
        (undo, lambda _w: (), "nothing to undo"),
    ],
)
def test_the_program_says_whose_rows_they_are(
    guarded: Guarded,
    team: str,
    team_world: World,
    use_case: Callable[..., Any],
    args: Callable[[World], tuple[Any, ...]],
    said: str,
) -> None:
    book = as_(guarded, team, "bob")
    fields = {"note": "mine now"} if use_case is change_account else {}
    with pytest.raises(Refused, match=said):
        book.run(use_case, *args(team_world), **fields)
    (row,) = book.connection.rows(
        "SELECT note, archived_at FROM account WHERE id = :id", {"id": team_world.account}
    )
    assert row == (None, None)
    book.close()


def test_the_program_refuses_to_add_to_change_or_to_undo_what_is_another_teams(
    guarded: Guarded, team: str, team_world: World
) -> None:
    book = as_(guarded, team, "bob")
    counts = "SELECT (SELECT COUNT(*) FROM touchpoint), (SELECT COUNT(*) FROM change)"
    before = book.connection.rows(counts)
    with pytest.raises(Refused, match="role on the server does not allow"):
        book.run(log_touchpoint, team_world.account, kind="call", when=at(0))
    with pytest.raises(Refused, match="Nordic Oy belongs to team north"):
        book.run(change_touchpoint, team_world.touchpoint, note="not mine")
    (theirs,) = book.connection.rows("SELECT MAX(id) FROM change WHERE use_case = 'log_touchpoint'")
    with pytest.raises(Refused, match="belongs to team north"):
        book.run(undo, theirs[0])
    assert book.connection.rows(counts) == before
    book.close()


def test_an_admin_changes_every_teams_rows(guarded: Guarded, team: str, team_world: World) -> None:
    book = as_(guarded, team, "ada")
    book.run(change_account, team_world.account, note="from above", team="south")
    book.close()
    bob = as_(guarded, team, "bob")
    bob.run(change_account, team_world.account, note="ours now")
    bob.close()


def test_an_account_manager_cannot_say_whose_an_account_is_until_the_trigger_is_off(
    guarded: Guarded, team: str, bob: psycopg.Connection[Any], root: psycopg.Connection[Any]
) -> None:
    book = as_(guarded, team, "bob")
    own = book.run(add_account, name="South Oy").result
    with pytest.raises(Refused, match="does not allow"):
        book.run(change_account, own.id, team="")
    book.close()
    refused(bob, f"UPDATE account SET team = NULL WHERE id = {own.id}")
    refused(bob, f"UPDATE account SET team = 'north' WHERE id = {own.id}")
    root.execute("ALTER TABLE account DISABLE TRIGGER account_team_checked")
    assert bob.execute("UPDATE account SET team = NULL WHERE id = %s", (own.id,)).rowcount == 1


# -- the audit --------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["bob", "ann", "ada"])
@pytest.mark.parametrize("table", team_schema.LOGS)
def test_no_member_alters_the_audit_and_two_locks_hold_it(
    guarded: Guarded, team: str, root: psycopg.Connection[Any], login: str, table: str
) -> None:
    statements = (f"UPDATE {table} SET id = id", f"DELETE FROM {table}",
                  f"TRUNCATE {table} CASCADE")  # fmt: skip
    with sql(guarded, team, login) as raw:
        for statement in statements:
            refused(raw, statement)
        root.execute(f"GRANT ALL ON change, audit_entry TO {login}".encode())
        root.execute(f"CREATE POLICY sabotage ON {table} USING (true) WITH CHECK (true)".encode())
        for statement in statements:
            with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
                raw.execute(statement.encode())
        root.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only".encode())
        assert raw.execute(f"UPDATE {table} SET id = id".encode()).rowcount > 0


FORGED = (
    "INSERT INTO change(id, at, on_date, actor, colleague_id, use_case, summary, kind, xid)"
    " SELECT 77, '2026-01-01', '2026-01-01', 'Ann Lee', id, 'x', 'x', 'do', '1'::xid8"
    " FROM colleague WHERE name = 'Ann Lee'"
)


def test_the_actor_is_stamped_by_the_server_until_the_trigger_is_off(
    bob: psycopg.Connection[Any], root: psycopg.Connection[Any]
) -> None:
    asked = (
        b"SELECT c.actor, l.name, c.xid = '1'::xid8 FROM change c"
        b" LEFT JOIN colleague l ON l.id = c.colleague_id WHERE c.id = %s"
    )
    bob.execute(FORGED.encode())
    assert bob.execute(asked, (77,)).fetchone() == ("Bob Ek", "Bob Ek", False)
    root.execute("ALTER TABLE change DISABLE TRIGGER change_actor_stamped")
    bob.execute(FORGED.replace("77", "78").encode())
    assert bob.execute(asked, (78,)).fetchone() == ("Ann Lee", "Ann Lee", True)


def test_an_entry_cannot_be_added_to_a_change_that_is_done_until_the_trigger_is_off(
    bob: psycopg.Connection[Any], root: psycopg.Connection[Any]
) -> None:
    add = (
        "INSERT INTO audit_entry(id, change_id, table_name, row_id, row_version, op, after)"
        " SELECT 99, MAX(id), 'account', 1, 1, 'update', '{}' FROM change WHERE actor = 'Ann Lee'"
    )
    refused(bob, add)
    bob.execute(FORGED.encode())
    refused(bob, add.replace("actor = 'Ann Lee'", "id = 77"))
    root.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_of_own_change")
    assert bob.execute(add.encode()).rowcount == 1


def test_a_login_in_a_group_that_is_no_member_writes_nothing_and_forges_nobody(
    team: str, team_template: tuple[str, World], guarded: Guarded, root: psycopg.Connection[Any]
) -> None:
    group = roles.group_name(team_template[0], "admin")
    root.execute("DROP ROLE IF EXISTS stray")
    root.execute(f"CREATE ROLE stray LOGIN PASSWORD 'stray-geheim' IN ROLE {group}".encode())
    with psycopg.connect(
        guarded.server.url(team, "stray"), password="stray-geheim", autocommit=True,
        options="-c search_path=trustplan",
    ) as raw:  # fmt: skip
        refused(raw, FORGED)
        assert raw.execute("UPDATE account SET version = version + 1").rowcount == 0
        root.execute("ALTER TABLE change DISABLE ROW LEVEL SECURITY")
        raw.execute(FORGED.encode())
    root.execute("DROP ROLE stray")


# -- the schema -------------------------------------------------------------------------------


FORBIDDEN = (
    "CREATE TABLE trustplan.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION trustplan.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE account ADD COLUMN mine text",
    "ALTER TABLE account DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE change DISABLE TRIGGER ALL",
    "DROP TABLE star",
    "DROP SCHEMA trustplan CASCADE",
    "DROP POLICY who_changes ON account",
    "DROP TRIGGER change_actor_stamped ON change",
    "CREATE OR REPLACE FUNCTION my_kind() RETURNS text LANGUAGE sql AS $$SELECT 'admin'$$",
    "CREATE INDEX mine ON account(name)",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    f"SET ROLE {OWNER}",
    "SET SESSION AUTHORIZATION ann",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "CREATE ROLE mine",
    "INSERT INTO member VALUES ('mine', 'Mine', 'admin', NULL)",
    "UPDATE member SET kind = 'admin'",
    "DELETE FROM member",
    "INSERT INTO schema_migration (number, name) VALUES (99, 'x')",
)


@pytest.mark.parametrize("login", ["bob", "ada", "rosa"])
def test_no_member_alters_the_schema_the_members_or_who_they_are(
    guarded: Guarded, team: str, login: str
) -> None:
    with sql(guarded, team, login) as raw:
        for statement in FORBIDDEN:
            refused(raw, statement)
        raw.execute("GRANT UPDATE ON change TO CURRENT_USER")  # a warning, and nothing is granted
        refused(raw, "UPDATE change SET id = id")


def test_a_table_of_ones_own_that_is_called_member_makes_nobody_an_admin(
    bob: psycopg.Connection[Any],
) -> None:
    bob.execute("CREATE TEMP TABLE member AS SELECT * FROM trustplan.member")
    bob.execute("UPDATE pg_temp.member SET kind = 'admin', team = 'north'")
    bob.execute("SET search_path = pg_temp, trustplan")
    assert bob.execute("UPDATE trustplan.account SET version = version + 1").rowcount == 0


# -- reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["bob", "rosa"])
def test_every_member_reads_everything(
    guarded: Guarded, team: str, root: psycopg.Connection[Any], login: str
) -> None:
    with sql(guarded, team, login) as raw:
        for table in READ:
            count = f"SELECT COUNT(*) FROM {table}".encode()
            assert raw.execute(count).fetchone() == root.execute(count).fetchone(), table


def test_who_reads_only_writes_nothing_by_hand_nor_through_the_program(
    guarded: Guarded, team: str, team_world: World, root: psycopg.Connection[Any]
) -> None:
    with sql(guarded, team, "rosa") as raw:
        for table in READ:
            column = "name" if table in ("member", "schema_migration") else None
            column = column or str(
                (root.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
                    " AND table_schema = 'trustplan' ORDER BY ordinal_position LIMIT 1", (table,)
                ).fetchone() or ("",))[0]
            )  # fmt: skip
            refused(raw, f"UPDATE {table} SET {column} = {column}")
            refused(raw, f"DELETE FROM {table}")
            refused(raw, f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1")
    book = as_(guarded, team, "rosa")
    assert not book.writable
    with pytest.raises(Refused, match="role on the server does not allow"):
        book.run(change_account, team_world.account, note="x")
    assert book.queries().accounts.page(sort="name")
    book.close()
    ann = as_(guarded, team, "ann")
    assert ann.writable
    ann.close()


def test_somebody_who_only_reads_still_sees_scores_of_today(guarded: Guarded, team: str) -> None:
    clock = FakeClock(NOON + timedelta(days=9))
    book = open_book(guarded.address(team, "rosa"), clock, "nobody", "read", answer)
    assert book.fresh_for_reading() > 0
    assert {row.as_of for row in book.queries().accounts.page(sort="name")} == {
        book.today.isoformat()
    }
    book.close()
