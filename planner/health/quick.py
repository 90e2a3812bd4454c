"""A score from what is kept of an account: the same numbers as planner.health.score, no reasons.

For a whole book at once. Figures, mean, caps and bands come from the same functions as the score
that explains itself; a test compares both on every account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from planner.health import points
from planner.health.caps import is_weak, kept_caps
from planner.health.kept import NO_EXTRAS, NO_VOICE, Kept
from planner.health.points import NEW_DAYS, Figure
from planner.health.profiles import ALWAYS, Condition, DimensionTable, HealthConfig, Profile
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


def _revenue(percent: float | None) -> Figure | None:
    return None if percent is None else (points.revenue_points(percent), 1.0)


_Figure = Callable[[Kept, int, str], Figure | None]
FIGURES: Mapping[str, _Figure] = MappingProxyType(
    {
        "R1": lambda one, day, _m: points.recency(one.touched, one.started, one.cadence, day),
        "R2": lambda one, day, _m: points.role_coverage(one.role_touched, one.required, day),
        "R3": lambda one, _day, _m: points.stance(*one.stance),
        "S1": lambda one, day, moment: points.complaint_burden(
            *one.complaints[:3], one.touched, day, moment
        ),
        "S2": lambda one, day, moment: (
            points.targets_kept(one.voice.clocks, day, moment) if one.voice.clocks else None
        ),
        "S3": lambda one, day, _m: (
            points.recurrence(one.complaints.causes, day) if one.complaints.causes else None
        ),
        "V1": lambda one, day, _m: (
            points.recommendation(one.voice.answers, day) if one.voice.answers else None
        ),
        "V2": lambda one, day, _m: (
            points.boxes(one.voice.csat, day, points.CSAT_DAYS) if one.voice.csat else None
        ),
        "V3": lambda one, day, _m: (
            points.boxes(one.voice.ces, day, points.CES_DAYS) if one.voice.ces else None
        ),
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


RARE = frozenset({"S2", "S3", "V1", "V2", "V3", "O2", "C2", "G1"})
"""The measures without a figure where no voice, no extras and no causes are kept."""


class _Asked(NamedTuple):
    """What a profile asks: its measures, and its table of them."""

    figures: tuple[tuple[str, _Figure], ...]
    table: tuple[DimensionTable, ...]


class _Ready(NamedTuple):
    """A profile: all that it asks, and the same without the ``RARE`` measures."""

    condition: Condition
    total_weight: float
    whole: _Asked
    bare: _Asked


def _asked(profile: Profile, left_out: frozenset[str]) -> _Asked:
    table = []
    for dim in profile.table:
        lines = tuple(line for line in dim.lines if line.id not in left_out)
        if lines:
            table.append(dim._replace(lines=lines))
    return _Asked(
        tuple((line.id, FIGURES[line.id]) for dim in table for line in dim.lines), tuple(table)
    )


class Scorer:
    """Scores accounts by one version of the rules; what the rules ask is looked up once.

    Where nothing is kept for the ``RARE`` measures, which is most accounts, they are not asked.
    """

    def __init__(self, config: HealthConfig) -> None:
        self._config = config
        self._caps = kept_caps(config)
        self._weak_cap = config.cap_heights.get("weak_dimension")
        self._profiles = tuple(
            _Ready(one.condition, one.total_weight, _asked(one, frozenset()), _asked(one, RARE))
            for one in config.profiles
        )

    def score(self, one: Kept, day: int, moment: str) -> QuickScore:
        """The score of an account on a day (ordinal); open clocks are read at ``moment``."""
        config = self._config
        profile = self._profile_of(one, day)
        bare = one.voice == NO_VOICE and one.extras == NO_EXTRAS and not one.complaints.causes
        asked, table = profile.bare if bare else profile.whole
        figures: dict[str, Figure] = {}
        for measure, figure_of in asked:
            figure = figure_of(one, day, moment)
            if figure is not None:
                figures[measure] = figure
        dimensions, _total, raw, coverage = weigh(table, profile.total_weight, figures)
        caps = [height for is_live, height in self._caps if is_live(one, day, moment)]
        if self._weak_cap is not None and _any_weak(dimensions, config):
            caps.append(self._weak_cap)
        new = day - one.started < NEW_DAYS
        final, shown, band, uncertain, _, _ = judge(raw, caps, coverage, config, new=new)
        return QuickScore(raw, final, shown, band, uncertain, coverage, figures)

    def _profile_of(self, one: Kept, day: int) -> _Ready:
        """The profile that applies (see ``HealthConfig.profile_for``)."""
        for profile in self._profiles:
            if profile.condition is ALWAYS:
                return profile
            days_left = None if one.end is None or one.decided else one.end - day
            if profile.condition.applies(one.stage, one.tier, days_left):
                return profile
        return self._profiles[-1]


def _any_weak(
    dimensions: list[tuple[str, float, float, float | None]], config: HealthConfig
) -> bool:
    limit = config.weak_dimension
    for _id, _part, _known, score in dimensions:
        if score is not None and score < limit and is_weak(score, config):
            return True
    return False


def quick_score(one: Kept, day: int, moment: str, config: HealthConfig) -> QuickScore:
    """The score of one account; for many see ``Scorer``."""
    return Scorer(config).score(one, day, moment)
