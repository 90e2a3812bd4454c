"""What lists show of us."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """One colleague."""

    id: int
    name: str
    email: str | None
    function: str | None
    seniority: str
    away_from: str | None
    away_to: str | None
    cover_id: int | None
    retired_on: str | None
