"""What Today shows: one line an account with its most urgent reason, the rest folded under it."""

from __future__ import annotations

from dataclasses import dataclass

DATED_KINDS = (
    "complaint", "incident", "promise", "request", "action", "notice", "renewal", "alert",
    "contact", "milestone", "risk", "opportunity", "review", "qbr", "celebration", "improvement",
)  # fmt: skip
UPKEEP_KINDS = ("survey", "sign", "interview", "starter", "measure", "section", "gap")
"""What the plans need without somebody waiting for it today; the first comes first."""
DUTY_KINDS = (*DATED_KINDS, "waiting", "offer", *UPKEEP_KINDS)
FOLDS = ("later", "waiting", "handoffs", "upkeep")
LATER_DAYS = 14
UPKEEP_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do at an account.

    ``kind`` is one of ``DUTY_KINDS``; ``due_on`` ISO text or None; ``due_at`` a complaint's due
    moment; ``row_id`` opens the row behind it, ``section`` is where in the plan it stands.
    ``at_risk``: most of a complaint's time is used up, so it is for now, whenever it is due.
    ``loyal``: of a loyal customer, so its complaint comes before others that are as urgent.
    """

    account_id: int
    kind: str
    words: str
    due_on: str | None
    due_at: str | None
    owner_id: int | None
    owner: str | None
    row_id: int | None
    section: str | None = None
    at_risk: bool = False
    loyal: bool = False


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
    """Today for a scope: lines for now, later, waiting on them, hand-offs, and rationed upkeep.

    ``upkeep_total`` counts all upkeep, of which ``upkeep`` lists this week's ration;
    ``upkeep_clipped``: of more plans than were looked at. ``clipped``: there is more of some kind
    than Today looks at; the most urgent is here. ``whole``: what the plans ask for was read too.
    """

    on: str
    now: tuple[TodayLine, ...]
    later: tuple[TodayLine, ...]
    waiting: tuple[TodayLine, ...]
    upkeep: tuple[TodayLine, ...]
    upkeep_total: int
    clipped: bool = False
    handoffs: tuple[TodayLine, ...] = ()
    upkeep_clipped: bool = False
    whole: bool = True

    def count(self, section: str) -> str:
        """How many lines a section has, as text; ``300+`` when it may be clipped, ``…`` while
        the plans were not read."""
        if section == "handoffs" and not self.whole:
            return "…"
        lines: tuple[TodayLine, ...] = getattr(self, section)
        return f"{len(lines)}+" if self.clipped and section != "upkeep" else str(len(lines))

    @property
    def upkeep_known(self) -> str:
        """How much upkeep there is, as text; ``74+`` when more plans were not looked at."""
        if not self.whole:
            return "…"
        return f"{self.upkeep_total}+" if self.upkeep_clipped else str(self.upkeep_total)
