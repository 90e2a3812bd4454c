"""What the score needs of one account, in numbers that hold from one day to the next.

``keep`` makes it from facts; the store keeps it beside the account (as JSON) so that a new day's
score reads no touchpoint, no person and no complaint. Days are ordinals (``date.toordinal``).
Everything dated after the day it is made on is left out, as the measures do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from planner.health import points
from planner.health.inputs import (
    AnswerFact,
    BoxFact,
    ClockFact,
    ComplaintFact,
    HealthInputs,
    ObjectiveFact,
    PersonFact,
    PulseFact,
    ValueFact,
)
from planner.health.points import ROLES, SEVERITY_BURDEN, STANCE_POINTS
from planner.text import fold

SHAPE = 2
"""The number of this form; a stored one of another form is made anew."""
KEY_ROLES = ("champion", "economic_buyer")
BUYER = ROLES.index("economic_buyer")
_INDEX = {role: index for index, role in enumerate(ROLES)}


class Complaints(NamedTuple):
    """What S1 and S3 read. ``causes``: (opened, is a repeat) of each of the last 180 days."""

    opened: tuple[points.Open, ...]
    resolved: tuple[points.Resolved, ...]
    heard: int | None
    causes: tuple[tuple[int, bool], ...] = ()


class Voice(NamedTuple):
    """What the customer said and how their clocks stood: V1, S2, V2 and V3.

    ``answers``: (rating, influence, day); ``csat`` and ``ces``: (day, in the top boxes).
    """

    answers: tuple[tuple[int, int, int], ...] = ()
    clocks: tuple[points.Target, ...] = ()
    csat: tuple[tuple[int, bool], ...] = ()
    ces: tuple[tuple[int, bool], ...] = ()


class Extras(NamedTuple):
    """Attained value metrics (attained, measured), MRR trend in per cent, usage (points, day)."""

    values: tuple[tuple[float, int], ...] = ()
    revenue: float | None = None
    usage: tuple[float, int] | None = None


NO_VOICE = Voice()
NO_EXTRAS = Extras()


class Kept(NamedTuple):
    """One account. ``role_touched``: the newest touch of an active holder of each role.

    ``stance``: (sum of stance points by influence, sum of influences). ``gone``: the days on which
    holders of a key role left who were not replaced.
    """

    started: int
    cadence: int
    stage: str | None
    tier: int | None
    touched: int | None
    role_touched: tuple[int | None, ...]
    stance: tuple[float, float]
    complaints: Complaints
    objectives: tuple[points.Objective, ...]
    milestones: tuple[tuple[int, int | None], ...]
    pulses: tuple[tuple[int, int], ...]
    end: int | None
    decided: bool
    gone: tuple[int, ...] = ()
    cancelled: int | None = None
    invoice: int | None = None
    competitor: int | None = None
    required: tuple[int, ...] | None = None
    voice: Voice = NO_VOICE
    extras: Extras = NO_EXTRAS


def ordinal(day: date | None) -> int | None:
    """A day as a number, None stays None."""
    return None if day is None else day.toordinal()


def past(day: date | None, as_of: date) -> int | None:
    """A day as a number unless it lies after ``as_of``."""
    return None if day is None or day > as_of else day.toordinal()


def required_roles(roles: tuple[str, ...] | None) -> tuple[int, ...] | None:
    """The indexes of the roles that count, None is all."""
    if roles is None:
        return None
    return tuple(index for index, role in enumerate(ROLES) if role in roles)


def role_days(people: Iterable[PersonFact], as_of: date) -> tuple[int | None, ...]:
    """The newest two-way touch of an active holder of each role."""
    newest: list[int | None] = [None] * len(ROLES)
    for person in people:
        touched = person.last_two_way_on
        if touched is None or not person.roles or not person.active or touched > as_of:
            continue
        day = touched.toordinal()
        for role in person.roles:
            index = _INDEX.get(role)
            if index is not None and day > (newest[index] or 0):
                newest[index] = day
    return tuple(newest)


def stance_sums(people: Iterable[PersonFact]) -> tuple[float, float]:
    """The stances of active people by influence, and the sum of the influences."""
    weighted = influences = 0.0
    for person in people:
        if person.stance is None or not person.active:
            continue
        worth = STANCE_POINTS.get(person.stance)
        if worth is not None:
            influence = 1 if person.influence is None else person.influence
            influences += influence
            weighted += influence * worth
    return weighted, influences


def is_replaced(
    role: str, leaver: PersonFact, left_on: date, people: tuple[PersonFact, ...]
) -> bool:
    """Whether somebody took the role over: touched two-way since, and there or gone later.

    One who is gone later has a leaving of their own, which is looked at by itself.
    """
    for person in people:
        touched = person.last_two_way_on
        if person is leaver or role not in person.roles or touched is None or touched < left_on:
            continue
        if person.active or (person.left_on is not None and person.left_on > left_on):
            return True
    return False


def leavers(
    people: tuple[PersonFact, ...],
) -> Iterable[tuple[PersonFact, str, date]]:
    """Each (person, key role, day) that somebody left with and nobody took over."""
    for person in people:
        left_on = person.left_on
        if person.active or left_on is None or not person.roles:
            continue
        for role in KEY_ROLES:
            if role in person.roles and not is_replaced(role, person, left_on, people):
                yield person, role, left_on


def complaint_parts(facts: Iterable[ComplaintFact], as_of: date) -> Complaints:
    """The complaints by what they take from S1; withdrawn and merged ones take nothing."""
    opened: list[points.Open] = []
    resolved: list[points.Resolved] = []
    heard = 0
    for one in facts:
        if one.excluded or one.opened_on > as_of:
            continue
        worth = SEVERITY_BURDEN[one.severity]
        heard = max(heard, one.opened_on.toordinal())
        solved = past(one.resolved_on, as_of)
        if solved is None:
            opened.append((worth, one.breached, one.late_from, one.severity == "critical"))
        else:
            resolved.append((worth, solved, one.confirmed))
            heard = max(heard, solved)
    return Complaints(tuple(opened), tuple(resolved), heard or None, _repeats(facts, as_of))


def _repeats(facts: Iterable[ComplaintFact], as_of: date) -> tuple[tuple[int, bool], ...]:
    day = as_of.toordinal()
    opened = ((one.opened_on.toordinal(), repeat) for one, repeat in repeats_of(facts, as_of))
    return tuple(one for one in opened if day - one[0] <= points.RECURRENCE_DAYS)


def target_of(clock: ClockFact, as_of: date) -> points.Target:
    """A clock by its days."""
    stopped = past(clock.stopped_on, as_of)
    return clock.due_on.toordinal(), clock.late, stopped, clock.due_at


def clock_parts(facts: Iterable[ClockFact], as_of: date) -> tuple[points.Target, ...]:
    """The clocks by their days; those that can count no more are left out.

    Whether one that runs is late follows from the moment it is read at, so it is not kept.
    """
    found: list[points.Target] = []
    oldest = as_of.toordinal() - points.TARGET_DAYS
    for one in facts:
        due, late, stopped, due_at = target_of(one, as_of)
        if due >= oldest or (stopped is not None and stopped >= oldest):
            found.append((due, late and due_at is None, stopped, due_at))
    return tuple(found)


def box_parts(facts: Iterable[BoxFact], as_of: date, window: int) -> tuple[tuple[int, bool], ...]:
    """The answers to CSAT or CES of a window: day, in the top boxes."""
    return tuple(
        (one.answered_on.toordinal(), one.hit)
        for one in facts
        if 0 <= (as_of - one.answered_on).days <= window
    )


def repeats_of(facts: Iterable[ComplaintFact], as_of: date) -> list[tuple[ComplaintFact, bool]]:
    """The complaints that count for S3 in order of their opening, and whether each is a repeat.

    A repeat has the cause of an earlier one, however long ago.
    """
    found: list[tuple[ComplaintFact, bool]] = []
    seen: set[str] = set()
    for one in sorted(facts, key=lambda fact: (fact.opened_on, fact.id)):
        if one.excluded or one.opened_on > as_of:
            continue
        cause = fold(one.root_cause or "")
        found.append((one, cause in seen))
        if cause:
            seen.add(cause)
    return found


def objective_parts(facts: Iterable[ObjectiveFact]) -> tuple[points.Objective, ...]:
    """The objectives by their days."""
    return tuple(
        (one.priority, one.status, ordinal(one.started_on), ordinal(one.due_on),
         ordinal(one.achieved_on))
        for one in facts
    )  # fmt: skip


def newest_pulses(facts: Iterable[PulseFact], as_of: date) -> dict[str, PulseFact]:
    """The newest pulse of each function, the ones that ended early included."""
    newest: dict[str, PulseFact] = {}
    for pulse in facts:
        if pulse.given_on > as_of:
            continue
        known = newest.get(pulse.function)
        if known is None or (known.given_on, known.id) < (pulse.given_on, pulse.id):
            newest[pulse.function] = pulse
    return newest


def answer_parts(facts: Iterable[AnswerFact], as_of: date) -> tuple[tuple[int, int, int], ...]:
    """The NPS answers: rating, influence, day."""
    return tuple(
        (one.rating, 1 if one.influence is None else one.influence, one.answered_on.toordinal())
        for one in facts
        if 0 <= (as_of - one.answered_on).days <= points.ANSWER_DAYS
    )


def value_parts(facts: Iterable[ValueFact], as_of: date) -> list[tuple[ValueFact, float]]:
    """The value metrics that can be attained, with how far each is, 0 to 1."""
    found = []
    for one in facts:
        base, target = one.baseline, one.target
        if base is None or target is None or base == target or one.measured_on > as_of:
            continue
        found.append((one, min(1.0, max(0.0, (one.actual - base) / (target - base)))))
    return found


def keep(inputs: HealthInputs) -> Kept:
    """The numbers behind one account's score."""
    as_of = inputs.as_of
    people = inputs.people
    return Kept(
        inputs.started_on.toordinal(),
        inputs.cadence_days,
        inputs.stage,
        inputs.tier,
        past(inputs.last_two_way_on, as_of),
        role_days(people, as_of),
        stance_sums(people),
        complaint_parts(inputs.complaints, as_of),
        objective_parts(inputs.objectives),
        tuple((one.offset_days, past(one.done_on, as_of)) for one in inputs.milestones),
        tuple(
            (one.score, one.given_on.toordinal())
            for one in newest_pulses(inputs.pulses, as_of).values()
            if not one.expired
        ),
        ordinal(inputs.contract_end),
        inputs.renewal_decided,
        tuple({left_on.toordinal(): None for _one, _role, left_on in leavers(people)}),
        past(inputs.cancellation_on, as_of),
        ordinal(inputs.invoice_overdue_since),
        past(inputs.competitor_on, as_of),
        required_roles(inputs.required_roles),
        _voice(inputs),
        _extras(inputs),
    )


