"""When a push to sell, or a gift, does harm. Pure: it warns and never forbids."""

from __future__ import annotations

from collections.abc import Sequence

from planner.language import gettext as _


def push_warning(band: str | None, critical: Sequence[str]) -> str | None:
    """Why a push to sell is warned against now, in a sentence; None when nothing speaks against.

    ``band`` is the account's health band, ``critical`` are the numbers of its open critical
    complaints.
    """
    reasons = [_("the account is red")] if band == "red" else []
    if critical:
        reasons.append(_open_complaints(critical))
    if not reasons:
        return None
    return _("A push to sell is warned against: {reasons}.").format(reasons="; ".join(reasons))


def gesture_warning(critical: Sequence[str]) -> str | None:
    """Why a gesture is warned against now: a cheap apology after a big mistake harms."""
    if not critical:
        return None
    return _("A gesture is warned against before this is solved: {reasons}.").format(
        reasons=_open_complaints(critical)
    )


def _open_complaints(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return _("critical complaint {number} is open").format(number=numbers[0])
    return _("critical complaints {numbers} are open").format(numbers=", ".join(numbers))
