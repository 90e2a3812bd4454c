"""The roles behind a book on a server: four groups by kind, and a login for each person.

Loaded only where the driver is. Passwords reach the server as SCRAM verifiers, so that no log of it
can hold one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from psycopg import sql

from db import team_schema
from db.postgres import PostgresConnection
from planner.errors import Refused
from planner.language import gettext as _
from planner.text import visible
from planner.use_cases.editing import refuse

KINDS = team_schema.KINDS
LONGEST_ROLE = 63
"""Bytes; the server cuts longer names off."""
UNFIT_PASSWORD = frozenset("\0\r\n")
_GROUPS_OF = (
    "SELECT m.rolname, g.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
    " JOIN pg_roles m ON m.oid = a.member WHERE m.rolname <> current_user AND "
)


class Member(NamedTuple):
    """Somebody who may open the book, by the login they connect with."""

    login: str
    name: str
    kind: str
    team: str | None


def group_name(database: str, kind: str) -> str:
    """The role that all members of a kind share, in one book."""
    return f"{database}_{kind}"


def members(connection: PostgresConnection) -> list[Member]:
    """Everybody who may open the book, by kind, team and name."""
    return [
        Member(*row)
        for row in connection.rows(
            "SELECT login, name, kind, team FROM member ORDER BY kind, team NULLS FIRST, name"
        )
    ]


def member(connection: PostgresConnection, login: str) -> Member | None:
    """The member with a login."""
    return next((one for one in members(connection) if one.login == login), None)


def connected(connection: PostgresConnection) -> list[str]:
    """The logins that have a line to the book's database now."""
    rows = connection.rows(
        "SELECT DISTINCT usename FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename IS NOT NULL ORDER BY usename"
    )
    return [str(row[0]) for row in rows]


def owner(connection: PostgresConnection) -> tuple[str, bool]:
    """Who owns the book, and whether that is this login."""
    row = connection.one(
        "SELECT pg_get_userbyid(c.relowner), pg_has_role(c.relowner, 'USAGE') FROM pg_class c"
        " WHERE c.oid = to_regclass('change')"
    )
    return (str(row[0]), bool(row[1])) if row else ("", False)


