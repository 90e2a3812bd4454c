"""What somebody of theirs asked for: by when it is answered, and how it is told. Pure.

A request is an action of ours with ``request`` set (rules.md: what is owed is one kind of record).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.language import gettext as _

REQUEST_DAYS = "request.days"
"""The book's setting of how many business days an answer may take."""
DEFAULT_DAYS = 2
"""The default: usual in support and sales desks, and not calibrated by any outcome."""
MOST_DAYS = 60


def usable_days(text: str) -> int | None:
    """A number of business days as the setting keeps it; None for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= 3
    return int(text) if plain and 0 <= int(text) <= MOST_DAYS else None


def days_of(settings: Mapping[str, str]) -> int:
    """The business days of a book within which a request is answered."""
    chosen = usable_days(settings.get(REQUEST_DAYS, ""))
    return DEFAULT_DAYS if chosen is None else chosen


def due_day(asked_on: date, days: int, zone: str) -> date:
    """The day by which an answer is due: so many business days after they asked."""
    from planner.clocks import business_days_after, default_calendar

    return business_days_after(asked_on, days, default_calendar(zone))


def days_late(due_on: date | None, today: date) -> int:
    """How many days an open request is late; 0 while it is not, or has no day."""
    return 0 if due_on is None else max(0, (today - due_on).days)


def usual_answer(request: str) -> str:
    """What there is to do about a request where nobody said it in words."""
    return {
        "price_list": _("send a price list"),
        "quote": _("send a quote"),
        "information": _("answer their question"),
        "document": _("send a document"),
        "meeting": _("offer days for a meeting"),
    }.get(request, _("answer what they asked for"))


def asked_words(request: str, action: str = "") -> str:
    """``they asked for a quote: quote for the second site``; the usual answer is not repeated."""
    asked = {
        "price_list": _("they asked for a price list"),
        "quote": _("they asked for a quote"),
        "information": _("they asked for information"),
        "document": _("they asked for a document"),
        "meeting": _("they asked for a meeting"),
    }.get(request, _("they asked for something"))
    if not action.strip() or action == usual_answer(request):
        return asked
    return _("{asked}: {action}").format(asked=asked, action=action)
