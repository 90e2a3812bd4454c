"""How content each account is, month by month: hidden, and the source of everything it does.

Nothing here is stored. Facts follow from it, and the score is computed from the facts alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from planner.sampling.timeline import HISTORY_DAYS

MONTH_DAYS = 30.5
MONTHS = 18
NOISE = 0.04

DECK = (
    *("thriving",) * 9,
    *("steady",) * 4,
    "recovering",
    "sliding",
    "troubled",
    *("quiet",) * 2,
)
"""Eighteen of every twenty accounts; the other two come by turns."""
TURNS = (("new", "steady"), ("lost", "troubled"))
# What happens to one account of a kind in every third deck.
INCIDENTS: tuple[dict[str, str], ...] = (
    {"troubled": "cancelled", "steady": "champion_left", "thriving": "notice_soon"},
    {"troubled": "critical", "steady": "competitor", "thriving": "renewal_soon"},
    {"troubled": "unpaid", "sliding": "renewal_soon", "thriving": "overdue_renewal",
     "steady": "notice_soon"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Character:
    """One account's hidden satisfaction, 0 to 1, and what befell it.

    ``levels`` runs by month from eighteen months ago to today.
    """

    kind: str
    incident: str | None
    levels: tuple[float, ...]

    def at(self, back: int) -> float:
        """Satisfaction so many days ago."""
        place = MONTHS - min(max(back, 0), HISTORY_DAYS) / MONTH_DAYS
        low = min(max(int(place), 0), MONTHS - 1)
        part = place - low
        return self.levels[low] * (1 - part) + self.levels[low + 1] * part

    @property
    def now(self) -> float:
        """Satisfaction today."""
        return self.levels[-1]


def characters(rng: Random) -> Iterator[Character]:
    """An endless row of characters in the mix of a believable book."""
    number = 0
    while True:
        kinds = [*DECK, *TURNS[number % len(TURNS)]]
        rng.shuffle(kinds)
        waiting = dict(INCIDENTS[number % len(INCIDENTS)])
        for kind in kinds:
            yield Character(kind, waiting.pop(kind, None), _levels(rng, kind))
        number += 1


def _levels(rng: Random, kind: str) -> tuple[float, ...]:
    start, end = _ends(rng, kind)
    turn = rng.uniform(0.62, 0.75)  # where in time the change begins
    levels = []
    wander = 0.0
    for month in range(MONTHS + 1):
        share = month / MONTHS
        if kind in ("sliding", "lost", "recovering"):
            share = 0.0 if share < turn else (share - turn) / (1 - turn)
        wander = 0.7 * wander + rng.gauss(0, NOISE)
        settled = 0.0 if month == MONTHS else wander
        levels.append(min(1.0, max(0.02, start + (end - start) * share + settled)))
    return tuple(levels)


def _ends(rng: Random, kind: str) -> tuple[float, float]:
    spans = {
        "thriving": ((0.66, 0.9), (0.82, 0.97)),
        "steady": ((0.5, 0.72), (0.46, 0.58)),
        "recovering": ((0.2, 0.35), (0.46, 0.56)),
        "sliding": ((0.75, 0.9), (0.1, 0.2)),
        "troubled": ((0.4, 0.6), (0.06, 0.18)),
        "quiet": ((0.45, 0.7), (0.4, 0.6)),
        "new": ((0.7, 0.8), (0.7, 0.85)),
        "lost": ((0.5, 0.7), (0.05, 0.15)),
    }
    first, last = spans[kind]
    return rng.uniform(*first), rng.uniform(*last)
