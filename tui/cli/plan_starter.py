"""``plan starter``: the four starter facts and a risk, and with them an active Starter plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import ROLES
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.composition import Book


def _facts(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--goal", metavar="TEXT", help=_("What they want to reach.")),
        click.option("--metric", metavar="TEXT", help=_("What the goal is measured by.")),
        click.option("--baseline", metavar="N"),
        click.option("--target", metavar="N", help=_("The number to reach; a goal needs one.")),
        click.option("--goal-due", metavar="DATE"),
        click.option("--person", metavar="NAME", help=_("Who matters; not known is added.")),
        click.option("--role", multiple=True, metavar=naming.listed(ROLES), help=_("May repeat.")),
        click.option("--end", metavar="DATE", help=_("The last day of the contract.")),
        click.option("--arr", metavar="AMOUNT", help=_("A year's revenue, of a new contract.")),
        click.option("--action", metavar="TEXT", help=_("What happens next.")),
        click.option("--due", metavar="DATE", help=_("By when it happens.")),
        click.option("--done-means", metavar="TEXT", help=_("How we know it is done.")),
        click.option("--risk", metavar="TEXT", help=_("What may go wrong, in a sentence.")),
        click.option("--owner", metavar="NAME", default="me",
                     help=_("Who of us keeps goal, action and risk; you, unless said.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@command("starter")
@click.argument("account")
@_facts
@pass_session
def starter(session: Session, account: str, owner: str, **options: Any) -> None:
    """Start the plan with a goal, a key person, the contract's end and a next action.

    Only what the account lacks is needed. With all four a Starter plan is active; as long as one is
    missing nothing is written. One undo takes all of it back.
    """
    from planner.owners import check_one_owner
    from planner.use_cases.starter import start_and_fill

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        check_one_owner("owner", owner, (one.name for one in book.queries().colleagues()))
        done = naming.run_by_name(
            session,
            book,
            start_and_fill,
            account_id,
            colleagues={"owner_id": owner},
            goal=_goal(book, options),
            person=_person(book, account_id, options),
            contract=_contract(book, options),
            action=_action(book, options),
            risk=options["risk"] or None,
        )
        session.show_record(book, done.result, done, account=naming.account_name(book, account_id))


def _goal(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    return naming.filled(
        objective=options["goal"],
        metric=options["metric"],
        baseline=naming.number(options["baseline"]),
        target=naming.number(options["target"]),
        due_on=naming.coming_day(book, options["goal_due"]),
    )


def _person(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    """A person of the account with this name, else a new one. Raises ``Ambiguous``."""
    from planner.errors import NotFound

    name, roles = options["person"], naming.choices(options["role"])
    if not name:
        return {"roles": roles} if roles else {}
    try:
        return {"person_id": book.queries().names.person(name, account_id), "roles": roles}
    except NotFound:
        return {"name": name, "roles": roles}


def _contract(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    return naming.filled(
        end_on=naming.coming_day(book, options["end"]),
        arr_minor=naming.minor_units(options["arr"], book.settings.currency),
    )


def _action(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    return naming.filled(
        action=options["action"],
        due_on=naming.coming_day(book, options["due"]),
        done_means=options["done_means"],
    )
