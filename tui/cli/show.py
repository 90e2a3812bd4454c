"""One account on one page, as text, Markdown or HTML."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import Session, command, pass_session
from tui.cli.documents import document_options, give_out
from tui.cli.output import identity, money_document

if TYPE_CHECKING:
    from planner.views.account import AccountPage


@command()
@click.argument("name", metavar="ACCOUNT")
@document_options
@pass_session
def show(session: Session, name: str, form: str | None, to: str | None) -> None:
    """Print one account on one page: health, money, goals, people, what is next, what was last."""
    with session.reading() as book:
        account_id = book.queries().names.account(name)
        book.fresh_for_reading(account_id)
        queries = book.queries()
        page = queries.account.page(account_id)
        plan = queries.plan.page(account_id)
        bought = queries.purchases.of_account(account_id, limit=0)
        day, currency = book.today, book.settings.currency
    if session.json:
        from tui.cli.purchases import buying_document

        document = {**page_document(page, day), "purchases": buying_document(bought)}
        session.show(document, list)
        return
    from planner.plan_document import one_page

    give_out(one_page(page, plan, day, currency, bought.rhythm), form, to)


def page_document(page: AccountPage, day: date) -> dict[str, Any]:
    """The page as JSON."""
    from tui.cli.accounts import account_document
    from tui.cli.lists import action_document, person_document

    head = page.head
    return {
        "id": identity(head.id),
        "as_of": day.isoformat(),
        "account": None if page.row is None else account_document(page.row, day),
        "sector": head.sector,
        "country": head.country,
        "keep_class": head.keep_class,
        "keep_reason": head.keep_reason,
        "parent": head.parent,
        "tags": list(head.tags),
        "note": head.note,
        "archived": head.archived,
        "team": {seat.function: seat.colleague for seat in page.team},
        "people": [person_document(row) for row in page.people],
        "contracts": [
            {
                "id": identity(row.id), "name": row.name,
                "arr": money_document(row.arr_minor, row.currency), "start": row.start_on,
                "end": row.end_on, "notice": row.notice_on, "auto_renew": row.auto_renew,
                "status": row.status, "forecast": row.forecast,
            }
            for row in page.contracts
        ],
        "plan": None if page.plan is None else {
            "id": identity(page.plan.id), "size": page.plan.size, "status": page.plan.status,
            "north_star": page.plan.north_star, "readiness": page.plan.readiness,
        },
        "objectives": [
            {
                "id": identity(row.id), "objective": row.objective, "metric": row.metric,
                "baseline": row.baseline, "target": row.target, "actual": row.actual,
                "status": row.status, "due": row.due_on, "owner": row.owner,
                "their_owner": row.their_owner,
            }
            for row in page.objectives
        ],
        "actions": [action_document(row) for row in page.actions],
        "complaints": [
            {
                "id": identity(row.id), "number": row.number, "title": row.title,
                "severity": row.severity, "stage": row.stage, "clock": row.clock,
            }
            for row in page.complaints
        ],
    }  # fmt: skip
