"""The measures R1 to P1 and G1: facts of one account in, a figure from 0 to 100 out.

Each function takes `HealthInputs` and returns a `Reading`, or None when the measure is unknown.
The figure comes from planner.health.points, fed by planner.health.kept; what is added here is
which rows and facts it was made of. Pure and without a clock: the day is `inputs.as_of`. Later
facts are skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from planner.health import kept, points
from planner.health.figures import Reading
from planner.health.inputs import BoxFact, ComplaintFact, HealthInputs, ObjectiveFact
from planner.health.points import (
    ANSWER_DAYS,
    CES_DAYS,
    CSAT_DAYS,
    NEW_DAYS,
    RECURRENCE_DAYS,
    ROLE_LIMITS,
    ROLES,
    SEVERITY_BURDEN,
    STANCE_POINTS,
    VALUE_DAYS,
    Figure,
)


def within(day: date | None, as_of: date, days: int) -> bool:
    """Whether `day` is 0 to `days` days before `as_of`, both ends included."""
    return day is not None and 0 <= (as_of - day).days <= days


def is_new(inputs: HealthInputs) -> bool:
    """Whether the account is younger than 14 days (a start in the future counts as new)."""
    return (inputs.as_of - inputs.started_on).days < NEW_DAYS


def _reading(
    figure: Figure | None, rows: tuple[int, ...] = (), facts: tuple[object, ...] = ()
) -> Reading | None:
    return None if figure is None else Reading(figure[0], figure[1], rows, facts)


def contact_recency(inputs: HealthInputs) -> Reading | None:
    """R1. Facts: days since the newest two-way touch (None: never), cadence in days."""
    day = inputs.as_of.toordinal()
    touched = kept.past(inputs.last_two_way_on, inputs.as_of)
    figure = points.recency(touched, inputs.started_on.toordinal(), inputs.cadence_days, day)
    if touched is None:
        return _reading(figure, (), (None, inputs.cadence_days))
    rows = () if inputs.last_two_way_id is None else (inputs.last_two_way_id,)
    return _reading(figure, rows, (day - touched, max(1, inputs.cadence_days)))


def role_coverage(inputs: HealthInputs) -> Reading | None:
    """R2. Facts: roles covered, roles uncovered. No contacts at all is 0, none required unknown."""
    day = inputs.as_of.toordinal()
    required = kept.required_roles(inputs.required_roles)
    touched = kept.role_days(inputs.people, inputs.as_of)
    present: list[str] = []
    absent: list[str] = []
    for index in range(len(ROLES)) if required is None else required:
        newest = touched[index]
        fresh = newest is not None and day - newest <= ROLE_LIMITS[index][1]
        (present if fresh else absent).append(ROLES[index])
    rows = [
        person.id
        for person in inputs.people
        if person.active
        and any(
            role in present
            and within(person.last_two_way_on, inputs.as_of, ROLE_LIMITS[ROLES.index(role)][1])
            for role in person.roles
        )
    ]
    figure = points.role_coverage(touched, required, day)
    return _reading(figure, tuple(rows), (tuple(present), tuple(absent)))


def stance(inputs: HealthInputs) -> Reading | None:
    """R3. Facts: (account_person id, name, stance, influence) of each one who has a stance."""
    known = tuple(
        (one.id, one.name, one.stance, 1 if one.influence is None else one.influence)
        for one in inputs.people
        if one.active and one.stance in STANCE_POINTS
    )
    figure = points.stance(*kept.stance_sums(inputs.people))
    return _reading(figure, tuple(entry[0] for entry in known), known)


def is_open(complaint: ComplaintFact, as_of: date) -> bool:
    """Whether the complaint was open on `as_of` (withdrawn and merged ones never are)."""
    if complaint.excluded or complaint.opened_on > as_of:
        return False
    return complaint.resolved_on is None or complaint.resolved_on > as_of


def burden(complaint: ComplaintFact, as_of: date) -> float:
    """Points that one complaint takes from S1."""
    worth = SEVERITY_BURDEN[complaint.severity]
    if is_open(complaint, as_of):
        return points.open_burden(worth, late=complaint.breached)
    resolved = complaint.resolved_on
    if complaint.excluded or complaint.opened_on > as_of or resolved is None:
        return 0.0
    age = (as_of - resolved).days
    return points.resolved_burden(worth, age, confirmed=complaint.confirmed)


def complaint_burden(inputs: HealthInputs) -> Reading | None:
    """S1. Facts: (complaint id, number, burden, open, breached) each. Silence is unknown."""
    as_of = inputs.as_of
    parts = kept.complaint_parts(inputs.complaints, as_of)
    figure = points.complaint_burden(
        parts.opened,
        parts.resolved,
        parts.heard,
        kept.past(inputs.last_two_way_on, as_of),
        as_of.toordinal(),
        moment="",
    )
    seen = tuple(
        (one.id, one.number, burden(one, as_of), is_open(one, as_of), one.breached)
        for one in inputs.complaints
        if not one.excluded and one.opened_on <= as_of
    )
    return _reading(figure, tuple(one[0] for one in seen), seen)


def _boxes(answers: tuple[BoxFact, ...], as_of: date, window: int) -> Reading | None:
    parts = kept.box_parts(answers, as_of, window)
    rows = tuple(one.id for one in answers if within(one.answered_on, as_of, window))
    hits = sum(hit for _day, hit in parts)
    return _reading(points.boxes(parts, as_of.toordinal(), window), rows, (hits, len(parts)))


def targets_kept(inputs: HealthInputs) -> Reading | None:
    """S2. Facts: clocks met, clocks due, in 90 days; rows: the complaints, those late first."""
    day = inputs.as_of.toordinal()
    found = []
    for one in inputs.clocks:
        hit = points.target_counts(kept.target_of(one, inputs.as_of), day, moment="")
        if hit is not None:
            found.append((hit, one.complaint_id))
    found.sort(key=lambda pair: pair[0])
    rows = tuple(dict.fromkeys(number for _hit, number in found))
    hits = sum(hit for hit, _number in found)
    return _reading(points.share(hits, len(found)), rows, (hits, len(found)))


def recurrence(inputs: HealthInputs) -> Reading | None:
    """S3. Facts: repeats, complaints opened in 180 days, ids of the repeats."""
    found = kept.repeats_of(inputs.complaints, inputs.as_of)
    figure = points.recurrence(
        [(one.opened_on.toordinal(), repeat) for one, repeat in found], inputs.as_of.toordinal()
    )
    counted = [pair for pair in found if within(pair[0].opened_on, inputs.as_of, RECURRENCE_DAYS)]
    repeats = tuple(one.id for one, repeat in counted if repeat)
    rows = tuple(one.id for one, _repeat in counted)
    return _reading(figure, rows, (len(repeats), len(counted), repeats))


def recommendation(inputs: HealthInputs) -> Reading | None:
    """V1 (NPS). Facts: number of answers used."""
    as_of = inputs.as_of
    figure = points.recommendation(kept.answer_parts(inputs.nps, as_of), as_of.toordinal())
    rows = tuple(one.id for one in inputs.nps if within(one.answered_on, as_of, ANSWER_DAYS))
    return _reading(figure, rows, (len(rows),))


def satisfaction(inputs: HealthInputs) -> Reading | None:
    """V2 (CSAT). Facts: top-2-box answers, answers, in 90 days."""
    return _boxes(inputs.csat, inputs.as_of, CSAT_DAYS)


def effort(inputs: HealthInputs) -> Reading | None:
    """V3 (CES). Facts: top-3-box answers (ease), answers, in 180 days."""
    return _boxes(inputs.ces, inputs.as_of, CES_DAYS)


def objective_status(objective: ObjectiveFact, as_of: date) -> str | None:
    """The status that counts on `as_of`, or None when the objective is left out."""
    ((_priority, status, started, due, achieved),) = kept.objective_parts((objective,))
    return points.objective_status(status, started, due, achieved, as_of.toordinal())


def objectives(inputs: HealthInputs) -> Reading | None:
    """O1. Facts: (objective id, title, status that counts, priority) each."""
    figure = points.objectives(kept.objective_parts(inputs.objectives), inputs.as_of.toordinal())
    counted = tuple(
        (one.id, one.title, status, one.priority)
        for one in inputs.objectives
        if (status := objective_status(one, inputs.as_of)) is not None
    )
    return _reading(figure, tuple(one[0] for one in counted), counted)


def value_attainment(inputs: HealthInputs) -> Reading | None:
    """O2: mean of clamped attainments of confirmed metrics. Facts: number of metrics used."""
    as_of = inputs.as_of
    found = kept.value_parts(inputs.values, as_of)
    figure = points.attainments(
        [(part, one.measured_on.toordinal()) for one, part in found], as_of.toordinal()
    )
    rows = tuple(one.id for one, _part in found if within(one.measured_on, as_of, VALUE_DAYS))
    return _reading(figure, rows, (len(rows),))


def renewal_readiness(inputs: HealthInputs) -> Reading | None:
    """C1. Facts: milestones done, milestones due, offsets in days that are due and not done."""
    end, day = kept.ordinal(inputs.contract_end), inputs.as_of.toordinal()
    done = [(one.offset_days, kept.past(one.done_on, inputs.as_of)) for one in inputs.milestones]
    found = points.milestones_due(done, end, day, decided=inputs.renewal_decided)
    if found is None or end is None:
        return None
    due, undone = found
    figure = points.renewal_readiness(done, end, day, decided=inputs.renewal_decided)
    rows = tuple(one.id for one in inputs.milestones if one.offset_days >= end - day)
    return _reading(figure, rows, (len(due) - len(undone), len(due), tuple(undone)))


def revenue_trend(inputs: HealthInputs) -> Reading | None:
    """C2. Facts: the change in per cent."""
    fact = inputs.revenue
    if fact is None:
        return None
    return Reading(points.revenue_points(fact.percent), 1.0, fact.rows, (fact.percent,))


def live_pulses(inputs: HealthInputs) -> list[tuple[int, str, int]]:
    """(pulse id, function, score) of the newest pulse of each function, where it is still live."""
    day = inputs.as_of.toordinal()
    return [
        (one.id, function, one.score)
        for function, one in kept.newest_pulses(inputs.pulses, inputs.as_of).items()
        if not one.expired and points.pulse_is_live(one.score, one.given_on.toordinal(), day)
    ]


def pulses_diverge(inputs: HealthInputs) -> bool:
    """Whether the live pulses of two functions differ by 2 or more."""
    scores = [score for _, _, score in live_pulses(inputs)]
    return bool(scores) and max(scores) - min(scores) >= 2


def team_pulse(inputs: HealthInputs) -> Reading | None:
    """P1. Facts: (pulse id, function, score 1 to 5) each; confidence is live of four functions."""
    newest = [
        (one.score, one.given_on.toordinal())
        for one in kept.newest_pulses(inputs.pulses, inputs.as_of).values()
        if not one.expired
    ]
    live = sorted(live_pulses(inputs), key=lambda one: one[1])
    figure = points.team_pulse(newest, inputs.as_of.toordinal())
    return _reading(figure, tuple(one[0] for one in live), tuple(live))


def adoption(inputs: HealthInputs) -> Reading | None:
    """G1. Facts: age of the import in days."""
    fact, day = inputs.usage, inputs.as_of.toordinal()
    if fact is None:
        return None
    imported = fact.imported_on.toordinal()
    return _reading(points.adoption(fact.points, imported, day), fact.rows, (day - imported,))


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
