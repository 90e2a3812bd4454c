"""``plan benefit|behaviour|loyalty``, ``log gesture``: what a customer has for staying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import BENEFIT_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from planner.ports import Done
    from planner.views.plan import BehaviourRow, BenefitRow, EnrolmentRow, GestureRow
    from tui.composition import Book

    Given = tuple[
        tuple[BenefitRow, ...],
        tuple[GestureRow, ...],
        tuple[BehaviourRow, ...],
        tuple[EnrolmentRow, ...],
    ]


@command("benefit")
@click.argument("account")
@click.option("--benefit", metavar="TEXT", help=_("What they have for being a customer."))
@click.option("--which", metavar="TEXT|ID", help=_("Change this one."))
@click.option("--kind", metavar=naming.listed(BENEFIT_KINDS))
@click.option("--given", "given_on", metavar="DATE", help=_("Since when."))
@click.option("--cost", metavar="AMOUNT")
@click.option("--hassle", metavar="TEXT", help=_("What it takes off their hands."))
@click.option("--programme", metavar="NAME")
@click.option("--with", "person", metavar="PERSON", help=_("Who of theirs has it."))
@click.option("--remove", is_flag=True, help=_("Take the one of --which away."))
@pass_session
def benefit(
    session: Session, account: str, which: str | None, remove: bool, **options: Any
) -> None:
    """Add a benefit of the account, or change or remove the one of --which."""
    from planner.use_cases.benefits import add_benefit, change_benefit, withdraw_benefit

    if which is None and (remove or not options["benefit"]):
        raise click.UsageError(_("Give --benefit for a new one, or --which for one."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        chosen = None
        if which is not None:
            (rows,) = book.queries().plan.some(account_id, "benefits")
            chosen = naming.one_meant(
                [(one.id, one.benefit) for one in rows],
                which,
                _("{account} has no such benefit.").format(account=account),
                _("Several benefits fit; name one by its id."),
            )
        use_cases = (add_benefit, change_benefit, withdraw_benefit)
        done = naming.run_on_one(
            book, account_id, use_cases, chosen, remove,
            lambda: _benefit_fields(book, account_id, options),
        )  # fmt: skip
        _show(session, book, done)


def _benefit_fields(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    fields = naming.given(
        benefit=options["benefit"],
        kind=naming.choice(options["kind"]),
        given_on=naming.past_day(book, options["given_on"]),
        hassle=options["hassle"],
    )
    return fields | _shared_fields(book, account_id, options)


def _shared_fields(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    """Cost, person and programme: an empty text empties the field."""
    fields: dict[str, Any] = {}
    cost, person, programme = options["cost"], options["person"], options.get("programme")
    if cost is not None:
        fields["cost_minor"] = naming.amount(cost, book.settings.currency)
    if person is not None:
        fields["person_id"] = naming.somebody(book, person, account_id)
    if programme is not None:
        named = bool(programme.strip())
        fields["programme_id"] = book.queries().loyalty.programme(programme) if named else None
    return fields


@command("behaviour")
@click.argument("account")
@click.option("--behaviour", metavar="TEXT", help=_("The one action that they should do more."))
@click.option("--metric", metavar="TEXT", help=_("How it is counted."))
@click.option("--reward", metavar="TEXT", help=_("What they have of it."))
@click.option("--budget", metavar="AMOUNT", help=_("What the reward may cost."))
@click.option("--leads-to", metavar="TEXT", help=_("The action that it leads to next."))
@click.option("--replace", is_flag=True, help=_("End the one that is active."))
@click.option("--end", is_flag=True, help=_("End the one that is active, without another."))
@pass_session
def behaviour(
    session: Session, account: str, budget: str | None, replace: bool, end: bool, **options: Any
) -> None:
    """Say how they should be loyal; one behaviour is active at a time."""
    from planner.use_cases.benefits import add_behaviour, end_behaviour

    if not end and not options["behaviour"]:
        raise click.UsageError(_("Give --behaviour, or --end."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        if end:
            done = book.run(end_behaviour, _active(book, account_id))
        else:
            currency = book.settings.currency
            done = book.run(
                add_behaviour,
                account_id,
                ends_active=replace,
                **naming.filled(**options),
                **naming.filled(budget_minor=naming.minor_units(budget or None, currency)),
            )
        _show(session, book, done)


def _active(book: Book, account_id: int) -> int:
    from planner.errors import NotFound

    (rows,) = book.queries().plan.some(account_id, "behaviours")
    for one in rows:
        if one.ended_on is None:
            return int(one.id)
    raise NotFound(_("No behaviour is active."))


@command("gesture")
@click.argument("account")
@click.option("--kind", required=True, metavar=naming.listed(BENEFIT_KINDS))
@click.option("--gesture", required=True, metavar="TEXT", help=_("What was given."))
@click.option("--cost", metavar="AMOUNT")
@click.option("--reason", metavar="TEXT")
@click.option("--approver", metavar="NAME", help=_("Who of us approved it."))
@click.option("--with", "person", metavar="PERSON", help=_("Who of theirs it was for."))
@click.option("--complaint", metavar="NUMBER", help=_("The complaint that it answers."))
@click.option("--at", "given_on", metavar="DATE", help=_("Default: today."))
@pass_session
def gesture(
    session: Session,
    account: str,
    approver: str | None,
    complaint: str | None,
    **options: Any,
) -> None:
    """Log something given once; above the book's gesture.limit somebody has to approve it."""
    from planner.use_cases.benefits import give_gesture

    with session.writing() as book:
        names = book.queries().names
        account_id = names.account(account)
        fields = naming.filled(
            gesture=options["gesture"],
            kind=naming.choice(options["kind"]),
            reason=options["reason"],
            given_on=naming.past_day(book, options["given_on"]),
        )
        if approver:
            fields["approver_id"] = names.colleague(approver)
        if complaint:
            fields["complaint_id"] = names.complaint(complaint)
        shared = _shared_fields(book, account_id, options)
        done = book.run(give_gesture, account_id, **fields, **naming.filled(**shared))
        _show(session, book, done)


