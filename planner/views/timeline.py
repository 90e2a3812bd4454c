"""The stream of an account or of a person: its kinds, what limits it, and a place in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

KINDS = (
    "touchpoint", "complaint", "survey", "signal", "pulse", "meeting", "plan", "contract",
    "advocacy", "celebration",
)  # fmt: skip
"""What the stream is made of; of two entries at one moment the later kind stands first."""
WITH_FUNCTION = ("touchpoint", "complaint", "signal", "pulse", "meeting", "plan", "contract")
"""Kinds that belong to a function: its own, else that of who did it; complaints are service's."""
WITH_PERSON = (
    "touchpoint", "complaint", "survey", "signal", "meeting", "advocacy", "celebration",
)  # fmt: skip
"""Kinds that can be of a person."""
SLACK = timedelta(days=2)
"""A local day and the moment in UTC that was kept beside it are never further apart."""


class Place(NamedTuple):
    """Where an entry stands: its moment, its kind's rank, its id. Entries run downwards."""

    at: str
    rank: int
    id: int


TOP = Place("9999", len(KINDS), 2**63 - 1)
"""Above every entry."""


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What is shown; everything that is named has to hold. No ``kinds`` are all of them.

    ``since`` and ``until`` are local days, both included. A function leaves out the kinds that
    have none, a person those that are of no person.
    """

    kinds: tuple[str, ...] = ()
    function: str | None = None
    person_id: int | None = None
    since: date | None = None
    until: date | None = None

    def shown_kinds(self) -> tuple[str, ...]:
        """The kinds that can have an entry."""
        return tuple(
            kind
            for kind in KINDS
            if (not self.kinds or kind in self.kinds)
            and (self.function is None or kind in WITH_FUNCTION)
            and (self.function in (None, "service") or kind != "complaint")
            and (self.person_id is None or kind in WITH_PERSON)
        )

    def top(self) -> Place:
        """A place above everything that the last day lets through, and not much above it."""
        if self.until is None or self.until >= date.max - SLACK:
            return TOP
        return Place((self.until + SLACK).isoformat(), len(KINDS), 2**63 - 1)

    def bottom(self) -> str:
        """A moment below everything that the first day lets through."""
        if self.since is None or self.since <= date.min + SLACK:
            return ""
        return (self.since - SLACK).isoformat()


EVERYTHING = TimelineFilter()
"""Nothing is left out."""
HAPPENED = tuple(kind for kind in KINDS if kind not in ("plan", "meeting"))
"""What stands last on the one page of an account: changes of our own plan would crowd it out, and
a meeting that was held is there as its touchpoint."""
