"""The Timeline tab: everything that was said and happened, newest first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from planner.language import gettext as _
from planner.language import ngettext
from planner.text import visible_lines
from planner.views.account import TimelineRow
from planner.views.timeline import EVERYTHING
from planner.vocabulary_words import function_name
from tui.screens.account_view import PINNED, AccountView, Sheet, Space
from tui.screens.account_words import (
    day,
    first_line,
    flowing,
    full_moment,
    heading,
    line,
    moment,
    sign_of_mood,
)  # fmt: skip
from tui.timeline_words import apart, entry_key, kind_words, to_come
from tui.timeline_words import what_words as entry_words
from tui.widgets.cells import Cell, cut, fit, width_of
from tui.widgets.document import Line

MORE = "more"
"""The key of the last line while older entries are left."""
WHEN = 15
WHAT = 12
WHOSE = 10
SAID = 16
"""Cells of an entry's text that what stands behind it leaves."""
PIN_SIGN = "* "
SHOWN_PINS = 5
"""Pinned entries that stand on top; the others are in their place, marked."""
RULE, RULE_CELLS = "─", 40


def sheet(view: AccountView, space: Space) -> Sheet:
    """The entries; on a wide screen the one under the cursor is beside them."""
    head = list(_head(view, space.left))
    if not view.entries and view.wanted != EVERYTHING:
        words = _("Nothing fits the filter. Esc takes it off.")
        return Sheet((*head, flowing("  ", (words, "muted"), key="nothing", hang=2)))
    if not view.entries:
        words = _("Nothing was logged yet. t logs the first talk, r a call that nobody answered.")
        return Sheet((heading(_("TIMELINE")), flowing("  ", (words, "gap"), key="form:touchpoint",
                                                      hang=2)))  # fmt: skip
    pinned = {entry_key(one) for one in view.pins}
    lines = head
    for one in view.entries:
        lines.append(entry_line(one, view, space.left, pinned=entry_key(one) in pinned))
    if view.more_entries:
        lines.append(line((_("… older ones"), "muted"), key=MORE))
    return Sheet(tuple(lines), preview(view, "") if space.wide else ())


def _head(view: AccountView, width: int) -> Iterable[Line]:
    """The filter that holds; without one the pinned entries."""
    if view.wanted != EVERYTHING:
        yield line((_("filter") + "  ", "head"), filter_words(view))
        return
    for one in view.pins[:SHOWN_PINS]:
        yield entry_line(one, view, width, pinned=True, on_top=True)
    more = len(view.pins) - SHOWN_PINS
    if more > 0:
        words = ngettext("… {count} pinned more", "… {count} pinned more", more)
        yield line((words.format(count=more), "muted"))
    if view.pins:
        yield line((RULE * min(width, RULE_CELLS), "muted"))


def filter_words(view: AccountView) -> str:
    """The filter of the timeline in words."""
    wanted = view.wanted
    person = next((one.name for one in view.page.people if one.id == wanted.person_id), "")
    parts = [
        ", ".join(kind_words(kind) for kind in wanted.kinds),
        function_name(wanted.function) if wanted.function else "",
        person,
        _("from {day}").format(day=wanted.since.isoformat()) if wanted.since else "",
        _("to {day}").format(day=wanted.until.isoformat()) if wanted.until else "",
    ]
    return " · ".join(part for part in parts if part)


