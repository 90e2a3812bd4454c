"""``contract add|set``: what is agreed, for how much and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FORECASTS, MILESTONE_OFFSETS
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.contract_renewal import renewal_options, renewal_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ports import Done
    from tui.composition import Book

PAST_DAYS = ("start", "decided", "cancellation", "cancellation_withdrawn", "invoice_overdue_since")


@words()
def contract() -> None:
    """Add and change contracts."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--name", metavar="TEXT"),
        click.option("--currency", metavar="CODE"),
        click.option("--start", metavar="DATE"),
        click.option("--end", metavar="DATE", help=_("The last covered day.")),
        click.option("--notice-days", metavar="N", help=_("Notice, in days before the end.")),
        click.option("--auto-renew/--no-auto-renew", default=None),
        click.option("--forecast", metavar=naming.listed(FORECASTS)),
        click.option("--external-id", metavar="ID"),
        click.option("--note", metavar="TEXT"),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@contract.command("add")
@click.argument("account")
@click.option("--arr", required=True, metavar="AMOUNT", help=_("A year's revenue, as in 120k."))
@_fields
@renewal_options
@pass_session
def add(session: Session, account: str, arr: str, **options: Any) -> None:
    """Add a contract of an account."""
    from planner.use_cases.contracts import add_contract

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        currency = _currency(options.pop("currency"), book.settings.currency)
        values = renewal_values(book, account_id, currency, options) | _values(book, options)
        done = book.run(
            add_contract,
            account_id,
            arr_minor=naming.minor_units(arr, currency),
            currency=currency,
            **{name: value for name, value in values.items() if value is not None},
        )
        _show(session, book, done)


@contract.command("set")
@click.argument("contract", metavar="ID|ACCOUNT")
@click.option("--arr", metavar="AMOUNT", help=_("A year's revenue, as in 120k."))
@_fields
@renewal_options
@click.option("--status", metavar="active|ended")
@click.option("--decided", metavar="DATE", help=_("When the renewal was decided."))
@click.option("--cancellation", metavar="DATE", help=_("When notice was given."))
@click.option("--cancellation-withdrawn", metavar="DATE")
@click.option("--invoice-overdue-since", metavar="DATE")
@click.option(
    "--milestone", "milestones", multiple=True, type=int,
    metavar=naming.listed(map(str, MILESTONE_OFFSETS)),
    help=_("A step on the way to the renewal that was reached, in days before the end."),
)  # fmt: skip
@click.option("--on", metavar="DATE", help=_("When the milestone was reached; today if left out."))
@pass_session
def set_(
    session: Session,
    contract: str,
    arr: str | None,
    milestones: tuple[int, ...],
    on: str | None,
    **options: Any,
) -> None:
    """Change a contract, named by its id or by the account that has only this one."""
    from planner.use_cases.by_name import set_contract

    with session.writing() as book:
        contract_id = _contract_named(book, contract)
        present = book.queries().record("contract", contract_id)
        currency = _currency(options.pop("currency"), present.currency)
        fields = renewal_values(book, present.account_id, currency, options)
        fields |= _values(book, options)
        if arr is not None:
            fields["arr_minor"] = naming.minor_units(arr, currency)
        if currency != present.currency:
            fields["currency"] = currency
            fields.setdefault("arr_minor", _same_amount(present, currency))
        day = naming.past_day(book, on) or None
        done = book.run(
            set_contract, contract_id, milestones=dict.fromkeys(milestones, day), **fields
        )
        _show(session, book, done)


def _currency(text: str | None, default: str) -> str:
    from planner.money import check_currency

    return check_currency(text) if text else default


def _same_amount(present: Any, currency: str) -> int:
    """The same number of major units in another currency, which may have other decimals."""
    from planner.money import Money, to_minor

    return to_minor(Money(present.arr_minor, present.currency).major, currency)[0]


def _values(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    fields = dict(options)
    for name in PAST_DAYS:
        if name in fields:
            key = name if name.endswith("_since") else f"{name}_on"
            fields[key] = naming.past_day(book, fields.pop(name))
    fields["end_on"] = naming.coming_day(book, fields.pop("end"))
    fields["forecast"] = naming.choice(fields["forecast"])
    return naming.given(**fields)


def _contract_named(book: Book, text: str) -> int:
    """The id of a contract. Raises ``NotFound``, and ``Ambiguous`` for an account with several."""
    from planner.errors import Ambiguous, NotFound

    queries = book.queries()
    if text.isascii() and text.isdigit() and len(text) < 19:
        try:
            return int(queries.record("contract", int(text)).id)
        except NotFound:
            pass
    account_id = queries.names.account(text)
    found = queries.account.contracts(account_id)
    if not found:
        raise NotFound(_("{account} has no contract.").format(account=text))
    if len(found) > 1:
        raise Ambiguous(
            _("{account} has several contracts; give the id of one.").format(account=text),
            [f"{one.name} {one.start_on or ''}..{one.end_on or ''} (id {one.id})" for one in found],
        )
    return found[0].id


def _show(session: Session, book: Book, done: Done) -> None:
    record = done.result
    row = next(
        one for one in book.queries().account.contracts(record.account_id) if one.id == record.id
    )
    session.show_record(
        book,
        record,
        done,
        account=naming.account_name(book, record.account_id),
        notice_on=row.notice_on,
        milestones_done=list(row.milestones_done),
    )