def check_owner(connection: PostgresConnection, schema: int) -> None:
    """Refuse whoever does not own the book (where there is one), or may make no roles."""
    if schema:
        name, mine = owner(connection)
        if not mine:
            raise Refused(
                _("Only the owner of the book, {owner}, says who may do what.").format(owner=name)
            )
    if not _value(
        connection, "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    ):
        login = str(_value(connection, "SELECT current_user"))
        raise Refused(
            _(
                "The login {login} may not make roles. A superuser of the server allows it with: "
                "ALTER ROLE {quoted} CREATEROLE"
            ).format(login=login, quoted=quoted(connection, login))
        )
    name = database(connection)
    if len(group_name(name, max(KINDS, key=len)).encode()) > LONGEST_ROLE:
        raise Refused(_("The database's name {name} is too long for its roles.").format(name=name))


def make_groups(connection: PostgresConnection) -> list[str]:
    """Grant each group exactly what it may; returns those that had to be made."""
    name = database(connection)
    whole = quoted(connection, name)
    owned = _value(
        connection,
        "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()",
    )
    _each(
        connection,
        "REVOKE ALL ON SCHEMA trustplan FROM PUBLIC",
        "REVOKE ALL ON ALL TABLES IN SCHEMA trustplan FROM PUBLIC",
        *((f"REVOKE ALL ON DATABASE {whole} FROM PUBLIC",) if owned else ()),
    )
    made = []
    for kind in KINDS:
        group = group_name(name, kind)
        role = quoted(connection, group)
        if _role(connection, group) is None:
            connection.statement(f"CREATE ROLE {role} NOLOGIN")
            made.append(group)
        _each(
            connection,
            f"REVOKE ALL ON ALL TABLES IN SCHEMA trustplan FROM {role}",
            f"REVOKE ALL ON SCHEMA trustplan FROM {role}",
            *((f"GRANT CONNECT, TEMPORARY ON DATABASE {whole} TO {role}",) if owned else ()),
            *team_schema.grants(role, kind),
        )
    return made


def mend_groups(connection: PostgresConnection) -> None:
    """Put every member into their group, and everybody else out of all of them."""
    known = {one.login: one for one in members(connection)}
    name = database(connection)
    for kind in KINDS:
        for login, _group in connection.rows(
            _GROUPS_OF + "g.rolname = :group", {"group": group_name(name, kind)}
        ):
            if login not in known or known[login].kind != kind:
                leave_group(connection, login, kind)
    for one in known.values():
        if _role(connection, one.login) is not None:
            join_group(connection, one)


def join_group(connection: PostgresConnection, one: Member) -> None:
    """Put a member into the group of their kind, and out of the others."""
    for kind in KINDS:
        if kind != one.kind:
            leave_group(connection, one.login, kind)
    group = group_name(database(connection), one.kind)
    if group not in _groups(connection, one.login):
        connection.statement(
            f"GRANT {quoted(connection, group)} TO {quoted(connection, one.login)}"
        )


def leave_group(connection: PostgresConnection, login: str, kind: str) -> None:
    """Take a login out of a group, if it is in it.

    Raises ``Refused`` where another role put it there: from version 16 only that one may.
    """
    group = group_name(database(connection), kind)
    if group not in _groups(connection, login):
        return
    statement = f"REVOKE {quoted(connection, group)} FROM {quoted(connection, login)}"
    connection.statement(statement)
    if group in _groups(connection, login):
        raise Refused(
            _(
                "Somebody else put {login} into {group}, so the owner cannot take it out. Nothing "
                "was changed. A superuser of the server does: {statement} GRANTED BY CURRENT_USER"
            ).format(login=login, group=group, statement=statement)
        )


def make_login(connection: PostgresConnection, login: str, password: str | None) -> None:
    """Make a role with a password, or wake one that was put to sleep.

    Without a password a role that can log in is taken as it is. Raises ``Refused``.
    """
    role = _role(connection, login)
    if role is None and password is None:
        raise refuse("login", _("there is no such role on the server yet"), login)
    if role is None:
        connection.statement(f"CREATE ROLE {quoted(connection, login)} LOGIN")
    elif role[1]:
        raise refuse("login", _("this role of the server may do more than a member may"), login)
    elif role[0] and password is not None:
        raise refuse(
            "login",
            _("it is a role on the server already; --existing takes it with its password"),
            login,
        )
    elif not role[0] and password is None:
        raise refuse("login", _("it is a role on the server that cannot log in"), login)
    if password is not None:
        set_password(connection, login, password)


def set_password(connection: PostgresConnection, login: str, password: str) -> None:
    """Let a role log in with a password, of which the server gets the verifier only."""
    if not password or UNFIT_PASSWORD & set(password):
        raise refuse("password", _("it is empty or holds a line end"))
    made = connection.raw.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    verifier = sql.Literal(made.decode()).as_string(connection.raw)
    connection.statement(f"ALTER ROLE {quoted(connection, login)} LOGIN PASSWORD {verifier}")


def put_to_sleep(connection: PostgresConnection, login: str) -> None:
    """Take the login of a role away, unless it is needed elsewhere or owns the book."""
    if _role(connection, login) is not None and not _groups(connection, login):
        if login == _value(connection, "SELECT current_user"):
            return
        connection.statement(f"ALTER ROLE {quoted(connection, login)} NOLOGIN PASSWORD NULL")


def check_login(connection: PostgresConnection, login: str) -> None:
    """Refuse what can be no person's login."""
    if not login.strip() or visible(login) != login or len(login.encode()) > LONGEST_ROLE:
        raise refuse("login", _("it is empty, too long, or holds a control character"), login)
    groups = [group_name(database(connection), kind) for kind in KINDS]
    if login.startswith("pg_") or login in (*groups, "public", "none"):
        raise refuse("login", _("the server or the book needs this name itself"), login)


def database(connection: PostgresConnection) -> str:
    """The name of the book's database."""
    return str(_value(connection, "SELECT current_database()"))


def quoted(connection: PostgresConnection, name: str) -> str:
    """A name as it stands in a statement."""
    return sql.Identifier(name).as_string(connection.raw)


def _groups(connection: PostgresConnection, login: str) -> list[str]:
    rows = connection.rows(_GROUPS_OF + "m.rolname = :login", {"login": login})
    return [str(group) for _login, group in rows]


def _role(connection: PostgresConnection, login: str) -> tuple[Any, ...] | None:
    """Whether a role may log in, and whether it is more than a person's; None: there is none."""
    return connection.one(
        "SELECT r.rolcanlogin, r.rolsuper OR r.rolbypassrls OR EXISTS (SELECT 1"
        " FROM pg_auth_members a WHERE a.roleid = r.oid AND NOT a.admin_option)"
        " FROM pg_roles r WHERE r.rolname = :login",
        {"login": login},
    )


def _each(connection: PostgresConnection, *statements: str) -> None:
    for statement in statements:
        connection.statement(statement)


def _value(connection: PostgresConnection, statement: str) -> Any:
    row = connection.one(statement)
    return row[0] if row else None
