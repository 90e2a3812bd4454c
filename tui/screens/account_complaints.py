"""The Complaints tab: what hurts them, and which clock runs. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.language import gettext as _
from planner.views.account import ComplaintRow
from planner.vocabulary import NEXT_STAGES
from tui.due_words import clock_cell
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import (
    EMPTY,
    day,
    flowing,
    full_moment,
    heading,
    line,
    who,
    word,
)  # fmt: skip
from tui.widgets.cells import Cell, fit, parts
from tui.widgets.document import Line

SEVERITY_STYLES = {"critical": "late", "high": "warn"}


def open_count(view: AccountView) -> int:
    """How many complaints still wait for a solution."""
    return sum(1 for one in view.page.complaints if one.resolved_on is None)


def clock_words(one: ComplaintRow, view: AccountView) -> Cell:
    """``late 31m``, ``in 5h``, ``waits for them``, ``in time``, ``was late``."""
    if one.resolved_on is not None:
        return (_("was late"), "warn") if one.clock == "breached" else (_("in time"), "muted")
    if one.waiting:
        return (_("waits for them"), "muted")
    if one.next_due is not None:
        words, style = parts(clock_cell(one.next_due, view.now))
        return words, "late" if one.clock == "breached" and not style else style
    return (_("no target"), "muted") if one.clock == "none" else (_("answered"), "muted")


def sheet(view: AccountView, space: Space) -> Sheet:
    """The list; on a wide screen the complaint under the cursor is beside it."""
    complaints = view.page.complaints
    if not complaints:
        words = _("No complaint was logged. c logs one the moment it reaches you; silence is not "
                  "satisfaction.")  # fmt: skip
        return Sheet((heading(_("COMPLAINTS")), flowing("  ", (words, "gap"), key="form:complaint",
                                                        hang=2)))  # fmt: skip
    lines = list(_list(view, space.left))
    return Sheet(tuple(lines), preview(view, "") if space.wide else ())


def _list(view: AccountView, width: int) -> Iterable[Line]:
    waiting = [one for one in view.page.complaints if one.resolved_on is None]
    solved = [one for one in view.page.complaints if one.resolved_on is not None]
    count = _("{count} open").format(count=len(waiting))
    yield heading(_("COMPLAINTS"), (count, "muted"))
    for one in waiting:
        yield _row(one, view, width)
    if solved:
        if waiting:
            yield EMPTY
        yield heading(_("SOLVED"), (str(len(solved)), "muted"))
    for one in solved:
        yield _row(one, view, width)


def _row(one: ComplaintRow, view: AccountView, width: int) -> Line:
    clock, style = parts(clock_words(one, view))
    severity = (fit(word(one.severity), 9), SEVERITY_STYLES.get(one.severity, ""))
    key = f"complaint:{one.id}"
    owner = who(one.owner_id, one.owner, view.me)
    if width < 60:
        return flowing(f"{one.number} ", severity, (clock, style), f" {one.title} · {owner}",
                       key=key, hang=2)  # fmt: skip
    room = max(8, width - 59)
    number = fit(one.number, 9) if len(one.number) <= 9 else one.number
    return line(
        f"  {number} ", severity, fit(word(one.stage), 14), (fit(clock, 15), style),
        fit(owner, 8), f" {fit(one.title, room)}", key=key,
    )  # fmt: skip


def preview(view: AccountView, key: str) -> tuple[Line, ...]:
    """The complaint of a key as it stands beside the list; the first for an unknown key."""
    rows = view.page.complaints
    found = next((one for one in rows if f"complaint:{one.id}" == key), rows[0])
    return complaint_lines(found, view)


def complaint_lines(
    one: ComplaintRow, view: AccountView, extra: Iterable[tuple[str, str]] = ()
) -> tuple[Line, ...]:
    """One complaint: severity, stage, clocks, who, and which steps can follow.

    ``extra`` are (name, text) that only the record itself holds.
    """
    style = SEVERITY_STYLES.get(one.severity, "")
    lines = [
        line((one.number, "title"), "  ", (word(one.severity), style), f"  {word(one.stage)}"),
        flowing(one.title, hang=0),
        EMPTY,
        _fact(_("clock"), clock_words(one, view)),
        _fact(_("owner"), one.owner or (_("nobody"), "gap")),
        _fact(_("from"), one.person or (_("nobody named"), "muted")),
        _fact(_("received"), full_moment(one.opened_at, view.zone)),
    ]
    targets = (
        (_("acknowledge"), one.ack_due), (_("answer"), one.response_due),
        (_("resolve"), one.resolution_due),
    )  # fmt: skip
    for name, due_at in targets:
        if due_at is not None:
            lines.append(_fact(name, _("by {when}").format(when=full_moment(due_at, view.zone))))
    if one.resolved_on:
        lines.append(_fact(_("resolved"), day(one.resolved_on, view.today)))
    for name, text in extra:
        lines.append(_fact(name, text))
    ahead = ", ".join(word(stage) for stage in NEXT_STAGES.get(one.stage, ()))
    lines += [EMPTY, flowing((_("next steps: "), "head"), ahead, hang=2)]
    return tuple(lines)


def _fact(name: str, text: Cell) -> Line:
    return flowing((fit(name, 12), "head"), text, hang=12)
