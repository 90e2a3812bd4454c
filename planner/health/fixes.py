"""What would help fastest: the largest lost points that an action can win back.

What lifts a cap comes first, lowest cap first, then measures by the points they lose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from planner.cadence import ROLE_WEIGHTS
from planner.health.inputs import HealthInputs, PersonFact
from planner.health.score import HealthScore
from planner.health.wording import role_name
from planner.language import gettext as _

LOG = "log_touchpoint"
RESOLVE = "resolve_complaint"
ADD_PERSON = "add_person"
PULSE = "pulse"
OBJECTIVE = "objective"
MILESTONE = "milestone"

Facts = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do: an action id, the rows it is about, and the most it can win back.

    `for_id`: the measure or cap. `points`: points of raw it wins back at most; 0 for a cap.
    """

    action: str
    text: str
    rows: tuple[int, ...]
    points: float
    for_id: str
    lifts_cap: bool = False


def fixes_for(
    score: HealthScore, inputs: HealthInputs, actions: Collection[str] | None = None
) -> tuple[Fix, ...]:
    """Fixes, best first, without those whose action is not in `actions` (None: all).

    The same action on the same rows stands once, in its best place.
    """
    wanted = [*_cap_fixes(score, inputs), *_measure_fixes(score, inputs)]
    kept: dict[tuple[str, tuple[int, ...], str], Fix] = {}
    for fix in wanted:
        if actions is None or fix.action in actions:
            target = "" if fix.rows else fix.text
            kept.setdefault((fix.action, fix.rows, target), fix)
    return tuple(kept.values())


def _cap_fixes(score: HealthScore, inputs: HealthInputs) -> Iterator[Fix]:
    for cap in sorted(score.caps, key=lambda one: one.max):
        if cap.id == "critical_complaint":
            for row, number in zip(cap.rows, cap.facts, strict=True):
                text = _("resolve {number}").format(number=number)
                yield Fix(RESOLVE, text, (row,), 0.0, cap.id, True)
        elif cap.id == "role_left":
            for role in dict.fromkeys(fact[0] for fact in cap.facts):
                yield _reach_role(role, inputs, 0.0, cap.id, True)
        elif cap.id == "buyer_silent":
            yield _reach_role("economic_buyer", inputs, 0.0, cap.id, True)


def _measure_fixes(score: HealthScore, inputs: HealthInputs) -> Iterator[Fix]:
    found: list[Fix] = []
    for measure in score.measures:
        maker = _MAKERS.get(measure.id)
        if maker is not None and measure.lost > 0.0:
            found += maker(inputs, measure.facts, measure.lost)
    yield from sorted(found, key=lambda fix: -fix.points)


def _holder(role: str, inputs: HealthInputs) -> PersonFact | None:
    holders = [one for one in inputs.people if one.active and role in one.roles]
    return max(holders, key=lambda one: (one.influence or 1, -one.id), default=None)


def _reach_role(
    role: str, inputs: HealthInputs, points: float, for_id: str, lifts_cap: bool = False
) -> Fix:
    holder = _holder(role, inputs)
    if holder is None:
        text = _("find the {role} and add them").format(role=role_name(role))
        return Fix(ADD_PERSON, text, (), points, for_id, lifts_cap)
    text = _("speak with {name}, {role}, and log it").format(name=holder.name, role=role_name(role))
    return Fix(LOG, text, (holder.id,), points, for_id, lifts_cap)


def _for_contact(_inputs: HealthInputs, _facts: Facts, lost: float) -> list[Fix]:
    return [Fix(LOG, _("speak with somebody there and log it"), (), lost, "R1")]


def _for_roles(inputs: HealthInputs, facts: Facts, lost: float) -> list[Fix]:
    absent = facts[1]
    total = sum(ROLE_WEIGHTS[role] for role in absent)
    return [_reach_role(role, inputs, lost * ROLE_WEIGHTS[role] / total, "R2") for role in absent]


def _for_stance(_inputs: HealthInputs, facts: Facts, lost: float) -> list[Fix]:
    row, name, stance, _influence = min(facts, key=lambda fact: (_standing(fact[2]), -fact[3]))
    if _standing(stance) > 1:
        return []
    text = _("hear what {name} minds, and log it").format(name=name)
    return [Fix(LOG, text, (row,), lost, "R3")]


def _standing(stance: str) -> int:
    return ("opponent", "sceptic", "neutral", "supporter", "advocate").index(stance)


def _for_complaints(_inputs: HealthInputs, facts: Facts, lost: float) -> list[Fix]:
    total = sum(fact[2] for fact in facts)
    return [
        Fix(RESOLVE, _("resolve {number}").format(number=number), (row,), lost * part / total, "S1")
        for row, number, part, still_open, _breached in facts
        if still_open
    ]


def _for_goals(_inputs: HealthInputs, facts: Facts, lost: float) -> list[Fix]:
    short = {"at_risk": 60.0, "off_track": 100.0, "on_track": 15.0, "achieved": 0.0}
    total = sum(short[status] * priority for _row, _title, status, priority in facts)
    return [
        Fix(
            OBJECTIVE,
            _("bring back on track: {title}").format(title=title),
            (row,),
            lost * short[status] * priority / total,
            "O1",
        )
        for row, title, status, priority in facts
        if status in ("at_risk", "off_track")
    ]


def _for_renewal(inputs: HealthInputs, facts: Facts, lost: float) -> list[Fix]:
    _met, _due, undone = facts
    rows = {one.offset_days: one.id for one in inputs.milestones}
    text = _("do the renewal steps that are due: {steps}").format(
        steps=", ".join(f"T-{offset}" for offset in undone)
    )
    return [Fix(MILESTONE, text, tuple(rows[one] for one in undone if one in rows), lost, "C1")]


def _for_pulse(_inputs: HealthInputs, facts: Facts, lost: float) -> list[Fix]:
    low = tuple(row for row, _function, score in facts if score <= 3)
    if not low:
        return []
    return [Fix(PULSE, _("talk about the low pulses and give new ones"), low, lost, "P1")]


_MAKERS: dict[str, Callable[[HealthInputs, Facts, float], list[Fix]]] = {
    "R1": _for_contact,
    "R2": _for_roles,
    "R3": _for_stance,
    "S1": _for_complaints,
    "O1": _for_goals,
    "C1": _for_renewal,
    "P1": _for_pulse,
}
