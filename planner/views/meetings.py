"""A meeting as Today and the list of meetings show it."""

from __future__ import annotations

from dataclasses import dataclass

DAYS_TO_LOG = 7
"""For how many days a meeting that was not logged is asked about."""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with its account's face. ``people`` are who attends, in one text.

    ``starts_at`` and ``ends_at`` are ISO moments, ``starts_on`` the local day.
    """

    id: int
    account_id: int
    account: str
    title: str
    kind: str
    starts_at: str
    starts_on: str
    date_only: bool
    ends_at: str | None
    place: str | None
    status: str
    touchpoint_id: int | None
    colleague_id: int | None
    band: str
    shown: int | None
    uncertain: bool
    starter_known: int
    coverage: float
    people: tuple[str, ...] = ()

    def to_log(self, now: str, today: str) -> bool:
        """Whether it has begun, seen from an ISO moment and day, and was not logged."""
        if self.touchpoint_id is not None or self.status != "planned":
            return False
        return self.starts_on <= today if self.date_only else self.starts_at <= now
