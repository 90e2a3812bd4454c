"""The health score: measures to dimensions to raw to final to band, and nothing else.

Pure: the same inputs and rules give the same score. Higher is healthier, 0 to 100.
Source of the combination: health 6.3 and 6.4; edge rules: rules, Health.
Sentences are made on demand (planner.health.explain), never here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Any, NamedTuple

from planner.health.caps import Cap, fact_caps, weak_dimension_cap
from planner.health.figures import Dimension, Measure, Reading
from planner.health.inputs import HealthInputs
from planner.health.measures import MEASURES, is_new
from planner.health.profiles import DimensionTable, HealthConfig, Profile

GREY = "grey"
RED = "red"


@dataclass(frozen=True, slots=True)
class HealthScore:
    """One account's score on one day.

    `raw`: before caps, nine decimals; `final`: min(raw, caps), unrounded; `shown`: the integer.
    All three are None when nothing is known. `band`: red, yellow, green, grey.
    `uncertain`: the `?` beside a band, coverage below the high limit. `unknown`: the account
    belongs to the queue of unknown ones (grey, or red only because a hard cap is live).
    `coverage`: 0 to 1, six decimals.
    """

    account_id: int
    as_of: date
    config_version: str
    calibrated: bool
    profile: str
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    caps: tuple[Cap, ...]
    raw: float | None
    final: float | None
    shown: int | None
    band: str
    uncertain: bool
    unknown: bool
    new: bool
    coverage: float
    coverage_level: str
    starter_known: int


class Combined(NamedTuple):
    """The two-level weighted mean alone: no caps, no bands."""

    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    raw: float | None
    coverage: float


def half_away(value: float) -> int:
    """The nearest integer, a half going away from zero (0.5 -> 1, -0.5 -> -1)."""
    return floor(value + 0.5) if value >= 0 else -floor(-value + 0.5)


def read_measures(inputs: HealthInputs, profile: Profile) -> dict[str, Reading | None]:
    """Readings of the measures that weigh something in the profile; None is unknown."""
    return {line.id: MEASURES[line.id](inputs) for dim in profile.table for line in dim.lines}


class Weighed(NamedTuple):
    """The weighted mean alone. ``dimensions``: (id, weight, known weight, score or None) each."""

    dimensions: list[tuple[str, float, float, float | None]]
    total: float
    raw: float | None
    coverage: float


def weigh(
    table: Iterable[DimensionTable],
    total_weight: float,
    figures: Mapping[str, Sequence[Any] | None],
) -> Weighed:
    """The two-level mean of figures, each (score, confidence, ...) or None.

    Dimension = sum(w s) / sum(w) over known measures; raw = sum(W D) / sum(W) over dimensions
    that have one; coverage = sum(w c) / `total_weight`. Measures missing from `figures` are
    unknown. The one place of this formula.
    """
    dimensions: list[tuple[str, float, float, float | None]] = []
    covered = total = raw_sum = 0.0
    for dim, weight, lines in table:
        known = points = 0.0
        for measure, part, _line, _unknown in lines:
            figure = figures.get(measure)
            if figure is not None:
                known += part
                points += part * figure[0]
                covered += part * figure[1]
        score = None
        if known > 0.0:
            score = points / known
            total += weight
            raw_sum += weight * score
        dimensions.append((dim, weight, known, score))
    if total <= 0.0:
        return Weighed(dimensions, 0.0, None, 0.0)
    coverage = round(covered / total_weight, 6)
    return Weighed(dimensions, total, round(raw_sum / total, 9), coverage)


def combine(profile: Profile, readings: Mapping[str, Reading | None]) -> Combined:
    """Raw, coverage and each measure's share of the score (see ``weigh``)."""
    dimensions, total, raw, coverage = weigh(profile.table, profile.total_weight, readings)
    measures = (
        _all_unknown(profile)
        if raw is None
        else _shares(profile, readings, [known for _dim, _weight, known, _score in dimensions],
                     total)
    )  # fmt: skip
    named = tuple(Dimension(dim, weight, score) for dim, weight, _known, score in dimensions)
    return Combined(measures, named, raw, coverage)


def _all_unknown(profile: Profile) -> tuple[Measure, ...]:
    return tuple(line.unknown for dim in profile.table for line in dim.lines)


def _shares(
    profile: Profile,
    readings: Mapping[str, Reading | None],
    known_weights: list[float],
    total: float,
) -> tuple[Measure, ...]:
    measures: list[Measure] = []
    for (_dim, weight, lines), known in zip(profile.table, known_weights, strict=True):
        unit = 100.0 * weight / total / known if known > 0.0 else 0.0
        for measure, part, line, unknown in lines:
            reading = readings.get(measure)
            if reading is None:
                measures.append(unknown)
            else:
                share = unit * part
                lost = share * (100.0 - reading[0]) / 100.0
                measures.append(Measure(line, reading, share, lost))
    return tuple(measures)


def coverage_level(coverage: float, config: HealthConfig) -> str:
    """high, medium or low."""
    if coverage >= config.coverage_high:
        return "high"
    return "medium" if coverage >= config.coverage_medium else "low"


def score_health(inputs: HealthInputs, config: HealthConfig) -> HealthScore:
    """The score of one account by one version of the rules."""
    profile = config.profile_for(inputs)
    combined = combine(profile, read_measures(inputs, profile))
    return finish(inputs, config, profile.name, combined)


class Verdict(NamedTuple):
    """What follows from raw, the caps and coverage; see ``HealthScore``."""

    final: float | None
    shown: int | None
    band: str
    uncertain: bool
    unknown: bool
    level: str


def judge(
    raw: float | None, caps: Collection[int], coverage: float, config: HealthConfig, *, new: bool
) -> Verdict:
    """Caps, the shown integer and the band on top of a mean. The one place of this rule."""
    final = raw if raw is None or not caps else min(raw, float(min(caps)))
    shown = None if final is None else half_away(final)
    level = coverage_level(coverage, config)
    unknown = shown is None or new or level == "low"
    if caps and min(caps) <= config.hard_cap:
        band = RED  # grey never hides a hard cap
    elif unknown or shown is None:
        band = GREY
    else:
        band = config.band_of(shown)
    return Verdict(final, shown, band, band != GREY and level != "high", unknown, level)


def finish(
    inputs: HealthInputs, config: HealthConfig, profile_name: str, combined: Combined
) -> HealthScore:
    """The whole score on top of a combination."""
    caps = fact_caps(inputs, config)
    scores = {dim.id: dim.score for dim in combined.dimensions if dim.score is not None}
    weak = weak_dimension_cap(scores, config)
    if weak is not None:
        caps.append(weak)
    new = is_new(inputs)
    verdict = judge(combined.raw, [cap.max for cap in caps], combined.coverage, config, new=new)
    return HealthScore(
        inputs.account_id,
        inputs.as_of,
        config.version,
        config.calibrated,
        profile_name,
        combined.measures,
        combined.dimensions,
        tuple(caps),
        combined.raw,
        verdict.final,
        verdict.shown,
        verdict.band,
        verdict.uncertain,
        verdict.unknown,
        new,
        combined.coverage,
        verdict.level,
        inputs.starter_known,
    )
