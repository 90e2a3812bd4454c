"""Us: who I am, colleagues with their absences, and the settings of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, SENIORITIES
from tui.cli.context import Session, command, pass_session, words
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.views.colleagues import ColleagueRow
    from tui.composition import Book


@command()
@click.argument("name", required=False)
@click.option("--function", type=click.Choice(FUNCTIONS), help=_("The function I work in."))
@pass_session
def me(session: Session, name: str | None, function: str | None) -> None:
    """Say who I am; without a name, show it.

    Written to config.toml and into the book, which is made if it is missing. On a server the
    login says who I am; only the function can be changed here.
    """
    if name is None and function is not None:
        raise click.UsageError(_("Say the name too: trustplan me NAME --function F."))
    if session.launch.address.on_server:
        _me_on_server(session, name, function)
        return
    if name is None:
        known = session.launch.me
        session.show(
            {"name": known.name, "function": known.function},
            lambda: [f"{_visible(known.name)}  {known.function or '-'}"],
        )
        return
    with session.writing() as book:
        _become(session, book, name, function)


def _become(session: Session, book: Book, name: str, function: str | None) -> None:
    from planner.acting import Actor
    from planner.use_cases.team import be_colleague
    from tui.person import save_config

    book.actor = Actor(name, None, function)
    done = book.run(be_colleague, name, function)
    save_config("me", {"name": name, "function": done.result.function})
    session.show_record(book, done.result, done)


def _me_on_server(session: Session, name: str | None, function: str | None) -> None:
    """Who the server says I am. Raises ``Refused`` for another name."""
    from planner.errors import Refused
    from planner.text import name_key
    from tui.composition import who_is_here

    with session.writing(make=False) as book:
        here = who_is_here(book)
        if here.me is None and name is not None:
            _become(session, book, name, function)
            return
        known = book.actor.name if here.me is None else here.me.name
        if name is not None and name_key(name) != name_key(known):
            raise Refused(
                _(
                    "The server knows who you are by your login {login}: {name}. The owner of the "
                    "book changes that: trustplan share set {login} --name NAME"
                ).format(login=here.login, name=known)
            )
        if function is not None:
            _become(session, book, known, function)
            return
        session.show(
            {"name": known, "function": book.actor.function, "login": here.login},
            lambda: [
                f"{_visible(known)}  {book.actor.function or '-'}",
                _("The server knows who you are by your login {login}.").format(
                    login=_visible(here.login)
                ),
            ],
        )


@words()
def colleague() -> None:
    """Add, change and list the people of ours."""


@colleague.command("add")
@click.argument("name")
@click.option("--function", type=click.Choice(FUNCTIONS), help=_("The function they work in."))
@click.option("--email", metavar="TEXT", help=_("Their e-mail."))
@click.option("--seniority", type=click.Choice(SENIORITIES), help=_("account_manager if not said."))
@pass_session
def add(session: Session, name: str, **given: str | None) -> None:
    """Add a colleague."""
    from planner.use_cases.team import add_colleague

    with session.writing() as book:
        done = book.run(add_colleague, name=name, **_said(given))
        session.show_record(book, done.result, done)


@colleague.command("set")
@click.argument("who", metavar="NAME")
@click.option("--name", metavar="TEXT", help=_("The new name."))
@click.option("--function", type=click.Choice(FUNCTIONS), help=_("The function they work in."))
@click.option("--email", metavar="TEXT", help=_("Their e-mail."))
@click.option("--seniority", type=click.Choice(SENIORITIES), help=_("What they may do."))
@pass_session
def set_(session: Session, who: str, **given: str | None) -> None:
    """Change a colleague."""
    from planner.use_cases.team import change_colleague

    if not _said(given):
        raise click.UsageError(_("Nothing to change; see trustplan colleague set --help."))
    with session.writing(make=False) as book:
        colleague_id = book.queries().names.colleague(who)
        done = book.run(change_colleague, colleague_id, **_said(given))
        session.show_record(book, done.result, done)


@colleague.command("away")
@click.argument("who", metavar="NAME")
@click.option("--from", "start", metavar="DATE", help=_("The first day away."))
@click.option("--to", "end", metavar="DATE", help=_("The last day away."))
@click.option("--cover", metavar="NAME", help=_("Who takes their rows in that time."))
@click.option("--clear", is_flag=True, help=_("They are here again."))
@pass_session
def away(
    session: Session, who: str, start: str | None, end: str | None, cover: str | None, clear: bool
) -> None:
    """Say when a colleague is away, both days included, and who covers."""
    from planner.dates import parse_day
    from planner.use_cases.team import change_colleague, set_away

    if clear == bool(start and end):
        raise click.UsageError(_("Give --from and --to, or --clear."))
    with session.writing(make=False) as book:
        names = book.queries().names
        colleague_id = names.colleague(who)
        if clear:
            none = {"away_from": None, "away_to": None, "cover_id": None}
            done = book.run(change_colleague, colleague_id, **none)
        else:
            days = [parse_day(day or "", book.today, past=False) for day in (start, end)]
            cover_id = None if cover is None else names.colleague(cover)
            done = book.run(set_away, colleague_id, *days, cover_id)
        session.show_record(book, done.result, done)


@colleague.command("retire")
@click.argument("who", metavar="NAME")
@pass_session
def retire(session: Session, who: str) -> None:
    """Retire a colleague who owns nothing any more."""
    from planner.use_cases.team import retire_colleague

    with session.writing(make=False) as book:
        colleague_id = book.queries().names.colleague(who)
        done = book.run(retire_colleague, colleague_id)
        session.show_record(book, done.result, done)


@colleague.command("list")
@pass_session
def list_(session: Session) -> None:
    """List us, by name."""
    with session.reading() as book:
        rows = book.queries().colleagues()
    names = {row.id: row.name for row in rows}
    session.show(
        [_document(row, names) for row in rows],
        lambda: table(
            (
                Column(_("Name"), cut=True), Column(_("Function")), Column(_("E-mail"), cut=True),
                Column(_("Seniority")), Column(_("Away")), Column(_("Cover"), cut=True),
                Column(_("Retired")),
            ),
            [
                (row.name, row.function, row.email, row.seniority, _away(row),
                 names.get(row.cover_id or 0), row.retired_on)
                for row in rows
            ],
            empty=_("Nobody of us is listed; say who you are: trustplan me NAME --function F"),
            width=screen_width(),
        ),
    )  # fmt: skip


def _document(row: ColleagueRow, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": identity(row.id),
        "name": row.name,
        "email": row.email,
        "function": row.function,
        "seniority": row.seniority,
        "away_from": row.away_from,
        "away_to": row.away_to,
        "cover": names.get(row.cover_id or 0),
        "retired_on": row.retired_on,
    }


def _away(row: ColleagueRow) -> str | None:
    return f"{row.away_from} – {row.away_to or row.away_from}" if row.away_from else None


@command()
@click.argument("key", required=False)
@click.argument("value", required=False)
@pass_session
def settings(session: Session, key: str | None, value: str | None) -> None:
    """Show the book's settings, or one, or change one.

    The currency and the zone stay once the book holds accounts. north_star is the company's KPI,
    gesture.limit what one of us may give away alone, in minor units (5000 is 50.00). The caps of
    contact pressure are contacts/days: pressure.person, pressure.account, pressure.vip (tier 1,
    what sells); pressure.sell_share is the share of selling, in per cent, not to be passed.
    A cadence is ideal/maximum in days, by tier, stage and role, the most specific wins:
    cadence.tier1 14/28, cadence.tier1.onboarding 7/14, cadence.champion 22/45; none is no such
    rule. cadence.losing_touch: days without a two-way contact where no rule is set. qbr.tier1:
    days between quarterly reviews, or none. calendar names the calendar of accounts without one
    of their own. sla.critical 1h/4h/3d: business time to acknowledge, answer and resolve a
    complaint of a severity, or of a tier too (sla.critical.tier1); - is no such clock, none no
    clocks.
    """
    if key is not None and value is not None:
        from planner.use_cases.settings import change_setting

        with session.writing() as book:
            done = book.run(change_setting, key, value)
            session.show_record(book, done.result, done)
        return
    with session.reading() as book:
        known = book.queries().settings()
    from planner.cadence_rules import DEFAULTS as CADENCE
    from planner.pressure import DEFAULTS
    from planner.sla_rules import DEFAULTS as SLA

    for shipped in (CADENCE, DEFAULTS, SLA):
        known |= {name: text for name, text in shipped.items() if name not in known}
    if key is not None:
        known = {key: _setting(known, key)}
    width = max(len(name) for name in known)
    session.show(
        known, lambda: [f"{name:<{width}}  {_visible(text)}" for name, text in known.items()]
    )


def _setting(known: dict[str, str], key: str) -> str:
    if key not in known:
        from planner.errors import Refused
        from planner.spelling import did_you_mean

        raise Refused(
            _("There is no setting {key}; there are {keys}.").format(
                key=repr(key), keys=", ".join(known)
            )
            + did_you_mean(key, known)
        )
    return known[key]


def _said(given: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value is not None}


def _visible(text: str) -> str:
    from planner.text import visible

    return visible(text)
