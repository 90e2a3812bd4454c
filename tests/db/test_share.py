"""Members of a book on a server: made, changed, removed, mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db import migrations, share, team_schema
from db.book import create_book
from db.schema_number import HEAD
from db.undo import undo
from planner.errors import BookUnavailable, NotFound, Refused
from planner.use_cases.accounts import add_account, change_account
from tests.db.servers import Databases, name_of
from tests.db.team_book import as_, init, make_owner, sql
from tests.guarded_server import OWNER, SECRETS, Guarded, answer
from tests.makers import TODAY, new_book
from tests.pg_server import has_tls

OWN = ("member", "schema_migration")


@pytest.fixture
def fresh(guarded: Guarded) -> Iterator[str]:
    """An empty database of the owner's."""
    databases = Databases(guarded.server)
    make_owner(databases)
    address = databases.new()
    name = name_of(address)
    databases.execute(f"ALTER DATABASE {name} OWNER TO {OWNER}")
    yield name
    databases.drop_all()
    for group in databases.execute(
        f"SELECT rolname FROM pg_roles WHERE rolname LIKE '{name}%'"
        " OR rolname LIKE 'p!_%' ESCAPE '!'"
    ):
        databases.execute(f'DROP ROLE "{group[0]}"')


def rights(guarded: Guarded, database: str) -> list[Any]:
    """Everything that is granted in a database, and who is in which group."""
    with sql(guarded, database, "postgres") as raw:
        return raw.execute(
            "SELECT relname, relacl::text FROM pg_class"
            " WHERE relnamespace = 'trustplan'::regnamespace"
            " UNION ALL SELECT nspname, nspacl::text FROM pg_namespace WHERE nspname = 'trustplan'"
            " UNION ALL SELECT datname, datacl::text FROM pg_database"
            " WHERE datname = current_database()"
            " UNION ALL SELECT g.rolname, m.rolname FROM pg_auth_members a"
            " JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member"
            " WHERE g.rolname LIKE current_database() || '%' ORDER BY 1, 2"
        ).fetchall()


def test_init_makes_the_book_and_its_groups_and_a_second_run_changes_nothing(
    guarded: Guarded, fresh: str
) -> None:
    made = init(guarded.address(fresh))
    assert made.before == 0
    assert made.groups == tuple(f"{fresh}_{kind}" for kind in team_schema.KINDS)
    once = rights(guarded, fresh)
    assert any("account_manager" in str(row) for row in once)
    with sql(guarded, fresh, "postgres") as raw:
        before = raw.execute("SELECT MAX(id), COUNT(*) FROM setting").fetchone()
        again = init(guarded.address(fresh))
        assert raw.execute("SELECT MAX(id), COUNT(*) FROM setting").fetchone() == before
    assert (again.before, again.groups, again.members) == (again.now, (), 0)
    assert rights(guarded, fresh) == once


def test_init_takes_back_what_was_granted_by_hand_and_gives_what_was_lost(
    guarded: Guarded, fresh: str
) -> None:
    init(guarded.address(fresh))
    owned = as_(guarded, fresh, OWNER)
    owned.run(share.add_member, "Pat", login="p_pat", kind="lead", password="p-geheim")
    once = rights(guarded, fresh)
    with sql(guarded, fresh, OWNER) as raw:
        raw.execute("CREATE ROLE p_stray")
        for statement in (
            f"GRANT {fresh}_admin TO p_stray, p_pat",
            f"REVOKE {fresh}_lead FROM p_pat",
            f"GRANT DELETE ON trustplan.account TO {fresh}_read_only",
            f"REVOKE SELECT ON trustplan.account FROM {fresh}_lead",
            "GRANT ALL ON trustplan.change TO PUBLIC",
        ):
            raw.execute(statement.encode())
    assert rights(guarded, fresh) != once
    assert init(guarded.address(fresh)).members == 1
    assert rights(guarded, fresh) == once
    owned.close()


def test_what_a_superuser_granted_is_taken_back_or_named(guarded: Guarded, fresh: str) -> None:
    init(guarded.address(fresh))
    with sql(guarded, fresh, "postgres") as raw:
        raw.execute("CREATE ROLE p_stray")
        raw.execute(f"GRANT {fresh}_admin TO p_stray".encode())
        if raw.info.server_version >= 160000:
            with pytest.raises(Refused, match=f"put p_stray into {fresh}_admin"):
                init(guarded.address(fresh))
            raw.execute(f"REVOKE {fresh}_admin FROM p_stray GRANTED BY CURRENT_USER".encode())
    init(guarded.address(fresh))
    assert (f"{fresh}_admin", "p_stray") not in rights(guarded, fresh)


