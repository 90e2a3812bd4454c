"""What follows complaints and answers in the sample: notes, causes, improvements, an incident.

Purchases, surveys sent, and the book's own calendars, criteria and rules stand here too.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import plain
from planner.sampling.draft import MORNING, Draft, Row, Rows
from planner.sampling.timeline import HISTORY_DAYS, NewId, Timeline
from planner.sampling.voice_notes import (
    CALENDARS,
    CRITERIA,
    IMPROVEMENTS,
    INCIDENT,
    INCIDENT_LOG,
    NOTES,
    PURCHASES,
    RULES,
)

INCIDENT_BACK = 5
INCIDENT_SHARE = 0.2
KEPT_COMPLAINTS = 3
"""So many of an account's newest complaints have notes."""


def voice_offer(days: Timeline, new_id: NewId) -> Rows:
    """Rows of the book: calendars, improvements, an incident with its log, criteria, rules."""

    def made(back: int, **fields: Any) -> Row:
        return {"id": new_id(back, MORNING), **fields, "touched_on": days.iso(back)}

    def logged(back: int) -> Row:
        return {"recorded_on": days.iso(back), "logged_at": days.moment(back, MORNING)}

    since = HISTORY_DAYS
    incident = made(
        INCIDENT_BACK, title=INCIDENT[0], detail=INCIDENT[1], severity="high",
        root_cause=INCIDENT[2], started_at=days.moment(INCIDENT_BACK, 9 * 60),
        started_on=days.iso(INCIDENT_BACK), ended_at=days.moment(INCIDENT_BACK, 15 * 60),
        ended_on=days.iso(INCIDENT_BACK), **logged(INCIDENT_BACK),
    )  # fmt: skip
    return {
        "calendar": [
            made(since, name=name, zone=zone, hours=hours, country=country, free_days=plain(()))
            for name, zone, hours, country in CALENDARS
        ],
        "incident": [incident],
        "incident_message": [
            made(INCIDENT_BACK, incident_id=incident["id"], told=int(told), message=words,
                 channel="email" if told else None, noted_on=days.iso(INCIDENT_BACK),
                 noted_at=days.moment(INCIDENT_BACK, minute))
            for minute, told, words in INCIDENT_LOG
        ],
        "improvement": [
            made(back, improvement=words, root_cause=cause, status="done" if done else "open",
                 done_on=days.iso(done) if done else None, result=result,
                 due_on=days.iso(-20) if not done else None, **logged(back))
            for back, done, cause, words, result in IMPROVEMENTS
        ],
        "success_criterion": [
            made(since, name=name, segment=segment, metric=metric, good=good, poor=poor,
                 less_is_better=int(good < poor))
            for name, segment, metric, good, poor in CRITERIA
        ],
        "alert_rule": [
            made(since, name=name, segment=segment, function=function, advice=advice)
            for name, segment, function, advice in RULES
        ],
    }  # fmt: skip


def add_voice(draft: Draft, offer: Rows) -> None:
    """Rows about a live account beside its complaints and answers."""
    if draft.lost is not None:
        return
    voice = _Voice(draft, offer)
    voice.notes()
    voice.causes()
    voice.incident()
    voice.sent()
    voice.purchases()
    if draft.index % 9 == 4:
        voice.add(
            "alert_answer", 2, rule_id=offer["alert_rule"][0]["id"], until_on=draft.days.iso(-14),
            reason="called on Monday, they know", recorded_on=draft.days.iso(2),
        )  # fmt: skip


