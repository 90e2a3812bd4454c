"""What stands under a complaint on its own page: offer, notes, causes, what came of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.text import visible_lines
from tui.screens.account_view import AccountView
from tui.screens.account_words import EMPTY, day, flowing, full_moment, heading, line
from tui.widgets.cells import fit
from tui.widgets.document import Line

if TYPE_CHECKING:
    from planner.complaints import Complaint
    from planner.views.causes import CauseLinkRow
    from planner.views.complaint_notes import ComplaintNoteRow
    from tui.composition import BookQueries


def page_lines(queries: BookQueries, record: Complaint, view: AccountView) -> Iterable[Line]:
    """Everything of a complaint beside its own fields."""
    named = {one.id: one.name for one in queries.colleagues()}
    loyal = queries.complaints.loyal(record.account_id)
    if loyal:
        yield _fact(_("customer"), loyal, "good")
    yield from _ways(record, named, view)
    yield from _notes(queries.complaint_notes.of(record.id), view)
    yield from _links(queries.causes.links(record.id))


def _ways(record: Complaint, named: dict[int, str], view: AccountView) -> Iterable[Line]:
    nobody = _("somebody who left")
    if record.handed_to_id is not None:
        to = named.get(record.handed_to_id, nobody)
        by = named.get(record.handed_by_id or 0, nobody)
        words = _("offered to {to} by {by}, not accepted yet").format(to=to, by=by)
        yield _fact(_("hand-over"), words, "warn")
        if record.hand_note:
            yield _fact("", record.hand_note)
    for number, why in enumerate(record.whys, 1):
        yield _fact(_("why {number}").format(number=number), why)
    if record.reopened_on is not None:
        when = day(record.reopened_on.isoformat(), view.today)
        words = _("{when}: {reason}").format(when=when, reason=record.reopen_reason or "--")
        yield _fact(_("reopened"), words)
    if record.satisfied is not None:
        said = _("they say they are satisfied") if record.satisfied else _("they are not satisfied")
        yield _fact(_("outcome"), said, "" if record.satisfied else "warn")
    if record.advocate_on is not None:
        when = day(record.advocate_on.isoformat(), view.today)
        yield _fact(_("advocate"), _("speaks for us since {when}").format(when=when), "good")
    if record.excluded is not None:
        words = (
            _("withdrawn by the customer: out of clocks and counts")
            if record.excluded == "withdrawn"
            else _("merged into another: out of clocks and counts")
        )
        yield _fact(_("counted"), words, "warn")


def _notes(rows: Sequence[ComplaintNoteRow], view: AccountView) -> Iterable[Line]:
    yield EMPTY
    told = sum(row.told for row in rows)
    count = _("{told} told to them, {ours} among us").format(told=told, ours=len(rows) - told)
    yield heading(_("NOTES"), (count, "muted"))
    if not rows:
        yield flowing("  ", (_("n writes a note: among us, or what they were told"), "gap"), hang=2)
    for row in rows:
        kind = (_("TOLD THEM"), "title") if row.told else (_("among us"), "muted")
        when = full_moment(row.noted_at, view.zone, row.date_only)
        who = " · ".join(part for part in (row.colleague, row.person) if part)
        yield line("  ", kind, f"  {when}  ", (who, "muted"), key=f"complaint_note:{row.id}")
        for part in visible_lines(row.note).split("\n"):
            yield flowing("    ", part, hang=4)


def _links(rows: Sequence[CauseLinkRow]) -> Iterable[Line]:
    if not rows:
        return
    yield EMPTY
    yield heading(_("SAME CAUSE?"))
    for row in rows:
        said = _("same cause") if row.same else _("not the same")
        yield flowing(f"  {row.number} ", (fit(said, 13), "muted"), f"{row.account}: {row.title}",
                      hang=4)  # fmt: skip


def _fact(name: str, text: str, style: str = "") -> Line:
    return flowing((fit(name, 12), "head"), (text, style), hang=12)