def test_init_brings_an_older_book_up_to_date(
    guarded: Guarded, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = migrations.postgres_statements()[:2]
    monkeypatch.setattr(migrations, "postgres_statements", lambda: first)
    create_book(guarded.address(fresh), name="Old", today=TODAY, ask=answer)
    monkeypatch.undo()
    made = init(guarded.address(fresh))
    assert (made.before, made.now) == (2, HEAD)
    owned = as_(guarded, fresh, OWNER)
    assert (owned.settings.name, owned.schema_number()) == ("Old", HEAD)
    owned.close()


def test_an_init_that_fails_leaves_no_groups(
    guarded: Guarded, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_schema, "grants", lambda role, _kind: (f"GRANT NOTHING TO {role}",))
    with pytest.raises(psycopg.Error):
        init(guarded.address(fresh))
    with sql(guarded, fresh, "postgres") as raw:
        found = raw.execute("SELECT 1 FROM pg_roles WHERE rolname LIKE %s", (f"{fresh}%",))
        assert found.fetchall() == []
    monkeypatch.undo()
    assert len(init(guarded.address(fresh)).groups) == len(team_schema.KINDS)


def test_a_database_whose_name_leaves_no_room_for_roles_is_refused(guarded: Guarded) -> None:
    databases = Databases(guarded.server)
    make_owner(databases)
    name = "d" * 50
    databases.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
    with pytest.raises(Refused, match="too long for its roles"):
        init(guarded.address(name))
    databases.execute(f"DROP DATABASE {name}")


def test_an_owner_who_is_a_member_too_keeps_the_login(guarded: Guarded, fresh: str) -> None:
    init(guarded.address(fresh))
    owned = as_(guarded, fresh, OWNER)
    owned.run(share.add_member, "Olga", login=OWNER, kind="admin")
    owned.close()
    olga = as_(guarded, fresh, OWNER)
    assert olga.actor.name == "Olga"
    olga.run(add_account, name="Hers")
    assert olga.connection.rows("SELECT actor FROM change ORDER BY id DESC LIMIT 1") == [("Olga",)]
    olga.run(share.remove_member, OWNER)
    olga.close()
    as_(guarded, fresh, OWNER).close()


def test_the_groups_are_granted_every_table_of_the_book(guarded: Guarded, team: str) -> None:
    with sql(guarded, team, "postgres") as raw:
        tables = {
            row[0]
            for row in raw.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'trustplan'::regnamespace"
                " AND relkind = 'r'"
            )
        }
    assert tables == {*team_schema.RECORDS, *team_schema.LOGS, *team_schema.DERIVED, *OWN}


def test_only_the_owner_says_who_may_do_what(guarded: Guarded, team: str) -> None:
    for login in ("bob", "ada"):
        book = as_(guarded, team, login)
        with pytest.raises(Refused, match=f"Only the owner of the book, {OWNER}"):
            book.run(share.add_member, "Eve", login="p_eve", kind="admin", password="x")
        with pytest.raises(Refused, match="Only the owner"):
            book.run(share.set_member, login, kind="admin")
        with pytest.raises(Refused, match="Only the owner"):
            book.run(share.remove_member, "ann")
        book.close()
        with pytest.raises(Refused, match="Only the owner"):
            init(guarded.address(team, login))


def test_an_owner_who_may_make_no_roles_is_told_before_anything_is_made(
    guarded: Guarded, fresh: str
) -> None:
    with sql(guarded, fresh, "postgres") as raw:
        raw.execute(f"ALTER ROLE {OWNER} NOCREATEROLE".encode())
        try:
            with pytest.raises(Refused, match=f'ALTER ROLE "{OWNER}" CREATEROLE'):
                init(guarded.address(fresh))
        finally:
            raw.execute(f"ALTER ROLE {OWNER} CREATEROLE".encode())
        assert raw.execute("SELECT to_regnamespace('trustplan')").fetchone() == (None,)


