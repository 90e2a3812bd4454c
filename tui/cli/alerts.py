"""``alerts``, ``alert``: rules that tell a colleague of accounts, and setting an alert aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.listing import bounded
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.views.rules import AlertCount, AlertRow, AlertRuleRow
    from tui.composition import Book


@words(default="now", invoke_without_command=True)
@click.pass_context
def alerts(context: click.Context) -> None:
    """List the accounts that meet an alert rule now, and whom that is told.

    `rules` lists the rules, `alert add` makes one.

    An alert is a row on Today of whoever has the seat of the rule's function, else of the account's
    owner. One that was answered stays away until its day. A lost account meets a rule only where
    the rule asks for a stage.
    """
    if context.invoked_subcommand is None:
        context.invoke(now)


@alerts.command("now")
@click.option("--rule", metavar="NAME", help=_("Only this rule."))
@click.option("--mine", is_flag=True, help=_("Only what I am told."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N accounts of each rule."))  # fmt: skip
@pass_session
def now(
    session: Session, rule: str | None = None, mine: bool = False, limit: int | None = None
) -> None:
    """List the accounts that meet a rule now, rule by rule, tier 1 first."""
    from planner.errors import Refused

    with session.reading() as book:
        chosen = None if rule is None else _meant(book, rule)
        me = book.actor.colleague_id if mine else None
        if mine and me is None:
            raise Refused(_("Say who you are first: trustplan me NAME."))
        book.fresh_for_reading()
        asked = book.queries().alerts
        rules = [one for one in asked.rules() if chosen in (None, one.id)]
        rows = asked.now(rules, me, limit)
    session.show([_document(row) for row in rows], lambda: _table(rows))


def _document(row: AlertRow) -> dict[str, Any]:
    return {
        "id": identity(row.account_id),
        "account": row.account,
        "rule": row.rule.name,
        "rule_id": identity(row.rule.id),
        "function": row.rule.function,
        "colleague": row.colleague,
        "advice": row.rule.advice,
    }


def _table(rows: list[AlertRow]) -> list[str]:
    columns = (
        Column(_("Rule"), cut=True), Column(_("Account"), cut=True), Column(_("For"), cut=True),
        Column(_("Advice"), cut=True),
    )  # fmt: skip
    cells = [(row.rule.name, row.account, row.colleague, row.rule.advice) for row in rows]
    return list(table(columns, cells, empty=_("No account meets a rule."), width=screen_width()))


@alerts.command("rules")
@pass_session
def rules(session: Session) -> None:
    """List the rules, with how many accounts meet each now and how many were set aside."""
    with session.reading() as book:
        book.fresh_for_reading()
        asked = book.queries().alerts
        rows = [(one, asked.count(one)) for one in asked.rules()]
    session.show(
        [{**one._asdict(), "id": identity(one.id), **count._asdict()} for one, count in rows],
        lambda: _rules_table(rows),
    )


def _rules_table(rows: list[tuple[AlertRuleRow, AlertCount]]) -> list[str]:
    from planner.vocabulary_words import function_name

    columns = (
        Column(_("Rule"), cut=True), Column(_("Accounts that"), cut=True), Column(_("For")),
        Column(_("Advice"), cut=True), Column(_("Meet it"), right=True),
        Column(_("Set aside"), right=True),
    )  # fmt: skip
    cells = [
        (one.name, one.segment, function_name(one.function) if one.function else _("the owner"),
         one.advice, count.meets, count.aside)
        for one, count in rows
    ]  # fmt: skip
    empty = _("There is no alert rule yet; trustplan alert add makes one.")
    return list(table(columns, cells, empty=empty, width=screen_width()))


@words("alert")
def alert() -> None:
    """Keep rules that tell of accounts; `alerts` lists the accounts."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--segment", metavar="EXPR",
                     help=_("Which accounts, such as: tier:1 touch>45")),
        click.option("--function", metavar=naming.listed(FUNCTIONS),
                     help=_("Whose seat is told. Default: the account's owner.")),
        click.option("--advice", metavar="TEXT", help=_("What to do.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@alert.command("add")
@click.argument("name")
@_fields
@pass_session
def add(session: Session, name: str, **options: Any) -> None:
    """Add a rule; --segment says which accounts meet it."""
    from planner.use_cases.alerts import add_alert_rule

    if options["segment"] is None:
        raise click.UsageError(_("Say --{option}.").format(option="segment"))
    with session.writing() as book:
        done = book.run(add_alert_rule, name=name, **naming.filled(**_values(options)))
        session.show_record(book, done.result, done)


@alert.command("set")
@click.argument("rule")
@click.option("--name", metavar="TEXT")
@_fields
@pass_session
def set_(session: Session, rule: str, name: str | None, **options: Any) -> None:
    """Change a rule, named by its name or id."""
    from planner.use_cases.alerts import change_alert_rule

    with session.writing(make=False) as book:
        fields = naming.given(name=name) | _values(options)
        done = book.run(change_alert_rule, _meant(book, rule), **fields)
        session.show_record(book, done.result, done)


@alert.command("archive")
@click.argument("rule")
@pass_session
def archive(session: Session, rule: str) -> None:
    """Take a rule out; it tells nobody any more."""
    from planner.use_cases.alerts import archive_alert_rule

    with session.writing(make=False) as book:
        done = book.run(archive_alert_rule, _meant(book, rule))
        session.show_record(book, done.result, done)


@alert.command("answer")
@click.argument("account")
@click.option("--rule", metavar="NAME", help=_("Which one, where the book has several."))
@click.option("--until", required=True, metavar="DATE", help=_("From this day on it is back."))
@click.option("--reason", required=True, metavar="TEXT")
@pass_session
def answer(session: Session, account: str, rule: str | None, until: str, reason: str) -> None:
    """Set the alert about an account aside until a day, with the reason."""
    from planner.use_cases.alerts import answer_alert

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        day = naming.coming_day(book, until)
        rule_id = _meant(book, rule)
        done = book.run(answer_alert, account_id, rule_id, until=day, reason=reason)
        session.show_record(book, done.result, done, account=naming.account_name(book, account_id))


def _values(options: dict[str, Any]) -> dict[str, Any]:
    fields = naming.given(function=naming.choice(options["function"]), advice=options["advice"])
    return fields if options["segment"] is None else {**fields, "segment": options["segment"]}


def _meant(book: Book, text: str | None) -> int:
    from planner.text import visible

    name = visible(text or "")[:80]
    return naming.one_meant(
        [(row.id, row.name) for row in book.queries().alerts.rules()],
        text,
        _("No alert rule answers to {name}.").format(name=name)
        if text
        else _("There is no alert rule yet; trustplan alert add makes one."),
        _("Several alert rules fit; name one with --rule."),
    )