@command("loyalty")
@click.argument("account")
@pass_session
def loyalty(session: Session, account: str) -> None:
    """Show the behaviour that is wanted, benefits, gestures and programmes of an account."""
    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        found = queries.plan.some(account_id, "benefits", "gestures", "behaviours", "enrolments")
        name, currency = naming.account_name(book, account_id), book.settings.currency
    session.show(_document(name, found, currency), lambda: _lines(_document(name, found, currency)))


def _document(name: str, found: Any, currency: str) -> dict[str, Any]:
    from planner.giving import benefit_hint
    from planner.points_ledger import level

    benefits, gestures, behaviours, enrolments = found
    return {
        "account": name,
        "behaviour": next((_flat(one, currency) for one in behaviours if not one.ended_on), None),
        "benefits": [_flat(one, currency) for one in benefits],
        "hint": benefit_hint(one.kind for one in benefits),
        "gestures": [_flat(one, currency) for one in gestures],
        "programmes": [
            {
                "programme": one.programme,
                "since_on": one.since_on,
                "points": one.points,
                "spendable": max(0, one.points),
                **level(one.tiers, one.points)._asdict(),
            }
            for one in enrolments
            if one.left_on is None
        ],
    }


def _flat(row: Any, currency: str) -> dict[str, Any]:
    """A row as JSON: ids as text, amounts with their currency."""
    from tui.cli.output import identity, money_document

    document: dict[str, Any] = {}
    for name, value in row._asdict().items():
        if name.endswith("_minor"):
            document[name.removesuffix("_minor")] = money_document(value, currency)
        elif name == "id" or name.endswith("_id"):
            document[name] = identity(value)
        else:
            document[name] = value
    return document


def _lines(document: dict[str, Any]) -> list[str]:
    from planner.text import visible
    from planner.vocabulary_words import value_words
    from tui.cli.output import money_text

    def cost(one: dict[str, Any]) -> str:
        amount = one["cost"]
        return "" if amount is None else f", {money_text(amount['minor'], amount['currency'])}"

    wanted = document["behaviour"]
    lines = [
        _("Wanted: {behaviour}").format(behaviour=visible(wanted["behaviour"]))
        if wanted
        else _("No behaviour is wanted of them yet.")
    ]
    lines += [
        _("Benefit ({kind}): {benefit}").format(
            kind=value_words(one["kind"]), benefit=visible(one["benefit"])
        )
        + cost(one)
        for one in document["benefits"]
    ]
    if document["hint"]:
        lines.append(document["hint"])
    for one in document["gestures"]:
        words = _("Gesture {day} ({kind}): {gesture}").format(
            day=one["given_on"], kind=value_words(one["kind"]), gesture=visible(one["gesture"])
        )
        approved = one["approver"]
        by = _(", approved by {name}").format(name=visible(approved)) if approved else ""
        lines.append(words + cost(one) + by)
    lines += [
        _("Programme {name}: {points} points, {tier}").format(
            name=visible(one["programme"]),
            points=one["spendable"],
            tier=visible(one["tier"]) if one["tier"] else _("no level yet"),
        )
        for one in document["programmes"]
    ]
    return lines


def _show(session: Session, book: Book, done: Done) -> None:
    record = done.result
    more: dict[str, Any] = {}
    if hasattr(record, "approver_id"):
        more["approver"] = naming.colleague_name(book, record.approver_id)
    naming.show_named(session, book, done, "person", **more)
