"""``plan show``: the whole plan of an account as text, Markdown, HTML or JSON."""

from __future__ import annotations

import click

from tui.cli.context import Session, command, pass_session
from tui.cli.documents import document_options, give_out


@command("show")
@click.argument("account")
@document_options
@pass_session
def show(session: Session, account: str, form: str, to: str | None) -> None:
    """Print the whole plan, section by section."""
    with session.reading() as book:
        account_id = book.queries().names.account(account)
        book.fresh_for_reading(account_id)
        queries = book.queries()
        found = queries.account.page(account_id), queries.plan.page(account_id)
        day, currency = book.today, book.settings.currency
    if session.json:
        from tui.cli.plan_document import plan_document as as_json

        session.show(as_json(*found, day, currency), list)
        return
    from planner.plan_document import plan_document

    give_out(plan_document(*found, day, currency), form, to)
