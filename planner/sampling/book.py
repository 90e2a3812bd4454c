"""The whole sample: colleagues first, then accounts one after the other.

Pure and seeded: the same wishes give the same rows. Rows are as ``planner.sampling.draft`` says;
the rows of an account stand in an order in which each refers to earlier ones only, table by table
in ``TABLE_ORDER``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

from planner.sampling import (
    agreements,
    cases,
    contacts,
    heard,
    plan_lines,
    planning,
    relations,
    voice,
)
from planner.sampling.character import Character, characters
from planner.sampling.draft import MORNING, Draft, Row, Rows, Team
from planner.sampling.locales import LOCALES
from planner.sampling.names import Company, CompanyNames, latin, shown
from planner.sampling.sectors import AREAS, sector_of
from planner.sampling.timeline import HISTORY_DAYS, NewId, SampleIds, Timeline

ZONE = "Europe/Berlin"
CURRENCY = "EUR"
BOOK_NAME = "Nordics (sample)"
ME = "Aylin Kaya"
DETAILED = 300
"""Up to so many accounts a book keeps every pulse and touch of eighteen months."""
ORDERED = 2_000
"""Up to so many accounts ids follow the time of what they name."""
BIG_BOOK_TOUCHES = 10
HEAD_INDEX = 60_000_000
"""The place of the colleagues in the order of ids, beyond every account."""
OFFER_INDEX = HEAD_INDEX + 1
"""The place of what we sell, after the colleagues."""
TEAM_SERVES = 150
MOST_TEAMS = 120
PARENT_SHARE = 0.05
SKEW = 1.25
TABLE_ORDER = (
    "colleague", "product", "programme", "calendar", "incident", "incident_message",
    "improvement", "success_criterion", "alert_rule", "account", "person", "membership", "seat",
    "celebration",
    "star", "contract", "milestone", "plan", "objective", "risk", "touchpoint", "participant",
    "complaint", "pulse", "action", "section", "sign_off", "share", "interview", "entry",
    "measurement", "proof", "whitespace", "opportunity", "benefit", "gesture", "behaviour",
    "enrolment", "points", "signal", "survey", "meeting", "attendee", "advocacy", "pin", "snooze",
    "complaint_note", "complaint_pause", "cause_link", "improvement_source", "incident_account",
    "survey_sent", "purchase", "alert_answer",
)  # fmt: skip
FIRST_TEAM = (
    ("Elif Demir", "marketing"), ("Jon Halvorsen", "sales"), (ME, "success"),
    ("Ben Otieno", "service"), ("Omar Haddad", None), ("Sanna Lehto", "success"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asked for; None means what such a book has by itself."""

    today: date
    accounts: int
    touchpoints: int | None = None
    complaints: int | None = None
    seed: int = 1


