"""Plans with goals, actions and risks; what is owed to and by an account."""

from __future__ import annotations

from planner.sampling.draft import MORNING, Draft, Row
from planner.sampling.notes import OBJECTIVES, RISKS, STEPS

PLAN_BY_TIER = {1: 0.95, 2: 0.8, 3: 0.72}
PROMISED = 0.3
NORTH_STARS = (
    ("on-time deliveries", "97 %"),
    ("complaints a month", "below 2"),
    ("orders without a call", "80 %"),
    ("value confirmed by their finance", "120 k a year"),
)
STATUS_POINTS = (("on_track", 0.58), ("at_risk", 0.33), ("off_track", -9.0))
# Days ahead of open actions (negative is late), with the share of each span.
DUE_SPANS = ((-7, -1), (0, 0), (1, 5), (6, 14), (15, 45))
DUE_WEIGHTS = {True: (1.3, 1.0, 4, 5, 5), False: (4.0, 1.2, 4, 4, 3)}
FINISHED = (1, 5)


def add_planning(draft: Draft, talk_id: int | None) -> None:
    """The account's plan, if it has one, and its open and finished actions."""
    if draft.lost is not None:
        return
    plan_id = _add_plan(draft)
    kind = draft.character.kind
    most = 1 if kind == "quiet" else {1: 3, 2: 2}.get(draft.tier or 3, 1)
    least = 1 if plan_id is not None and kind != "quiet" else 0
    for _number in range(draft.rng.randint(least, most)):
        _add_open(draft, plan_id, talk_id)
    if draft.detail and kind not in ("quiet", "new"):
        for _number in range(draft.rng.randint(*FINISHED)):
            _add_finished(draft, plan_id)


def _add_plan(draft: Draft) -> int | None:
    rng, days, kind = draft.rng, draft.days, draft.character.kind
    share = PLAN_BY_TIER[draft.tier or 3]
    if kind == "quiet":
        share = 0.12
    if not draft.chance(share):
        return None
    started = draft.ago(1, 10) if kind == "new" else draft.ago(40, 420)
    minute = draft.office_minute()
    whole_team = len(draft.seats) == 4
    standard = draft.tier in (1, 2) and (whole_team or draft.chance(0.3))
    active = kind not in ("quiet", "new") and (whole_team or not standard) and draft.chance(0.85)
    star, target = rng.choice(NORTH_STARS)
    plan: Row = {
        "id": draft.new_id(started, minute),
        "account_id": draft.id,
        "size": "standard" if standard else "starter",
        "status": "active" if active else "draft",
        "started_on": days.iso(started),
        "created_at": days.moment(started, minute),
    }
    if active:
        activated = max(1, started - rng.randint(0, 12))
        plan |= {
            "status": "under_review" if draft.chance(0.12) else "active",
            "activated_on": days.iso(activated),
            "next_review_on": days.iso(days.workday_ahead(rng.randint(3, 70))),
        }
    if standard:
        plan |= {
            "period_start": days.iso(started),
            "period_end": days.iso(started - 365),
            "north_star": star,
            "north_star_target": target,
        }
    plan_id = draft.add("plan", rng.randint(0, min(80, started)), plan)
    _add_objectives(draft, plan_id, started, standard)
    _add_risks(draft, plan_id, started)
    return plan_id


def _add_objectives(draft: Draft, plan_id: int, started: int, standard: bool) -> None:
    if draft.character.kind == "quiet":
        return
    count = draft.rng.randint(2, 4) if standard else draft.rng.randint(1, 2)
    for statement, metric, unit, base, target in draft.rng.sample(OBJECTIVES, count):
        status = _status(draft)
        row = _objective(draft, plan_id, started, status)
        done = _progress(draft, status)
        row |= {
            "objective": statement,
            "metric": metric,
            "unit": unit,
            "baseline": float(base),
            "target": float(target),
            "actual": round(base + (target - base) * done, 1),
        }
        fresh = 40 if draft.satisfied > 0.6 else 110
        draft.add("objective", draft.rng.randint(0, min(fresh, started)), row)


def _status(draft: Draft) -> str:
    level = draft.satisfied + draft.rng.gauss(0, 0.1)
    if draft.character.kind != "new" and level > 0.8 and draft.chance(0.25):
        return "achieved"
    if draft.chance(0.06):
        return "not_started"
    return next(name for name, least in STATUS_POINTS if level > least)


