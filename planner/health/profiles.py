"""The score's rules as versioned data: weights, bands, cap heights, which profile applies.

A dimension's weight is the sum of its measures' weights; weights need not sum to 100.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from planner.health.figures import Measure, MeasureWeight
from planner.health.inputs import HealthInputs
from planner.health.measures import MEASURES
from planner.language import gettext as _

DIMENSIONS = ("relationship", "service", "voice", "outcomes", "commercial", "pulse", "usage")
CAP_IDS = (
    "cancellation",
    "critical_complaint",
    "role_left",
    "invoice_overdue",
    "competitor",
    "buyer_silent",
    "weak_dimension",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a profile applies; every part that is set must hold, none set holds always.

    `renewal_within`: contract end at most this many days ahead (or past) and undecided.
    """

    stages: tuple[str, ...] = ()
    tiers: tuple[int, ...] = ()
    renewal_within: int | None = None

    def holds(self, inputs: HealthInputs) -> bool:
        """Whether it holds for an account on its day."""
        end = inputs.contract_end
        open_end = end is not None and not inputs.renewal_decided
        days_left = (end - inputs.as_of).days if end is not None and open_end else None
        return self.applies(inputs.stage, inputs.tier, days_left)

    def applies(self, stage: str | None, tier: int | None, days_left: int | None) -> bool:
        """Whether it holds; ``days_left`` to an undecided renewal, None without one."""
        if self.stages and stage not in self.stages:
            return False
        if self.tiers and tier not in self.tiers:
            return False
        if self.renewal_within is None:
            return True
        return days_left is not None and days_left <= self.renewal_within


ALWAYS = Condition()


class Line(NamedTuple):
    """A measure that weighs something: its weight, its line, and itself when unknown."""

    id: str
    weight: float
    line: MeasureWeight
    unknown: Measure


