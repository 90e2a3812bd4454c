"""What differs between two versions of a plan, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from planner.entity import spoken_name
from planner.language import gettext as _
from planner.plan_sections import section_name
from planner.text import visible
from planner.vocabulary_words import value_words
from tui.cli.output import UNKNOWN, identity, money_document, money_text

if TYPE_CHECKING:
    from planner.plan_history import PlanHistory
    from planner.plan_versions import FieldChange

YES_OR_NO = ("auto_renew", "shared", "promised")
CHOICES = ("size", "status", "stage", "keep_class", "forecast", "stance", "state", "kind", "source",
           "function", "channel", "price_position", "side")  # fmt: skip


def change_documents(
    changes: Iterable[FieldChange], history: PlanHistory, currency: str
) -> list[dict[str, Any]]:
    """The changes as JSON: amounts with their currency, names for ids."""
    return [
        {
            "section": one.section,
            "kind": one.table,
            "id": identity(one.row_id),
            "record": one.record,
            "op": one.op,
            "field": one.field.removesuffix("_minor") or None,
            "old": _document(one, one.old, _money(one, history, currency)),
            "new": _document(one, one.new, _money(one, history, currency)),
            "diff": list(one.diff),
        }
        for one in changes
    ]


def change_lines(
    changes: Iterable[FieldChange], history: PlanHistory, currency: str
) -> Iterator[str]:
    """The changes as lines, by section and record."""
    section, record, seen = "", (0, ""), False
    for one in changes:
        seen = True
        if one.section != section:
            yield section_name(one.section)
            section, record = one.section, (0, "")
        if (one.row_id, one.op) != record:
            yield "  " + _head(one)
            record = (one.row_id, one.op)
        if one.diff:
            yield f"    {spoken_name(one.field)}:"
            yield from (f"      {visible(line)}" for line in one.diff)
        elif one.field:
            money = _money(one, history, currency)
            yield f"    {spoken_name(one.field)}: {_text(one, one.old, money)} -> " + _text(
                one, one.new, money
            )
    if not seen:
        yield _("nothing differs")


def _head(one: FieldChange) -> str:
    words = visible(one.record) or value_words(one.table)
    if one.op == "added":
        return _("added: {record}").format(record=words)
    return _("taken out: {record}").format(record=words) if one.op == "taken_out" else words


def _money(one: FieldChange, history: PlanHistory, currency: str) -> str:
    row = history.rows.get((one.table, one.row_id), {})
    return str(row.get("currency") or currency)


def _document(one: FieldChange, value: Any, currency: str) -> Any:
    if one.field.endswith("_minor"):
        return money_document(value, currency)
    if one.field in YES_OR_NO and value is not None:
        return bool(value)
    if one.field.endswith("_id") and isinstance(value, int):
        return identity(value)
    return value


def _text(one: FieldChange, value: Any, currency: str) -> str:
    if value is None or value == "":
        return UNKNOWN
    if one.field.endswith("_minor"):
        return money_text(value, currency)
    if one.field in YES_OR_NO:
        return _("yes") if value else _("no")
    if one.field in CHOICES:
        return value_words(str(value))
    return f"{value:g}" if isinstance(value, float) else visible(str(value))
