"""The measures R1 to P1 and G1: facts of one account in, a figure from 0 to 100 out.

Each function takes `HealthInputs` and returns a `Reading`, or None when the measure is unknown.
Formulas: docs of the health score, 6.2 and 6.4; role weights and stances, metrics 4.7.
Pure and without a clock: the day is `inputs.as_of`. Later facts are skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from planner.cadence import ROLE_MAXIMUM_DAYS, ROLE_WEIGHTS
from planner.health.figures import Reading
from planner.health.inputs import ComplaintFact, HealthInputs, ObjectiveFact, ShareFact
from planner.text import fold

ROLES = tuple(ROLE_WEIGHTS)
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


def within(day: date | None, as_of: date, days: int) -> bool:
    """Whether `day` is 0 to `days` days before `as_of`, both ends included."""
    return day is not None and 0 <= (as_of - day).days <= days


def is_new(inputs: HealthInputs) -> bool:
    """Whether the account is younger than 14 days (a start in the future counts as new)."""
    return (inputs.as_of - inputs.started_on).days < NEW_DAYS


def recency_points(ratio: float) -> float:
    """R1 points of days since contact over cadence: (1 -> 100), (1.5 -> 50), (3 -> 0)."""
    if ratio <= 1.0:
        return 100.0
    if ratio <= 1.5:
        return 100.0 - (ratio - 1.0) * 100.0
    if ratio < 3.0:
        return 50.0 - (ratio - 1.5) / 1.5 * 50.0
    return 0.0


def contact_recency(inputs: HealthInputs) -> Reading | None:
    """R1. Facts: days since the newest two-way touch (None: never), cadence in days."""
    touched = inputs.last_two_way_on
    if touched is None or touched > inputs.as_of:
        return None if is_new(inputs) else Reading(0.0, 1.0, (), (None, inputs.cadence_days))
    days = (inputs.as_of - touched).days
    rows = () if inputs.last_two_way_id is None else (inputs.last_two_way_id,)
    cadence = max(1, inputs.cadence_days)
    return Reading(recency_points(days / cadence), 1.0, rows, (days, cadence))


def _covered_roles(inputs: HealthInputs, roles: tuple[str, ...], rows: dict[int, None]) -> set[str]:
    covered: set[str] = set()
    for person in inputs.people:
        touched = person.last_two_way_on
        if touched is None or not person.active:
            continue
        age = (inputs.as_of - touched).days
        for role in person.roles:
            if role in roles and 0 <= age <= ROLE_MAXIMUM_DAYS[role]:
                covered.add(role)
                rows[person.id] = None
    return covered


def role_coverage(inputs: HealthInputs) -> Reading | None:
    """R2. Facts: roles covered, roles uncovered. No contacts at all is 0, none required unknown."""
    required = inputs.required_roles
    roles = ROLES if required is None else tuple(role for role in ROLES if role in required)
    if not roles:
        return None
    rows: dict[int, None] = {}
    covered = _covered_roles(inputs, roles, rows)
    total = points = 0
    for role in roles:
        weight = ROLE_WEIGHTS[role]
        total += weight
        points += weight if role in covered else 0
    present = tuple([role for role in roles if role in covered])
    absent = tuple([role for role in roles if role not in covered])
    return Reading(100.0 * points / total, 1.0, tuple(rows), (present, absent))


def stance(inputs: HealthInputs) -> Reading | None:
    """R3. Facts: (account_person id, name, stance, influence) of each one who has a stance."""
    total = weighted = 0.0
    known = []
    for person in inputs.people:
        points = STANCE_POINTS.get(person.stance) if person.stance and person.active else None
        if points is None:
            continue
        influence = 1 if person.influence is None else person.influence
        total += influence
        weighted += influence * points
        known.append((person.id, person.name, person.stance, influence))
    if total <= 0.0:
        return None
    return Reading(weighted / total, 1.0, tuple(entry[0] for entry in known), tuple(known))


def is_open(complaint: ComplaintFact, as_of: date) -> bool:
    """Whether the complaint was open on `as_of` (withdrawn and merged ones never are)."""
    if complaint.excluded or complaint.opened_on > as_of:
        return False
    return complaint.resolved_on is None or complaint.resolved_on > as_of


def burden(complaint: ComplaintFact, as_of: date) -> float:
    """Points that one complaint takes from S1."""
    points = SEVERITY_BURDEN[complaint.severity]
    if is_open(complaint, as_of):
        return points * BREACHED_FACTOR if complaint.breached else points
    resolved = complaint.resolved_on
    if complaint.excluded or complaint.opened_on > as_of or resolved is None:
        return 0.0
    age = (as_of - resolved).days
    decay: float = 0.5 ** (age / RESOLVED_HALF_LIFE_DAYS)
    points *= RESOLVED_FACTOR * decay
    return points * CONFIRMED_FACTOR if complaint.confirmed else points


def complaint_burden(inputs: HealthInputs) -> Reading | None:
    """S1. Facts: (complaint id, number, burden, open, breached) each. Silence is unknown."""
    as_of = inputs.as_of
    if not inputs.complaints:
        return Reading(100.0) if within(inputs.last_two_way_on, as_of, SILENCE_DAYS) else None
    total = 0.0
    heard = False
    seen: list[tuple[int, str, float, bool, bool]] = []
    for complaint in inputs.complaints:
        if complaint.excluded or complaint.opened_on > as_of:
            continue
        points = burden(complaint, as_of)
        opened = is_open(complaint, as_of)
        total += points
        seen.append((complaint.id, complaint.number, points, opened, complaint.breached))
        heard = (
            heard
            or opened
            or within(complaint.opened_on, as_of, SILENCE_DAYS)
            or within(complaint.resolved_on, as_of, SILENCE_DAYS)
        )
    if not heard and not within(inputs.last_two_way_on, as_of, SILENCE_DAYS):
        return None
    return Reading(max(0.0, 100.0 - total), 1.0, tuple(one[0] for one in seen), tuple(seen))


def _share(fact: ShareFact | None) -> Reading | None:
    if fact is None or fact.total <= 0:
        return None
    return Reading(100.0 * fact.hits / fact.total, 1.0, fact.rows, (fact.hits, fact.total))


def targets_kept(inputs: HealthInputs) -> Reading | None:
    """S2. Facts: clocks met, clocks due, in 90 days."""
    return _share(inputs.sla)


def recurrence(inputs: HealthInputs) -> Reading | None:
    """S3. Facts: repeats, complaints opened in 180 days, ids of the repeats."""
    if not inputs.causes_recorded or not inputs.complaints:
        return None
    counted: list[int] = []
    repeats: list[int] = []
    causes: set[str] = set()
    for complaint in sorted(inputs.complaints, key=lambda one: (one.opened_on, one.id)):
        if complaint.excluded or complaint.opened_on > inputs.as_of:
            continue
        cause = fold(complaint.root_cause or "")
        if within(complaint.opened_on, inputs.as_of, RECURRENCE_DAYS):
            counted.append(complaint.id)
            if cause in causes:
                repeats.append(complaint.id)
        if cause:
            causes.add(cause)
    if not counted:
        return None
    score = 100.0 * (1.0 - len(repeats) / len(counted))
    return Reading(score, 1.0, tuple(counted), (len(repeats), len(counted), tuple(repeats)))


def recommendation(inputs: HealthInputs) -> Reading | None:
    """V1 (NPS). Facts: number of answers used."""
    if not inputs.nps:
        return None
    points = used = influences = 0.0
    rows: list[int] = []
    for answer in inputs.nps:
        if not within(answer.answered_on, inputs.as_of, ANSWER_DAYS):
            continue
        influence = 1 if answer.influence is None else answer.influence
        age = (inputs.as_of - answer.answered_on).days
        weight: float = influence * 0.5 ** (age / ANSWER_HALF_LIFE_DAYS)
        points += 10.0 * answer.rating * weight
        used += weight
        influences += influence
        rows.append(answer.id)
    if used <= 0.0:
        return None
    # The quotient of sums can pass 100 by one unit in the last place.
    return Reading(min(100.0, points / used), used / influences, tuple(rows), (len(rows),))


def satisfaction(inputs: HealthInputs) -> Reading | None:
    """V2 (CSAT). Facts: top-2-box answers, answers, in 90 days."""
    return _share(inputs.csat)


def effort(inputs: HealthInputs) -> Reading | None:
    """V3 (CES). Facts: top-3-box answers (ease), answers, in 180 days."""
    return _share(inputs.ces)


def objective_status(objective: ObjectiveFact, as_of: date) -> str | None:
    """The status that counts on `as_of`, or None when the objective is left out.

    Past due and not achieved is at risk, from the 31st day off track, never better than said.
    """
    status = objective.status
    if status == "achieved":
        done = objective.achieved_on
        return status if done is None or within(done, as_of, ACHIEVED_COUNTS_DAYS) else None
    if status not in STATUS_POINTS:
        return None
    if objective.started_on is not None and objective.started_on > as_of:
        return None
    late = 0 if objective.due_on is None else (as_of - objective.due_on).days
    if late > OFF_TRACK_AFTER_DAYS:
        return "off_track"
    return "at_risk" if late > 0 and status == "on_track" else status


def objectives(inputs: HealthInputs) -> Reading | None:
    """O1. Facts: (objective id, title, status that counts, priority) each."""
    if not inputs.objectives:
        return None
    total = weighted = 0.0
    counted: list[tuple[int, str, str, int]] = []
    for objective in inputs.objectives:
        status = objective_status(objective, inputs.as_of)
        if status is None:
            continue
        total += objective.priority
        weighted += objective.priority * STATUS_POINTS[status]
        counted.append((objective.id, objective.title, status, objective.priority))
    if total <= 0.0:
        return None
    return Reading(weighted / total, 1.0, tuple(one[0] for one in counted), tuple(counted))


def value_attainment(inputs: HealthInputs) -> Reading | None:
    """O2: mean of clamped attainments of confirmed metrics. Facts: number of metrics used."""
    attained: list[float] = []
    rows: list[int] = []
    for fact in inputs.values:
        base, target = fact.baseline, fact.target
        if base is None or target is None or base == target:
            continue
        if within(fact.measured_on, inputs.as_of, VALUE_DAYS):
            part = (fact.actual - base) / (target - base)
            attained.append(min(1.0, max(0.0, part)))
            rows.append(fact.id)
    if not attained:
        return None
    return Reading(100.0 * sum(attained) / len(attained), 1.0, tuple(rows), (len(rows),))


def renewal_readiness(inputs: HealthInputs) -> Reading | None:
    """C1. Facts: milestones done, milestones due, offsets in days that are due and not done."""
    end = inputs.contract_end
    if end is None or inputs.renewal_decided:
        return None
    days_left = (end - inputs.as_of).days
    if days_left > RENEWAL_WINDOW_DAYS or (days_left > FIRST_MILESTONE and not inputs.milestones):
        return None
    offsets = dict.fromkeys(MILESTONE_OFFSETS, False)
    rows: list[int] = []
    for milestone in inputs.milestones:
        offset = milestone.offset_days
        done = milestone.done_on is not None and milestone.done_on <= inputs.as_of
        offsets[offset] = offsets.get(offset, False) or done
        if offset >= days_left:
            rows.append(milestone.id)
    due = [offset for offset in offsets if offset >= days_left]
    if not due:
        return None
    undone = tuple(offset for offset in due if not offsets[offset])
    met = len(due) - len(undone)
    return Reading(100.0 * met / len(due), 1.0, tuple(rows), (met, len(due), undone))


def revenue_points(percent: float) -> float:
    """C2 points of the 12 month change: (-20 % -> 0), (0 -> 70), (+10 % -> 100), linear between."""
    if percent <= 0.0:
        return max(0.0, 70.0 * (percent + 20.0) / 20.0)
    return min(100.0, 70.0 + 3.0 * percent)


def revenue_trend(inputs: HealthInputs) -> Reading | None:
    """C2. Facts: the change in per cent."""
    fact = inputs.revenue
    if fact is None:
        return None
    return Reading(revenue_points(fact.percent), 1.0, fact.rows, (fact.percent,))


def live_pulses(inputs: HealthInputs) -> list[tuple[int, str, int]]:
    """(pulse id, function, score) of the newest pulse of each function, where it is still live."""
    newest: dict[str, tuple[date, int, int, bool]] = {}
    for pulse in inputs.pulses:
        if pulse.given_on > inputs.as_of:
            continue
        mark = (pulse.given_on, pulse.id, pulse.score, pulse.expired)
        if pulse.function not in newest or newest[pulse.function] < mark:
            newest[pulse.function] = mark
    live = []
    for function, (given_on, pulse_id, score, expired) in newest.items():
        limit = PULSE_EXTREME_DAYS if score in (1, 5) else PULSE_DAYS
        if not expired and (inputs.as_of - given_on).days <= limit:
            live.append((pulse_id, function, score))
    return live


def pulses_diverge(inputs: HealthInputs) -> bool:
    """Whether the live pulses of two functions differ by 2 or more."""
    scores = [score for _, _, score in live_pulses(inputs)]
    return bool(scores) and max(scores) - min(scores) >= 2


def team_pulse(inputs: HealthInputs) -> Reading | None:
    """P1. Facts: (pulse id, function, score 1 to 5) each; confidence is live of four functions."""
    if not inputs.pulses:
        return None
    live = sorted(live_pulses(inputs), key=lambda one: one[1])
    if not live:
        return None
    score = sum(PULSE_POINTS[value - 1] for _, _, value in live) / len(live)
    confidence = min(1.0, len(live) / PULSE_FUNCTIONS)
    return Reading(score, confidence, tuple(one[0] for one in live), tuple(live))


def adoption(inputs: HealthInputs) -> Reading | None:
    """G1. Facts: age of the import in days."""
    fact = inputs.usage
    if fact is None or not within(fact.imported_on, inputs.as_of, USAGE_DAYS):
        return None
    age = (inputs.as_of - fact.imported_on).days
    confidence: float = 0.5 ** (age / USAGE_HALF_LIFE_DAYS)
    return Reading(fact.points, confidence, fact.rows, (age,))


MEASURES: Mapping[str, Callable[[HealthInputs], Reading | None]] = MappingProxyType(
    {
        "R1": contact_recency,
        "R2": role_coverage,
        "R3": stance,
        "S1": complaint_burden,
        "S2": targets_kept,
        "S3": recurrence,
        "V1": recommendation,
        "V2": satisfaction,
        "V3": effort,
        "O1": objectives,
        "O2": value_attainment,
        "C1": renewal_readiness,
        "C2": revenue_trend,
        "P1": team_pulse,
        "G1": adoption,
    }
)
