"""Promises of ours: kept, broken, late or open, and the share of those that were kept. Pure.

A promise is an action of ours with ``promised`` set. Its day is the day it has now: one that was
put off with a reason is measured by the later day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.language import gettext as _

DAYS = 90
"""So many days back promises are counted (0 <= age <= 90, rules.md)."""
STATES = ("open", "late", "kept", "broken", "dropped")
METHOD = "due_in_last_90_days"


class Promise(NamedTuple):
    """What counting needs of a promise."""

    owner: str | None
    due_on: date | None
    status: str
    done_on: date | None


class KeptShare(NamedTuple):
    """How one of us kept what fell due: ``kept`` of ``judged``; ``share`` in per cent."""

    owner: str | None
    kept: int
    broken: int
    late: int

    @property
    def judged(self) -> int:
        """Promises that fell due and were not dropped."""
        return self.kept + self.broken + self.late

    @property
    def share(self) -> float | None:
        """The share that was kept on time, 0 to 100; None where nothing fell due."""
        return 100 * self.kept / self.judged if self.judged else None


def state_of(promise: Promise, today: date) -> str:
    """``open``, ``late`` (open past its day), ``kept`` (done by its day), ``broken`` (done after
    it) or ``dropped``; one without a day is never late."""
    if promise.status == "dropped":
        return "dropped"
    if promise.status == "done":
        done, due = promise.done_on, promise.due_on
        return "broken" if done is not None and due is not None and done > due else "kept"
    return "late" if promise.due_on is not None and promise.due_on < today else "open"


def kept_shares(promises: Iterable[Promise], today: date) -> tuple[KeptShare, ...]:
    """By owner, those of nobody last: promises whose day lies in the last 90 days.

    Left out: what has no day, what was dropped, and what is due today and still open.
    """
    counted: dict[str | None, dict[str, int]] = {}
    for one in promises:
        state = state_of(one, today)
        if one.due_on is None or not 0 <= (today - one.due_on).days <= DAYS:
            continue
        if state in ("kept", "broken", "late"):
            own = counted.setdefault(one.owner, {"kept": 0, "broken": 0, "late": 0})
            own[state] += 1
    order = sorted(counted, key=lambda owner: (owner is None, (owner or "").casefold(), owner))
    return tuple(KeptShare(owner, **counted[owner]) for owner in order)


def method_words() -> str:
    """How the share is counted, in a sentence."""
    return _(
        "Promises due in the last 90 days: kept = done by their day. Late ones count as not kept; "
        "dropped ones and those without a day are left out."
    )
