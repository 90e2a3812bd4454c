"""``reasons bought|stay|exit|unheard|due|codes``: why they buy, stay and leave, over the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.plan_fields import driver_words, exit_reasons, reason_words
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.output import (
    Column,
    identity,
    money_document,
    money_text,
    screen_width,
    table,
)

if TYPE_CHECKING:
    from datetime import date

    from planner.views.reasons import Reason, ReasonReport, ReasonRow
    from tui.composition import Book

NAMED = 3
"""So many accounts stand beside a reason; --json has them all."""


@words()
def reasons() -> None:
    """Why customers buy, stay and leave, over all accounts, and who was not asked."""


def _window(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--limit", metavar="N", type=click.IntRange(min=0), help=_("The first N.")),
        click.option("--to", "to_on", metavar="DATE", help=_("The last day that counts.")),
        click.option("--from", "from_on", metavar="DATE", help=_("The first day that counts.")),
    ):
        function = option(function)
    return function


@reasons.command("bought")
@_window
@pass_session
def bought(session: Session, **window: Any) -> None:
    """The top reasons to buy: by value driver, else by the pain in its own words."""
    _report(session, "bought", window)


@reasons.command("stay")
@_window
@pass_session
def stay(session: Session, **window: Any) -> None:
    """The top reasons to stay, by value driver."""
    _report(session, "stay", window)


@reasons.command("exit")
@_window
@pass_session
def exit_(session: Session, **window: Any) -> None:
    """The top reasons to leave, in two levels, with what those accounts paid."""
    _report(session, "exit", window)


@reasons.command("unheard")
@pass_session
def unheard(session: Session) -> None:
    """The plans in which nothing of why they bought or stay came from the customer."""
    with session.reading() as book:
        book.fresh_for_reading()
        rows, currency = book.queries().reasons.unheard(), book.settings.currency
    session.show(
        [
            {
                "id": identity(row.account_id), "account": row.account, "plan_size": row.plan_size,
                "plan_status": row.plan_status, "owner": row.owner,
                "arr": money_document(row.arr_minor, currency), "assumed": row.assumed,
            }
            for row in rows
        ],
        lambda: table(
            (Column(_("Account"), cut=True), Column(_("Plan")), Column(_("Owner"), cut=True),
             Column(_("ARR"), right=True), Column(_("We assume"), right=True)),
            [
                (row.account, f"{row.plan_size}, {row.plan_status}", row.owner,
                 money_text(row.arr_minor, currency), row.assumed)
                for row in rows
            ],
            empty=_("In every plan the customer said something."),
            width=screen_width(),
        ),
    )  # fmt: skip


@reasons.command("due")
@pass_session
def due(session: Session) -> None:
    """The interviews that should be held now, and why: after a renewal, after a loss."""
    from planner.vocabulary_words import value_words

    with session.reading() as book:
        rows = book.queries().reasons.due()
    session.show(
        [
            {
                "id": identity(row.account_id), "account": row.account, "owner": row.owner,
                "kind": row.kind, "why": row.why, "since": row.since,
            }
            for row in rows
        ],
        lambda: table(
            (Column(_("Account"), cut=True), Column(_("Ask")), Column(_("Because")),
             Column(_("Owner"), cut=True)),
            [(row.account, value_words(row.kind), row.why, row.owner) for row in rows],
            empty=_("No interview is due."),
            width=screen_width(),
        ),
    )  # fmt: skip


@reasons.command("codes")
@pass_session
def codes(session: Session) -> None:
    """List the reasons for leaving, in their two levels."""
    found = exit_reasons()
    session.show(
        [
            {"reason": reason, "words": said, "details": details}
            for reason, (said, details) in found.items()
        ],
        lambda: _code_lines(found),
    )


def _code_lines(found: dict[str, tuple[str, dict[str, str]]]) -> Iterator[str]:
    for reason, (said, details) in found.items():
        yield f"{reason}  ({said})"
        for detail, more in details.items():
            yield f"    {detail}  ({more})"


def _report(session: Session, kind: str, window: dict[str, Any]) -> None:
    with session.reading() as book:
        book.fresh_for_reading()
        from_on, to_on = (_day(book, window[name]) for name in ("from_on", "to_on"))
        naming.check_order(from_on, to_on)
        report = book.queries().reasons.report(kind, from_on, to_on)
        day = book.today.isoformat()
    shown = report._replace(reasons=report.reasons[: window["limit"]])
    session.show(_document(shown, day), lambda: _lines(shown))


def _day(book: Book, text: str | None) -> date | None:
    """A day of the window; None where none was said."""
    from datetime import date

    found = naming.past_day(book, text)
    return found if isinstance(found, date) else None


def _document(report: ReasonReport, day: str) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "as_of": day,
        "from": report.from_on,
        "to": report.to_on,
        "base": report.base,
        "asked": report.asked,
        **_calls(report),
        "reasons": [_reason(one, report.currency) for one in report.reasons],
        "untagged": None if report.untagged is None else _reason(report.untagged, report.currency),
    }


def _reason(one: Reason, currency: str) -> dict[str, Any]:
    return {
        "reason": one.reason,
        "detail": one.detail,
        "accounts": one.accounts,
        "lines": one.lines,
        "customer": one.customer,
        "assumed": one.assumed,
        "arr": money_document(one.arr_minor, currency),
        "arr_unknown": one.arr_unknown,
        "rows": [_row(row, currency) for row in one.rows],
    }


def _row(row: ReasonRow, currency: str) -> dict[str, Any]:
    return {
        "id": identity(row.account_id),
        "account": row.account,
        "arr": money_document(row.arr_minor, currency),
        "lines": row.lines,
        "customer": row.customer,
        "newest_on": row.newest_on,
    }


def _lines(report: ReasonReport) -> Iterator[str]:
    yield asked_words(report)
    yield ""
    found = list(report.reasons) + ([report.untagged] if report.untagged is not None else [])
    yield from table(
        (Column(_("Reason"), cut=True), Column(_("Accounts"), right=True),
         Column(_("ARR"), right=True), Column(_("They said"), right=True),
         Column(_("We assume"), right=True), Column(_("Which"), cut=True)),
        [
            (_words(report.kind, one), one.accounts, _arr(one, report.currency), one.customer,
             one.assumed, _names(one))
            for one in found
        ],
        empty=_("no reason is known yet"),
        width=screen_width(),
    )  # fmt: skip


def asked_words(report: ReasonReport) -> str:
    """Of how many accounts the reasons are, in words."""
    words = (
        _("{asked} of {base} lost accounts were asked why they left.")
        if report.kind == "exit"
        else _("{asked} of {base} accounts with a plan were asked.")
    )
    said = words.format(asked=report.asked, base=report.base)
    if report.called is None:
        return said
    calls = _(" A real call, by voice or face to face, was held with {called}: {share}.")
    percent = share(report)
    shown = _("of none lost") if percent is None else f"{percent} %"
    return said + calls.format(called=report.called, share=shown)


def _calls(report: ReasonReport) -> dict[str, Any]:
    if report.called is None:
        return {}
    return {"called": report.called, "called_share": share(report)}


def share(report: ReasonReport) -> int | None:
    """Lost accounts with a real call, in per cent of those lost; None where none is lost."""
    return round(100 * (report.called or 0) / report.base) if report.base else None


def _words(kind: str, one: Reason) -> str:
    if one.reason is None:
        return _("(no reason named)")
    return reason_words(one.reason, one.detail) if kind == "exit" else driver_words(one.reason)


def _arr(one: Reason, currency: str) -> str:
    known = money_text(one.arr_minor, currency)
    if not one.arr_unknown:
        return known
    return _("{known}, {count} unknown").format(known=known, count=one.arr_unknown)


def _names(one: Reason) -> str:
    shown = ", ".join(row.account for row in one.rows[:NAMED])
    more = one.accounts - NAMED
    return shown if more <= 0 else _("{names} and {count} more").format(names=shown, count=more)