class _Voice:
    """What the parts of one account share while they are made."""

    def __init__(self, draft: Draft, offer: Rows) -> None:
        self.draft = draft
        self.offer = offer
        self.complaints = draft.rows.get("complaint", [])

    def add(self, table: str, back: int, **fields: Any) -> int:
        """Keep a row of the account that was made so many days ago."""
        draft = self.draft
        row: Row = {"id": draft.new_id(back, draft.office_minute()), "account_id": draft.id}
        return draft.add(table, back, row | fields)

    def notes(self) -> None:
        """What was found among us and what the customer was told; none of later than yesterday."""
        draft, days = self.draft, self.draft.days
        for row in self.complaints[:KEPT_COMPLAINTS]:
            back = _back(draft, row["opened_on"])
            for told, words in draft.rng.sample(NOTES, 2):
                later = max(1, back - 1)
                minute = 17 * 60 + draft.rng.randrange(50)
                if later > back:
                    continue
                self.add(
                    "complaint_note", later, complaint_id=row["id"], told=int(told), note=words,
                    colleague_id=row["owner_id"], person_id=row["person_id"] if told else None,
                    noted_at=days.moment(later, minute), noted_on=days.iso(later),
                    recorded_on=days.iso(later), logged_at=days.moment(later, minute),
                )  # fmt: skip
        for row in self.complaints:
            self._wait(row)

    def _wait(self, row: Row) -> None:
        """The wait that goes on; of others one over a night, which costs no business minute."""
        days = self.draft.days
        if row.get("waiting_since"):
            self.add("complaint_pause", 1, complaint_id=row["id"], since_at=row["waiting_since"])
        back = _back(self.draft, row["opened_on"])
        if row.get("resolved_on") and back - _back(self.draft, row["resolved_on"]) > 2:
            self.add(
                "complaint_pause", back - 1, complaint_id=row["id"],
                since_at=days.moment(back, 17 * 60 + 30), until_at=days.moment(back - 1, 8 * 60),
            )  # fmt: skip

    def causes(self) -> None:
        """Complaints of one cause are linked, and tied to the improvement that came of them."""
        by_cause: dict[str, list[Row]] = {}
        for row in self.complaints:
            if row.get("root_cause"):
                by_cause.setdefault(row["root_cause"], []).append(row)
        for first, *rest in by_cause.values():
            if rest:
                self.add("cause_link", 1, complaint_id=rest[0]["id"], other_id=first["id"],
                         decided_on=self.draft.days.iso(1))  # fmt: skip
        for improvement in self.offer["improvement"]:
            for row in by_cause.get(improvement["root_cause"], ())[:1]:
                self.add("improvement_source", 1, improvement_id=improvement["id"],
                         kind="complaint", row_id=row["id"])  # fmt: skip

    def incident(self) -> None:
        """Some accounts were touched by the incident; most of them were told."""
        draft, days = self.draft, self.draft.days
        if draft.created <= INCIDENT_BACK or not draft.chance(INCIDENT_SHARE):
            return
        told = draft.chance(0.7)
        self.add(
            "incident_account", INCIDENT_BACK, incident_id=self.offer["incident"][0]["id"],
            told_at=days.moment(INCIDENT_BACK, 11 * 60) if told else None,
            told_on=days.iso(INCIDENT_BACK) if told else None,
            told_by_id=draft.owner_id if told else None,
        )  # fmt: skip

    def sent(self) -> None:
        """Every answer with a name was asked for; some were asked and said nothing."""
        draft, days = self.draft, self.draft.days
        asked = [
            (_back(draft, row["answered_on"]) + 2, row["person_id"], row["kind"])
            for row in draft.rows.get("survey", ())
        ]
        if draft.members and draft.chance(0.5):
            asked.append((draft.ago(5, 200), draft.members[0].id, "nps"))
        for back, person_id, kind in asked:
            minute = draft.office_minute()
            self.add(
                "survey_sent", back, person_id=person_id, kind=kind,
                sent_at=days.moment(back, minute), sent_on=days.iso(back),
                recorded_on=days.iso(back), logged_at=days.moment(back, minute),
            )  # fmt: skip

    def purchases(self) -> None:
        """What they bought over the year, and now and then sent back."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        for number in range(rng.choice((0, 1, 3, 5))):
            product, low, high = rng.choice(PURCHASES)
            back = draft.ago(3, 360)
            returned = number and draft.chance(0.15)
            self.add(
                "purchase", back, kind="return" if returned else "purchase", product=product,
                quantity=rng.randint(1, 40), amount_minor=100 * rng.randint(low, high),
                currency="EUR", purchased_on=days.iso(back), recorded_on=days.iso(back),
                logged_at=days.moment(back, 18 * 60),
            )  # fmt: skip


def _back(draft: Draft, day: str) -> int:
    return draft.days.back(date.fromisoformat(day))
