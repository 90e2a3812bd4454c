"""``share init|add|set|remove|join|status``: one book for a team, and who may do what with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS
from tui.cli.context import Session, pass_session, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.composition import Here, Launch, Made, Member

KINDS = ("account_manager", "lead", "admin", "read_only")
"""As ``db.team_schema`` has them; a test compares the two."""
KEEP = ("ask", "passfile", "keyring")


@words()
def share() -> None:
    """Share one book with a team on a PostgreSQL server.

    Needs the extra `team`. On a local file roles are advisory: whoever can write the file can do
    anything, under any name.
    """


@share.command("init")
@click.option("--name", metavar="TEXT", help=_("The book's name; the database's if not said."))
@click.option("--zone", metavar="ZONE", help=_("Its time zone; this machine's if not said."))
@click.option("--currency", default="EUR", metavar="CODE", help=_("Its currency."))
@pass_session
def init(session: Session, name: str | None, zone: str | None, currency: str) -> None:
    """Make the team's book in an empty database, or bring one up to date, as its owner.

    --book postgresql://OWNER@HOST/DATABASE says where. A second run mends what each role may do
    and changes nothing else.
    """
    from tui.composition import share_init

    start = _server_only(session.launch)
    made = share_init(start, name=name, zone=zone, currency=currency)
    session.show(
        {
            "address": str(start.address), "made": made.before == 0, "schema_before": made.before,
            "schema": made.now, "roles_made": list(made.groups), "members": made.members,
        },
        lambda: _init_lines(start, made),
    )  # fmt: skip


def _init_lines(start: Launch, made: Made) -> list[str]:
    from shlex import quote

    from planner.text import visible

    address = visible(str(start.address))
    if made.before == 0:
        lines = [_("Made the book at {address}.").format(address=address)]
    elif made.before < made.now:
        lines = [
            _("Brought the book from schema {before} to {now}.").format(
                before=made.before, now=made.now
            )
        ]
    else:
        lines = [_("The book is there and up to date; it was not changed.")]
    if made.groups:
        lines.append(_("Made the roles {roles}.").format(roles=visible(", ".join(made.groups))))
    lines.append(_("Each role may do now what it should, and no more."))
    if made.members:
        lines.append(_("Members: {count}.").format(count=made.members))
    else:
        lines += [
            _("Next, for each person, on this machine:"),
            f"  trustplan --book {quote(address)} share add NAME --login LOGIN --kind KIND"
            " --team TEAM",
        ]
    return lines


def _kind_and_team(required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        team = click.option(
            "--team", metavar="TEAM", help=_("Whose accounts they change, beside nobody's.")
        )
        kind = click.option(
            "--kind", type=click.Choice(KINDS), required=required, help=_("What they may do.")
        )
        return kind(team(function))

    return add


@share.command("add")
@click.argument("name")
@click.option("--login", required=True, metavar="LOGIN", help=_("Their role on the server."))
@_kind_and_team(required=True)
@click.option("--function", type=click.Choice(FUNCTIONS), help=_("The function they work in."))
@click.option("--password-stdin", is_flag=True, help=_("Their password is on standard input."))
@click.option("--existing", is_flag=True, help=_("The role is there and keeps its password."))
@pass_session
def add(
    session: Session, name: str, password_stdin: bool, existing: bool, login: str, **fields: Any
) -> None:
    """Let a person into the book, with a role and a password of their own.

    The password is asked for twice, or read from standard input. Only the owner may do this.
    """
    if existing and password_stdin:
        raise click.UsageError(_("--existing takes no password."))
    from tui.composition import add_member, who_is_here

    start = _server_only(session.launch)
    with session.writing(make=False) as book:
        asked = not existing and who_is_here(book).owner
        password = _password(password_stdin, login) if asked else None
        done = book.run(add_member, name, login=login, password=password, **fields)
    session.show(_member(done.result), lambda: _added_lines(start, done.result))


def _added_lines(start: Launch, member: Member) -> list[str]:
    from shlex import quote

    from planner.text import visible

    return [
        _("{name} is a member now: {what}.").format(
            name=visible(member.name), what=_kind_words(member)
        ),
        _("Next, on their machine:"),
        f"  trustplan share join {quote(visible(_address_of(start, member.login)))}",
    ]


def _address_of(start: Launch, login: str) -> str:
    """The address of a start with another login in it."""
    from urllib.parse import quote, urlsplit

    parts = urlsplit(start.address.url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(login, safe='')}@{host}").geturl()


@share.command("set")
@click.argument("login")
@_kind_and_team(required=False)
@click.option("--name", metavar="NAME", help=_("The colleague's name in the book."))
@click.option("--new-password", is_flag=True, help=_("Ask for a new password."))
@click.option("--password-stdin", is_flag=True, help=_("A new one is on standard input."))
@pass_session
def set_(
    session: Session, login: str, new_password: bool, password_stdin: bool, **fields: Any
) -> None:
    """Change what a member may do; an empty team takes it off. Only the owner may do this."""
    from tui.composition import set_member, who_is_here

    _server_only(session.launch)
    renew = new_password or password_stdin
    if not renew and all(value is None for value in fields.values()):
        raise click.UsageError(_("Say what to change: --kind, --team, --name, --new-password."))
    with session.writing(make=False) as book:
        asked = renew and who_is_here(book).owner
        password = _password(password_stdin, login) if asked else None
        done = book.run(set_member, login, password=password, **fields)
    session.show(_member(done.result), lambda: [_member_line(done.result)])


@share.command("remove")
@click.argument("login")
@pass_session
def remove(session: Session, login: str) -> None:
    """Take a member's login away; what they did stays in the history. Only the owner may."""
    from planner.text import visible
    from tui.composition import remove_member

    _server_only(session.launch)
    with session.writing(make=False) as book:
        member: Member = book.run(remove_member, login).result
    session.show(
        {**_member(member), "removed": True},
        lambda: [
            _("{name} can no longer open the book. What they did and own stays.").format(
                name=visible(member.name)
            )
        ],
    )


