"""The rows of the risk radar."""

from __future__ import annotations

from dataclasses import dataclass

from planner.lookalike import LookAlikes
from planner.radar import Risks


@dataclass(frozen=True, slots=True)
class RadarRow:
    """An account with its reasons. ``shown`` and ``band`` are its health, of ``as_of``."""

    account_id: int
    account: str
    tier: int | None
    owner_id: int | None
    owner: str | None
    arr_minor: int | None
    currency: str | None
    shown: int | None
    band: str
    coverage: float
    uncertain: bool
    as_of: str
    risks: Risks


@dataclass(frozen=True, slots=True)
class RadarPage:
    """The rows asked for, how many there are, and what the losses teach."""

    rows: tuple[RadarRow, ...]
    total: int
    losses: LookAlikes


@dataclass(frozen=True, slots=True)
class LostRow:
    """A lost account that showed what another shows now."""

    account_id: int
    account: str
    lost_on: str
