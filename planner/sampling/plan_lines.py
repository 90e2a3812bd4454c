"""What the sections of the sample's plans hold: answers, value, growth, loyalty, who signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from planner.contracts import Contract
from planner.entity import Entity, plain
from planner.plan_signing import signed_content
from planner.plans import Objective, Risk
from planner.sampling.draft import MORNING, Draft, Row, Rows
from planner.sampling.plan_notes import (
    BEHAVIOURS,
    BENEFITS,
    CENTRES,
    CONTACT_TOPICS,
    DECISIONS,
    EXIT_WORDS,
    GESTURES,
    LOSES,
    NEXT_STEPS,
    OPPORTUNITIES,
    POINTS_FOR,
    PRODUCTS,
    PROGRAMME,
    PROGRAMME_TIERS,
    PROOFS,
    STRENGTHS,
    WHY_BOUGHT,
    WHY_STAY,
)
from planner.sampling.timeline import HISTORY_DAYS, NewId, Timeline

QUARTER = 91
SECTION_OWNERS = {
    "team": "success", "why_stay": "success", "goals": "success", "stakeholders": "sales",
    "value": "success", "contact_plan": "marketing", "renewal": "sales", "growth": "sales",
    "risks": "success", "actions": "success",
}  # fmt: skip
STATES = ("owned", "owned", "pipeline", "gap", "gap", "competitor", "not_eligible")
STAGES = ("identified", "qualified", "proposed")
IN_CLUB = 0.3


def offer(days: Timeline, new_id: NewId) -> Rows:
    """What we sell and the loyalty programme: rows of the book, made once."""
    since = days.iso(HISTORY_DAYS)
    products: list[Row] = [
        {"id": new_id(HISTORY_DAYS, MORNING), "name": name, "touched_on": since}
        for name in PRODUCTS
    ]
    programme: Row = {
        "id": new_id(HISTORY_DAYS, MORNING),
        "name": PROGRAMME,
        "kind": "points",
        "eligibility": "Customers of at least a year without an open invoice.",
        "tiers": plain(PROGRAMME_TIERS),
        "touched_on": since,
    }
    return {"product": products, "programme": [programme]}


def add_plan_lines(draft: Draft, book: Rows, talk_id: int | None) -> None:
    """The lines of the account's standard plan; why they left where they are lost."""
    if draft.lost is not None:
        _add_exit(draft)
        return
    plan = next(iter(draft.rows.get("plan", ())), None)
    if plan is None or plan["size"] != "standard" or not draft.members:
        return
    lines = _Lines(draft, plan, book)
    lines.why(talk_id)
    lines.value()
    lines.contact()
    lines.growth()
    lines.loyalty()
    lines.notes()
    lines.sections()
    if plan["status"] != "draft":
        lines.signatures()


def _add_exit(draft: Draft) -> None:
    back = max(1, (draft.lost or 1) - 5)
    reason, detail, stated, cause = draft.rng.choice(EXIT_WORDS)
    row: Row = {
        "id": draft.new_id(back, draft.office_minute()),
        "account_id": draft.id,
        "kind": "exit",
        "person_id": draft.members[0].id if draft.members else None,
        "held_on": draft.days.iso(back),
        "reason": reason,
        "reason_detail": detail,
        "stated_reason": stated,
        "root_cause": cause,
    }
    draft.add("interview", back, row)


def _whole(model: type[Entity], rows: Iterable[Row]) -> list[Row]:
    """The rows with the columns that they leave out at their model's default."""
    defaults = {
        name: plain(info.get_default(call_default_factory=True))
        for name, info in model.model_fields.items()
        if not info.is_required()
    }
    return [{**defaults, **row} for row in rows]


