"""Why a score is what it is: points lost that add up, gaps, caps, and what to do first.

lost(m) = W_eff(m) x (100 - s)/100, and the sum of lost is 100 - raw (health 6.7); the lines "cap"
and "rounding" make it add up to 100 - shown.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from planner.health.caps import Cap
from planner.health.figures import Measure
from planner.health.fixes import Fix, fixes_for
from planner.health.inputs import HealthInputs
from planner.health.score import HealthScore
from planner.health.wording import how_to_fill, measure_name
from planner.language import gettext as _

TOP = 3
ROW_KINDS = MappingProxyType(
    {
        "R1": "touchpoint",
        "R2": "account_person",
        "R3": "account_person",
        "S1": "complaint",
        "S2": "complaint",
        "S3": "complaint",
        "V1": "survey",
        "V2": "survey",
        "V3": "survey",
        "O1": "objective",
        "O2": "value",
        "C1": "milestone",
        "C2": "subscription",
        "P1": "pulse",
        "G1": "usage",
        "cancellation": "signal",
        "critical_complaint": "complaint",
        "role_left": "account_person",
        "invoice_overdue": "invoice",
        "competitor": "signal",
        "buyer_silent": "account_person",
    }
)
"""Of which kind the rows of a measure or a cap are."""


@dataclass(frozen=True, slots=True)
class LostLine:
    """Points of 100 that a measure, the caps or the rounding take; the last may be negative."""

    id: str
    name: str
    lost: float
    why: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """An unknown measure: what it would add to coverage (0 to 100) and how to fill it."""

    id: str
    name: str
    coverage_points: float
    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the Health tab says beside the number.

    `lines`: all that lose points, most first, then "cap" and "rounding"; they sum to 100 - shown.
    Empty when there is no score. `causes`: the top three of them. `fixes`: best first.
    """

    lines: tuple[LostLine, ...]
    causes: tuple[LostLine, ...]
    unknowns: tuple[Gap, ...]
    top_unknowns: tuple[Gap, ...]
    caps: tuple[Cap, ...]
    fixes: tuple[Fix, ...]
    note: str


def explain(
    score: HealthScore, inputs: HealthInputs, actions: Collection[str] | None = None
) -> Explanation:
    """The explanation of a score made from these inputs.

    `actions`: ids of the actions that can be done now; None means all that fixes know.
    """
    measured = sorted(
        (measure for measure in score.measures if measure.lost > 0.0),
        key=lambda measure: -measure.lost,
    )
    lines = [_line(measure) for measure in measured]
    gaps = _gaps(score)
    return Explanation(
        lines=(*lines, *_closing_lines(score)),
        causes=tuple(lines[:TOP]),
        unknowns=gaps,
        top_unknowns=gaps[:TOP],
        caps=score.caps,
        fixes=fixes_for(score, inputs, actions),
        note=_note(score),
    )


def _line(measure: Measure) -> LostLine:
    return LostLine(measure.id, measure_name(measure.id), measure.lost, measure.why, measure.rows)


def _closing_lines(score: HealthScore) -> list[LostLine]:
    if score.raw is None or score.final is None or score.shown is None:
        return []
    closing = []
    if score.raw > score.final:
        lowest = min(score.caps, key=lambda cap: cap.max)
        why = lowest.why
        closing.append(LostLine("cap", _("cap"), score.raw - score.final, why, lowest.rows))
    rest = score.final - score.shown
    if rest:
        closing.append(LostLine("rounding", _("rounding"), rest, _("shown without decimals"), ()))
    return closing


def _gaps(score: HealthScore) -> tuple[Gap, ...]:
    total = sum(dim.weight for dim in score.dimensions)
    gaps = []
    for measure in score.measures:
        if measure.reading is None:
            points = 100.0 * measure.weight / total
            how = how_to_fill(measure.id)
            text = _("{name}: unknown, would add {points} points of coverage; {how}").format(
                name=measure_name(measure.id), points=f"{points:.3g}", how=how
            )
            gaps.append(Gap(measure.id, measure_name(measure.id), points, how, text))
    return tuple(sorted(gaps, key=lambda gap: -gap.coverage_points))


def _note(score: HealthScore) -> str:
    if score.shown is None:
        return _("nothing is known that counts")
    if score.new:
        return _("new: no band in the first 14 days")
    if score.coverage_level == "low":
        return _("starter {known} of 4: too little is known for a band").format(
            known=score.starter_known
        )
    return "" if score.calibrated else _("uncalibrated: not yet checked against what happened")


@dataclass(frozen=True, slots=True)
class Change:
    """What one measure added to or took from raw between two scores of the same account."""

    id: str
    name: str
    delta: float
    before: float | None
    after: float | None


def changed(before: HealthScore, after: HealthScore) -> tuple[Change, ...]:
    """changed(m) = eff1 x s1 - eff0 x s0, biggest first; the sum is raw1 - raw0 (health 6.7).

    When one of the two has no score its raw counts as 0. Recompute the older one first when the
    versions of the rules differ.
    """
    old = {measure.id: measure for measure in before.measures}
    new = {measure.id: measure for measure in after.measures}
    found = []
    for measure in dict.fromkeys((*old, *new)):
        was, now = old.get(measure), new.get(measure)
        delta = _contribution(now) - _contribution(was)
        if delta:
            found.append(
                Change(
                    measure,
                    measure_name(measure),
                    delta,
                    None if was is None else was.score,
                    None if now is None else now.score,
                )
            )
    return tuple(sorted(found, key=lambda change: -abs(change.delta)))


def _contribution(measure: Measure | None) -> float:
    if measure is None or measure.score is None:
        return 0.0
    return measure.share * measure.score / 100.0


def as_json(score: HealthScore, account: str) -> dict[str, Any]:
    """The document of `health --json`: flat, ids as text, an unknown measure's score null.

    `score` is the shown integer, `raw` has nine decimals, the sum of `lost` is 100 - raw.
    """
    return {
        "account": account,
        "as_of": score.as_of.isoformat(),
        "config_version": score.config_version,
        "calibrated": score.calibrated,
        "score": score.shown,
        "raw": score.raw,
        "band": score.band,
        "coverage": score.coverage,
        "override": None,
        "caps": [
            {"id": cap.id, "max": cap.max, "why": cap.why, "clears": cap.clears}
            for cap in score.caps
        ],
        "dimensions": [
            {
                "id": dim.id,
                "weight": dim.weight,
                "score": dim.score,
                "measures": [_measure_json(one) for one in score.measures if one.dim == dim.id],
            }
            for dim in score.dimensions
        ],
    }


def _measure_json(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "weight": measure.weight,
        "score": measure.score,
        "confidence": measure.confidence,
        "lost": measure.lost,
        "why": measure.why,
        "rows": [str(row) for row in measure.rows],
    }
