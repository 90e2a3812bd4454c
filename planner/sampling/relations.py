"""The account itself, the people there, and who of us serves it."""

from __future__ import annotations

from planner.cadence import ROLE_WEIGHTS
from planner.entity import plain
from planner.sampling.draft import MORNING, Draft, Member, Row
from planner.sampling.names import people_of, phone_of
from planner.sampling.notes import (
    ACCOUNT_NOTES,
    CELEBRATIONS,
    DEPARTMENTS,
    KEEP_REASONS,
    PERSON_NOTES,
    TAGS,
    TITLES,
)
from planner.vocabulary import FUNCTIONS, KEEP_CLASSES

PEOPLE_BY_TIER = {1: (4, 7), 2: (3, 5), 3: (1, 4)}
NO_PEOPLE = 0.35
"""The share of quiet accounts without a single person."""
FOR_ME = ("notice_soon", "critical", "champion_left")
"""What befalls accounts of the first success manager, whose day the sample shows."""
STANCES = ("opponent", "sceptic", "neutral", "supporter", "advocate")
CHANNELS = ("phone", "email", "email", "meeting", "chat")


def add_account(draft: Draft) -> None:
    """The account's row, its seats, its dates to celebrate."""
    rng, days = draft.rng, draft.days
    draft.id = draft.new_id(draft.created, MORNING + 30)
    _name_team(draft)
    tags = sorted(rng.sample(TAGS, rng.choice((0, 0, 1, 1, 2))))
    row: Row = {
        "id": draft.id,
        "name": draft.company.name,
        "external_id": f"K-{10_001 + draft.index}",
        "parent_id": draft.parent_id,
        "tier": draft.tier,
        "stage": _stage(draft),
        "sector": draft.sector,
        "country": draft.company.locale.country,
        "owner_id": draft.owner_id,
        "tags": plain(tags),
        "note": rng.choice(ACCOUNT_NOTES) if draft.chance(0.3) else None,
        "created_on": days.iso(draft.created),
        "created_at": days.moment(draft.created, MORNING + 30),
    }
    if draft.tier is not None and draft.character.kind not in ("quiet", "new"):
        row["keep_class"] = _keep_class(draft)
        row["keep_reason"] = rng.choice(KEEP_REASONS[row["keep_class"]])
    if draft.character.incident == "competitor":
        row["competitor_on"] = days.iso(draft.ago(5, 40))
    if draft.lost is not None:
        row["lost_on"] = days.iso(draft.lost)
    draft.add("account", rng.randint(0, min(60, draft.created)), row)


def _stage(draft: Draft) -> str:
    kind = draft.character.kind
    if kind in ("new", "lost"):
        return "onboarding" if kind == "new" else "lost"
    if draft.character.incident == "cancelled":
        return "offboarding"
    if draft.started < 150:
        return "adopting"
    return "renewal" if draft.ahead <= 90 else "established"


