"""Complaints with their clocks, met or late, recovered or open; the pulse of each function."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planner.clocks import AT_RISK_SHARE
from planner.pulses import needs_reason
from planner.sampling.draft import Draft, Row
from planner.sampling.notes import BAD, COMPLAINTS, GOOD, PLAIN, PULSE_REASONS, REMEDIES, SOUGHT
from planner.vocabulary import SEVERITIES, Severity

# Business minutes to acknowledge, answer and resolve.
TARGETS: dict[Severity, tuple[int, int, int]] = {
    "critical": (60, 240, 1440),
    "high": (120, 480, 2400),
    "medium": (240, 960, 4800),
    "low": (480, 1440, 9600),
}
RECENT_SHARE = {"troubled": 0.5, "sliding": 0.8, "steady": 0.3, "thriving": 0.08}
"""How many accounts of a kind complained in the last days."""
PULSE_EVERY = (27, 41)
# How far a function's view lies from the mean: sales hopes, service sees the faults.
LEANING = {"marketing": 0.04, "sales": 0.07, "success": 0.0, "service": -0.06}


@dataclass(frozen=True, slots=True)
class Step:
    """A moment on a complaint's way: days back and minute, or None while it is not reached."""

    back: int
    minute: int


def add_complaints(draft: Draft, quota: int | None) -> None:
    """The account's complaints, ``quota`` of them if given."""
    if draft.character.kind in ("new", "quiet") and quota is None:
        return
    incident = draft.character.incident == "critical"
    count = _natural_count(draft) if quota is None else quota
    if incident and (quota is None or count):
        _add_complaint(draft, "critical", draft.ago(6, 9), 9.0)
        count -= 1
    recent = RECENT_SHARE.get(draft.character.kind, 0.0)
    if not incident and draft.chance(recent) and (quota is None or count):
        back = draft.ago(1, 8)
        _add_complaint(draft, _severity(draft, back), back, draft.rng.uniform(0.5, 2.5))
        count -= 1
    for _number in range(max(0, count)):
        back = _when(draft)
        _add_complaint(draft, _severity(draft, back), back, _pace(draft, back))


def _natural_count(draft: Draft) -> int:
    mean = sum(draft.character.levels) / len(draft.character.levels)
    rate = (0.4 + 5.0 * (1 - mean) ** 1.5) * {1: 1.5, 2: 1.0}.get(draft.tier or 3, 0.6)
    rate *= draft.created / 548
    return sum(draft.chance(rate / 8) for _ in range(8))


def _when(draft: Draft) -> int:
    """Mostly in the account's worst weeks; the best of three draws."""
    closed = 1 if draft.lost is None else draft.lost + 5
    days = [draft.ago(closed, draft.created) for _ in range(3)]
    return min(days, key=draft.character.at)


def _severity(draft: Draft, back: int) -> Severity:
    bad = 1 - draft.character.at(back)
    weights = (4 * (1 - bad), 4, 1 + 4 * bad, 1.6 * bad**2)
    return draft.rng.choices(SEVERITIES, weights)[0]


def _pace(draft: Draft, back: int) -> float:
    """How much of a target we use: below 1 is in time. Late is where they are unhappy."""
    late = 0.08 + 0.55 * (1 - draft.character.at(back)) ** 2
    return draft.rng.uniform(1.2, 2.6) if draft.chance(late) else draft.rng.uniform(0.2, 0.9)


def _add_complaint(draft: Draft, severity: Severity, back: int, pace: float) -> None:
    rng, days = draft.rng, draft.days
    minute = draft.office_minute()
    title, cause, detail = rng.choice(COMPLAINTS)
    area = draft.area()
    there = [member for member in draft.members if member.there(back)]
    row: Row = {
        "id": draft.new_id(back, minute + 5),
        "account_id": draft.id,
        "person_id": rng.choice(there).id if there and draft.chance(0.85) else None,
        "owner_id": draft.seats.get("service", draft.owner_id or draft.team.service),
        "title": title.format(area=area),
        "detail": detail,
        "severity": severity,
        "channel": rng.choice(("email", "email", "phone", "meeting")),
        "opened_at": days.moment(back, minute),
        "opened_on": days.iso(back),
        "recorded_on": days.iso(back),
        "logged_at": days.moment(back, minute + 5),
        "remedy_sought": rng.choice(SOUGHT) if draft.chance(0.4) else None,
    }
    steps: list[Step | None] = []
    for name, target in zip(("ack", "response", "resolution"), TARGETS[severity], strict=True):
        due = days.after(back, minute, target)
        row[f"{name}_target"] = target
        row[f"{name}_due"] = days.moment(*due)
        used = max(5, round(target * pace * rng.uniform(0.75, 1.0)))
        steps.append(_reached(Step(*days.after(back, minute, used))))
    _go_the_way(draft, row, steps, cause)
    _next_clock(draft, row, (back, minute))
    draft.add("complaint", max(1, _last(steps, back)), row)


