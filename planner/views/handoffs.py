"""What was offered to a colleague and not answered yet. Days are ISO text."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from planner.language import gettext as _
from planner.views.today import Duty


class HandOffRow(NamedTuple):
    """One offer: a complaint, or a section of a plan (``kind``); ``days``: how old it is."""

    kind: str
    id: int
    account_id: int
    account: str
    number: str | None
    what: str
    offered_on: str | None
    days: int | None
    from_name: str | None
    to_id: int
    to_name: str
    note: str | None


def days_ago(offered_on: str | None, today: date) -> int | None:
    """How many days ago an offer was made; None where nobody wrote it down."""
    return None if offered_on is None else (today - date.fromisoformat(offered_on)).days


def complaint_duty(row: HandOffRow, *, mine: bool) -> Duty:
    """An offered complaint as a line of Today: to me a question, of others a fact."""
    if not mine:
        words = _("offered to {name}: {number}").format(name=row.to_name, number=row.number)
    elif row.days:
        words = _("take over {number} from {name}? offered {days}d ago")
    else:
        words = _("take over {number} from {name}? offered today")
    if mine:
        name = row.from_name or _("nobody")
        words = words.format(number=row.number, name=name, days=row.days)
    return Duty(row.account_id, "handed", words, None, None, row.to_id, row.to_name, row.id)
