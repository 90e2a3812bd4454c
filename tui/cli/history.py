"""Looking things up and taking them back: search, history, undo, redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import bounded
from tui.cli.output import Column, identity, local_moment, screen_width, table

if TYPE_CHECKING:
    from planner.acting import Done
    from planner.views.history import ChangeRow
    from planner.views.search import Hit

LATEST = 50
MOST = 100_000


@command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=40, metavar="N", callback=bounded,
              help=_("At most N matches; 40 if not said."))  # fmt: skip
@pass_session
def search(session: Session, text: tuple[str, ...], limit: int) -> None:
    """Find accounts, people, complaints and notes by what their words begin with.

    When nothing is found, accounts with nearly such a name are shown.
    """
    wanted = " ".join(text)
    with session.reading() as book:
        find = book.queries().search
        hits = find.find(wanted, limit) or find.near(wanted)
    session.show(
        [_hit(hit) for hit in hits],
        lambda: table(
            (Column(_("Kind")), Column(_("Found"), cut=True), Column(_("Account"), cut=True)),
            [(_kind(hit), hit.label, hit.account) for hit in hits],
            empty=_("Nothing is found."),
            width=screen_width(),
        ),
    )


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": identity(hit.id),
        "label": hit.label,
        "account_id": identity(hit.account_id),
        "account": hit.account if hit.kind != "account" else hit.label,
        "near": hit.near,
    }


def _kind(hit: Hit) -> str:
    return f"{hit.kind}?" if hit.near else hit.kind


@command()
@click.argument("account", required=False)
@click.option("--account", "named", metavar="ACCOUNT", help=_("The account, whatever its name."))
@click.option("--limit", type=click.IntRange(min=1, max=MOST), metavar="N",
              help=_("At most N changes; 50 on a terminal."))  # fmt: skip
@pass_session
def history(session: Session, account: str | None, named: str | None, limit: int | None) -> None:
    """List who changed what, the newest first; of one account or of the book.

    The id of a change is what `undo --batch` takes.
    """
    with session.reading() as book:
        zone, queries = book.settings.zone, book.queries()
        wanted = named or account
        account_id = None if wanted is None else queries.names.account(wanted)
        bound = limit or (MOST if session.json else LATEST)
        rows = queries.history.changes(account_id, limit=bound)
    session.show(
        [_change(row, zone) for row in rows],
        lambda: table(
            (
                Column(_("When")), Column(_("Who"), cut=True), Column(_("What"), cut=True),
                Column(_("Rows"), right=True), Column(_("Id")),
            ),
            [
                ((local_moment(row.at, zone) or "")[:16].replace("T", " "), row.actor,
                 row.summary, row.rows, row.id)
                for row in rows
            ],
            empty=_("Nothing was changed yet."),
            width=screen_width(),
        ),
    )  # fmt: skip


def _change(row: ChangeRow, zone: Any) -> dict[str, Any]:
    return {
        "id": identity(row.id),
        "at": local_moment(row.at, zone),
        "actor": row.actor,
        "use_case": row.use_case,
        "summary": row.summary,
        "account": row.account,
        "account_id": identity(row.account_id),
        "kind": row.kind,
        "target_id": identity(row.target_id),
        "rows": row.rows,
    }


@command()
@click.option("--batch", metavar="ID", help=_("Take back this change: an id from `history`."))
@pass_session
def undo(session: Session, batch: str | None) -> None:
    """Take back my newest change. An import or a bulk edit is one step."""
    from tui.composition import undo as take_back

    with session.writing(make=False) as book:
        _say(session, book.run(take_back, None if batch is None else _number(batch)))


@command()
@pass_session
def redo(session: Session) -> None:
    """Repeat what I took back last, unless I changed something since."""
    from tui.composition import redo as repeat

    with session.writing(make=False) as book:
        _say(session, book.run(repeat))


def _say(session: Session, done: Done) -> None:
    from planner.text import visible

    session.show(
        {"id": identity(done.change_id), "summary": done.summary, "change": done.result},
        lambda: [visible(done.summary)],
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        from planner.errors import Refused

        raise Refused(_("There is no change with the id {id}.").format(id=text))
    return int(text)
