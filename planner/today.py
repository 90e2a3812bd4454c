"""How Today is ranked: one line an account, the most urgent reason first, upkeep rationed.

Now: what is late, due today, or a complaint whose clock runs out today or is at risk. Later: the
next 14 days. Waiting: what they owe us. Hand-offs: what was offered and not answered. Upkeep:
starter facts that are missing and what the plans need, five accounts a week, tier 1 first, each
kind in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planner.views.today import (
    DATED_KINDS,
    LATER_DAYS,
    UPKEEP_A_WEEK,
    UPKEEP_KINDS,
    Duty,
    TodayLine,
    TodayPage,
)

OFFERED = ("offer", "handed")
"""What waits for my answer: a section of a plan, a complaint."""
QUIET = ("contact", "milestone", "risk", "opportunity", "review", "qbr", "celebration",
         "improvement", *UPKEEP_KINDS)  # fmt: skip
"""What is never late: nobody outside waits for it."""
ASKED = ("survey", "sign", "interview")
"""Upkeep that a busy account is not spared."""
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
    upkeep: Iterable[Duty],
    faces: Mapping[int, AccountFace],
    *,
    on: date,
    upkeep_total: int,
    clipped: bool = False,
    upkeep_clipped: bool = False,
    whole: bool = True,
) -> TodayPage:
    """Rank duties into Today; duties of accounts without a face are left out."""
    today, until = on.isoformat(), (on + timedelta(days=LATER_DAYS)).isoformat()
    stacks: dict[str, list[Duty]] = {"now": [], "later": [], "waiting": [], "handoffs": []}
    for duty in duties:
        stack = _stack(duty, today, until)
        if duty.account_id in faces and stack:
            stacks[stack].append(duty)
    busy = {duty.account_id for duty in stacks["now"]}
    due = [
        duty
        for duty in upkeep
        if duty.account_id in faces and (duty.kind in ASKED or duty.account_id not in busy)
    ]
    return TodayPage(
        on=today,
        now=_lines(stacks["now"], faces, today),
        later=_lines(stacks["later"], faces, today),
        waiting=_lines(stacks["waiting"], faces, today),
        upkeep=_rationed(due, faces),
        upkeep_total=upkeep_total,
        clipped=clipped,
        handoffs=_lines(stacks["handoffs"], faces, today),
        upkeep_clipped=upkeep_clipped,
        whole=whole,
    )


def busy_accounts(duties: Iterable[Duty], on: date) -> set[int]:
    """The accounts that have something to do now."""
    today, until = on.isoformat(), (on + timedelta(days=LATER_DAYS)).isoformat()
    return {duty.account_id for duty in duties if _stack(duty, today, until) == "now"}


def _rationed(upkeep: Iterable[Duty], faces: Mapping[int, AccountFace]) -> tuple[TodayLine, ...]:
    """The first accounts by tier; within a tier each kind of upkeep has its turn."""
    seen: dict[tuple[int, str], int] = {}
    order: list[tuple[int, int, int, int, Duty]] = []
    for duty in upkeep:
        tier = faces[duty.account_id].tier or 9
        turn = seen[tier, duty.kind] = seen.get((tier, duty.kind), 0) + 1
        order.append((tier, turn, UPKEEP_KINDS.index(duty.kind), len(order), duty))
    by_account: dict[int, list[Duty]] = {}
    for *_rank, duty in sorted(order, key=lambda one: one[:-1]):
        if duty.account_id in by_account or len(by_account) < UPKEEP_A_WEEK:
            by_account.setdefault(duty.account_id, []).append(duty)
    return tuple(_line(faces[account_id], own) for account_id, own in by_account.items())


def _stack(duty: Duty, today: str, until: str) -> str:
    if duty.kind in ("waiting", *OFFERED):
        return "waiting" if duty.kind == "waiting" else "handoffs"
    due = duty.due_on or LAST_DAY
    if due <= today or duty.at_risk or (duty.kind == "complaint" and duty.due_on is None):
        return "now"
    if duty.kind == "notice" or due <= until:
        return "now" if duty.kind == "notice" and due <= _week(today) else "later"
    return ""


def _week(today: str) -> str:
    return (date.fromisoformat(today) + timedelta(days=7)).isoformat()


def urgency(duty: Duty, today: str) -> tuple[int, int, str, int]:
    """The order of duties: late complaints, late promises and actions, then by kind and day."""
    due = duty.due_on or LAST_DAY
    late = 0 if due < today and duty.kind not in QUIET else 1
    kind = DATED_KINDS.index(duty.kind) if duty.kind in DATED_KINDS else len(DATED_KINDS)
    return late, kind, duty.due_at or due, duty.row_id or 0


def _lines(
    duties: list[Duty], faces: Mapping[int, AccountFace], today: str
) -> tuple[TodayLine, ...]:
    by_account: dict[int, list[Duty]] = {}
    for duty in duties:
        by_account.setdefault(duty.account_id, []).append(duty)
    lines = []
    for account_id, own in by_account.items():
        own.sort(key=lambda duty: urgency(duty, today))
        lines.append(_line(faces[account_id], own))
    lines.sort(
        key=lambda line: (
            urgency(line.first, today)[:2],
            not line.first.loyal,
            faces[line.account_id].tier or 9,
            urgency(line.first, today)[2:],
            line.account_id,
        )
    )
    return tuple(lines)


def _line(face: AccountFace, own: list[Duty]) -> TodayLine:
    return TodayLine(
        face.account_id,
        face.name,
        face.band,
        face.shown,
        bool(face.uncertain),
        face.starter_known,
        face.coverage,
        own[0],
        tuple(own[1:]),
    )