class _Lines:
    """What the parts of one plan share while they are made."""

    def __init__(self, draft: Draft, plan: Row, book: Rows) -> None:
        self.draft = draft
        self.plan_id: int = plan["id"]
        self.products: list[int] = [row["id"] for row in book["product"]]
        self.programme: int = book["programme"][0]["id"]
        self.there = [one.id for one in draft.members if one.left_back is None]

    def _add(self, table: str, back: int, *, plan: bool = True, **fields: Any) -> int:
        draft = self.draft
        row: Row = {"id": draft.new_id(back, draft.office_minute()), "account_id": draft.id}
        if plan:
            row["plan_id"] = self.plan_id
        return draft.add(table, back, row | fields)

    def _entry(self, back: int, section: str, field: str, entry: str, **fields: Any) -> None:
        lasting = section in ("why_bought", "why_stay")
        self._add("entry", back, plan=not lasting, section=section, field=field, entry=entry,
                  **fields)  # fmt: skip

    def _person(self) -> int | None:
        return self.draft.rng.choice(self.there) if self.there else None

    def _talk(self, kind: str, back: int, touchpoint_id: int | None) -> tuple[int, int | None]:
        person = self._person()
        talk = self._add(
            "interview", back, plan=False, kind=kind, touchpoint_id=touchpoint_id,
            person_id=person, held_on=self.draft.days.iso(back),
        )  # fmt: skip
        return talk, person

    def why(self, talk_id: int | None) -> None:
        """Why they bought, why they stay, what they lose by leaving."""
        draft, rng = self.draft, self.draft.rng
        back = draft.ago(100, 400)
        talk, person = self._talk("bought", back, None)
        for field, words in rng.sample(WHY_BOUGHT, 2):
            said = draft.chance(0.7)
            self._entry(
                back, "why_bought", field, words, source="customer" if said else "assumed",
                on_date=draft.days.iso(back),
                interview_id=talk if said else None, person_id=person if said else None,
            )  # fmt: skip
        back = draft.ago(5, 190)
        talk, person = self._talk("stay", back, talk_id)
        for field, words, driver in WHY_STAY[: rng.randint(2, 5)]:
            self._entry(
                back, "why_stay", field, words, source="customer", interview_id=talk,
                person_id=person, driver=driver, on_date=draft.days.iso(back),
            )  # fmt: skip
        words, driver = rng.choice(LOSES)
        told = draft.days.iso(draft.ago(1, 60)) if draft.chance(0.5) else None
        self._entry(back, "why_stay", "lost_by_leaving", words, driver=driver, told_on=told,
                    on_date=draft.days.iso(back))  # fmt: skip

    def value(self) -> None:
        """What the goals measured over time, and proofs that the customer confirmed."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        for goal in draft.rows.get("objective", ()):
            self._measure(goal)
        for words, figure, unit in rng.sample(PROOFS, rng.randint(1, 3)):
            back = draft.ago(3, 150)
            confirmed = draft.chance(0.6)
            self._add(
                "proof", back, proof=words, on_date=days.iso(back),
                figure=round(figure * rng.uniform(0.7, 1.3), 1), unit=unit,
                confirmed_on=days.iso(max(0, back - 2)) if confirmed else None,
                confirmed_by_id=self._person() if confirmed else None, shared=int(confirmed),
            )  # fmt: skip

    def _measure(self, goal: Row) -> None:
        """Three to six readings on the way from the baseline to what is now."""
        draft, rng = self.draft, self.draft.rng
        newest = draft.days.back(date.fromisoformat(goal["actual_on"]))
        started = draft.days.back(date.fromisoformat(goal["started_on"]))
        count = min(rng.randint(3, 6), max(1, (started - newest) // 10))
        for number in range(count, 0, -1):
            done = 1 - (number - 1) / count
            reading = goal["baseline"] + (goal["actual"] - goal["baseline"]) * done
            if number > 1:
                reading *= rng.uniform(0.94, 1.06)
            back = newest + (started - newest) * (number - 1) // count
            on = draft.days.iso(back)
            self._add(
                "measurement", back, plan=False, objective_id=goal["id"],
                actual=goal["actual"] if number == 1 else round(reading, 1), measured_on=on,
                confirmed_on=on if draft.chance(0.4) else None, recorded_on=on,
            )  # fmt: skip

    def contact(self) -> None:
        """Review dates, who sends what, a quiet time."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        back = draft.ago(2, 100)
        first = rng.randint(5, 80)
        for number in range(3):
            ahead = days.workday_ahead(first + number * QUARTER)
            self._entry(back, "contact_plan", "qbr", "", on_date=days.iso(ahead))
        for function, channel, topic in CONTACT_TOPICS:
            if function in draft.seats:
                self._entry(
                    back, "contact_plan", "sends", topic, function=function, channel=channel,
                    person_id=self._person(), topic=topic,
                )  # fmt: skip
        if draft.chance(0.4):
            start = days.workday_ahead(rng.randint(20, 60))
            self._entry(
                back, "contact_plan", "quiet", "stocktaking", on_date=days.iso(start),
                to_date=days.iso(start - 10),
            )  # fmt: skip

    def growth(self) -> None:
        """The grid of products by buying centres, and what is on the way."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        back = draft.ago(3, 120)
        centres = CENTRES[: 2 + int(draft.tier == 1)]
        for product in self.products[:4]:
            for centre in centres:
                state = rng.choice(STATES)
                worth = None if state == "not_eligible" else rng.randint(5, 60) * 100_000
                self._add(
                    "whitespace", back, plan=False, product_id=product, centre=centre, state=state,
                    potential_minor=worth,
                    competitor="Kestrel Supply" if state == "competitor" else None,
                )  # fmt: skip
        for words in rng.sample(OPPORTUNITIES, rng.randint(0, 2)):
            back = draft.ago(2, 60)
            self._add(
                "opportunity", back, plan=False, opportunity=words,
                product_id=rng.choice(self.products), centre=rng.choice(centres),
                value_minor=rng.randint(6, 70) * 100_000, stage=rng.choice(STAGES),
                next_step=rng.choice(NEXT_STEPS), owner_id=draft.seats.get("sales", draft.owner_id),
                next_step_on=days.iso(days.workday_ahead(rng.randint(1, 30))),
            )  # fmt: skip

    def loyalty(self) -> None:
        """Benefits, gestures, the behaviour we wish for, the club and its points."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        for kind, words, hassle in rng.sample(BENEFITS, rng.randint(1, 2)):
            back = draft.ago(20, 300)
            self._add("benefit", back, kind=kind, benefit=words, given_on=days.iso(back),
                      hassle=hassle or None)  # fmt: skip
        if draft.chance(0.4):
            kind, words, reason, cost = rng.choice(GESTURES)
            back = draft.ago(5, 200)
            self._add("gesture", back, plan=False, kind=kind, gesture=words, reason=reason,
                      given_on=days.iso(back), cost_minor=cost, approver_id=draft.team.lead,
                      person_id=self._person())  # fmt: skip
        if draft.chance(0.3):
            words, metric, reward, leads_to = rng.choice(BEHAVIOURS)
            self._add("behaviour", draft.ago(5, 100), behaviour=words, metric=metric,
                      reward=reward, leads_to=leads_to, budget_minor=200_000)  # fmt: skip
        if draft.chance(IN_CLUB):
            back = draft.ago(120, 360)
            self._add("enrolment", back, plan=False, programme_id=self.programme,
                      since_on=days.iso(back))  # fmt: skip
            for words in rng.sample(POINTS_FOR, 2):
                on = draft.ago(1, min(100, back))
                self._add("points", on, plan=False, programme_id=self.programme, reason=words,
                          points=rng.randint(5, 60) * 10, on_date=days.iso(on))  # fmt: skip

    def notes(self) -> None:
        """Strengths and threats, and what the last review decided."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        back = draft.ago(10, 160)
        for field, words in rng.sample(STRENGTHS, rng.randint(0, 2)):
            self._entry(back, "notes", field, words)
        if draft.chance(0.5):
            back = draft.ago(10, 90)
            self._entry(back, "reviews", "review", rng.choice(DECISIONS), on_date=days.iso(back))

    def sections(self) -> None:
        """Who keeps which section, what was said to hold still, and one that is on offer."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        for section, function in SECTION_OWNERS.items():
            if not draft.chance(0.6):
                continue
            back = draft.ago(1, 70)
            true_on = days.iso(back) if draft.chance(0.5) else None
            owner = draft.seats.get(function)
            row: Row = {"section": section, "owner_id": owner, "still_true_on": true_on}
            if owner is not None and draft.chance(0.08):
                row |= {"offered_to_id": rng.choice((draft.team.second, draft.team.lead)),
                        "offered_on": days.iso(draft.ago(1, 6))}  # fmt: skip
            self._add("section", back, **row)

    def _content(self) -> str:
        """The digest of what is signed: the goals, the contract and the risks as they are."""
        rows = self.draft.rows
        return signed_content(
            _whole(Objective, rows.get("objective", ())),
            _whole(Contract, rows.get("contract", ())),
            _whole(Risk, rows.get("risk", ())),
        )

    def signatures(self) -> None:
        """Most functions signed; some plans were given to the customer."""
        draft, days = self.draft, self.draft.days
        content = self._content()
        for function, colleague in draft.seats.items():
            if draft.chance(0.8):
                back = draft.ago(1, 60)
                self._add("sign_off", back, function=function, colleague_id=colleague,
                          signed_on=days.iso(back), content=content)  # fmt: skip
        if draft.chance(0.4):
            back = draft.ago(3, 40)
            minute = draft.office_minute()
            self._add("share", back, shared_on=days.iso(back),
                      shared_at=days.moment(back, minute), content="{}")  # fmt: skip
