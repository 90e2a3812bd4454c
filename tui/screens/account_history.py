"""The History tab: who changed what, in plain words, and the fields before and after. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from planner.language import gettext as _
from planner.text import visible
from planner.views.history import ChangeRow, EntryRow
from tui.screens.account_view import OWN_CELLS, AccountView, Sheet, Space
from tui.screens.account_words import EMPTY, flowing, full_moment, heading, line, moment
from tui.widgets.cells import fit
from tui.widgets.document import Line

MORE = "more"
HIDDEN = ("id", "version", "account_id", "touched_on", "name_key", "email_key", "archived_at")
"""Fields that say nothing to a person; archiving is said in words."""
MOST_ENTRIES = 50


def sheet(view: AccountView, space: Space) -> Sheet:
    """The changes, newest first."""
    if not view.changes:
        return Sheet((line((_("No change is kept of this account."), "muted")),))
    lines = [_row(one, view, space.width - OWN_CELLS) for one in view.changes]
    if view.more_changes:
        lines.append(line((_("… older ones"), "muted"), key=MORE))
    return Sheet(tuple(lines))


def _row(one: ChangeRow, view: AccountView, width: int) -> Line:
    when = moment(one.at, view.zone, view.today)
    words = summary_of(one)
    key = f"change:{one.id}"
    if width < 60:
        return flowing((when, "muted"), f" {one.actor}: {words}", key=key, hang=2)
    rows = _("{count} rows").format(count=one.rows) if one.rows > 1 else ""
    room = max(8, width - 17 - 15 - 9)
    return line(
        (fit(when, 16), "muted"), " ", fit(one.actor, 14), " ", fit(words, room),
        (" " + fit(rows, 8), "muted"), key=key,
    )  # fmt: skip


def summary_of(one: ChangeRow) -> str:
    """What was done, in words; an undo and a redo say so."""
    words = one.summary or one.use_case.replace("_", " ")
    if one.kind == "undo":
        return _("undone: {what}").format(what=words)
    return _("redone: {what}").format(what=words) if one.kind == "redo" else words


def change_lines(one: ChangeRow, entries: Sequence[EntryRow], view: AccountView) -> Iterable[Line]:
    """One change with every field before and after."""
    yield line((summary_of(one), "title"))
    yield line((f"{full_moment(one.at, view.zone)} · {one.actor}", "muted"))
    for entry in entries[:MOST_ENTRIES]:
        yield EMPTY
        yield heading(_table_name(entry.table), (_operation(entry), "muted"))
        yield from _fields(entry)
    if len(entries) > MOST_ENTRIES:
        yield EMPTY
        rest = len(entries) - MOST_ENTRIES
        yield line((_("… and {count} rows more").format(count=rest), "muted"))


def _table_name(table: str) -> str:
    return table.replace("_", " ")


def _operation(entry: EntryRow) -> str:
    before, after = entry.before.get("archived_at"), entry.after.get("archived_at")
    if not before and after:
        return _("archived")
    if before and not after and "archived_at" in entry.after:
        return _("brought back")
    return _("added") if not entry.before else _("changed")


def _fields(entry: EntryRow) -> Iterable[Line]:
    names = [one for one in {**entry.before, **entry.after} if one not in HIDDEN]
    for name in names:
        before, after = entry.before.get(name), entry.after.get(name)
        label = (f"  {fit(name.removesuffix('_id').replace('_', ' '), 18)} ", "head")
        if not entry.before:
            if after not in (None, "", "[]", "{}"):
                yield flowing(label, _value(after), hang=21)
        elif before != after:
            yield flowing(label, (_value(before), "muted"), " → ", _value(after), hang=21)


def _value(value: Any) -> str:
    if value in (None, "", "[]", "{}"):
        return _("(nothing)")
    if value is True or value is False:
        return _("yes") if value else _("no")
    return visible(" ".join(str(value).split()))