@share.command("join")
@click.argument("address")
@click.option("--keep", type=click.Choice(KEEP), default="ask",
              help=_("Where the password is kept; ask: nowhere."))  # fmt: skip
@click.option("--password-stdin", is_flag=True, help=_("The password is on standard input."))
@pass_session
def join(session: Session, address: str, keep: str, password_stdin: bool) -> None:
    """Use the book at ADDRESS from now on: postgresql://LOGIN@HOST/DATABASE.

    The address is stored in config.toml, never the password. --book and TRUSTPLAN_BOOK still name
    another book.
    """
    from tui.composition import launch, who_is_here
    from tui.passwords import read_password
    from tui.person import save_config

    start = _server_only(launch(address, session.today))
    if password_stdin:
        start.passwords.offer(read_password())
    book = start.open(for_writing=False)
    try:
        here = who_is_here(book)
        kept = _keep_password(start, book, keep)
    finally:
        book.close()
    file = save_config("book", {"address": str(start.address)})
    document = {
        **_here(here), "address": str(start.address), "password": kept, "config": str(file),
    }  # fmt: skip
    session.show(document, lambda: _join_lines(start, here, kept))


def _keep_password(start: Launch, book: Any, keep: str) -> str:
    """Keep the password where it was asked to be; returns where it is."""
    from tui import passwords
    from tui.composition import place_in_passfile

    secret = start.passwords.known(str(start.address))
    if secret is None:
        return "not_asked"
    if keep == "keyring":
        passwords.into_keyring(str(start.address), secret)
    elif keep == "passfile":
        passwords.into_passfile(place_in_passfile(book), secret)
    return keep


