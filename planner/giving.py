"""What we give for loyalty: what the mix of benefits lacks, and what a gesture may cost. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.language import gettext as _

GESTURE_LIMIT = "gesture.limit"
"""The book's setting of what one of us may give away alone, in minor units of its currency."""
MOST_MINOR = 10**15
MOST_FINANCIAL = 3
"""More financial benefits than this without a single service benefit are pointed out."""
APPROVERS = ("lead", "admin")
"""Seniorities that may approve a gesture of their own."""


def benefit_hint(kinds: Iterable[str]) -> str | None:
    """What the mix of an account's benefits lacks, in a sentence; None when it is fine."""
    found = list(kinds)
    financial = found.count("financial")
    if financial <= MOST_FINANCIAL or "service" in found:
        return None
    return _(
        "{count} benefits are financial and none is a service: think of what lowers their hassle."
    ).format(count=financial)


def minor_units_of(text: str) -> int | None:
    """A whole number of minor units as a setting keeps it; None for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_MINOR))
    return int(text) if plain and int(text) <= MOST_MINOR else None


def gesture_limit(settings: Mapping[str, str]) -> int | None:
    """What one of us may give away alone, in minor units; None where the book sets no limit."""
    return minor_units_of(settings.get(GESTURE_LIMIT, ""))


def needs_approver(cost_minor: int | None, limit_minor: int | None) -> bool:
    """Whether a gesture costs more than one of us may give alone; without a limit none does."""
    return cost_minor is not None and limit_minor is not None and cost_minor > limit_minor


def may_approve(approver_id: int, seniority: str, giver_id: int | None) -> bool:
    """Whether a colleague may approve a gesture: a lead, an admin, or anyone but the giver."""
    return seniority in APPROVERS or approver_id != giver_id
