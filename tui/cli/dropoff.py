"""``dropoff``: where customers are lost and where they stop buying."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.dropoff import DropLine, Dropoff, DroppedRow

MOST_DAYS = 36_500


@command()
@click.option("--days", type=click.IntRange(1, MOST_DAYS), metavar="N",
              help=_("The window, up to today. Default: 730."))  # fmt: skip
@click.option("--mine", is_flag=True, help=_("Only accounts that I own."))
@click.option("--behind", metavar="LINE",
              help=_("The accounts of a line, as in stage:adopting or tenure:3y+."))  # fmt: skip
@pass_session
def dropoff(session: Session, days: int | None, mine: bool, behind: str | None) -> None:
    """Say where customers are lost, by stage and tenure, and where they stop buying.

    Each line has the accounts at risk in it, the lost ones and their share; below 8 the share is
    not told. --behind lists the accounts of a line.
    """
    from planner.dropoff import WINDOW_DAYS

    with session.reading() as book:
        owner = (book.actor.colleague_id or 0) if mine else None
        asked = book.queries().dropoff
        found = asked.analysis(days=days or WINDOW_DAYS, owner_id=owner)
        if behind is not None:
            line = found.line(behind)
            rows = asked.named(line.ids if line else ())
            session.show([_row(row) for row in rows], lambda: _rows(rows))
            return
    session.show(_document(found), lambda: _lines(found))


def _row(row: DroppedRow) -> dict[str, Any]:
    return {"id": identity(row.id), "account": row.account, "stage": row.stage,
            "lost_on": row.lost_on, "owner": row.owner}  # fmt: skip


def _rows(rows: list[DroppedRow]) -> list[str]:
    from planner.vocabulary_words import value_words

    columns = (Column(_("Account"), cut=True), Column(_("Stage")), Column(_("Lost on")),
               Column(_("Owner"), cut=True))  # fmt: skip
    cells = [(row.account, value_words(row.stage or ""), row.lost_on, row.owner) for row in rows]
    return table(columns, cells, empty=_("No account is behind it."), width=screen_width())


def _document(found: Dropoff) -> dict[str, Any]:
    from planner.dropoff import FEWEST, method_words

    return {
        "from": found.since.isoformat(), "to": found.today.isoformat(), "unit": "account",
        "method": method_words(found), "fewest": FEWEST, "accounts": found.accounts,
        "lost": found.lost, "lost_without_day": found.undated,
        "stages": [_line(one) for one in found.stages],
        "tenures": [_line(one) for one in found.tenures],
        "stopped": [_line(one) for one in found.stopped],
        "products": [_line(one) for one in found.products],
        "buyers": found.buyers, "repeat_buyers": found.repeat_buyers,
        "repeat_rate": _percent(found.repeat_buyers, found.buyers),
        "intervals_known": found.rhythms,
        "last_purchase_before_loss_days": found.gap_days, "lost_buyers": found.lost_buyers,
    }  # fmt: skip


def _line(line: DropLine) -> dict[str, Any]:
    return {
        "key": line.key, "at_risk": line.at_risk, "lost": line.lost,
        "enough": line.share is not None,
        "share": None if line.share is None else f"{line.share:.6f}",
        "accounts": [identity(one) for one in line.ids],
    }  # fmt: skip


def _percent(part: int, whole: int) -> str | None:
    return f"{100 * part / whole:.6f}" if whole else None


def _lines(found: Dropoff) -> Iterator[str]:
    from planner.dropoff import buying_words, line_words, method_words, share_words

    yield _("{lost} of {accounts} accounts lost").format(lost=found.lost, accounts=found.accounts)
    if found.undated:
        yield _("lost without a day, left out: {count}").format(count=found.undated)
    groups = (
        ("stage", _("Lost by stage"), _("Lost"), found.stages),
        ("tenure", _("Lost by tenure"), _("Lost"), found.tenures),
        ("stopped", _("Stopped buying, tenure at the last purchase"), _("Stopped"), found.stopped),
        ("product", _("Stopped buying, last product"), _("Stopped"), found.products),
    )
    for kind, title, lost, lines in groups:
        columns = (Column(title, cut=True), Column(_("At risk"), right=True),
                   Column(lost, right=True), Column(_("Share"), right=True))  # fmt: skip
        cells = [
            (line_words(kind, one.key), one.at_risk, one.lost, share_words(one)) for one in lines
        ]
        yield ""
        yield from table(columns, cells, empty=_("{title}: nothing is known.").format(title=title),
                         width=screen_width())  # fmt: skip
    yield ""
    yield from buying_words(found)
    yield method_words(found)