def _reached(step: Step) -> Step | None:
    return step if step.back >= 1 else None


def _last(steps: list[Step | None], back: int) -> int:
    return min((step.back for step in steps if step is not None), default=back)


def _go_the_way(draft: Draft, row: Row, steps: list[Step | None], cause: str) -> None:
    """Stamp what was reached by now, and the stage that follows from it."""
    days, rng = draft.days, draft.rng
    acknowledged, answered, resolved = steps
    row["stage"] = "received"
    if acknowledged is not None:
        row["acknowledged_at"] = days.moment(acknowledged.back, acknowledged.minute)
        row["stage"] = rng.choice(("acknowledged", "assessed", "investigating"))
    if answered is not None:
        row["answered_at"] = days.moment(answered.back, answered.minute)
        row["stage"] = "answered"
    if resolved is None:
        if draft.chance(0.3):
            row["promised"] = "An answer with a date by the end of the week."
        return
    moment = days.moment(resolved.back, resolved.minute)
    content = draft.character.at(max(0, resolved.back - 10))
    row |= {
        "stage": "closed",
        "resolved_at": moment,
        "resolved_on": days.iso(resolved.back),
        "closed_at": moment,
        "root_cause": cause if draft.chance(0.8) else None,
        "remedy_given": rng.choice(REMEDIES),
        "satisfied": int(draft.chance(0.15 + 0.8 * content)) if draft.chance(0.7) else None,
    }


def _next_clock(draft: Draft, row: Row, opened: tuple[int, int]) -> None:
    """When the first clock that runs is due, and from when on it is at risk; some wait for them."""
    if "resolved_at" in row:
        return
    if row["stage"] == "investigating" and draft.index % 2 == 0 and opened[0] > 2:
        row["waiting_since"] = draft.days.moment(1, 16 * 60)
        return
    met = {"ack": "acknowledged_at", "response": "answered_at", "resolution": "resolved_at"}
    name = min((one for one in met if met[one] not in row), key=lambda one: row[f"{one}_due"])
    row["next_due"] = row[f"{name}_due"]
    share = ceil(AT_RISK_SHARE * row[f"{name}_target"])
    row["at_risk_at"] = draft.days.moment(*draft.days.after(*opened, share))


def add_pulses(draft: Draft) -> None:
    """What each function of the team thinks, every month or so."""
    kind = draft.character.kind
    if kind == "new":
        return
    for function, colleague in draft.seats.items():
        newest = draft.rng.randint(0, 40)
        if kind == "quiet" or draft.chance(0.1):
            newest = draft.rng.randint(60, 200)
        if draft.lost is not None:
            newest += draft.lost
        _add_series(draft, function, colleague, newest)


def _add_series(draft: Draft, function: str, colleague: int, newest: int) -> None:
    backs: list[int] = []
    back = newest
    while back <= draft.created and (draft.detail or not backs):
        backs.append(back)
        back += draft.rng.randint(*PULSE_EVERY)
    before: int | None = None
    for back in reversed(backs):
        level = draft.character.at(back) + LEANING[function] + draft.rng.gauss(0, 0.07)
        score = min(5, max(1, round(0.9 + 4.1 * level)))
        reason = None
        if needs_reason(score, before) or draft.chance(0.25):
            mood = GOOD if score >= 4 else BAD if score <= 2 else PLAIN
            reason = draft.rng.choice(PULSE_REASONS[mood])
        before = score
        minute = draft.office_minute() if back else 1
        pulse: Row = {
            "id": draft.new_id(back, minute),
            "account_id": draft.id,
            "function": function,
            "colleague_id": colleague,
            "score": score,
            "reason": reason,
            "given_on": draft.days.iso(back),
            "recorded_on": draft.days.iso(back),
            "logged_at": draft.days.moment(back, minute),
        }
        draft.add("pulse", back, pulse)
