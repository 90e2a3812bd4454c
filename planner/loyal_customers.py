"""Who is a loyal customer: for years, or one who spoke for us lately. A convention. Pure."""

from __future__ import annotations

from datetime import date

from planner.language import gettext as _

YEARS = 5
"""Years since the first contract began from which a customer is loyal; not calibrated."""
DEED_DAYS = 365
"""Days within which something done for us counts."""


def loyal_words(first_on: date | None, deed_on: date | None, today: date) -> str:
    """Why a customer is loyal, in words; empty where they are not known to be.

    ``first_on``: when their first contract began; ``deed_on``: when they last did something for us.
    """
    if deed_on is not None and 0 <= (today - deed_on).days <= DEED_DAYS:
        return _("loyal: spoke for us on {day}").format(day=deed_on.isoformat())
    if first_on is not None and _years(first_on, today) >= YEARS:
        return _("loyal: customer since {year}").format(year=first_on.year)
    return ""


def _years(since: date, today: date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