class DimensionTable(NamedTuple):
    """The measures of one dimension whose weight is above zero, in table order."""

    id: str
    weight: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole table of weights and its condition. `table` is made from `weights`."""

    name: str
    weights: tuple[MeasureWeight, ...]
    condition: Condition = ALWAYS
    table: tuple[DimensionTable, ...] = field(init=False)
    total_weight: float = field(init=False)

    def __post_init__(self) -> None:
        order = dict.fromkeys(line.dim for line in self.weights)
        table = []
        for dim in order:
            lines = tuple(
                Line(line.id, line.weight, line, Measure(line, None))
                for line in self.weights
                if line.dim == dim and line.weight > 0
            )
            if lines:
                table.append(DimensionTable(dim, sum(line.weight for line in lines), lines))
        object.__setattr__(self, "table", tuple(table))
        object.__setattr__(self, "total_weight", sum(dim.weight for dim in table))


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of shown integers, both ends included."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class HealthConfig:
    """One version of the rules. The first profile whose condition holds applies.

    `caps`: (cap id, highest figure) for each cap in force. `calibrated`: checked against outcomes.
    """

    version: str
    profiles: tuple[Profile, ...]
    bands: tuple[Band, ...]
    caps: tuple[tuple[str, int], ...]
    hard_cap: int = 49
    coverage_high: float = 0.70
    coverage_medium: float = 0.40
    weak_dimension: float = 30.0
    calibrated: bool = False
    cap_heights: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cap_heights", dict(self.caps))

    def profile_for(self, inputs: HealthInputs) -> Profile:
        """The first profile whose condition holds, else the last one."""
        for profile in self.profiles:
            if profile.condition is ALWAYS or profile.condition.holds(inputs):
                return profile
        return self.profiles[-1]

    def band_of(self, shown: int) -> str:
        """The band of a shown integer 0 to 100. Raises ValueError when the bands have a gap."""
        for band in self.bands:
            if band.low <= shown <= band.high:
                return band.name
        raise ValueError(f"no band holds {shown}")


def _table(**dims: str) -> tuple[MeasureWeight, ...]:
    lines = []
    for dim, text in dims.items():
        for part in text.split():
            measure, weight = part.split(":")
            lines.append(MeasureWeight(measure, dim, float(weight)))
    return tuple(lines)


def managed_b2b() -> Profile:
    """The default profile; its weights sum to 100."""
    weights = _table(
        relationship="R1:10 R2:10 R3:5",
        service="S1:10 S2:6 S3:4",
        voice="V1:8 V2:4 V3:3",
        outcomes="O1:12 O2:8",
        commercial="C1:6 C2:4",
        pulse="P1:10",
        usage="G1:0",
    )
    return Profile("Managed B2B", weights)


def product_led(condition: Condition = ALWAYS) -> Profile:
    """Usage weighs 25; R1, S2 and C2 are halved. Not in the default set: choose it by name."""
    weights = _table(
        relationship="R1:5 R2:10 R3:5",
        service="S1:10 S2:3 S3:4",
        voice="V1:8 V2:4 V3:3",
        outcomes="O1:12 O2:8",
        commercial="C1:6 C2:2",
        pulse="P1:10",
        usage="G1:25",
    )
    return Profile("Product-led", weights, condition)


def default_config() -> HealthConfig:
    """The shipped rules, version `default-1`, not calibrated."""
    return HealthConfig(
        version="default-1",
        profiles=(managed_b2b(),),
        bands=(Band("red", 0, 49), Band("yellow", 50, 74), Band("green", 75, 100)),
        caps=tuple(zip(CAP_IDS, (20, 49, 59, 59, 64, 69, 74), strict=True)),
    )


def problems_of(config: HealthConfig) -> tuple[str, ...]:
    """What is wrong with the rules, one sentence each; empty when they can be used."""
    found: list[str] = []
    if not config.version.strip():
        found.append(_("the version has no name"))
    if not config.profiles:
        found.append(_("there is no profile"))
    for profile in config.profiles:
        found += _profile_problems(profile)
    return (*found, *_band_problems(config.bands), *_cap_problems(config))


def _profile_problems(profile: Profile) -> list[str]:
    found: list[str] = []
    seen: set[str] = set()
    name = profile.name
    for line in profile.weights:
        if line.id not in MEASURES:
            found.append(
                _("{profile}: there is no measure {measure}").format(profile=name, measure=line.id)
            )
        if line.dim not in DIMENSIONS:
            found.append(
                _("{profile}: there is no dimension {dim}").format(profile=name, dim=line.dim)
            )
        if line.id in seen:
            found.append(
                _("{profile}: {measure} is there twice").format(profile=name, measure=line.id)
            )
        if not 0 <= line.weight < float("inf"):
            found.append(
                _("{profile}: the weight of {measure} is not 0 or more").format(
                    profile=name, measure=line.id
                )
            )
        seen.add(line.id)
    if not any(line.weight > 0 for line in profile.weights):
        found.append(
            _("{profile}: all weights are zero, so there is no score").format(profile=name)
        )
    return found


def _band_problems(bands: tuple[Band, ...]) -> list[str]:
    found: list[str] = []
    if tuple(band.name for band in bands) != ("red", "yellow", "green"):
        return [_("the bands must be red, yellow and green, in this order")]
    if bands[0].low != 0 or bands[-1].high != 100:
        found.append(_("the bands must run from 0 to 100"))
    found += [
        _("the band {band} is empty").format(band=band.name)
        for band in bands
        if band.low > band.high
    ]
    for lower, upper in pairwise(bands):
        if upper.low > lower.high + 1:
            found.append(
                _("there is a gap between {lower} and {upper}: {first} to {last}").format(
                    lower=lower.name, upper=upper.name, first=lower.high + 1, last=upper.low - 1
                )
            )
        elif upper.low <= lower.high:
            found.append(
                _("{lower} and {upper} overlap").format(lower=lower.name, upper=upper.name)
            )
    return found


def _cap_problems(config: HealthConfig) -> list[str]:
    found: list[str] = []
    for cap, height in config.caps:
        if cap not in CAP_IDS:
            found.append(_("there is no cap {cap}").format(cap=cap))
        if not 0 <= height <= 100:
            found.append(_("the cap {cap} is not between 0 and 100").format(cap=cap))
    if not 0 < config.coverage_medium <= config.coverage_high <= 1:
        found.append(_("the coverage limits must rise from above 0 to at most 1"))
    return found
