"""Whether the score has been right: stored scores of before against what was decided later. Pure.

The formulas are those of health.md, "Checking the score", with the look-back of rules.md: lost is
churned, a contracted account is retained, a score is the one stored 90 to 97 days before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt
from statistics import fmean

BANDS = ("green", "yellow", "red")
"""From the best to the worst; grey is no forecast and is left out."""
LEAST_OUTCOMES, LEAST_LOSSES = 30, 8
Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one renewal ended, and the score as it was 90 to 97 days before its decision.

    ``score`` is None where none is stored of that week, or where it was grey. ``predicted``: the
    chance of loss (0 to 1) of its band in the period before. ``measures``: scores 0 to 100 by id.
    """

    account_id: int
    account: str
    contract_id: int
    decided_on: date
    lost: bool
    contracted: bool = False
    saved: bool = False
    seen_on: date | None = None
    score: float | None = None
    band: str | None = None
    notice_taken_out: bool = False
    measures: Mapping[str, float] | None = None
    predicted: float | None = None


@dataclass(frozen=True, slots=True)
class BandRow:
    """What became of a band: counts, share lost with its 95 % interval (0 to 1), lift."""

    band: str
    count: int
    lost: int
    contracted: int
    rate: float | None
    low: float | None
    high: float | None
    lift: float | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure: means of the lost and of the retained (0 to 100), AUC, share missing."""

    id: str
    lost_mean: float | None
    retained_mean: float | None
    auc: float | None
    missing: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted against observed loss: mean squared error beside that of always saying the rate.

    ``rows``: band, count, mean predicted, observed. ``left_out``: outcomes without a prediction.
    """

    brier: float
    base_brier: float
    error: float
    rows: tuple[tuple[str, int, float, float], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Validation:
    """The whole check; shares are 0 to 1 and None where nothing can be divided."""

    outcomes: int
    losses: int
    contracted: int
    without_score: int
    grey: int
    notices_taken_out: int
    auc: float | None
    bands: tuple[BandRow, ...]
    monotone: bool
    precision: float | None
    recall: float | None
    f1: float | None
    watermelon: float | None
    false_alarm: float | None
    calibration: Calibration | None
    measures: tuple[MeasureRow, ...]

    @property
    def enough(self) -> bool:
        """Whether there are outcomes enough to say more than the raw table."""
        return self.outcomes >= LEAST_OUTCOMES and self.losses >= LEAST_LOSSES


def auc(lost: Sequence[float], retained: Sequence[float]) -> float | None:
    """The chance that a lost one scored below a retained one, ties counting half."""
    if not lost or not retained:
        return None
    ordered = sorted(lost)
    below = sum((bisect_left(ordered, one) + bisect_right(ordered, one)) / 2 for one in retained)
    return below / (len(lost) * len(retained))


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927). Raises ``ValueError`` for no cases."""
    if count < 1:
        raise ValueError("a share of nothing has no interval")
    share = hits / count
    spread = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    middle, scale = share + Z * Z / (2 * count), 1 + Z * Z / count
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def brier(predicted: Sequence[float], lost: Sequence[bool]) -> float:
    """The mean squared error of chances of loss (Brier 1950)."""
    return fmean((p - float(y)) ** 2 for p, y in zip(predicted, lost, strict=True))


def band_rates(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The observed share lost of each band that has cases: what a later period is told."""
    return {row.band: row.rate for row in _bands(_scored(outcomes)) if row.rate is not None}


def validate(outcomes: Sequence[Outcome]) -> Validation:
    """Everything that can be said of outcomes; those without a usable score are counted."""
    scored = _scored(outcomes)
    lost = [one for one in scored if one.lost]
    reds = [one for one in scored if one.band == "red"]
    bands = _bands(scored)
    rates = [row.rate for row in bands if row.rate is not None]
    red_lost = sum(one.lost for one in reds)
    precision, recall = _share(red_lost, len(reds)), _share(red_lost, len(lost))
    return Validation(
        outcomes=len(scored),
        losses=len(lost),
        contracted=sum(one.contracted for one in scored),
        without_score=sum(one.seen_on is None for one in outcomes),
        grey=sum(one.seen_on is not None and one.score is None for one in outcomes),
        notices_taken_out=sum(one.notice_taken_out for one in scored),
        auc=_auc_of(scored),
        bands=bands,
        monotone=all(first <= then for first, then in pairwise(rates)),
        precision=precision,
        recall=recall,
        f1=_f1(precision, recall),
        watermelon=_share(sum(one.band == "green" for one in lost), len(lost)),
        false_alarm=_share(sum(not one.lost and not one.saved for one in reds), len(reds)),
        calibration=_calibration(scored),
        measures=_measures(scored),
    )


def _scored(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.score is not None and one.band in BANDS]


def _auc_of(scored: Sequence[Outcome]) -> float | None:
    return auc(
        [one.score for one in scored if one.lost and one.score is not None],
        [one.score for one in scored if not one.lost and one.score is not None],
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None or not precision + recall:
        return None
    return 2 * precision * recall / (precision + recall)


def _bands(scored: Sequence[Outcome]) -> tuple[BandRow, ...]:
    base = _share(sum(one.lost for one in scored), len(scored))
    return tuple(_band(band, [one for one in scored if one.band == band], base) for band in BANDS)


def _band(band: str, inside: Sequence[Outcome], base: float | None) -> BandRow:
    count, lost = len(inside), sum(one.lost for one in inside)
    contracted = sum(one.contracted for one in inside)
    if not count:
        return BandRow(band, 0, 0, 0, None, None, None, None)
    low, high = wilson(lost, count)
    rate = lost / count
    return BandRow(band, count, lost, contracted, rate, low, high, rate / base if base else None)


def _calibration(scored: Sequence[Outcome]) -> Calibration | None:
    told = [(one, one.predicted) for one in scored if one.predicted is not None]
    if not told:
        return None
    base = fmean(float(one.lost) for one, _p in told)
    rows = []
    for band in BANDS:
        inside = [(p, one.lost) for one, p in told if one.band == band]
        if inside:
            mean = fmean(p for p, _lost in inside)
            rows.append((band, len(inside), mean, fmean(float(lost) for _p, lost in inside)))
    return Calibration(
        brier([p for _one, p in told], [one.lost for one, _p in told]),
        base * (1 - base),
        sum(count * abs(mean - seen) for _band, count, mean, seen in rows) / len(told),
        tuple(rows),
        len(scored) - len(told),
    )


def _measures(scored: Sequence[Outcome]) -> tuple[MeasureRow, ...]:
    names = sorted({name for one in scored for name in one.measures or ()})
    return tuple(_measure(name, scored) for name in names)


def _measure(name: str, scored: Sequence[Outcome]) -> MeasureRow:
    known = [
        (one.lost, one.measures[name]) for one in scored if one.measures and name in one.measures
    ]
    lost = [value for gone, value in known if gone]
    retained = [value for gone, value in known if not gone]
    return MeasureRow(
        name,
        fmean(lost) if lost else None,
        fmean(retained) if retained else None,
        auc(lost, retained),
        1 - len(known) / len(scored),
    )
