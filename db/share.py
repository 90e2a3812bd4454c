"""Who may do what with a book on a server: made, changed, shown.

Loaded only where the driver is. Only the owner of the book says who its members are; every such
change is in the audit, and none is undone by ``undo``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from db import roles, server
from db.address import Address
from db.engine import Connection, transaction
from db.postgres import PostgresConnection
from db.roles import Member
from db.schema_number import HEAD, check_version
from planner.errors import NotFound, Refused
from planner.language import gettext as _
from planner.text import name_key, visible
from planner.use_cases.editing import refuse
from planner.use_cases.team import be_colleague

if TYPE_CHECKING:
    from db.server import AskPassword
    from db.unit_of_work import SqlUnitOfWork

KIND_OF_CHANGE = "share"


class Made(NamedTuple):
    """What ``init`` did: the schema's number before (0: no book) and now, the groups it made."""

    before: int
    now: int
    groups: tuple[str, ...]
    members: int


class Here(NamedTuple):
    """Who asks, over what line, and who else belongs to the book; ``me`` None: no member."""

    login: str
    me: Member | None
    owner: bool
    server: str
    encrypted: bool
    schema: int
    members: tuple[Member, ...]
    connected: tuple[str, ...]


def init(
    address: Address,
    *,
    name: str,
    zone: str,
    currency: str,
    today: date,
    ask: AskPassword,
) -> Made:
    """Make a book in an empty database, or bring one up to date; make and mend its groups.

    Raises ``BookUnavailable`` for another program's database or a newer book, ``Refused`` where
    this role may not.
    """
    from db.book import create_book
    from db.migrations import upgrade_on_server

    connection = server.connect(address, "write", ask)
    try:
        before = connection.schema_number()
        check_version(before)
        roles.check_owner(connection, before)
        if before == 0:
            create_book(address, name=name, zone=zone, currency=currency, today=today, ask=ask)
        upgrade_on_server(connection)
        with transaction(connection):
            groups = roles.make_groups(connection)
            roles.mend_groups(connection)
            count = len(roles.members(connection))
    finally:
        connection.close()
    return Made(before, HEAD, tuple(groups), count)


def add_member(
    uow: SqlUnitOfWork,
    name: str,
    *,
    login: str,
    kind: str,
    team: str | None = None,
    function: str | None = None,
    password: str | None = None,
) -> Member:
    """Give a person a role of their own; without a password one that is there already.

    Raises ``Refused``.
    """
    connection = _owned(uow.connection)
    roles.check_login(connection, login)
    if roles.member(connection, login) is not None:
        raise refuse("login", _("it belongs to a member already"), login)
    colleague = be_colleague(uow, name, function)
    made = Member(login, colleague.name, kind, _team(team))
    _check_name_free(connection, made)
    roles.make_login(connection, login, password)
    connection.run(
        "INSERT INTO member (login, name, kind, team) VALUES (:login, :name, :kind, :team)",
        made._asdict(),
    )
    roles.join_group(connection, made)
    _log(uow, "insert", None, made)
    uow.say(_("gave {name} the login {login}").format(name=made.name, login=login))
    return made


def set_member(
    uow: SqlUnitOfWork,
    login: str,
    *,
    kind: str | None = None,
    team: str | None = None,
    name: str | None = None,
    password: str | None = None,
) -> Member:
    """Change what a member may do; an empty team takes it off. Raises ``NotFound``, ``Refused``."""
    connection = _owned(uow.connection)
    before = _known(connection, login)
    after = before._replace(
        name=before.name if name is None else be_colleague(uow, name, None).name,
        kind=kind or before.kind,
        team=before.team if team is None else _team(team),
    )
    _check_name_free(connection, after)
    connection.run(
        "UPDATE member SET name = :name, kind = :kind, team = :team WHERE login = :login",
        after._asdict(),
    )
    roles.join_group(connection, after)
    if password is not None:
        roles.set_password(connection, login, password)
    if after != before or password is not None:
        _log(uow, "update", before, after)
    uow.say(_("changed the login {login} of {name}").format(login=login, name=after.name))
    return after


def remove_member(uow: SqlUnitOfWork, login: str) -> Member:
    """Take a member's rights and login away; what they did stays in the audit.

    A login that other books on the server use goes on there. Raises ``NotFound``.
    """
    connection = _owned(uow.connection)
    gone = _known(connection, login)
    for kind in roles.KINDS:
        roles.leave_group(connection, login, kind)
    roles.put_to_sleep(connection, login)
    connection.run("DELETE FROM member WHERE login = :login", {"login": login})
    _log(uow, "update", gone, gone._replace(kind="", team=None))
    uow.say(_("took the login {login} from {name}").format(login=login, name=gone.name))
    return gone


def status(connection: Connection) -> Here:
    """Who asks and who belongs to the book behind an open connection. Raises ``Refused``."""
    line = _on_server(connection)
    row = line.one(
        "SELECT session_user, split_part(current_setting('server_version'), ' ', 1)"
    ) or ("", "")
    return Here(
        login=str(row[0]),
        me=roles.member(line, str(row[0])),
        owner=roles.owner(line)[1],
        server=str(row[1]),
        encrypted=line.raw.pgconn.ssl_in_use,
        schema=line.schema_number(),
        members=tuple(roles.members(line)),
        connected=tuple(roles.connected(line)),
    )


def place_of(connection: Connection) -> tuple[str, str, str, str]:
    """Host, port, database and login of a line as the driver looks for them in a passfile."""
    info = _on_server(connection).raw.info
    named = info.get_parameters()
    host = named.get("host") or named.get("hostaddr") or "localhost"
    return host, str(info.port), info.dbname, info.user


def _on_server(connection: Connection) -> PostgresConnection:
    if not isinstance(connection, PostgresConnection):
        raise Refused(_("This book is a file; members exist on a server only."))
    return connection


def _owned(connection: Connection) -> PostgresConnection:
    line = _on_server(connection)
    roles.check_owner(line, HEAD)
    return line


def _check_name_free(connection: PostgresConnection, one: Member) -> None:
    """Refuse a second login under one name: the audit knows people by name."""
    for other in roles.members(connection):
        if other.login != one.login and name_key(other.name) == name_key(one.name):
            raise refuse(
                "name",
                _("{name} has the login {login} already").format(
                    name=other.name, login=other.login
                ),
            )


def _known(connection: PostgresConnection, login: str) -> Member:
    found = roles.member(connection, login)
    if found is None:
        from planner.spelling import did_you_mean

        logins = [one.login for one in roles.members(connection)]
        raise NotFound(
            _("No member has the login {login}.").format(login=login) + did_you_mean(login, logins)
        )
    return found


def _team(text: str | None) -> str | None:
    team = (text or "").strip()
    if visible(team) != team:
        raise refuse("team", _("it holds a control character"))
    return team or None


def _log(uow: SqlUnitOfWork, op: str, before: Member | None, after: Member) -> None:
    colleagues = uow.colleagues.find(name_key=name_key(after.name))
    uow.log.kind = KIND_OF_CHANGE
    uow.log.record(
        "member",
        colleagues[0].id if colleagues else 0,
        None,
        op,
        before._asdict() if before else None,
        after._asdict(),
    )
