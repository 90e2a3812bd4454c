"""How a score moved: the signed number beside it, and the slope over weekly points.

Points are computed scores, never overrides. One made by another version of the rules is recomputed
by the caller first; here it is no base.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.views.health_signs import STEADY as STEADY
from planner.views.health_signs import signed_trend

BASE_FROM_DAYS = 21
BASE_TO_DAYS = 35
SLOPE_WEEKS = 8
SLOPE_LEAST = 6
NO_BASE = "·"


@dataclass(frozen=True, slots=True)
class SnapshotPoint:
    """A day's stored score; `shown` is None when nothing was known."""

    on: date
    shown: int | None
    config_version: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """`delta`: points against the base, None without one. `text`: -14, +5, = or ·."""

    delta: int | None
    base_on: date | None
    text: str


def trend(
    shown: int | None, points: Iterable[SnapshotPoint], as_of: date, config_version: str = ""
) -> Trend:
    """Now against the newest snapshot that is 21 to 35 days old, both ends included."""
    bases = [
        point
        for point in points
        if point.shown is not None
        and point.config_version == config_version
        and BASE_FROM_DAYS <= (as_of - point.on).days <= BASE_TO_DAYS
    ]
    if shown is None or not bases:
        return Trend(None, None, NO_BASE)
    base = max(bases, key=lambda point: point.on)
    delta = shown - (base.shown or 0)
    return Trend(delta, base.on, signed_trend(delta) or NO_BASE)


def slope(points: Iterable[SnapshotPoint], as_of: date, config_version: str = "") -> float | None:
    """Points per week by least squares over the last 8 ISO weeks, newest point of each.

    A week without a point stays a gap; with fewer than 6 weeks None.
    """
    this_monday = as_of - timedelta(days=as_of.weekday())
    newest: dict[int, tuple[date, int]] = {}
    for point in points:
        if point.shown is None or point.on > as_of or point.config_version != config_version:
            continue
        monday = point.on - timedelta(days=point.on.weekday())
        week = -((this_monday - monday).days // 7)
        if week > -SLOPE_WEEKS and (week not in newest or newest[week][0] < point.on):
            newest[week] = (point.on, point.shown)
    if len(newest) < SLOPE_LEAST:
        return None
    count = len(newest)
    mean_x = sum(newest) / count
    mean_y = sum(shown for _on, shown in newest.values()) / count
    above = sum((week - mean_x) * (shown - mean_y) for week, (_on, shown) in newest.items())
    return above / sum((week - mean_x) ** 2 for week in newest)
