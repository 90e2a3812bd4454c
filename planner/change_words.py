"""What a change of a plan or a contract says in the timeline. Pure."""

from __future__ import annotations

import json
from typing import Any

from planner.language import gettext as _


def change_words(
    kind: str, summary: str, before: str | None, after: str | None, currency: str | None
) -> str:
    """The summary, with the terms of a contract that moved; an undo and a redo say so.

    ``before`` and ``after`` are the audit's JSON; ``currency`` is given for a contract only.
    """
    words = summary
    if currency is not None and after is not None:
        moved = _terms(json.loads(before) if before else {}, json.loads(after), currency)
        words = f"{summary}: {moved}" if moved else summary
    if kind == "undo":
        return _("undone: {what}").format(what=words)
    return _("redone: {what}").format(what=words) if kind == "redo" else words


def _terms(before: dict[str, Any], after: dict[str, Any], currency: str) -> str:
    from planner.money import Money, compact

    def amount(value: Any) -> str:
        return (
            _("nothing") if value is None else f"{compact(Money(int(value), currency))} {currency}"
        )

    def plain(value: Any) -> str:
        return _("nothing") if value is None else str(value)

    names = {
        "arr_minor": (_("amount"), amount),
        "end_on": (_("end"), plain),
        "notice_days": (_("notice days"), plain),
        "status": (_("status"), plain),
        "forecast": (_("forecast"), plain),
        "decided_on": (_("decided"), plain),
        "cancellation_on": (_("notice given"), plain),
        "cancellation_withdrawn_on": (_("notice withdrawn"), plain),
    }
    said = []
    for field, (name, words) in names.items():
        value = after.get(field)
        if field not in after or value == before.get(field):
            continue
        if field in before:
            said.append(f"{name} {words(before[field])} → {words(value)}")
        elif value is not None:
            said.append(f"{name} {words(value)}")
    return ", ".join(said)
