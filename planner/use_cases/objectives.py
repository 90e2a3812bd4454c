"""What an objective's metric read over time, and the customer's word on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.plans import Objective
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_confirmed,
    check_day_not_future,
    check_live,
    withdraw,
)
from planner.use_cases.success_criteria import follow_goal
from planner.value import Measurement


def measure(
    uow: UnitOfWork,
    objective_id: int,
    actual: float,
    on: date | None = None,
    *,
    note: str | None = None,
    confirmed_by_id: int | None = None,
    confirmed_on: date | None = None,
) -> Measurement:
    """Say what an objective's metric read on a day, today by default.

    The objective's actual becomes that of its newest day, and where a success criterion fits it
    gives the status; a figure for an older day fills in what was before and moves nothing.
    """
    objective = _live_objective(uow, objective_id)
    day = on or uow.today
    check_day_not_future(uow, day, "measured_on")
    confirmed = _confirmed(uow, objective.account_id, day, confirmed_by_id, confirmed_on)
    kept = record_measurement(uow, objective, actual, day, note=note, **confirmed)
    if objective.actual_on is None or day >= objective.actual_on:
        fields = {"actual": kept.actual, "actual_on": day}
        follow_goal(uow, change(uow.objectives, objective, fields)[1])
    uow.say(
        _("measured {objective} on {day}").format(
            objective=objective.objective, day=day.isoformat()
        ),
        objective.account_id,
    )
    return kept


def record_measurement(
    uow: UnitOfWork, objective: Objective, actual: float, on: date, **fields: Any
) -> Measurement:
    """Store a figure inside another use case."""
    return uow.measurements.add(
        build(
            Measurement,
            id=uow.new_id(),
            account_id=objective.account_id,
            objective_id=objective.id,
            actual=actual,
            measured_on=on,
            recorded_on=uow.today,
            **fields,
        )
    )


def confirm_measurement(
    uow: UnitOfWork, record: Measurement | int, person_id: int, on: date | None = None
) -> Measurement:
    """Say that a person of the customer confirmed a figure, today by default."""
    before = uow.measurements.get(record) if isinstance(record, int) else record
    confirmed = _confirmed(uow, before.account_id, before.measured_on, person_id, on)
    after = change(uow.measurements, before, confirmed)[1]
    objective = uow.objectives.get(after.objective_id)
    uow.say(
        _("{person} confirmed the figure of {objective}").format(
            person=uow.people.get(person_id).label, objective=objective.objective
        ),
        after.account_id,
    )
    return after


def withdraw_measurement(uow: UnitOfWork, measurement_id: int) -> Measurement:
    """Take back a figure that was wrong; the objective's actual becomes the newest one left."""
    after = withdraw(uow.measurements, measurement_id)
    objective = uow.objectives.get(after.objective_id)
    if objective.actual_on == after.measured_on and objective.actual == after.actual:
        newest = newest_measurement(uow, objective.id)
        fields = {
            "actual": newest.actual if newest else None,
            "actual_on": newest.measured_on if newest else None,
        }
        follow_goal(uow, change(uow.objectives, objective, fields)[1])
    uow.say(
        _("took back a figure of {objective}").format(objective=objective.objective),
        after.account_id,
    )
    return after


def newest_measurement(uow: UnitOfWork, objective_id: int) -> Measurement | None:
    """The figure of the newest day, of one day the one that was stored last; None without any."""
    found = uow.measurements.find(objective_id=objective_id)
    return max(found, key=lambda one: (one.measured_on, one.id), default=None)


def _live_objective(uow: UnitOfWork, objective_id: int) -> Objective:
    objective = uow.objectives.get(objective_id)
    check_live(objective)
    if objective.status == "dropped":
        raise Refused(
            _("{objective} was dropped; it is measured no more.").format(
                objective=objective.objective
            )
        )
    return objective


def _confirmed(
    uow: UnitOfWork, account_id: int, measured_on: date, person_id: int | None, on: date | None
) -> dict[str, Any]:
    """Who confirmed a figure and when, today by default; nothing without a person."""
    if person_id is None:
        return {}
    day = on or uow.today
    check_confirmed(
        uow, account_id, person_id, day,
        since=measured_on, earlier=_("it lies before the day it was measured"),
    )  # fmt: skip
    return {"confirmed_by_id": person_id, "confirmed_on": day}
