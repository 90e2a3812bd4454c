"""``plan new|set|show|activate|close|objective|action|risk``: the customer plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, PLAN_SIZES
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.plan_actions import action, actions, backward
from tui.cli.plan_benefits import behaviour, benefit, loyalty
from tui.cli.plan_growth import growth, opportunity
from tui.cli.plan_interviews import bought, exit_, stay
from tui.cli.plan_life import compare, restore, review, sign, signatures, unsign, versions
from tui.cli.plan_lines import archive_line, change_line, line, lines, told
from tui.cli.plan_playbook import playbook
from tui.cli.plan_sections import section_commands
from tui.cli.plan_show import share, show
from tui.cli.plan_stakeholders import stakeholders
from tui.cli.plan_starter import starter
from tui.cli.plan_value import close_risk, measure, progress, proof

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.composition import Book


@words()
def plan() -> None:
    """Start, fill and show the plan of an account."""


for one in (playbook, bought, stay, exit_, line, lines, change_line, archive_line, told,
            action, actions, backward, stakeholders, show, share, starter,
            review, sign, unsign, signatures, versions, compare, restore,
            *section_commands()):  # fmt: skip
    plan.add_command(one)
for one in (measure, progress, proof, growth, opportunity, benefit, behaviour, loyalty, close_risk):
    plan.add_command(one)


def _header_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--from", "period_start", metavar="DATE", help=_("Where its period begins.")),
        click.option("--to", "period_end", metavar="DATE", help=_("Where its period ends.")),
        click.option("--north-star", metavar="TEXT", help=_("The one figure that counts.")),
        click.option("--north-star-target", metavar="TEXT"),
        click.option("--next-review", metavar="DATE"),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@plan.command("new")
@click.argument("account")
@click.option("--size", metavar=naming.listed(PLAN_SIZES), help=_("Starter unless said."))
@click.option(
    "--template",
    metavar="NAME|auto",
    help=_("Start with what this template suggests; auto: that of the account's tier and stage."),
)
@_header_fields
@pass_session
def new(
    session: Session, account: str, size: str | None, template: str | None, **options: Any
) -> None:
    """Start a plan as a draft, empty or with the goals, actions and risks of a template.

    What you say of its size and header comes before the template's own. `trustplan templates`
    lists the templates.
    """
    from planner.use_cases.plans import start_plan
    from tui.cli.plan_playbook import start_from

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        header = {name: value for name, value in _header(book, options).items() if value}
        header |= naming.filled(size=naming.choice(size))
        if template is None:
            naming.show_named(session, book, book.run(start_plan, account_id, **header))
        else:
            naming.show_named(
                session, book, start_from(session, book, account_id, template, **header)
            )


@plan.command("set")
@click.argument("account")
@click.option("--size", metavar=naming.listed(PLAN_SIZES))
@_header_fields
@pass_session
def set_(session: Session, account: str, size: str | None, **options: Any) -> None:
    """Change the plan's header; an empty text empties a field."""
    from planner.use_cases.by_name import set_plan

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        fields = _header(book, options) | naming.filled(size=naming.choice(size))
        naming.show_named(session, book, book.run(set_plan, account_id, **fields))


@plan.command("activate")
@click.argument("account")
@pass_session
def activate(session: Session, account: str) -> None:
    """Make the draft active; what is missing is listed."""
    from planner.use_cases.plans import activate_plan

    with session.writing() as book:
        naming.show_named(
            session, book, book.run(activate_plan, book.queries().names.account(account))
        )


@plan.command("close")
@click.argument("account")
@pass_session
def close(session: Session, account: str) -> None:
    """Close the plan."""
    from planner.use_cases.plans import close_plan

    with session.writing() as book:
        naming.show_named(
            session, book, book.run(close_plan, book.queries().names.account(account))
        )


@plan.command("objective")
@click.argument("account")
@click.option("--objective", required=True, metavar="TEXT", help=_("A goal of the customer."))
@click.option("--metric", metavar="TEXT")
@click.option("--unit", metavar="TEXT")
@click.option("--baseline", metavar="N")
@click.option("--target", metavar="N")
@click.option("--priority", metavar="1|2|3", help=_("3 is the highest."))
@click.option("--function", metavar=naming.listed(FUNCTIONS), help=_("Whose goal it is with us."))
@click.option("--evidence", metavar="TEXT", help=_("How we know that they want it."))
@click.option("--due", metavar="DATE")
@click.option("--owner", metavar="NAME", help=_("A colleague; one not known is added."))
@click.option("--their-owner", metavar="NAME", help=_("A person of the account, or any name."))
@click.option("--shared", is_flag=True, help=_("The customer may see it."))
@pass_session
def objective(
    session: Session,
    account: str,
    due: str | None,
    owner: str | None,
    their_owner: str | None,
    baseline: str | None,
    target: str | None,
    **options: Any,
) -> None:
    """Add a goal of the customer to the plan."""
    from planner.use_cases.plans import add_objective

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        options["function"] = naming.choice(options["function"])
        fields = naming.filled(
            **options,
            due_on=naming.coming_day(book, due),
            baseline=naming.number(baseline),
            target=naming.number(target),
        )
        done = naming.run_by_name(
            session,
            book,
            add_objective,
            account_id,
            colleagues={"owner_id": naming.one_of_us(book, owner)},
            **fields,
            **naming.their_owner(book, their_owner, account_id),
        )
        naming.show_named(session, book, done)


@plan.command("risk")
@click.argument("account")
@click.option("--risk", required=True, metavar="TEXT", help=_("What may go wrong, in a sentence."))
@click.option("--likelihood", metavar="1|2|3")
@click.option("--impact", metavar="AMOUNT", help=_("A year's revenue at stake, as in 40k."))
@click.option("--owner", metavar="NAME", help=_("A colleague; one not known is added."))
@click.option("--evidence", metavar="TEXT", help=_("What speaks for it."))
@click.option("--early-sign", metavar="TEXT")
@click.option("--mitigation", metavar="TEXT")
@click.option("--exit", metavar="TEXT", help=_("When the risk is over."))
@click.option("--next-check", metavar="DATE")
@pass_session
def risk(
    session: Session,
    account: str,
    impact: str | None,
    owner: str | None,
    next_check: str | None,
    **options: Any,
) -> None:
    """Add what may go wrong to the plan."""
    from planner.use_cases.plans import add_risk

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        done = naming.run_by_name(
            session,
            book,
            add_risk,
            account_id,
            colleagues={"owner_id": naming.one_of_us(book, owner)},
            **naming.filled(
                **options,
                impact_minor=naming.minor_units(impact, book.settings.currency),
                next_check_on=naming.coming_day(book, next_check),
            ),
        )
        naming.show_named(session, book, done)


def _header(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    fields = dict(options)
    fields["period_start"] = naming.past_day(book, fields["period_start"])
    fields["period_end"] = naming.coming_day(book, fields["period_end"])
    fields["next_review_on"] = naming.coming_day(book, fields.pop("next_review"))
    return naming.given(**fields)