class SampleBook:
    """Makes the rows of a sample book, an account at a time."""

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.days = Timeline(wishes.today, ZoneInfo(ZONE))
        self._ids = SampleIds(self.days, by_time=wishes.accounts <= ORDERED)
        self._teams: list[Team] = []
        offer_id = self._ids.source(OFFER_INDEX)
        self._offer = plan_lines.offer(self.days, offer_id)
        self._offer |= voice.voice_offer(self.days, offer_id)

    def offer(self) -> Rows:
        """The rows of the whole book: what we sell, the loyalty programme, its rules.

        Call it after ``colleagues``.
        """
        self._offer["incident"][0]["owner_id"] = self._teams[0].service
        return self._offer

    def colleagues(self) -> list[Row]:
        """The rows of all colleagues; call it before ``accounts``."""
        new_id = self._ids.source(HEAD_INDEX)
        count = min(MOST_TEAMS, 1 + self.wishes.accounts // TEAM_SERVES)
        rows: list[Row] = []
        self._teams = []
        for number in range(count):
            rows += self._team(number, new_id)
        return rows

    def _team(self, number: int, new_id: NewId) -> list[Row]:
        rows: list[Row] = []
        for place, (name, function) in enumerate(FIRST_TEAM):
            if number:
                name = _colleague_name(number * len(FIRST_TEAM) + place)
            mail = ".".join(latin(part) for part in name.split())
            rows.append(
                {
                    "id": new_id(HISTORY_DAYS, MORNING),
                    "name": name,
                    "email": f"{mail}@trustplan.example",
                    "function": function,
                    "seniority": "lead" if function is None else "account_manager",
                    "touched_on": self.days.iso(HISTORY_DAYS),
                }
            )
        ids = [row["id"] for row in rows]
        self._teams.append(Team(rows[2]["name"], *ids))
        rows[0] |= {
            "away_from": self.days.iso(2),
            "away_to": self.days.iso(-4),
            "cover_id": ids[1],
        }
        # Whoever covers stands first.
        return [rows[1], rows[0], *rows[2:]]

    def accounts(self) -> Iterator[Rows]:
        """The rows of each account by table. No more than one account is held at a time."""
        wishes = self.wishes
        seed = f"trustplan sample {wishes.seed}"
        names = CompanyNames(Random(f"{seed} names"))
        moods = characters(Random(f"{seed} moods"))
        touches = shares(self._touch_total(), wishes.accounts, f"{seed} touchpoints")
        grumbles = shares(wishes.complaints, wishes.accounts, f"{seed} complaints")
        family: dict[str, tuple[int, int]] = {}
        for index in range(wishes.accounts):
            rng = Random(f"{seed} account {index}")
            draft = self._draft(index, rng, next(moods), names.next())
            country = draft.company.locale.country
            known = family.get(country)
            if known is not None and known[1] > draft.created and draft.chance(PARENT_SHARE):
                draft.parent_id = known[0]
            relations.add_account(draft)
            if draft.parent_id is None and draft.tier in (1, 2):
                family[country] = (draft.id, draft.created)
            relations.add_relations(draft)
            agreements.add_contracts(draft)
            newest = contacts.add_touchpoints(draft, next(touches))
            cases.add_complaints(draft, next(grumbles))
            cases.add_pulses(draft)
            planning.add_planning(draft, newest)
            if draft.detail:
                plan_lines.add_plan_lines(draft, self._offer, newest)
                heard.add_heard(draft, newest)
                voice.add_voice(draft, self._offer)
            yield draft.rows

    def _touch_total(self) -> int | None:
        wishes = self.wishes
        if wishes.touchpoints is None and wishes.accounts > DETAILED:
            return wishes.accounts * BIG_BOOK_TOUCHES
        return wishes.touchpoints

    def _draft(self, index: int, rng: Random, mood: Character, home: Company) -> Draft:
        term = agreements.term_of(rng, mood)
        sector = sector_of(home.trade)
        return Draft(
            index=index,
            rng=rng,
            days=self.days,
            new_id=self._ids.source(index),
            character=mood,
            company=home,
            sector=sector,
            areas=tuple(rng.sample(AREAS[sector], 3)),
            tier=rng.choices((1, 2, 3, None), (22, 45, 29, 4))[0],
            detail=self.wishes.accounts <= DETAILED,
            started=term.started,
            created=term.created,
            ahead=term.ahead,
            team=self._teams[index // TEAM_SERVES % len(self._teams)],
            lost=term.lost,
        )


def shares(total: int | None, parts: int, label: str) -> Iterator[int | None]:
    """Deal ``total`` out over ``parts``: most get few, some very many; the sum is exact.

    None for each part when there is no total.
    """
    if total is None:
        for _part in range(parts):
            yield None
        return
    weights = Random(label)
    whole = sum(weights.paretovariate(SKEW) for _part in range(parts))
    weights = Random(label)
    seen, dealt = 0.0, 0
    for part in range(parts):
        seen += weights.paretovariate(SKEW)
        due = total if part == parts - 1 else min(total, int(total * seen / whole))
        yield due - dealt
        dealt = due


def _colleague_name(number: int) -> str:
    """A colleague of a later team; no two have the same name."""
    locale = LOCALES[(4, 5, 0, 10, 13, 2)[number % 6]]
    place = number // 6
    first = locale.first[place % len(locale.first)]
    last = locale.last[(place // len(locale.first) + place) % len(locale.last)]
    return f"{shown(first)} {shown(last)}"
