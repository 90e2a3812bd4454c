"""The versions of a plan as lines, and what differs between two of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from planner.language import gettext as _
from planner.plan_history import PlanHistory
from planner.plan_sections import section_name
from planner.plan_versions import FieldChange, PlanVersion
from planner.text import visible
from planner.vocabulary_words import value_words
from tui.screens.account_view import AccountView
from tui.screens.account_words import EMPTY, exact, figure, flowing, line, moment
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

COLUMNS_LEAST = 60
DIFF_STYLES = {"+": "good", "-": "late"}


def version_lines(
    versions: Sequence[PlanVersion], view: AccountView, width: int, picked: int | None = None
) -> Iterable[Line]:
    """The versions, the newest first; ``picked`` is the one that waits for a second."""
    for one in reversed(versions):
        yield _version(one, view, width, one.number == picked)


def _version(one: PlanVersion, view: AccountView, width: int, picked: bool) -> Line:
    when = moment(one.at, view.zone, view.today)
    sections = ", ".join(section_name(section) for section in one.sections)
    key = f"version:{one.number}"
    number: Cell = (f"{one.number:>4} ", "mark" if picked else "strong")
    sign: Cell = ("● " if picked else "  ", "mark")
    if width < COLUMNS_LEAST:
        return flowing(sign, number, f"{when} {one.actor}: {one.summary}",
                       (f" · {sections}", "muted"), key=key, hang=7)  # fmt: skip
    room = max(10, (width - 7 - 16 - 15) // 2)
    return line(
        sign, number, (fit(when, 15), "muted"), " ", fit(one.actor, 14), " ",
        fit(one.summary, room), (" " + sections, "muted"), key=key,
    )  # fmt: skip


def compare_lines(history: PlanHistory, old: int, new: int, view: AccountView) -> Iterable[Line]:
    """What differs from one version to another, section by section, field by field."""
    for number in (old, new):
        one = history.version(number)
        words = _("version {number}").format(number=number)
        when = moment(one.at, view.zone, view.today)
        yield flowing((words, "strong"), f"  {when} · {one.actor} · {one.summary}", hang=2)
    changes = history.compare(old, new)
    if not changes:
        yield EMPTY
        yield line((_("Nothing that the plan holds differs."), "muted"))
    for section, found in groupby(changes, key=lambda one: one.section):
        yield EMPTY
        yield line((section_name(section).upper(), "title"))
        for _record, rows in groupby(found, key=lambda one: (one.table, one.row_id)):
            yield from _record_lines(list(rows), history, view)


def _record_lines(
    rows: list[FieldChange], history: PlanHistory, view: AccountView
) -> Iterable[Line]:
    first = rows[0]
    said = {
        "added": (_("added"), "good"),
        "taken_out": (_("taken out"), "late"),
        "changed": (_("changed"), "muted"),
    }[first.op]
    table = value_words(first.table)
    name = visible(first.record) if first.record else ""
    row = history.rows.get((first.table, first.row_id), {})
    currency = str(row.get("currency") or view.currency)
    yield flowing("  ", (table + "  ", "head"), name, "  ", said, hang=4)
    for one in rows:
        if not one.field:
            continue
        label: Cell = (f"    {fit(field_words(one.field), 18)} ", "head")
        if one.diff:
            yield line(label)
            for text in one.diff:
                yield flowing("      ", (visible(text), DIFF_STYLES.get(text[:1], "muted")), hang=8)
        else:
            old, new = (_value(one.field, value, currency) for value in (one.old, one.new))
            yield flowing(label, (old, "muted"), " → ", new, hang=23)


def field_words(column: str) -> str:
    """A column as people read it: ``their_owner_id`` is "their owner"."""
    for ending in ("_id", "_on", "_minor"):
        column = column.removesuffix(ending)
    return value_words(column)


def _value(column: str, value: Any, currency: str) -> str:
    if value in (None, "", "[]", "{}"):
        return _("(nothing)")
    if column.endswith("_minor") and isinstance(value, int):
        return exact(value, currency)
    if isinstance(value, float):
        return figure(value)
    if column in ("shared", "promised", "auto_renew"):
        return _("yes") if value else _("no")
    text = visible(" ".join(str(value).split()))
    return value_words(text) if text == str(value) else text
