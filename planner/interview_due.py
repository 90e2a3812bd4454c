"""When an interview is due: after a renewal decision why they stay, after notice or a loss why they
leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from planner.language import gettext as _

RENEWED_DAYS = 30
"""For so many days after they renewed or took more, a stay interview is worth asking for."""
EXIT_BEFORE_DAYS = 180
"""An exit interview held at most so long before the loss speaks of that loss."""


CALL_WITHIN = 3
"""An exit call is due within so many business days of notice."""
SATURDAY = 5


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
    notice_on: date | None = None,
    held: Iterable[tuple[str, date]] = (),
) -> tuple[InterviewDue, ...]:
    """The interviews that an account calls for. ``held``: (kind, day) of those that were held.

    ``notice_on``: the day on which they gave notice that stands; they should be called within
    ``CALL_WITHIN`` business days. Who is lost, or gave notice, is not asked why they stay.
    """
    known = tuple(held)
    gone = lost or (lost_on is not None and lost_on <= today)
    if gone:
        return _exit(lost_on, known)
    if notice_on is not None and notice_on <= today:
        return _notice(notice_on, known)
    first = today - timedelta(days=RENEWED_DAYS)
    recent = [one for one in decisions if first <= one.on <= today and _good(one)]
    newest = max(recent, key=lambda one: (one.on, one.upgraded), default=None)
    if newest is None or any(kind == "stay" and on >= newest.on for kind, on in known):
        return ()
    words = _("they took more on {day}") if newest.upgraded else _("they renewed on {day}")
    return (InterviewDue("stay", words.format(day=newest.on.isoformat()), newest.on),)


def _good(one: Decision) -> bool:
    return one.renewed or one.upgraded


def call_by(notice_on: date) -> date:
    """The last day of the exit call: business days are Monday to Friday."""
    day, left = notice_on, CALL_WITHIN
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def _notice(notice_on: date, held: tuple[tuple[str, date], ...]) -> tuple[InterviewDue, ...]:
    first = notice_on - timedelta(days=EXIT_BEFORE_DAYS)
    if any(kind == "exit" and on >= first for kind, on in held):
        return ()
    words = _("they gave notice on {day}: call them by {last}")
    said = words.format(day=notice_on.isoformat(), last=call_by(notice_on).isoformat())
    return (InterviewDue("exit", said, notice_on),)


def _exit(lost_on: date | None, held: tuple[tuple[str, date], ...]) -> tuple[InterviewDue, ...]:
    first = date.min if lost_on is None else lost_on - timedelta(days=EXIT_BEFORE_DAYS)
    if any(kind == "exit" and on >= first for kind, on in held):
        return ()
    if lost_on is None:
        return (InterviewDue("exit", _("they are lost"), None),)
    return (InterviewDue("exit", _("lost on {day}").format(day=lost_on.isoformat()), lost_on),)