def test_a_member_is_a_role_a_colleague_and_an_audited_change(guarded: Guarded, fresh: str) -> None:
    init(guarded.address(fresh))
    owned = as_(guarded, fresh, OWNER)
    made = owned.run(
        share.add_member, "Pat Öz", login="p_pat", kind="lead", team=" north ",
        function="sales", password="p-geheim",
    ).result  # fmt: skip
    assert made == ("p_pat", "Pat Öz", "lead", "north")
    assert [one.name for one in owned.queries().colleagues()] == ["Pat Öz"]
    entries = owned.connection.rows("SELECT table_name, op FROM audit_entry ORDER BY table_name")
    assert entries == [("colleague", "insert"), ("member", "insert")]
    with pytest.raises(Refused, match="nothing to undo"):
        owned.run(undo)
    owned.connection.run("CREATE ROLE p_group")
    for fields, said in (
        ({"login": "p_pat"}, "belongs to a member"),
        ({"login": "p_pat2"}, "has the login p_pat already"),
        ({"login": "pg_me"}, "needs this name"),
        ({"login": f"{fresh}_lead"}, "needs this name"),
        ({"login": "p\x1b"}, "control"),
        ({"login": "p" * 64}, "too long"),
        ({"login": "bob", "name": "New"}, "--existing"),
        ({"login": "postgres", "name": "New"}, "more than a member"),
        ({"login": "p_new", "name": "New", "password": None}, "no such role"),
        ({"login": "p_group", "name": "New", "password": None}, "cannot log in"),
        ({"login": "p_new", "name": "New", "team": "a\x1bb"}, "control"),
        ({"login": "p_new", "name": "New", "password": "a\nb"}, "line end"),
    ):
        asked = {"name": "Pat Öz", "kind": "lead", "password": "x", **fields}
        with pytest.raises(Refused, match=said):
            owned.run(share.add_member, asked.pop("name"), **asked)
    assert len(share.status(owned.connection).members) == 1
    owned.close()


def test_a_member_who_is_changed_may_do_the_new_at_once_and_who_is_removed_nothing(
    guarded: Guarded, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SECRETS, "p_pat", "p-geheim")
    init(guarded.address(fresh))
    owned = as_(guarded, fresh, OWNER)
    owned.run(share.add_member, "Pat", login="p_pat", kind="read_only", password="p-geheim")
    pat = as_(guarded, fresh, "p_pat")
    with pytest.raises(Refused):
        pat.run(add_account, name="Mine")
    changed = owned.run(share.set_member, "p_pat", kind="lead", team="west").result
    assert changed == ("p_pat", "Pat", "lead", "west")
    account = pat.run(add_account, name="Mine").result
    assert pat.connection.rows("SELECT team FROM account") == [("west",)]
    assert owned.run(share.set_member, "p_pat", team="").result.team is None
    with pytest.raises(NotFound, match="Did you mean p_pat"):
        owned.run(share.remove_member, "p_pit")
    owned.run(share.remove_member, "p_pat")
    with pytest.raises(BookUnavailable, match="may no longer see it"):
        pat.run(change_account, account.id, note="still here")
    pat.close()
    with pytest.raises(BookUnavailable):
        as_(guarded, fresh, "p_pat")
    assert "Pat" in {row[0] for row in owned.connection.rows("SELECT DISTINCT actor FROM change")}
    back = owned.run(
        share.add_member, "Pat", login="p_pat", kind="lead", password="p-geheim"
    ).result
    assert back.kind == "lead"
    as_(guarded, fresh, "p_pat").close()
    owned.close()


def test_a_login_that_another_book_uses_goes_on_there(guarded: Guarded, fresh: str) -> None:
    databases = Databases(guarded.server)
    second = name_of(databases.new())
    databases.execute(f"ALTER DATABASE {second} OWNER TO {OWNER}")
    try:
        books = []
        for name, password in ((fresh, "p-geheim"), (second, None)):
            init(guarded.address(name))
            books.append(as_(guarded, name, OWNER))
            books[-1].run(share.add_member, "Pat", login="p_pat", kind="lead", password=password)
        books[0].run(share.remove_member, "p_pat")
        (may,) = books[1].connection.rows(
            "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'p_pat'"
        )
        assert may == (True,)
        books[1].run(share.remove_member, "p_pat")
        (may,) = books[1].connection.rows(
            "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'p_pat'"
        )
        assert may == (False,)
        for book in books:
            book.close()
    finally:
        databases.drop_all()
        for kind in team_schema.KINDS:
            databases.execute(f"DROP ROLE {second}_{kind}")


def test_status_names_me_the_members_and_who_is_connected(guarded: Guarded, team: str) -> None:
    with sql(guarded, team, "bob"):
        book = as_(guarded, team, "ann")
        here = share.status(book.connection)
        place = share.place_of(book.connection)
        book.close()
    assert here.me == ("ann", "Ann Lee", "lead", "north")
    assert (here.owner, here.login, here.encrypted) == (False, "ann", has_tls())
    assert {"ann", "bob"} <= set(here.connected)
    assert [one.kind for one in here.members] == sorted(one.kind for one in here.members)
    assert place == ("127.0.0.1", str(guarded.server.port), team, "ann")


def test_a_file_has_no_members(tmp_path: Path) -> None:
    book = new_book(tmp_path)
    with pytest.raises(Refused, match="is a file"):
        share.status(book.connection)
    book.close()