def entry_line(
    one: TimelineRow, view: AccountView, width: int, *, pinned: bool = False, on_top: bool = False
) -> Line:
    """When, what, who, the note's first line, function; ``on_top``: as it stands among the pins."""
    when = moment(one.occurred_at, view.zone, view.today, one.date_only)
    key = f"{PINNED}{entry_key(one)}" if on_top else entry_key(one)
    said = ": ".join(part for part in (one.people or "", first_line(one.text)) if part)
    extra = extra_words(one, view)
    mark = PIN_SIGN if pinned else ""
    if width < 60:
        tail = f" [{extra}]" if extra else ""
        words = f" {mark}{what_words(one)} "
        return flowing((when, "muted"), words, said, (tail, "muted"), key=key, hang=2)
    room = max(8, width - WHEN - WHAT - WHOSE - 3)
    tail = f" {cut(extra, max(8, room - SAID))}" if extra else ""
    whose = function_name(one.function) if one.function else "-"
    return line(
        (fit(when, WHEN), "muted"),
        " ",
        (
            fit(mark + what_words(one), WHAT),
            "strong" if one.two_way or one.kind == "complaint" else "",
        ),
        " ",
        fit(said, room - width_of(tail)),
        (tail, "muted"),
        (" " + fit(whose, WHOSE), "muted"),
        key=key,
    )


def what_words(one: TimelineRow) -> str:
    """``meeting, +1``, ``mail in``, ``C-118``, ``pulse 4``."""
    mood = sign_of_mood(one.sentiment) if one.kind in ("touchpoint", "signal") else ""
    return entry_words(one, mood)


def extra_words(one: TimelineRow, view: AccountView) -> str:
    """What stands before the text: to come, a reply, how many replies, when it was logged."""
    marks = []
    if to_come(one, view.now):
        marks.append(_("to come"))
    if one.thread_id is not None:
        marks.append(_("reply"))
    if one.replies:
        marks.append(ngettext("{count} reply", "{count} replies", one.replies).format(
            count=one.replies))  # fmt: skip
    logged = datetime.fromisoformat(one.logged_at).astimezone(view.zone).date().isoformat()
    if apart(one, logged):
        marks.append(_("logged {day}").format(day=day(logged, view.today)))
    return ", ".join(marks)


def preview(view: AccountView, key: str) -> tuple[Line, ...]:
    """The entry of a key as it stands beside the list; the newest for a key that is not there."""
    key = key.removeprefix(PINNED)
    listed = (*view.entries, *view.pins)
    found = next((one for one in listed if entry_key(one) == key), view.entries[0])
    return entry_lines(found, view)


def entry_lines(
    one: TimelineRow, view: AccountView, extra: Iterable[tuple[str, str]] = ()
) -> tuple[Line, ...]:
    """One whole entry: what, when, who, mood, the full note, when and by whom it was logged.

    ``extra`` are (name, text) that only the record itself holds.
    """
    on = full_moment(one.occurred_at, view.zone, one.date_only)
    lines = [
        line((what_words(one), "title"), "  ", on),
        *_fact(_("people"), one.people or ""),
        *_fact(_("by"), ", ".join(_by(one))),
    ]
    if one.kind == "touchpoint":
        said = _("two-way: it counts as contact") if one.two_way else _("one-way")
        lines += _fact(_("contact"), said)
        if one.sentiment is not None:
            lines += _fact(_("mood"), sign_of_mood(one.sentiment))
    for name, text in extra:
        lines += _fact(name, text)
    lines.append(Line())
    lines += note_lines(one.text)
    lines += [Line(), line((_("logged {when}").format(when=full_moment(one.logged_at, view.zone)),
                            "muted"))]  # fmt: skip
    return tuple(lines)


def _by(one: TimelineRow) -> Iterable[str]:
    if one.colleague:
        yield one.colleague
    if one.function:
        yield function_name(one.function)


def _fact(name: str, text: str) -> list[Line]:
    if not text:
        return []
    first, *rest = visible_lines(text).split("\n")
    label: Cell = (fit(name, 12), "head")
    return [flowing(label, first, hang=12), *(flowing(" " * 12, part, hang=12) for part in rest)]


def note_lines(text: str) -> list[Line]:
    """A note as it was written, line by line."""
    if not text.strip():
        return [line((_("no note"), "muted"))]
    return [flowing(part, hang=0) for part in visible_lines(text).split("\n")]
