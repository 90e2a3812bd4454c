"""The purchases on the Money tab: how often the account buys, what it bought last. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.buying import last_bought_words, method_words, usually_words
from planner.language import gettext as _
from planner.views.purchases import PurchaseRow
from planner.vocabulary_words import value_words
from tui.screens.account_view import AccountView
from tui.screens.account_words import day, exact, flowing, heading, line
from tui.widgets.cells import fit
from tui.widgets.document import Line

ADD = "form:purchase"
WHEN, KIND = 12, 9


def purchase_lines(view: AccountView) -> Iterable[Line]:
    """How often they buy and when last, sums, the newest purchases; Enter on the last adds one."""
    found = view.buying
    if found is None:
        return
    rhythm = found.rhythm
    yield heading(_("PURCHASES"))
    style = "late" if rhythm.stopped else ("gap" if rhythm.last_on is None else "")
    yield flowing("  ", (last_bought_words(rhythm), style), hang=2)
    known = rhythm.typical_days is not None
    yield flowing("  ", (usually_words(rhythm), style if known else "gap"), hang=2)
    usage = None if view.page.inputs is None else view.page.inputs.usage
    said = _("last usage unknown: none is on record")
    if usage is not None:
        ago = (view.today - usage.imported_on).days
        said = _("last usage imported {count} days ago").format(count=ago)
    yield flowing("  ", (said, "gap" if usage is None else ""), hang=2)
    for one in found.sums:
        words = _("bought {bought}, given back {returned}").format(
            bought=exact(one.bought_minor, one.currency),
            returned=exact(one.returned_minor, one.currency),
        )
        yield flowing("  ", words, hang=2)
    for row in found.rows:
        yield _row(row, view)
    more = found.total - len(found.rows)
    if more > 0:
        words = _("… {count} older ones; `trustplan purchases` lists them all").format(count=more)
        yield flowing("  ", (words, "muted"), hang=2)
    yield flowing("  ", (_("Enter here adds a purchase or a return"), "gap"), key=ADD, hang=2)
    yield flowing("  ", (method_words(), "muted"), hang=2)


def _row(row: PurchaseRow, view: AccountView) -> Line:
    times = f" ×{row.times}" if row.times > 1 else ""
    amount = None
    if row.amount_minor is not None and row.currency is not None:
        amount = exact(row.amount_minor, row.currency)
    quantity = None if row.quantity is None else f"{row.quantity} ×"
    what = " ".join(part for part in (quantity, row.product, times.strip()) if part)
    said = " · ".join(part for part in (what, amount, row.person) if part)
    style = "warn" if row.kind == "return" else ""
    when = fit(day(row.purchased_on, view.today), WHEN)
    return line(
        "  ", when, (fit(value_words(row.kind), KIND), style), " ",
        said or (_("nothing said"), "muted"), key=f"purchase:{row.id}",
    )  # fmt: skip