def _voice(inputs: HealthInputs) -> Voice:
    if not (inputs.nps or inputs.clocks or inputs.csat or inputs.ces):
        return NO_VOICE
    as_of = inputs.as_of
    return Voice(
        answer_parts(inputs.nps, as_of),
        clock_parts(inputs.clocks, as_of),
        box_parts(inputs.csat, as_of, points.CSAT_DAYS),
        box_parts(inputs.ces, as_of, points.CES_DAYS),
    )


def _extras(inputs: HealthInputs) -> Extras:
    if not inputs.values and inputs.revenue is None and inputs.usage is None:
        return NO_EXTRAS
    usage = inputs.usage
    imported = None if usage is None else past(usage.imported_on, inputs.as_of)
    return Extras(
        tuple(
            (part, one.measured_on.toordinal())
            for one, part in value_parts(inputs.values, inputs.as_of)
        ),
        None if inputs.revenue is None else inputs.revenue.percent,
        None if usage is None or imported is None else (usage.points, imported),
    )


def restore(stored: list[Any]) -> Kept:
    """A ``Kept`` from what ``plain`` made of it, lists standing for tuples."""
    stored[7] = Complaints(*stored[7])
    if len(stored) > _VOICE:
        stored[_VOICE:] = [
            kind(*one) for kind, one in zip((Voice, Extras), stored[_VOICE:], strict=False)
        ]
    return Kept(*stored)


_VOICE, _COMPLAINTS = Kept._fields.index("voice"), Kept._fields.index("complaints")
_LEAST = len(Kept._fields) - len(Kept._field_defaults)
_DEFAULTS = tuple(Kept._field_defaults.values())


def plain(kept: Kept) -> list[Any]:
    """A ``Kept`` as what goes into JSON, without the defaults at its end.

    The complaints are a plain tuple, whose type an encoder knows at once.
    """
    last = len(kept)
    while last > _LEAST and kept[last - 1] == _DEFAULTS[last - 1 - _LEAST]:
        last -= 1
    found: list[Any] = list(kept[:last])
    found[_COMPLAINTS] = tuple(kept.complaints)
    return found
