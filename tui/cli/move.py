"""``move --to ADDRESS``: the whole book to another place, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.language import gettext as _
from planner.language import ngettext
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.composition import Address


@command()
@click.option(
    "--to",
    required=True,
    metavar="ADDRESS",
    help=_("A file that is not there yet, or postgresql://PERSON@HOST/DATABASE."),
)
@pass_session
def move(session: Session, to: str) -> None:
    """Copy the book to another file or a server: all rows, with ids, history and scores.

    Each table is checked after it was copied. The book it came from stays as it is.
    """
    from tui.composition import move_book

    with session.progress(_("rows"), timed=True) as tell:
        target, tables = move_book(session.launch, to, lambda _table, done, of: tell(done, of))
    rows = sum(one.rows for one in tables)
    document = {
        "from": str(session.launch.address),
        "to": str(target),
        "rows": rows,
        "tables": [{"table": one.table, "rows": one.rows, "digest": one.digest} for one in tables],
    }
    session.show(document, lambda: _lines(rows, session.launch.address, target))


def _lines(rows: int, came_from: Address, target: Address) -> Iterator[str]:
    from planner.text import visible

    place = visible(str(target))
    yield ngettext(
        "Moved {count} row to {place}; every table was compared.",
        "Moved {count} rows to {place}; every table was compared.",
        rows,
    ).format(count=rows, place=place)
    yield _(
        "The book at {place} is as it was; what is saved there from now on is not in the new one."
    ).format(place=visible(str(came_from)))
    if target.on_server:
        yield _(
            "Next: trustplan --book {place} share init makes the roles and says how each person "
            "gets in."
        ).format(place=_quoted(place))
    yield _("Try it with: trustplan --book {place}").format(place=_quoted(place))


def _quoted(place: str) -> str:
    from shlex import quote

    return quote(place)
