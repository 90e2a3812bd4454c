"""Touchpoints: talks at the rhythm that the account's mood allows, and what we sent besides."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planner.cadence import ROLE_MAXIMUM_DAYS, cadence_for
from planner.sampling.draft import Draft, Member, Row
from planner.sampling.notes import mood_of, note_of, one_way_note

TWO_WAY_SHARE = 0.6
MOST_EXTRA = 400
TODAY_SHARE = 0.06
TALKS = {
    "success": (("call", "out"), ("call", "in"), ("meeting", "out"), ("email", "in"),
                ("training", "out"), ("qbr", "out")),
    "service": (("call", "in"), ("email", "in"), ("chat", "in"), ("call", "out")),
    "sales": (("call", "out"), ("meeting", "out"), ("email", "in")),
    "marketing": (("email", "in"), ("call", "out")),
}  # fmt: skip
SENT = {
    "success": ("email", "email", "call"),
    "service": ("email", "chat"),
    "sales": ("email", "call", "email"),
    "marketing": ("email", "email", "webinar", "event", "social", "letter"),
}
FUNCTION_WEIGHTS = {"success": 5, "service": 3, "sales": 2, "marketing": 1}
SENT_WEIGHTS = {"success": 2, "service": 2, "sales": 2, "marketing": 5}
TIMED = ("call", "meeting", "qbr", "training")
LENGTHS = (15, 30, 45, 60)
INTENTS = {"success": "help", "service": "help", "sales": "sell", "marketing": "inform"}
# Days since the last talk over the agreed interval, by kind of account.
RECENCY = {
    "thriving": (0.1, 1.0),
    "steady": (0.5, 1.7),
    "recovering": (0.5, 1.4),
    "sliding": (1.5, 2.9),
    "troubled": (1.6, 3.0),
    "new": (0.05, 0.2),
}


@dataclass(slots=True)
class Talks:
    """What the rows of one account share while its contacts are made."""

    draft: Draft
    met: dict[int, int]
    newest_id: int | None = None


def add_touchpoints(draft: Draft, quota: int | None) -> int | None:
    """The account's contacts, ``quota`` of them if given; returns the id of the newest talk."""
    talks = _talk_days(draft)
    sent = _sent_count(draft, len(talks))
    if quota is not None:
        keep = min(len(talks), ceil(quota * TWO_WAY_SHARE))
        talks, sent = talks[:keep], quota - keep
    state = Talks(draft, {})
    for back in reversed(talks):
        _add_talk(state, back)
    closed = 0 if draft.lost is None else draft.lost
    for _number in range(sent):
        _add_sent(draft, draft.ago(closed + 1, max(closed + 1, draft.created)))
    return state.newest_id


def _talk_days(draft: Draft) -> list[int]:
    """Days ago of the two-way touches, newest first."""
    rng, kind = draft.rng, draft.character.kind
    cadence = cadence_for(draft.tier).ideal
    if kind == "quiet":
        back = rng.randint(100, 330)
        if draft.chance(0.3) or not draft.members:
            return []
    elif draft.lost is not None:
        back = draft.lost + rng.randint(10, 60)
    else:
        low, high = RECENCY[kind]
        back = max(1, round(rng.uniform(low, high) * cadence))
        if draft.chance(TODAY_SHARE) and kind in ("thriving", "steady"):
            back = 0
    found: list[int] = []
    while back <= draft.created:
        day = draft.days.workday(back) if back else 0
        if day <= draft.created and (not found or day > found[-1]):
            found.append(day)
        slack = 1.45 - 0.6 * draft.character.at(back)
        back += max(2, round(cadence * rng.uniform(0.5, 1.15) * slack))
    return found


def _sent_count(draft: Draft, talks: int) -> int:
    """How many one-way contacts: most accounts few, some very many."""
    natural = 0.4 * talks + draft.created / 60
    return min(MOST_EXTRA, int(natural * draft.rng.paretovariate(1.8)))


def _function(draft: Draft, weights: dict[str, int]) -> str:
    open_to = [name for name in weights if name in draft.seats] or ["success"]
    return draft.rng.choices(open_to, [weights[name] for name in open_to])[0]


