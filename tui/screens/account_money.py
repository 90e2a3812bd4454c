"""The Money tab: contracts, their renewal steps, notice and forecast, purchases. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from planner.language import gettext as _
from planner.views.account import ContractRow
from planner.vocabulary import MILESTONE_OFFSETS
from tui.screens.account_purchases import purchase_lines
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import (
    EMPTY,
    amount,
    day,
    days_left,
    exact,
    flowing,
    heading,
    label,
    line,
    word,
)  # fmt: skip
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line


def without_end(contracts: Iterable[ContractRow]) -> ContractRow | None:
    """The active contract whose last day nobody knows; None where all have one."""
    return next((one for one in contracts if one.status == "active" and not one.end_on), None)


def renewal_of(view: AccountView) -> ContractRow | None:
    """The contract whose end the score counts to; else the first that still runs."""
    page = view.page
    wanted = page.inputs.contract_id if page.inputs else None
    for one in page.contracts:
        if one.id == wanted:
            return one
    return next((one for one in page.contracts if one.status == "active"), None)


def figures_line(view: AccountView) -> Line:
    """``240 k EUR · ends 1 Mar, 98d · notice 31 Dec, 38d · forecast likely``."""
    row = view.page.row
    total = row.arr_minor if row else None
    renewal = renewal_of(view)
    said: list[Cell] = [label(_("MONEY"))]
    if total is None:
        said.append((_("no yearly revenue in {currency}").format(currency=view.currency), "muted"))
    else:
        said.append(amount(total, view.currency))
    if renewal is not None:
        said += terms(renewal, view.today)
    key = f"contract:{renewal.id}" if renewal else "tab:money"
    return flowing(*said, key=key)


def terms(one: ContractRow, today: date) -> list[Cell]:
    """End, notice, forecast and renewal of a contract, each after a dot."""
    said: list[Cell] = []
    if one.end_on is None:
        said.append((" · " + _("no end known"), "gap"))
    else:
        late = one.end_on < today.isoformat() and one.decided_on is None
        ends = _("ended {day}, undecided") if late else _("ends {day}, {left}")
        words = ends.format(day=day(one.end_on, today), left=days_left(one.end_on, today))
        said.append((" · " + words, "late" if late else ""))
    if one.notice_on is not None:
        gone = one.notice_on < today.isoformat()
        notice = _("notice {day} has passed") if gone else _("notice {day}, {left}")
        words = notice.format(day=day(one.notice_on, today), left=days_left(one.notice_on, today))
        near = 0 <= (date.fromisoformat(one.notice_on) - today).days <= 30
        said.append((" · " + words, "warn" if near else ""))
    said.append(" · " + _("forecast {forecast}").format(forecast=word(one.forecast)))
    if one.auto_renew:
        said.append(" · " + _("auto-renew"))
    return said


def foreign_lines(view: AccountView) -> Iterable[Line]:
    """Contracts in other currencies, which are never summed with the rest."""
    for one in view.page.contracts:
        if one.currency != view.currency and one.status == "active":
            said = _("apart: {amount} a year").format(amount=amount(one.arr_minor, one.currency))
            yield flowing(label(), said, *terms(one, view.today)[:1], key=f"contract:{one.id}")


def milestone_words(one: ContractRow, today: date) -> list[Cell]:
    """``T-120 ●  T-90 ○``: the steps to the renewal that are done, missed or still ahead."""
    if one.end_on is None:
        return []
    said: list[Cell] = []
    for offset in MILESTONE_OFFSETS:
        sign, style = _state(one, offset, today)[:2]
        said += [(f"T-{offset} ", "muted"), (f"{sign} ", style)]
    return said


def _state(one: ContractRow, offset: int, today: date) -> tuple[str, str, str]:
    """(sign, style, words) of a renewal step."""
    if offset in one.milestones_done:
        return "●", "good", _("done")
    due_on = date.fromisoformat(one.end_on or "9999-12-31") - timedelta(days=offset)
    if due_on < today:
        return "✗", "late", _("missed")
    return "○", "muted", _("today") if due_on == today else _("ahead")


def sheet(view: AccountView, space: Space) -> Sheet:
    """Contracts, and the renewal steps of each; the renewal's own beside on a wide screen."""
    contracts = view.page.contracts
    top = [heading(_("MONEY")), _figures(view), *foreign_lines(view), EMPTY]
    if not contracts:
        words = _("No contract yet. What do they pay a year, in which currency, until when, and "
                  "until when can they give notice? n adds it.")  # fmt: skip
        empty = flowing("  ", (words, "gap"), key="form:contract", hang=2)
        return Sheet((heading(_("MONEY")), empty, EMPTY, *purchase_lines(view)))
    if space.wide:
        left, right = list(top), [heading(_("RENEWAL STEPS"), (_("d marks one done"), "muted"))]
        for one in contracts:
            left += [*_contract(one, view), EMPTY]
            right += [line((one.name, "strong")), *_steps(one, view.today), EMPTY]
        left += purchase_lines(view)
        return Sheet(tuple(left), tuple(right))
    lines = list(top)
    for one in contracts:
        lines += [*_contract(one, view), *_steps(one, view.today), EMPTY]
    return Sheet((*lines, *purchase_lines(view)))


def _figures(view: AccountView) -> Line:
    row = view.page.row
    if row is None or row.arr_minor is None:
        words = _("no running contract in {currency}").format(currency=view.currency)
        return line("  ", (words, "muted"))
    total = exact(row.arr_minor, view.currency)
    return line("  ", _("{amount} a year in all").format(amount=total))


def _contract(one: ContractRow, view: AccountView) -> Iterable[Line]:
    today = view.today
    key = f"contract:{one.id}"
    apart = "" if one.currency == view.currency else "  " + _("apart")
    yield line(
        (one.name, "strong"), "  ", exact(one.arr_minor, one.currency), _(" a year"),
        (apart, "warn"), ("  " + word(one.status), "muted"), key=key,
    )  # fmt: skip
    spans = terms(one, today)
    first = spans[0]
    head: Cell = first[3:] if isinstance(first, str) else (first[0][3:], first[1])
    since = _("since {day} · ").format(day=day(one.start_on, today)) if one.start_on else ""
    yield flowing("  ", since, head, *spans[1:], hang=2)
    if one.cancellation_on:
        said = _("they gave notice on {day}").format(day=day(one.cancellation_on, today))
        yield line("  ", (said, "late"))
    if one.decided_on:
        said = _("decided on {day}").format(day=day(one.decided_on, today))
        yield line("  ", (said, "good"))


def _steps(one: ContractRow, today: date) -> Iterable[Line]:
    if one.end_on is None:
        yield flowing("  ", (_("when does it end? Enter on the contract adds it"), "gap"), hang=2)
        return
    if one.status != "active" or one.decided_on:
        return
    for offset in MILESTONE_OFFSETS:
        sign, style, words = _state(one, offset, today)
        due_on = date.fromisoformat(one.end_on) - timedelta(days=offset)
        yield line(
            f"  {fit(f'T-{offset}', 6)} ", (f"{sign} ", style),
            fit(milestone_name(offset), 16), f" {fit(day(due_on.isoformat(), today), 11)} ",
            (words, style), key=f"milestone:{one.id}:{offset}",
        )  # fmt: skip


def milestone_name(offset: int) -> str:
    """What is reached so many days before the end."""
    names = {
        120: _("buyer named"),
        90: _("value shown"),
        60: _("terms proposed"),
        45: _("terms discussed"),
        30: _("decision made"),
        14: _("papers with them"),
        7: _("signed"),
        0: _("renewed"),
    }
    return names.get(offset, "")