def _progress(draft: Draft, status: str) -> float:
    spans = {"achieved": (1.0, 1.1), "on_track": (0.4, 0.85), "at_risk": (0.15, 0.5)}
    low, high = spans.get(status, (0.0, 0.15))
    return draft.rng.uniform(low, high)


def _objective(draft: Draft, plan_id: int, started: int, status: str) -> Row:
    rng, days = draft.rng, draft.days
    late = status == "off_track" and draft.chance(0.4)
    due = rng.randint(1, 25) if late and started > 60 else -rng.randint(15, 260)
    measured = rng.randint(1, min(40, max(1, started)))
    row: Row = {
        "id": draft.new_id(started, MORNING + 90),
        "account_id": draft.id,
        "plan_id": plan_id,
        "actual_on": days.iso(measured),
        "priority": rng.choices((1, 2, 3), (3, 4, 3))[0],
        "status": status,
        "started_on": days.iso(started),
        "due_on": days.iso(due),
        "owner_id": draft.owner_id,
        "their_owner_id": _their_person(draft) if draft.chance(0.75) else None,
        "recorded_on": days.iso(started),
    }
    if status == "achieved":
        row["achieved_on"] = days.iso(rng.randint(1, max(1, min(150, started - 1))))
        row["due_on"] = days.iso(rng.randint(-60, min(100, started - 1)))
    return row


def _their_person(draft: Draft) -> int | None:
    there = [member.id for member in draft.members if member.left_back is None]
    return draft.rng.choice(there) if there else None


def _add_risks(draft: Draft, plan_id: int, started: int) -> None:
    many = (0, 1) if draft.satisfied > 0.6 else (1, 2)
    for risk, sign, leave in draft.rng.sample(RISKS, draft.rng.randint(*many)):
        back = draft.rng.randint(1, max(1, min(45, started)))
        row: Row = {
            "id": draft.new_id(back, draft.office_minute()),
            "account_id": draft.id,
            "plan_id": plan_id,
            "risk": risk,
            "likelihood": draft.rng.choice((1, 2, 2, 3)),
            "owner_id": draft.owner_id,
            "early_sign": sign,
            "exit": leave,
            "next_check_on": draft.days.iso(draft.days.workday_ahead(draft.rng.randint(2, 25))),
        }
        draft.add("risk", back, row)


def _step(draft: Draft, plan_id: int | None, back: int) -> Row:
    """An action that somebody wrote down so many days ago, its dates left out."""
    words, means, side = draft.rng.choice([one for one in STEPS if one[0] not in draft.owed])
    draft.owed.add(words)
    minute = draft.office_minute()
    theirs = _their_person(draft) if side == "they" or draft.chance(0.3) else None
    owner = draft.rng.choice((draft.owner_id, draft.owner_id, *draft.seats.values()))
    planned = plan_id is not None and draft.chance(0.7)
    return {
        "id": draft.new_id(back, minute),
        "account_id": draft.id,
        "plan_id": plan_id if planned else None,
        "side": side,
        "action": words,
        "owner_id": owner,
        "their_owner_id": theirs,
        "done_means": means if planned or draft.chance(0.5) else None,
        "promised": int(side == "we" and draft.chance(PROMISED)),
        "shared": int(theirs is not None),
        "origin": "plan" if planned else "account",
        "origin_id": plan_id if planned else None,
        "recorded_on": draft.days.iso(back),
        "logged_at": draft.days.moment(back, minute),
    }


def _add_open(draft: Draft, plan_id: int | None, talk_id: int | None) -> None:
    rng, days = draft.rng, draft.days
    weights = DUE_WEIGHTS[draft.satisfied > 0.55]
    low, high = rng.choices(DUE_SPANS, weights)[0]
    ahead = rng.randint(low, high)
    back = max(draft.ago(1, 30), min(draft.created, 1 - ahead))
    row = _step(draft, plan_id, back)
    row["due_on"] = days.iso(0 if ahead == 0 else days.workday_ahead(ahead))
    if ahead < 0:
        row["due_on"] = days.iso(days.workday(-ahead))
    if row["plan_id"] is None and talk_id is not None:
        row |= {"origin": "touchpoint", "origin_id": talk_id}
    draft.add("action", back, row)


def _add_finished(draft: Draft, plan_id: int | None) -> None:
    back = draft.ago(10, 400)
    row = _step(draft, plan_id, back)
    due = back - draft.rng.randint(4, 30)
    done = max(1, due + draft.rng.randint(-3, 6))
    row |= {
        "due_on": draft.days.iso(due),
        "status": "done",
        "done_on": draft.days.iso(min(done, back)),
    }
    draft.add("action", min(done, back), row)
