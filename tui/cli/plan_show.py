"""``plan show|share``: the whole plan of an account, and what the customer may see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.documents import document_options, give_out

if TYPE_CHECKING:
    from planner.customer_view import CustomerView, SinceShared
    from planner.plan_document import PlanStates
    from tui.composition import Book


@command("show")
@click.argument("account")
@click.option("--share", is_flag=True, help=_("Only what the customer may see."))
@document_options
@pass_session
def show(session: Session, account: str, share: bool, form: str | None, to: str | None) -> None:
    """Print the whole plan, section by section, or what the customer may see of it."""
    with session.reading() as book:
        account_id = book.queries().names.account(account)
        if share:
            view, _since = _view(book, account_id)
        else:
            book.fresh_for_reading(account_id)
            queries = book.queries()
            found = queries.account.page(account_id), queries.plan.page(account_id)
            states = None if session.json else _states(book, account_id)
        day, currency = book.today, book.settings.currency
    if share:
        _show_view(session, view, form, to)
    elif session.json:
        from tui.cli.plan_document import plan_document as as_json

        session.show(as_json(*found, day, currency), list)
    else:
        from planner.plan_document import plan_document

        give_out(plan_document(*found, states, day, currency), form, to)


@command("share")
@click.argument("account")
@document_options
@pass_session
def share(session: Session, account: str, form: str | None, to: str | None) -> None:
    """Print what the customer may see and keep that they were given it today.

    With --to it is written to a file. What is new to them is said.
    """
    from planner.customer_view import content_of
    from planner.documents.customer import news_lines
    from planner.use_cases.sharing import share_plan

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        view, since = _view(book, account_id)
        _refuse_empty(view)
        if not session.json or to is not None:
            _give_view(view, form, to)
        done = book.run(share_plan, account_id, content_of(view))
        if session.json or to is not None:
            session.show_record(book, done.result, done, account=view.account)
    for line in news_lines(view, since):
        session.note(line)


def _states(book: Book, account_id: int) -> PlanStates | None:
    """How the plan stands; None where there is none."""
    from planner.plan_document import PlanStates

    queries = book.queries()
    sections = queries.plan_states.of_account(account_id)
    if sections is None:
        return None
    history = queries.versions.history(account_id)
    return PlanStates(sections, len(history.versions) or None, tuple(history.sign_offs))


def _view(book: Book, account_id: int) -> tuple[CustomerView, SinceShared]:
    """What the customer may see, and what of it is new to them. Raises ``Refused``."""
    from planner.customer_view import customer_view, since_shared
    from planner.errors import Refused

    queries = book.queries()
    page, plan = queries.account.page(account_id), queries.plan.page(account_id)
    if plan is None:
        raise Refused(
            _("{account} has no plan yet; start one first.").format(account=page.head.name)
        )
    view = customer_view(page, plan, book.today)
    return view, since_shared(view, plan.share)


def _refuse_empty(view: CustomerView) -> None:
    from planner.errors import Refused

    if view.is_empty:
        raise Refused(
            _(
                "Nothing of the plan of {account} is shared: share a goal or an action first."
            ).format(account=view.account)
        )


def _show_view(session: Session, view: CustomerView, form: str | None, to: str | None) -> None:
    if session.json:
        from planner.customer_view import as_document

        session.show(as_document(view), list)
    else:
        _give_view(view, form, to)


def _give_view(view: CustomerView, form: str | None, to: str | None) -> None:
    from planner.documents.customer import customer_document

    give_out(customer_document(view), form, to)
