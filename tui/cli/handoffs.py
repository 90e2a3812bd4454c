"""``handoffs``: what was offered to a colleague and not accepted yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.views.handoffs import HandOffRow

MOST = 1_000


@command()
@click.option("--mine", is_flag=True, help=_("Those offered to me."))
@pass_session
def handoffs(session: Session, mine: bool) -> None:
    """List hand-offs that nobody accepted: complaints and sections of plans, the oldest first.

    `complaint accept|decline` answers a complaint, `plan accept|decline` a section. At most 1000 of
    each kind are listed.
    """
    with session.reading() as book:
        me = book.know_actor().colleague_id if mine else None
        if mine and me is None:
            from planner.errors import Refused

            raise Refused(_("This book does not know you as a colleague, so nothing is yours."))
        queue = book.queries().handoffs
        rows = [*queue.complaints(me, MOST), *queue.sections(me, MOST)]
    rows.sort(key=lambda row: (row.offered_on or "", row.id))
    session.show([_document(row) for row in rows], lambda: _lines(rows))


def _document(row: HandOffRow) -> dict[str, Any]:
    ids = {name: identity(getattr(row, name)) for name in ("id", "account_id", "to_id")}
    return {**row._asdict(), **ids}


def _lines(rows: Sequence[HandOffRow]) -> Iterator[str]:
    columns = (
        Column(_("Offered")), Column(_("Account"), cut=True), Column(_("What"), cut=True),
        Column(_("From"), cut=True), Column(_("To"), cut=True), Column(_("Note"), cut=True),
    )  # fmt: skip
    cells = [
        (row.offered_on, row.account, " ".join(filter(None, (row.number, row.what))),
         row.from_name, row.to_name, row.note)
        for row in rows
    ]  # fmt: skip
    empty = _("Nothing waits to be taken over.")
    yield from table(columns, cells, empty=empty, width=screen_width())