def _keep_class(draft: Draft) -> str:
    good = draft.satisfied > 0.7
    weights = {1: (4, 5, 1, 0), 2: (3, 3, 4, 0), 3: (1, 1, 6, 1)}[draft.tier or 2]
    if not good:
        weights = (weights[0] // 2, weights[1] + 2, weights[2], weights[3] + 1)
    return draft.rng.choices(KEEP_CLASSES, weights)[0]


def _name_team(draft: Draft) -> None:
    rng, team = draft.rng, draft.team
    quiet = draft.character.kind == "quiet"
    draft.owner_id = rng.choices(
        (team.success, team.second, team.sales, team.lead, None),
        (40, 32, 17, 5, 12 if quiet else 3),
    )[0]
    if draft.character.incident in FOR_ME:
        draft.owner_id = team.success
    gap = {1: 0.06, 2: 0.14}.get(draft.tier or 3, 0.35) + (0.3 if quiet else 0.0)
    for function in FUNCTIONS:
        if draft.chance(gap):
            continue
        colleague = team.of(function)
        if function == "success" and draft.owner_id == team.second:
            colleague = team.second
        draft.seats[function] = colleague


def add_relations(draft: Draft) -> None:
    """Seats, people with their parts, dates to celebrate, a star."""
    for function, colleague in draft.seats.items():
        back = min(draft.created, 500)
        seat: Row = {
            "id": draft.new_id(back, MORNING + 45),
            "account_id": draft.id,
            "function": function,
            "colleague_id": colleague,
        }
        draft.add("seat", back, seat)
    _add_people(draft)
    if draft.chance(0.25):
        _add_celebration(draft)
    if draft.owner_id == draft.team.success and draft.chance(0.3 if draft.tier == 1 else 0.1):
        back = draft.ago(1, 200)
        star: Row = {
            "id": draft.new_id(back, draft.office_minute()),
            "account_id": draft.id,
            "actor": draft.team.starred_by,
            "colleague_id": draft.team.success,
        }
        draft.add("star", back, star)


def _add_people(draft: Draft) -> None:
    rng = draft.rng
    if draft.character.kind == "quiet" and draft.chance(NO_PEOPLE):
        return
    low, high = PEOPLE_BY_TIER[draft.tier or 3]
    names = people_of(rng, draft.company, rng.randint(low, high))
    roles = _roles(draft, len(names))
    leaver = -1
    if draft.character.incident == "champion_left":
        leaver = next((n for n, own in enumerate(roles) if "champion" in own), -1)
    boss: int | None = None
    for number, name in enumerate(names):
        left = draft.ago(36, 60) if number == leaver else None
        if left is None and number >= 3 and draft.chance(0.06):
            left = draft.ago(100, 400)
        boss = _add_person(draft, Member(0, name, roles[number], left), boss)


def _roles(draft: Draft, count: int) -> list[tuple[str, ...]]:
    """The five roles over the people; the less content the account, the more gaps."""
    held: list[list[str]] = [[] for _ in range(count)]
    gap = 0.03 + 0.3 * (1 - draft.satisfied)
    wanted = ("champion", "day_to_day", "economic_buyer", "technical", "sponsor")
    for place, role in enumerate(wanted):
        left_out = draft.character.kind == "quiet" or place >= 2
        if left_out and draft.chance(gap):
            continue
        held[place % count].append(role)
    return [tuple(own) for own in held]


def _add_person(draft: Draft, member: Member, boss: int | None) -> int | None:
    rng, days = draft.rng, draft.days
    back = max(draft.ago(draft.created - 60, draft.created), member.left_back or 0)
    minute = draft.office_minute()
    main = max(member.roles, key=lambda role: ROLE_WEIGHTS[role], default="")
    person_id = draft.new_id(back, minute)
    consent = rng.choices(("given", "unknown", "withdrawn"), (6, 4, 1))[0]
    person: Row = {
        "id": person_id,
        "name": member.name.full,
        "email": member.name.email if draft.chance(0.93) else None,
        "phone": phone_of(rng, draft.company.locale) if draft.chance(0.5) else None,
        "title": rng.choice(TITLES[main]),
        "department": DEPARTMENTS[main],
        "language": draft.company.locale.language,
        "preferred_channel": rng.choice(CHANNELS) if draft.chance(0.6) else None,
        "consent": consent,
        "consent_on": None if consent == "unknown" else days.iso(back),
        "note": rng.choice(PERSON_NOTES) if draft.chance(0.12) else None,
        "created_at": days.moment(back, minute),
    }
    draft.add("person", back, person)
    influence = 3 if main in ("sponsor", "economic_buyer") else 2 if main == "champion" else 1
    part: Row = {
        "id": draft.new_id(back, minute),
        "account_id": draft.id,
        "person_id": person_id,
        "roles": plain(list(member.roles)),
        "influence": influence if member.roles else None,
        "stance": _stance(draft, influence),
        "power": influence if draft.chance(0.5) and member.roles else None,
        "reports_to_id": boss,
        "relationship_owner_id": rng.choice((draft.owner_id, *draft.seats.values())),
        "since_on": days.iso(back),
        "left_on": None if member.left_back is None else days.iso(member.left_back),
    }
    draft.add("membership", rng.randint(0, min(90, back)), part)
    draft.members.append(Member(person_id, member.name, member.roles, member.left_back))
    return person_id if influence == 3 or boss is None else boss


def _stance(draft: Draft, influence: int) -> str | None:
    unknown = 0.75 if draft.character.kind in ("quiet", "new") else 0.12
    if draft.chance(unknown):
        return None
    place = round(draft.rng.gauss(draft.satisfied * 4.4 - 0.1 * influence, 0.6))
    return STANCES[min(4, max(0, place))]


def _add_celebration(draft: Draft) -> None:
    back = draft.ago(1, 300)
    label = draft.rng.choice(CELEBRATIONS)
    on = draft.started if label == "customer since" else draft.rng.randint(-40, 325)
    celebration: Row = {
        "id": draft.new_id(back, draft.office_minute()),
        "account_id": draft.id,
        "label": label,
        "on_date": draft.days.iso(on),
        "yearly": int(label != "opening of the second site"),
    }
    draft.add("celebration", back, celebration)
