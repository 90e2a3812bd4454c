"""How Today is ranked: one line an account, the most urgent reason first, upkeep rationed.

Now: what is late, due today, or a complaint whose clock runs out today. Later: the next 14 days.
Waiting: what they owe us. Upkeep: starter facts that are missing, five a week, tier 1 first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planner.views.today import LATER_DAYS, UPKEEP_A_WEEK, Duty, TodayLine, TodayPage

URGENCY = {"complaint": 0, "promise": 1, "action": 2, "notice": 3, "renewal": 4, "contact": 5}
LAST_DAY = "9999-12-31"


class AccountFace(NamedTuple):
    """What a line needs to know of its account."""

    account_id: int
    name: str
    band: str
    shown: int | None
    uncertain: bool
    starter_known: int
    coverage: float
    tier: int | None
    arr_minor: int | None


def build_today(
    duties: Iterable[Duty],
    starters: list[Duty],
    faces: Mapping[int, AccountFace],
    *,
    on: date,
    upkeep_total: int,
    clipped: bool = False,
) -> TodayPage:
    """Rank duties into Today; duties of accounts without a face are left out."""
    today, until = on.isoformat(), (on + timedelta(days=LATER_DAYS)).isoformat()
    stacks: dict[str, list[Duty]] = {"now": [], "later": [], "waiting": []}
    for duty in duties:
        stack = _stack(duty, today, until)
        if duty.account_id in faces and stack:
            stacks[stack].append(duty)
    busy = {duty.account_id for duty in stacks["now"]}
    upkeep = [d for d in starters if d.account_id in faces and d.account_id not in busy]
    return TodayPage(
        on=today,
        now=_lines(stacks["now"], faces, today),
        later=_lines(stacks["later"], faces, today),
        waiting=_lines(stacks["waiting"], faces, today),
        upkeep=_lines(upkeep[:UPKEEP_A_WEEK], faces, today),
        upkeep_total=upkeep_total,
        clipped=clipped,
    )


def _stack(duty: Duty, today: str, until: str) -> str:
    if duty.kind == "waiting":
        return "waiting"
    due = duty.due_on or LAST_DAY
    if due <= today or (duty.kind == "complaint" and duty.due_on is None):
        return "now"
    if duty.kind == "notice" or due <= until:
        return "now" if duty.kind == "notice" and due <= _week(today) else "later"
    return ""


def _week(today: str) -> str:
    return (date.fromisoformat(today) + timedelta(days=7)).isoformat()


def urgency(duty: Duty, today: str) -> tuple[int, int, str, int]:
    """The order of duties: late complaints, late promises and actions, then by kind and day."""
    due = duty.due_on or LAST_DAY
    late = 0 if due < today and duty.kind != "contact" else 1
    return late, URGENCY.get(duty.kind, 9), duty.due_at or due, duty.row_id or 0


def _lines(
    duties: list[Duty], faces: Mapping[int, AccountFace], today: str
) -> tuple[TodayLine, ...]:
    by_account: dict[int, list[Duty]] = {}
    for duty in duties:
        by_account.setdefault(duty.account_id, []).append(duty)
    lines = []
    for account_id, own in by_account.items():
        own.sort(key=lambda duty: urgency(duty, today))
        face = faces[account_id]
        lines.append(
            TodayLine(
                account_id,
                face.name,
                face.band,
                face.shown,
                bool(face.uncertain),
                face.starter_known,
                face.coverage,
                own[0],
                tuple(own[1:]),
            )
        )
    lines.sort(
        key=lambda line: (
            urgency(line.first, today)[:2],
            faces[line.account_id].tier or 9,
            urgency(line.first, today)[2:],
            line.account_id,
        )
    )
    return tuple(lines)
