"""When an interview is due: after a renewal decision why they stay, after a loss why they left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from planner.language import gettext as _

RENEWED_DAYS = 30
"""For so many days after they renewed or took more, a stay interview is worth asking for."""
EXIT_BEFORE_DAYS = 180
"""An exit interview held at most so long before the loss speaks of that loss."""


class Decision(NamedTuple):
    """A renewal that was decided, or more that was taken."""

    on: date
    renewed: bool
    upgraded: bool = False


class InterviewDue(NamedTuple):
    """An interview that should be held, why, and since when (None where no day is known)."""

    kind: str
    why: str
    since: date | None


def interview_due(
    today: date,
    *,
    decisions: Iterable[Decision] = (),
    lost: bool = False,
    lost_on: date | None = None,
    held: Iterable[tuple[str, date]] = (),
) -> tuple[InterviewDue, ...]:
    """The interviews that an account calls for. ``held``: (kind, day) of those that were held.

    A lost account is not asked why it stays.
    """
    known = tuple(held)
    gone = lost or (lost_on is not None and lost_on <= today)
    if gone:
        return _exit(lost_on, known)
    first = today - timedelta(days=RENEWED_DAYS)
    recent = [one for one in decisions if first <= one.on <= today and _good(one)]
    newest = max(recent, key=lambda one: (one.on, one.upgraded), default=None)
    if newest is None or any(kind == "stay" and on >= newest.on for kind, on in known):
        return ()
    words = _("they took more on {day}") if newest.upgraded else _("they renewed on {day}")
    return (InterviewDue("stay", words.format(day=newest.on.isoformat()), newest.on),)


def _good(one: Decision) -> bool:
    return one.renewed or one.upgraded


def _exit(lost_on: date | None, held: tuple[tuple[str, date], ...]) -> tuple[InterviewDue, ...]:
    first = date.min if lost_on is None else lost_on - timedelta(days=EXIT_BEFORE_DAYS)
    if any(kind == "exit" and on >= first for kind, on in held):
        return ()
    if lost_on is None:
        return (InterviewDue("exit", _("they are lost"), None),)
    return (InterviewDue("exit", _("lost on {day}").format(day=lost_on.isoformat()), lost_on),)