def _add_talk(state: Talks, back: int) -> None:
    draft, rng = state.draft, state.draft.rng
    function = _function(draft, FUNCTION_WEIGHTS)
    kind, direction = rng.choice(TALKS[function])
    if kind == "qbr" and draft.tier == 3:
        kind = "meeting"
    people = _who(state, back, kind)
    sentiment = None
    if draft.chance(0.75):
        pull = (draft.character.at(back) - 0.52) * 4
        sentiment = min(2, max(-2, round(rng.gauss(pull, 0.6))))
    mood = mood_of(sentiment or 0)
    who = people[0].name.first if people else "their team"
    row: Row = {
        "kind": kind,
        "direction": direction,
        "two_way": 1,
        "function": function,
        "sentiment": sentiment,
        "note": note_of(rng, function, mood, who, draft.area()),
    }
    if sentiment and draft.chance(0.18):
        voice = draft.company.locale.glad if sentiment > 0 else draft.company.locale.cross
        row["verbatim"] = rng.choice(voice)
    state.newest_id = _store(draft, back, row, people)
    for member in people:
        state.met[member.id] = back


def _who(state: Talks, back: int, kind: str) -> list[Member]:
    """Who takes part: mostly whoever waits longest for a talk, in unhappy accounts who is left."""
    draft, rng = state.draft, state.draft.rng
    there = [member for member in draft.members if member.there(back)]
    if not there:
        return []
    if draft.chance(0.35 + 0.6 * draft.character.at(back)):
        first = max(there, key=lambda one: _waited(state, one, back))
    else:
        first = there[0]
    chosen = [first]
    if kind in ("meeting", "qbr", "training") and len(there) > 1:
        others = [member for member in there if member is not first]
        chosen += rng.sample(others, min(len(others), rng.choice((1, 1, 2, 3))))
    return chosen


def _waited(state: Talks, member: Member, back: int) -> float:
    days = state.met.get(member.id, 999) - back
    return days / min((ROLE_MAXIMUM_DAYS[role] for role in member.roles), default=400)


def _add_sent(draft: Draft, back: int) -> None:
    rng = draft.rng
    function = _function(draft, SENT_WEIGHTS)
    kind = rng.choice(SENT[function])
    there = [member for member in draft.members if member.there(back)]
    member = rng.choice(there) if there and draft.chance(0.8) else None
    who = member.name.first if member else "their team"
    row: Row = {
        "kind": kind,
        "answered": int(kind != "call"),
        "function": function,
        "note": one_way_note(rng, kind, function, who, draft.area()),
    }
    _store(draft, back, row, [member] if member else [])


def _minutes(row: Row, minute: int) -> int | None:
    """How long a talk took; of one in five nobody wrote it down."""
    if row["kind"] not in TIMED or not row.get("two_way") or minute % 5 == 0:
        return None
    return LENGTHS[minute % len(LENGTHS)]


def _store(draft: Draft, back: int, row: Row, people: list[Member]) -> int:
    """Fill in who and when, and who took part; what happened today is known by its date only."""
    rng, days = draft.rng, draft.days
    minute = draft.office_minute() if back else 12 * 60
    recorded, noted = back, min(minute + rng.randint(2, 200), 23 * 60)
    if back > 3 and draft.chance(0.08):
        recorded, noted = back - 1, 9 * 60 + rng.randrange(60)
    if not back:
        noted = 1
    row |= {
        "id": draft.new_id(recorded, noted),
        "account_id": draft.id,
        "colleague_id": draft.seats.get(row["function"], draft.owner_id),
        "intent": INTENTS[row["function"]],
        "occurred_at": days.moment(back, minute),
        "occurred_on": days.iso(back),
        "date_only": int(not back),
        "recorded_on": days.iso(recorded),
        "logged_at": days.moment(recorded, noted),
        "minutes": _minutes(row, minute),
    }
    touchpoint_id = draft.add("touchpoint", recorded, row)
    for member in people:
        participant: Row = {
            "id": draft.new_id(recorded, noted),
            "touchpoint_id": touchpoint_id,
            "account_id": draft.id,
            "person_id": member.id,
            "two_way": row.get("two_way", 0),
            "occurred_on": row["occurred_on"],
            "recorded_on": row["recorded_on"],
        }
        draft.add("participant", recorded, participant)
    return touchpoint_id
