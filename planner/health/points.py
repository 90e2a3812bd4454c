"""The numbers of the measures: parts of an account's facts and a day in, 0 to 100 out.

The one place where a measure's figure is computed. The measures (planner.health.measures) feed it
from one account's facts and add the rows and facts behind a figure; the sweep over a whole book
feeds it from what is kept of each account (planner.health.kept). Days are ordinals
(``date.toordinal``). A figure is (score 0 to 100, confidence 0 to 1), or None while unknown.
Formulas: docs of the health score, 6.2 and 6.4; role weights and stances, metrics 4.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from planner.cadence import ROLE_MAXIMUM_DAYS, ROLE_WEIGHTS

Figure = tuple[float, float]

ROLES = tuple(ROLE_WEIGHTS)
ROLE_LIMITS = tuple((ROLE_WEIGHTS[role], ROLE_MAXIMUM_DAYS[role]) for role in ROLES)
NEW_DAYS = 14
SILENCE_DAYS = 90
RECURRENCE_DAYS = 180
SEVERITY_BURDEN = MappingProxyType({"critical": 40.0, "high": 20.0, "medium": 10.0, "low": 4.0})
BREACHED_FACTOR = 1.5
RESOLVED_FACTOR = 0.5
RESOLVED_HALF_LIFE_DAYS = 30
CONFIRMED_FACTOR = 0.25
STANCE_POINTS = MappingProxyType(
    {"advocate": 100.0, "supporter": 75.0, "neutral": 50.0, "sceptic": 25.0, "opponent": 0.0}
)
STATUS_POINTS = MappingProxyType(
    {"achieved": 100.0, "on_track": 85.0, "at_risk": 40.0, "off_track": 0.0}
)
ACHIEVED_COUNTS_DAYS = 365
OFF_TRACK_AFTER_DAYS = 30
TARGET_DAYS = 90
CSAT_DAYS = 90
CES_DAYS = 180
ANSWER_DAYS = 365
ANSWER_HALF_LIFE_DAYS = 180
VALUE_DAYS = 180
RENEWAL_WINDOW_DAYS = 180
MILESTONE_OFFSETS = (120, 90, 60, 45, 30, 14, 7, 0)
FIRST_MILESTONE = MILESTONE_OFFSETS[0]
PULSE_POINTS = (0.0, 25.0, 50.0, 75.0, 100.0)
PULSE_DAYS = 45
PULSE_EXTREME_DAYS = 30
PULSE_FUNCTIONS = 4
USAGE_DAYS = 45
USAGE_HALF_LIFE_DAYS = 45


def recency_points(ratio: float) -> float:
    """R1 points of days since contact over cadence: (1 -> 100), (1.5 -> 50), (3 -> 0)."""
    if ratio <= 1.0:
        return 100.0
    if ratio <= 1.5:
        return 100.0 - (ratio - 1.0) * 100.0
    if ratio < 3.0:
        return 50.0 - (ratio - 1.5) / 1.5 * 50.0
    return 0.0


def recency(touched: int | None, started: int, cadence: int, day: int) -> Figure | None:
    """R1 of the newest two-way touch; never touched is 0, unknown in the first 14 days."""
    if touched is None:
        return None if day - started < NEW_DAYS else (0.0, 1.0)
    return recency_points((day - touched) / max(1, cadence)), 1.0


def role_coverage(
    touched: Sequence[int | None], required: Sequence[int] | None, day: int
) -> Figure | None:
    """R2. ``touched``: the newest touch of an active holder of each of ``ROLES``; ``required``:
    the indexes of the roles that count, None is all five; none of them is unknown."""
    total = points = 0
    for index in range(len(ROLES)) if required is None else required:
        weight, limit = ROLE_LIMITS[index]
        total += weight
        newest = touched[index]
        if newest is not None and day - newest <= limit:
            points += weight
    return (100.0 * points / total, 1.0) if total else None


def stance(weighted: float, influences: float) -> Figure | None:
    """R3 of the sum of stance points by influence, and of the influences."""
    return (weighted / influences, 1.0) if influences > 0.0 else None


def open_burden(points: float, *, late: bool) -> float:
    """What an open complaint of a severity takes from S1."""
    return points * BREACHED_FACTOR if late else points


def resolved_burden(points: float, age: int, *, confirmed: bool) -> float:
    """What a complaint resolved ``age`` days ago still takes from S1."""
    points *= RESOLVED_FACTOR * 0.5 ** (age / RESOLVED_HALF_LIFE_DAYS)
    return points * CONFIRMED_FACTOR if confirmed else points


Open = tuple[float, bool, str | None, bool]
"""An open complaint: severity points, late already, the moment it will be late, critical."""
Resolved = tuple[float, int, bool]
"""A resolved complaint: severity points, its day, satisfaction confirmed."""


def is_late(complaint: Open, moment: str) -> bool:
    """Whether a clock of an open complaint was late by a moment (UTC text, empty: as it was)."""
    late_from = complaint[2]
    return complaint[1] or (late_from is not None and late_from < moment)


def complaint_burden(
    opened: Sequence[Open],
    resolved: Sequence[Resolved],
    heard: int | None,
    touched: int | None,
    day: int,
    moment: str,
) -> Figure | None:
    """S1. ``heard``: the newest day on which a complaint was opened or resolved. 90 days of
    silence with nothing open are unknown."""
    if not opened:
        newest = max(heard or 0, touched or 0)
        if not newest or day - newest > SILENCE_DAYS:
            return None
    total = 0.0
    for one in opened:
        total += open_burden(one[0], late=is_late(one, moment))
    for points, on, confirmed in resolved:
        total += resolved_burden(points, day - on, confirmed=confirmed)
    return max(0.0, 100.0 - total), 1.0


def share(hits: int, total: int) -> Figure | None:
    """Hits of a total in per cent (S2 targets kept, V2 CSAT, V3 CES)."""
    return (100.0 * hits / total, 1.0) if total > 0 else None


Target = tuple[int, bool, int | None, str | None]
"""A clock: due day, late already, the day it stopped, the moment it will be late if it runs."""


def target_counts(target: Target, day: int, moment: str) -> bool | None:
    """Whether a clock was kept, None while it does not count: it is due in 90 days, or met."""
    due, late, stopped, due_at = target
    if stopped is None and not late and (due_at is None or due_at >= moment):
        return None
    kept = stopped is not None and not late
    is_recent = 0 <= day - due <= TARGET_DAYS
    if kept and stopped is not None and 0 <= day - stopped <= TARGET_DAYS:
        is_recent = True
    return kept if is_recent else None


def targets_kept(targets: Sequence[Target], day: int, moment: str) -> Figure | None:
    """S2 of the clocks, those that run read at a moment (UTC text, empty: as they were)."""
    hits = total = 0
    for one in targets:
        kept = target_counts(one, day, moment)
        if kept is not None:
            total += 1
            hits += kept
    return share(hits, total)


def boxes(answers: Sequence[tuple[int, bool]], day: int, window: int) -> Figure | None:
    """V2 and V3 of (answered, in the top boxes) each, over the days of a window."""
    total = hits = 0
    for answered, hit in answers:
        if day - answered <= window:
            total += 1
            hits += hit
    return share(hits, total)


def recurrence(complaints: Sequence[tuple[int, bool]], day: int) -> Figure | None:
    """S3 of (opened, is a repeat) each: the share in 180 days that is none."""
    counted = repeats = 0
    for opened, repeat in complaints:
        if day - opened <= RECURRENCE_DAYS:
            counted += 1
            repeats += repeat
    return (100.0 * (1.0 - repeats / counted), 1.0) if counted else None


def recommendation(answers: Sequence[tuple[int, int, int]], day: int) -> Figure | None:
    """V1 (NPS) of (rating, influence, answered) each."""
    points = used = influences = 0.0
    for rating, influence, answered in answers:
        age = day - answered
        if age > ANSWER_DAYS:
            continue
        weight = influence * 0.5 ** (age / ANSWER_HALF_LIFE_DAYS)
        points += 10.0 * rating * weight
        used += weight
        influences += influence
    if used <= 0.0:
        return None
    # The quotient of sums can pass 100 by one unit in the last place.
    return min(100.0, points / used), used / influences


def objective_status(
    status: str, started: int | None, due: int | None, achieved: int | None, day: int
) -> str | None:
    """The status of an objective that counts on a day, or None when it is left out.

    Past due and not achieved is at risk, from the 31st day off track, never better than said.
    """
    if status == "achieved":
        counts = achieved is None or 0 <= day - achieved <= ACHIEVED_COUNTS_DAYS
        return status if counts else None
    if status not in STATUS_POINTS or (started is not None and started > day):
        return None
    late = 0 if due is None else day - due
    if late > OFF_TRACK_AFTER_DAYS:
        return "off_track"
    return "at_risk" if late > 0 and status == "on_track" else status


Objective = tuple[int, str, int | None, int | None, int | None]
"""An objective: priority, status, started, due, achieved."""


def objectives(found: Sequence[Objective], day: int) -> Figure | None:
    """O1: the mean of the points of their statuses, weighted by priority."""
    total = weighted = 0.0
    for priority, said, started, due, achieved in found:
        status = objective_status(said, started, due, achieved, day)
        if status is not None:
            total += priority
            weighted += priority * STATUS_POINTS[status]
    return (weighted / total, 1.0) if total > 0.0 else None


def attainments(metrics: Sequence[tuple[float, int]], day: int) -> Figure | None:
    """O2 of (attained 0 to 1, measured) each: the mean of those of 180 days."""
    attained = [part for part, measured in metrics if day - measured <= VALUE_DAYS]
    return (100.0 * sum(attained) / len(attained), 1.0) if attained else None


def milestones_due(
    milestones: Sequence[tuple[int, int | None]], end: int | None, day: int, *, decided: bool
) -> tuple[list[int], list[int]] | None:
    """The offsets that are due and those of them undone; None while C1 is unknown.

    ``milestones``: (offset in days, done) each; the shipped offsets count without a row.
    """
    if end is None or decided:
        return None
    days_left = end - day
    if days_left > RENEWAL_WINDOW_DAYS or (days_left > FIRST_MILESTONE and not milestones):
        return None
    offsets = dict.fromkeys(MILESTONE_OFFSETS, False)
    for offset, done in milestones:
        offsets[offset] = offsets.get(offset, False) or (done is not None and done <= day)
    due = [offset for offset in offsets if offset >= days_left]
    return (due, [offset for offset in due if not offsets[offset]]) if due else None


def renewal_readiness(
    milestones: Sequence[tuple[int, int | None]], end: int | None, day: int, *, decided: bool
) -> Figure | None:
    """C1: the share of the due milestones that are done."""
    found = milestones_due(milestones, end, day, decided=decided)
    if found is None:
        return None
    due, undone = found
    return 100.0 * (len(due) - len(undone)) / len(due), 1.0


def revenue_points(percent: float) -> float:
    """C2 points of the 12 month change: (-20 % -> 0), (0 -> 70), (+10 % -> 100), linear between."""
    if percent <= 0.0:
        return max(0.0, 70.0 * (percent + 20.0) / 20.0)
    return min(100.0, 70.0 + 3.0 * percent)


def pulse_is_live(score: int, given: int, day: int) -> bool:
    """Whether a pulse still counts: 45 days, an extreme one (1 or 5) 30."""
    return day - given <= (PULSE_EXTREME_DAYS if score in (1, 5) else PULSE_DAYS)


def team_pulse(newest: Sequence[tuple[int, int]], day: int) -> Figure | None:
    """P1 of (score 1 to 5, given) of the newest pulse of each function that did not end early."""
    total, live = 0.0, 0
    for score, given in newest:
        if pulse_is_live(score, given, day):
            total += PULSE_POINTS[score - 1]
            live += 1
    return (total / live, min(1.0, live / PULSE_FUNCTIONS)) if live else None


def adoption(points: float, imported: int, day: int) -> Figure | None:
    """G1 of the points of the newest import of usage, which fade."""
    age = day - imported
    return (points, 0.5 ** (age / USAGE_HALF_LIFE_DAYS)) if 0 <= age <= USAGE_DAYS else None
