"""``radar``: which accounts might be on their way out, and what each reason rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import bounded
from tui.cli.output import Column, identity, money_document, money_text, screen_width, table

if TYPE_CHECKING:
    from datetime import date

    from planner.lookalike import LookAlikes, Rate
    from planner.radar import Risks
    from planner.views.radar import RadarPage, RadarRow


@command()
@click.option("--mine", is_flag=True, help=_("Only accounts that I own."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N accounts."))  # fmt: skip
@pass_session
def radar(session: Session, mine: bool, limit: int | None) -> None:
    """List accounts that might be on their way out: those with most reasons first.

    Reasons: contact past its maximum interval, a request that waits past its day, a key person who
    left and whose role nobody holds, nothing bought for more than twice the account's own usual
    interval, and looking like accounts that were lost, with both sample sizes. The order is not
    calibrated.
    """
    with session.reading() as book:
        owner = (book.actor.colleague_id or 0) if mine else None
        page = book.queries().radar.page(owner_id=owner, limit=limit)
        today = book.today
    session.show([_document(row, page.losses) for row in page.rows], lambda: _lines(page, today))


def _document(row: RadarRow, losses: LookAlikes) -> dict[str, Any]:
    from tui.cli.purchases import rhythm_document

    risks = row.risks
    return {
        "id": identity(row.account_id),
        "account": row.account,
        "tier": row.tier,
        "owner": row.owner,
        "arr": money_document(row.arr_minor, row.currency),
        "health": {"score": row.shown, "band": row.band, "coverage": row.coverage,
                   "as_of": row.as_of},
        "reasons": list(risks.reasons),
        "contact_latest_on": None if risks.latest_on is None else risks.latest_on.isoformat(),
        "requests": [
            {"id": identity(one.action_id), "request": one.request, "action": one.action,
             "due_on": one.due_on.isoformat()}
            for one in risks.requests
        ],
        "gone": [
            {"id": identity(one.person_id), "person": one.person, "roles": list(one.roles),
             "left_on": one.left_on.isoformat()}
            for one in risks.gone
        ],
        "stopped": None if risks.stopped is None else rhythm_document(risks.stopped),
        "alike": _alike(risks, losses),
    }  # fmt: skip


def _alike(risks: Risks, losses: LookAlikes) -> dict[str, Any] | None:
    if risks.rate is None:
        return None
    return {
        "signs": list(risks.alike),
        **_rate(risks.rate),
        "lost_accounts": [identity(one) for one in losses.losses_with(risks.alike)],
    }


def _rate(rate: Rate) -> dict[str, int]:
    return {"lost_with": rate.lost_with, "lost": rate.lost, "kept_with": rate.kept_with,
            "kept": rate.kept}  # fmt: skip


def _lines(page: RadarPage, today: date) -> Iterator[str]:
    from planner.lookalike import guard_words, rate_words, sign_words
    from planner.radar import all_reasons
    from tui.cli.faces import band_sign

    rows = [
        (
            row.account, band_sign(row.band), money_text(row.arr_minor, row.currency), row.owner,
            all_reasons(row.risks, today, "; "),
        )
        for row in page.rows
    ]  # fmt: skip
    columns = (
        Column(_("Account"), cut=True), Column(_("Health")), Column(_("ARR"), right=True),
        Column(_("Owner"), cut=True), Column(_("Why"), cut=True),
    )  # fmt: skip
    yield from table(columns, rows, empty=_("Nobody is on the radar."), width=screen_width())
    yield ""
    guard = guard_words(page.losses)
    if guard:
        yield _("Look-alikes: {why}.").format(why=guard)
        return
    if not page.losses.typical:
        yield _("Look-alikes: no sign tells the lost from the kept.")
    for sign in page.losses.typical:
        words = rate_words(page.losses.signs[sign])
        yield _("Typical of the lost: {sign} ({rate})").format(sign=sign_words(sign), rate=words)
