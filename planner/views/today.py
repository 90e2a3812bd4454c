"""What Today shows: one line an account with its most urgent reason, the rest folded under it."""

from __future__ import annotations

from dataclasses import dataclass

NOW_KINDS = ("complaint", "promise", "action", "contact", "notice", "renewal", "starter")
LATER_DAYS = 14
UPKEEP_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do at an account.

    ``kind`` is one of ``NOW_KINDS``; ``due_on`` ISO text or None; ``late_minutes`` counts from a
    complaint's due moment; ``row_id`` opens the row behind it.
    """

    account_id: int
    kind: str
    words: str
    due_on: str | None
    due_at: str | None
    owner_id: int | None
    owner: str | None
    row_id: int | None


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One account on Today: its most urgent duty and the others behind it."""

    account_id: int
    account: str
    band: str
    shown: int | None
    uncertain: bool
    starter_known: int
    coverage: float
    first: Duty
    others: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Today for a scope: lines for now, later, waiting on them, and rationed upkeep.

    ``upkeep_total`` counts all upkeep, of which ``upkeep`` lists this week's ration. ``clipped``:
    there is more of some kind than Today looks at; the most urgent is here.
    """

    on: str
    now: tuple[TodayLine, ...]
    later: tuple[TodayLine, ...]
    waiting: tuple[TodayLine, ...]
    upkeep: tuple[TodayLine, ...]
    upkeep_total: int
    clipped: bool = False

    def count(self, section: str) -> str:
        """How many lines a section has, as text; ``300+`` when it may be clipped."""
        lines: tuple[TodayLine, ...] = getattr(self, section)
        return f"{len(lines)}+" if self.clipped and section != "upkeep" else str(len(lines))
