"""``sla``: how complaints kept their clocks, and how many customers helped themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.causes import period, period_options
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, screen_width, table

if TYPE_CHECKING:
    from planner.sla_report import Kept, Line

GROUPS = ("severity", "triage", "channel", "owner", "function", "tier")


@command("sla")
@period_options
@click.option("--by", type=click.Choice(GROUPS), default="severity", show_default=True,
              help=_("What complaints are counted by."))  # fmt: skip
@pass_session
def sla(session: Session, since: str | None, until: str | None, by: str) -> None:
    """Show how the complaints opened in a period kept their clocks.

    A clock is kept when it was stopped by its due moment in business time, waits granted; missed
    when it was stopped later or its moment has passed. Hours are the median on the calendar from
    opening, waits included. A deflection is a complaint triaged as self-serve that is solved.
    Withdrawn and merged complaints are left out.
    """
    from planner.sla_report import report

    with session.reading() as book:
        first, last = period(book, since, until)
        lines = report(book.queries().sla.opened(first, last, by), book.frame().now)
    document = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "by": by,
        "groups": [_document(one) for one in lines[:-1]],
        "all": _document(lines[-1]),
    }
    session.show(document, lambda: _lines(lines, by))


def _document(line: Line) -> dict[str, Any]:
    names = ("acknowledge", "answer", "resolve")
    clocks = {
        name: {**one._asdict(), "share": one.share}
        for name, one in zip(names, line.clocks, strict=True)
    }
    return {
        "group": line.group or None,
        "complaints": line.complaints,
        "solved": line.solved,
        "deflected": line.self_served,
        **clocks,
    }


def _lines(lines: list[Line], by: str) -> Iterator[str]:
    from planner.vocabulary_words import value_words

    columns = (
        Column(_("Group"), cut=True), Column(_("Count"), right=True),
        Column(_("Acknowledged"), right=True), Column(_("Answered"), right=True),
        Column(_("Solved in time"), right=True), Column(_("Solved"), right=True),
        Column(_("By themselves"), right=True),
    )  # fmt: skip
    spoken = by in ("severity", "triage", "channel", "function")
    cells = [
        (
            _("all") if not line.group else value_words(line.group) if spoken else line.group,
            str(line.complaints), *map(_kept, line.clocks), str(line.solved),
            str(line.self_served),
        )
        for line in lines
        if line.complaints
    ]  # fmt: skip
    empty = _("No complaint was opened in this period.")
    yield from table(columns, cells, empty=empty, width=screen_width())
    if cells:
        yield ""
        yield _("kept of due in business time, and the median hours on the calendar from opening")


def _kept(one: Kept) -> str:
    if one.share is None:
        return "--"
    hours = "" if one.hours is None else f" {one.hours:.0f}h"
    return f"{one.share:.0%} ({one.kept}/{one.kept + one.missed}){hours}"
