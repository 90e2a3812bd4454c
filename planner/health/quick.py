"""A score from what is kept of an account: the same numbers as planner.health.score, no reasons.

For a whole book at once. Figures, mean, caps and bands come from the same functions as the score
that explains itself; a test compares both on every account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from planner.health import points
from planner.health.caps import is_weak, live_caps
from planner.health.kept import Kept
from planner.health.points import NEW_DAYS, Figure
from planner.health.profiles import Condition, HealthConfig, Profile
from planner.health.score import judge, weigh


class QuickScore(NamedTuple):
    """What is stored of a ``HealthScore``. ``figures``: those of the known measures."""

    raw: float | None
    final: float | None
    shown: int | None
    band: str
    uncertain: bool
    coverage: float
    figures: dict[str, Figure]


def _share(fact: tuple[int, int] | None) -> Figure | None:
    return None if fact is None else points.share(*fact)


def _revenue(percent: float | None) -> Figure | None:
    return None if percent is None else (points.revenue_points(percent), 1.0)


FIGURES: Mapping[str, Callable[[Kept, int, str], Figure | None]] = MappingProxyType(
    {
        "R1": lambda one, day, _m: points.recency(one.touched, one.started, one.cadence, day),
        "R2": lambda one, day, _m: points.role_coverage(one.role_touched, one.required, day),
        "R3": lambda one, _day, _m: points.stance(*one.stance),
        "S1": lambda one, day, moment: points.complaint_burden(
            *one.complaints[:3], one.touched, day, moment
        ),
        "S2": lambda one, _day, _m: _share(one.voice.sla),
        "S3": lambda one, day, _m: (
            points.recurrence(one.complaints.causes, day) if one.complaints.causes else None
        ),
        "V1": lambda one, day, _m: (
            points.recommendation(one.voice.answers, day) if one.voice.answers else None
        ),
        "V2": lambda one, _day, _m: _share(one.voice.csat),
        "V3": lambda one, _day, _m: _share(one.voice.ces),
        "O1": lambda one, day, _m: points.objectives(one.objectives, day),
        "O2": lambda one, day, _m: (
            points.attainments(one.extras.values, day) if one.extras.values else None
        ),
        "C1": lambda one, day, _m: points.renewal_readiness(
            one.milestones, one.end, day, decided=one.decided
        ),
        "C2": lambda one, _day, _m: _revenue(one.extras.revenue),
        "P1": lambda one, day, _m: points.team_pulse(one.pulses, day),
        "G1": lambda one, day, _m: (
            points.adoption(*one.extras.usage, day) if one.extras.usage else None
        ),
    }
)
"""The measures from what is kept, at a day (ordinal) and a moment (UTC text)."""


def profile_of(config: HealthConfig, one: Kept, day: int) -> Profile:
    """The profile that applies (see ``HealthConfig.profile_for``)."""
    for profile in config.profiles:
        if _holds(profile.condition, one, day):
            return profile
    return config.profiles[-1]


def _holds(condition: Condition, one: Kept, day: int) -> bool:
    days_left = None if one.end is None or one.decided else one.end - day
    return condition.applies(one.stage, one.tier, days_left)


def quick_score(one: Kept, day: int, moment: str, config: HealthConfig) -> QuickScore:
    """The score of an account on a day (ordinal); open clocks are read at ``moment``."""
    profile = profile_of(config, one, day)
    figures: dict[str, Figure] = {}
    for _dim, _weight, lines in profile.table:
        for line in lines:
            figure = FIGURES[line.id](one, day, moment)
            if figure is not None:
                figures[line.id] = figure
    dimensions, _total, raw, coverage = weigh(profile, figures)
    caps = live_caps(one, day, moment, config)
    weak = config.cap_heights.get("weak_dimension")
    if weak is not None:
        for _id, _part, _known, score in dimensions:
            if score is not None and score < config.weak_dimension and is_weak(score, config):
                caps.append(weak)
                break
    verdict = judge(raw, caps, coverage, config, new=day - one.started < NEW_DAYS)
    return QuickScore(
        raw, verdict.final, verdict.shown, verdict.band, verdict.uncertain, coverage, figures
    )
