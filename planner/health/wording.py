"""The sentences of the score: names, reasons, how to fill a gap, what clears a cap.

Only built when somebody reads them. Names of people and titles are data and go in by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.health.figures import Reading
from planner.language import gettext as _
from planner.language import ngettext
from planner.vocabulary_words import function_name

Facts = tuple[Any, ...]


def dimension_name(dim: str) -> str:
    """The dimension in words."""
    names = {
        "relationship": _("relationship"),
        "service": _("service"),
        "voice": _("customer's voice"),
        "outcomes": _("outcomes"),
        "commercial": _("commercial"),
        "pulse": _("pulse"),
        "usage": _("usage"),
    }
    return names.get(dim, dim)


def measure_name(measure: str) -> str:
    """The measure in a word or two, for a line of causes."""
    names = {
        "R1": _("contact"),
        "R2": _("key people"),
        "R3": _("stance"),
        "S1": _("complaints"),
        "S2": _("targets kept"),
        "S3": _("recurring causes"),
        "V1": _("recommendation"),
        "V2": _("satisfaction"),
        "V3": _("effort"),
        "O1": _("goals"),
        "O2": _("value reached"),
        "C1": _("renewal steps"),
        "C2": _("revenue trend"),
        "P1": _("pulse"),
        "G1": _("usage"),
    }
    return names.get(measure, measure)


def role_name(role: str) -> str:
    """The role in words."""
    names = {
        "sponsor": _("executive sponsor"),
        "economic_buyer": _("economic buyer"),
        "champion": _("champion"),
        "day_to_day": _("day-to-day contact"),
        "technical": _("technical contact"),
    }
    return names.get(role, role)


def role_names(roles: tuple[str, ...]) -> str:
    """Roles in words, with commas."""
    return ", ".join(role_name(role) for role in roles)


def how_to_fill(measure: str) -> str:
    """What makes an unknown measure known."""
    ways = {
        "R1": _("log the first two-way contact"),
        "R2": _("say in the plan which roles are needed"),
        "R3": _("note the stance of the people you know"),
        "S1": _("speak with them: silence for 90 days is not satisfaction"),
        "S2": _("answer complaints with targets set"),
        "S3": _("log complaints with their root cause"),
        "V1": _("ask how likely they are to recommend us"),
        "V2": _("ask how satisfied they are"),
        "V3": _("ask how easy it was"),
        "O1": _("agree a goal and start it"),
        "O2": _("measure a value that they confirm"),
        "C1": _("set the contract end; it counts from 120 days before it"),
        "C2": _("bring in three month ends of revenue"),
        "P1": _("ask each function for its pulse"),
        "G1": _("import usage"),
    }
    return ways.get(measure, "")


def measure_why(measure: str, reading: Reading | None) -> str:
    """Where the figure comes from; for an unknown measure how to fill it."""
    if reading is None:
        return _("unknown: {way}").format(way=how_to_fill(measure))
    return _REASONS[measure](reading.facts)


def _contact(facts: Facts) -> str:
    days, cadence = facts
    if days is None:
        return _("no two-way contact so far, wanted every {cadence} days").format(cadence=cadence)
    return ngettext(
        "last two-way contact {days} day ago, wanted every {cadence} days",
        "last two-way contact {days} days ago, wanted every {cadence} days",
        days,
    ).format(days=days, cadence=cadence)


def _roles(facts: Facts) -> str:
    present, absent = facts
    if not absent:
        return _("in touch with every key role")
    if not present:
        return _("in touch with no key role, not reached: {roles}").format(roles=role_names(absent))
    return _("not reached in time: {roles}").format(roles=role_names(absent))


def _stance(facts: Facts) -> str:
    return ngettext(
        "stance of {count} person, by influence",
        "stance of {count} people, by influence",
        len(facts),
    ).format(count=len(facts))


def _burden(facts: Facts) -> str:
    still_open = [entry[1] for entry in facts if entry[3]]
    if still_open:
        return _("open complaints: {numbers}").format(numbers=", ".join(still_open))
    if any(entry[2] >= 0.05 for entry in facts):
        return _("no open complaint; resolved ones fade over the months")
    return _("no open complaint, and they talk to us")


def _kept(facts: Facts) -> str:
    return _("{met} of {due} complaint targets kept in 90 days").format(met=facts[0], due=facts[1])


def _repeats(facts: Facts) -> str:
    return ngettext(
        "{repeats} of {count} complaint in 180 days had a cause seen before",
        "{repeats} of {count} complaints in 180 days had a cause seen before",
        facts[1],
    ).format(repeats=facts[0], count=facts[1])


def _answers(facts: Facts) -> str:
    return ngettext(
        "{count} answer, newer and more influential ones count more",
        "{count} answers, newer and more influential ones count more",
        facts[0],
    ).format(count=facts[0])


def _satisfied(facts: Facts) -> str:
    return _("{hits} of {total} answers say satisfied").format(hits=facts[0], total=facts[1])


def _easy(facts: Facts) -> str:
    return _("{hits} of {total} answers say it was easy").format(hits=facts[0], total=facts[1])


def _goals(facts: Facts) -> str:
    behind = [title for _id, title, status, _p in facts if status in ("at_risk", "off_track")]
    if not behind:
        return _("no goal is behind")
    return _("behind: {titles}").format(titles=", ".join(behind))


def _value(facts: Facts) -> str:
    return ngettext(
        "how far {count} confirmed value has come to its target",
        "how far {count} confirmed values have come to their targets",
        facts[0],
    ).format(count=facts[0])


def _milestones(facts: Facts) -> str:
    return _("{met} of {due} renewal steps done that are due by now").format(
        met=facts[0], due=facts[1]
    )


def _revenue(facts: Facts) -> str:
    return _("revenue {percent} % against a year ago").format(percent=f"{facts[0]:+.1f}")


def _pulses(facts: Facts) -> str:
    return _("pulse of 1 to 5: {pulses}").format(
        pulses=", ".join(f"{function_name(function)} {score}" for _id, function, score in facts)
    )


def _usage(facts: Facts) -> str:
    return ngettext(
        "usage imported {days} day ago", "usage imported {days} days ago", facts[0]
    ).format(days=facts[0])


_REASONS: dict[str, Callable[[Facts], str]] = {
    "R1": _contact,
    "R2": _roles,
    "R3": _stance,
    "S1": _burden,
    "S2": _kept,
    "S3": _repeats,
    "V1": _answers,
    "V2": _satisfied,
    "V3": _easy,
    "O1": _goals,
    "O2": _value,
    "C1": _milestones,
    "C2": _revenue,
    "P1": _pulses,
    "G1": _usage,
}


def cap_why(cap: str, facts: Facts) -> str:
    """What holds the score down."""
    return _CAP_REASONS[cap](facts)


def _cap_cancellation(facts: Facts) -> str:
    return _("they gave notice on {day}").format(day=facts[0].isoformat())


def _cap_complaint(facts: Facts) -> str:
    return _("critical and late: {numbers}").format(numbers=", ".join(facts))


def _cap_role(facts: Facts) -> str:
    return "; ".join(
        _("{name}, {role}, left {days} days ago and nobody took over").format(
            name=name, role=role_name(role), days=days
        )
        for role, name, days in facts
    )


def _cap_invoice(facts: Facts) -> str:
    return _("an invoice is {days} days overdue").format(days=facts[0])


def _cap_competitor(facts: Facts) -> str:
    return _("they look at a competitor since {day}").format(day=facts[0].isoformat())


def _cap_buyer(facts: Facts) -> str:
    days_left, names = facts
    if not names:
        who = _("we know no economic buyer")
    else:
        who = _("no two-way contact with {names} in 180 days").format(names=", ".join(names))
    if days_left < 0:
        return _("the contract has ended undecided and {who}").format(who=who)
    return ngettext(
        "renewal in {days} day and {who}", "renewal in {days} days and {who}", days_left
    ).format(days=days_left, who=who)


def _cap_weak(facts: Facts) -> str:
    return _("below 30: {dims}").format(dims=", ".join(dimension_name(dim) for dim in facts))


_CAP_REASONS: dict[str, Callable[[Facts], str]] = {
    "cancellation": _cap_cancellation,
    "critical_complaint": _cap_complaint,
    "role_left": _cap_role,
    "invoice_overdue": _cap_invoice,
    "competitor": _cap_competitor,
    "buyer_silent": _cap_buyer,
    "weak_dimension": _cap_weak,
}


def cap_clears(cap: str, facts: Facts) -> str:
    """What lifts the cap."""
    if cap == "critical_complaint":
        return _("resolve {numbers}").format(numbers=", ".join(facts))
    if cap == "buyer_silent" and not facts[1]:
        return _("find the economic buyer and speak with them")
    ways = {
        "cancellation": _("the notice is withdrawn or the case closed"),
        "role_left": _("name a successor and speak with them"),
        "invoice_overdue": _("the invoice is paid"),
        "competitor": _("the evaluation is over"),
        "buyer_silent": _("speak with the economic buyer and log it"),
        "weak_dimension": _("each of them at 30 or more"),
    }
    return ways[cap]
