"""``listening``: who says nothing, by revenue, and how the logged moods went."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from planner.cause_words import share_words
from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, money_text, screen_width, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.views.listening import MoodMonth, Silence

DAYS = 90
SHOWN = 40
MOST_DAYS = 3_650


@command()
@click.argument("account", required=False)
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, metavar="N",
              help=_("How long nothing was heard. Default: 90."))  # fmt: skip
@click.option("--limit", type=click.IntRange(0), default=SHOWN, metavar="N",
              help=_("At most N silent accounts. Default: 40."))  # fmt: skip
@pass_session
def listening(session: Session, account: str | None, days: int, limit: int) -> None:
    """Show who is silent: no two-way contact, no survey answer, no complaint; and the moods.

    Moods are those that people logged with talks and signals; none is guessed from words. With an
    account its moods alone.
    """
    with session.reading() as book:
        book.fresh_for_reading()
        queries = book.queries()
        account_id = None if account is None else queries.names.account(account)
        moods = queries.listening.moods(account_id)
        silence = None if account is not None else queries.listening.silence(days, limit)
        currency = book.settings.currency
    session.show(_document(silence, moods), lambda: _text(currency, silence, moods))


def _document(silence: Silence | None, moods: list[MoodMonth]) -> dict[str, Any]:
    found: dict[str, Any] = {"moods": [asdict(one) for one in moods]}
    if silence is not None:
        found["silence"] = {
            **asdict(silence),
            "share": silence.share,
            "revenue_share": silence.revenue_share,
        }
    return found


def _text(currency: str, silence: Silence | None, moods: list[MoodMonth]) -> Iterator[str]:
    if silence is not None:
        yield from _silent(silence, currency)
        yield ""
    yield _("MOODS  talks and signals by month, mean of -2 to 2")
    if not moods:
        yield _("  unknown: no talk and no signal of twelve months has a mood")
    for one in moods:
        yield _("  {month}  {mean}  of {count}, {negative} below 0").format(
            month=one.month, mean=f"{one.mean:+.2f}", count=one.count, negative=one.negative
        )


def _silent(silence: Silence, currency: str) -> Iterator[str]:
    yield _("SILENT  no two-way contact, no answer, no complaint in {days} days").format(
        days=silence.days
    )
    yield _("  {silent} of {accounts} accounts, {share}; by revenue {revenue}").format(
        silent=silence.silent,
        accounts=silence.accounts,
        share=_share(silence.share),
        revenue=_share(silence.revenue_share),
    )
    if silence.unknown_arr:
        words = _("  {count} of them have no ARR in the book's currency: in no share by revenue")
        yield words.format(count=silence.unknown_arr)
    if silence.rows:
        columns = (
            Column(_("Account"), cut=True), Column(_("Tier"), right=True),
            Column(_("ARR"), right=True), Column(_("Two-way")), Column(_("Owner"), cut=True),
        )  # fmt: skip
        rows = [
            (
                row.account,
                "-" if row.tier is None else str(row.tier),
                money_text(row.arr_minor, currency),
                row.last_two_way_on or _("never"),
                row.owner or "-",
            )
            for row in silence.rows
        ]
        yield from table(columns, rows, empty="", width=screen_width())


def _share(share: float | None) -> str:
    return _("unknown") if share is None else share_words(share)