def _join_lines(start: Launch, here: Here, kept: str) -> list[str]:
    from planner.text import visible
    from tui.passwords import passfile

    where = {
        "ask": _("The password is kept nowhere; trustplan asks for it at each start."),
        "passfile": _("The password is kept in {path}.").format(path=visible(str(passfile()))),
        "keyring": _("The password is kept in the system's keyring."),
        "not_asked": _("No password was asked for here, so none was kept."),
    }  # fmt: skip
    return [
        *_me_lines(here),
        where[kept],
        _("From now on `trustplan` opens {address}.").format(address=visible(str(start.address))),
    ]


@share.command("status")
@pass_session
def status(session: Session) -> None:
    """Say who I am to the server, who belongs to the book, and who is here now."""
    from tui.composition import who_is_here

    start = session.launch
    if not start.address.on_server:
        session.show(
            {"address": str(start.address), "server": None, "roles": "advisory"},
            lambda: [_advisory(start)],
        )
        return
    with session.reading() as book:
        here = who_is_here(book)
    session.show({"address": str(start.address), **_here(here)}, lambda: _status_lines(start, here))


def _status_lines(start: Launch, here: Here) -> list[str]:
    from planner.text import visible

    lines = [
        *_me_lines(here),
        _("PostgreSQL {version} at {address}, schema {number}.").format(
            version=here.server, address=visible(str(start.address)), number=here.schema
        ),
        _("Connected now ({count}): {logins}.").format(
            count=len(here.connected), logins=visible(", ".join(here.connected))
        ),
    ]
    if not here.members:
        return [*lines, _("Nobody is a member yet; the owner adds people with: share add")]
    return [*lines, "", _("MEMBERS"), *(f"  {_member_line(one)}" for one in here.members)]


def _me_lines(here: Here) -> list[str]:
    from planner.text import visible

    login = visible(here.login)
    if here.me is not None:
        who = _("You are {name}, {what} (login {login}).").format(
            name=visible(here.me.name), what=_kind_words(here.me), login=login
        )
    elif here.owner:
        who = _("You are the owner of the book (login {login}), and no member of it.").format(
            login=login
        )
    else:
        who = _("The server does not know you as a member (login {login}).").format(login=login)
    line = (
        _("The line is encrypted (TLS).")
        if here.encrypted
        else _("The line is not encrypted; it does not leave this machine.")
    )
    return [who, line]


def _member_line(member: Member) -> str:
    from planner.text import visible

    return f"{visible(member.name)} ({visible(member.login)}): {_kind_words(member)}"


def _kind_words(member: Member) -> str:
    from planner.text import visible

    names = {
        "account_manager": _("account manager"), "lead": _("lead"), "admin": _("admin"),
        "read_only": _("read only"),
    }  # fmt: skip
    if member.team is None:
        return names[member.kind]
    return _("{kind} of team {team}").format(kind=names[member.kind], team=visible(member.team))


def _member(member: Member) -> dict[str, Any]:
    return dict(member._asdict())


def _here(here: Here) -> dict[str, Any]:
    return {
        "login": here.login,
        "name": here.me.name if here.me else None,
        "kind": here.me.kind if here.me else None,
        "team": here.me.team if here.me else None,
        "owner": here.owner,
        "server": here.server,
        "encrypted": here.encrypted,
        "schema": here.schema,
        "members": [_member(one) for one in here.members],
        "connected": list(here.connected),
    }


def _server_only(start: Launch) -> Launch:
    """The start, known to be on a server. Raises ``Refused`` for a file."""
    if not start.address.on_server:
        from planner.errors import Refused

        raise Refused(_advisory(start))
    return start


def _advisory(start: Launch) -> str:
    from planner.text import visible

    return _(
        "{path} is a file: roles are advisory there, since whoever can write it can do anything "
        "under any name. For roles that hold, make a book on a server: trustplan --book "
        "postgresql://OWNER@HOST/DATABASE share init"
    ).format(path=visible(str(start.address)))


def _password(from_stdin: bool, login: str) -> str:
    from tui.passwords import new_password, read_password

    return read_password() if from_stdin else new_password(login)
