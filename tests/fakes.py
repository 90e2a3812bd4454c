"""Hand-written stand-ins: a clock that moves when told, a unit of work that lives in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from planner.accounts import Account, Celebration, Star
from planner.advocacy import Advocacy
from planner.alert_rules import AlertAnswer, AlertRule
from planner.book_settings import Setting
from planner.calendars import Calendar
from planner.colleagues import Colleague, Seat
from planner.complaint_parts import CauseLink, ComplaintNote, ComplaintPause
from planner.complaints import Complaint
from planner.contracts import Contract, Milestone
from planner.entity import Entity
from planner.errors import Conflict, FieldConflict, NotFound
from planner.goal_status import is_in, member_of
from planner.growth import Opportunity, Product, Whitespace
from planner.improvements import Improvement, ImprovementSource
from planner.incidents import Incident, IncidentAccount, IncidentMessage
from planner.interviews import Entry, Interview
from planner.loyalty import Behaviour, Benefit, Enrolment, Gesture, PointsEntry, Programme
from planner.meetings import Attendee, Meeting
from planner.people import Membership, Person
from planner.pins import Pin
from planner.plan_parts import Section, Share, SignOff
from planner.plans import Action, Objective, Plan, Risk
from planner.ports import Actor, Clock
from planner.pressure import Subject, caps_of
from planner.pulses import Pulse
from planner.purchases import Purchase
from planner.segments import Filter
from planner.signals import Signal
from planner.snoozes import Snooze
from planner.success_criteria import SuccessCriterion
from planner.survey_sends import SurveySent
from planner.surveys import Survey
from planner.text import fold, name_key
from planner.touchpoints import Participant, Touchpoint
from planner.value import Measurement, Proof

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
"""A Wednesday."""

E = TypeVar("E", bound=Entity)


class FakeClock:
    """A clock that stands still until it is moved; both of its times are the same."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at

    def real_now(self) -> datetime:
        """The moment it was set to."""
        return self.at

    def move(self, **amount: float) -> None:
        """Move on by an amount as ``timedelta`` takes it."""
        self.at += timedelta(**amount)


def no_derived(_record: Any) -> dict[str, Any]:
    """For tables without derived columns."""
    return {}


class MemoryRepository(Generic[E]):
    """Records by id, with the same promises as the store's repository, without audit."""

    def __init__(
        self,
        uow: MemoryUnitOfWork,
        name: str,
        derived: Callable[[Any], dict[str, Any]] = no_derived,
    ) -> None:
        self._uow = uow
        self._name = name
        self._derived = derived
        self.rows: dict[int, E] = {}

    def get(self, row_id: int) -> E:
        """The record. Raises ``NotFound``."""
        if row_id not in self.rows:
            raise NotFound(f"There is no {self._name} with the id {row_id}.")
        return self.rows[row_id]

    def find(self, **equals: Any) -> list[E]:
        """The live records whose columns equal the values, oldest first."""
        return [
            row
            for _id, row in sorted(self.rows.items())
            if row.archived_at is None and self._has(row, equals)
        ]

    def _has(self, row: E, equals: dict[str, Any]) -> bool:
        columns = {**dict(row), **self._derived(row)}
        return all(columns[name] == value for name, value in equals.items())

    def add(self, record: E) -> E:
        """Store a new record."""
        assert record.id not in self.rows
        self.rows[record.id] = record
        return record

    def save(self, before: E, after: E) -> E:
        """Store what differs; a save by another since ``before`` is merged or refused."""
        moved = [name for name, value in after if value != getattr(before, name)]
        stored = self.rows[before.id]
        clashes = [
            FieldConflict(n, getattr(before, n), getattr(stored, n), getattr(after, n))
            for n in moved
            if getattr(stored, n) not in (getattr(before, n), getattr(after, n))
        ]
        if clashes:
            raise Conflict("somebody was first", clashes)
        if not moved:
            return before
        changes = {name: getattr(after, name) for name in moved}
        self.rows[before.id] = stored.changed(**{**changes, "version": stored.version + 1})
        return self.rows[before.id]

    def archive(self, record: E) -> E:
        """Take a record out of every list."""
        return self.save(record, record.changed(archived_at=self._uow.clock.now()))


class MemoryUnitOfWork:
    """A unit of work without a store: for the pure ring."""

    def __init__(
        self, clock: FakeClock | None = None, *, zone: str = "UTC", actor: Actor | None = None
    ) -> None:
        self.clock: Clock = clock or FakeClock()
        self.actor = actor or Actor("Ann", None, "success")
        self.zone = ZoneInfo(zone)
        self.currency = "EUR"
        self.merged: list[str] = []
        self.summary = ""
        self.summary_account: int | None = None
        self.subjects: dict[int, Subject] = {}
        self._last_id = 0
        self.accounts: MemoryRepository[Account] = MemoryRepository(
            self, "account", lambda a: {"name_key": name_key(a.name)}
        )
        self.celebrations: MemoryRepository[Celebration] = MemoryRepository(self, "celebration")
        self.stars: MemoryRepository[Star] = MemoryRepository(self, "star")
        self.people: MemoryRepository[Person] = MemoryRepository(
            self,
            "person",
            lambda p: {
                "name_key": name_key(p.name),
                "email_key": fold(p.email) if p.email else None,
            },
        )
        self.memberships: MemoryRepository[Membership] = MemoryRepository(self, "membership")
        self.colleagues: MemoryRepository[Colleague] = MemoryRepository(
            self, "colleague", lambda c: {"name_key": name_key(c.name)}
        )
        self.seats: MemoryRepository[Seat] = MemoryRepository(self, "seat")
        self.contracts: MemoryRepository[Contract] = MemoryRepository(self, "contract")
        self.milestones: MemoryRepository[Milestone] = MemoryRepository(self, "milestone")
        self.touchpoints: MemoryRepository[Touchpoint] = MemoryRepository(self, "touchpoint")
        self.participants: MemoryRepository[Participant] = MemoryRepository(self, "participant")
        self.complaints: MemoryRepository[Complaint] = MemoryRepository(self, "complaint")
        self.pulses: MemoryRepository[Pulse] = MemoryRepository(self, "pulse")
        self.plans: MemoryRepository[Plan] = MemoryRepository(self, "plan")
        self.objectives: MemoryRepository[Objective] = MemoryRepository(self, "objective")
        self.actions: MemoryRepository[Action] = MemoryRepository(self, "action")
        self.risks: MemoryRepository[Risk] = MemoryRepository(self, "risk")
        self.sections: MemoryRepository[Section] = MemoryRepository(self, "section")
        self.sign_offs: MemoryRepository[SignOff] = MemoryRepository(self, "sign_off")
        self.shares: MemoryRepository[Share] = MemoryRepository(self, "share")
        self.interviews: MemoryRepository[Interview] = MemoryRepository(self, "interview")
        self.entries: MemoryRepository[Entry] = MemoryRepository(self, "entry")
        self.measurements: MemoryRepository[Measurement] = MemoryRepository(self, "measurement")
        self.proofs: MemoryRepository[Proof] = MemoryRepository(self, "proof")
        self.products: MemoryRepository[Product] = MemoryRepository(self, "product")
        self.whitespaces: MemoryRepository[Whitespace] = MemoryRepository(self, "whitespace")
        self.opportunities: MemoryRepository[Opportunity] = MemoryRepository(self, "opportunity")
        self.benefits: MemoryRepository[Benefit] = MemoryRepository(self, "benefit")
        self.gestures: MemoryRepository[Gesture] = MemoryRepository(self, "gesture")
        self.behaviours: MemoryRepository[Behaviour] = MemoryRepository(self, "behaviour")
        self.programmes: MemoryRepository[Programme] = MemoryRepository(self, "programme")
        self.enrolments: MemoryRepository[Enrolment] = MemoryRepository(self, "enrolment")
        self.points_entries: MemoryRepository[PointsEntry] = MemoryRepository(self, "points")
        self.signals: MemoryRepository[Signal] = MemoryRepository(self, "signal")
        self.surveys: MemoryRepository[Survey] = MemoryRepository(self, "survey")
        self.meetings: MemoryRepository[Meeting] = MemoryRepository(self, "meeting")
        self.attendees: MemoryRepository[Attendee] = MemoryRepository(self, "attendee")
        self.advocacies: MemoryRepository[Advocacy] = MemoryRepository(self, "advocacy")
        self.pins: MemoryRepository[Pin] = MemoryRepository(self, "pin")
        self.snoozes: MemoryRepository[Snooze] = MemoryRepository(self, "snooze")
        self.calendars: MemoryRepository[Calendar] = MemoryRepository(self, "calendar")
        self.improvements: MemoryRepository[Improvement] = MemoryRepository(self, "improvement")
        self.incidents: MemoryRepository[Incident] = MemoryRepository(self, "incident")
        self.incident_messages: MemoryRepository[IncidentMessage] = MemoryRepository(
            self, "incident_message"
        )
        self.success_criteria: MemoryRepository[SuccessCriterion] = MemoryRepository(
            self, "success_criterion"
        )
        self.alert_rules: MemoryRepository[AlertRule] = MemoryRepository(self, "alert_rule")
        self.complaint_notes: MemoryRepository[ComplaintNote] = MemoryRepository(
            self, "complaint_note"
        )
        self.complaint_pauses: MemoryRepository[ComplaintPause] = MemoryRepository(
            self, "complaint_pause"
        )
        self.cause_links: MemoryRepository[CauseLink] = MemoryRepository(self, "cause_link")
        self.improvement_sources: MemoryRepository[ImprovementSource] = MemoryRepository(
            self, "improvement_source"
        )
        self.incident_accounts: MemoryRepository[IncidentAccount] = MemoryRepository(
            self, "incident_account"
        )
        self.surveys_sent: MemoryRepository[SurveySent] = MemoryRepository(self, "survey_sent")
        self.purchases: MemoryRepository[Purchase] = MemoryRepository(self, "purchase")
        self.alert_answers: MemoryRepository[AlertAnswer] = MemoryRepository(self, "alert_answer")
        self.settings: MemoryRepository[Setting] = MemoryRepository(self, "setting")

    @property
    def today(self) -> date:
        """The local date of now in the zone."""
        return self.clock.now().astimezone(self.zone).date()

    def new_id(self) -> int:
        """The next number."""
        self._last_id += 1
        return self._last_id

    def next_complaint_number(self) -> str:
        """C- and how many there are, plus one."""
        return f"C-{len(self.complaints.rows) + 1}"

    def pressure_of(
        self, *, person_id: int | None = None, account_id: int | None = None
    ) -> Subject | None:
        """What a test put into ``subjects`` by id, else somebody who never heard from us."""
        caps = caps_of({})
        if person_id is not None:
            fresh = Subject("person", person_id, "somebody", caps.person)
            return self.subjects.get(person_id, fresh)
        number = account_id or 0
        return self.subjects.get(number, Subject("account", number, "an account", caps.account))

    def goal_metrics(self) -> list[str]:
        """The metrics of live goals as they are written, each once."""
        return sorted({one.metric for one in self.objectives.find() if one.metric is not None})

    def count_accounts(self, parts: Filter) -> tuple[int, int]:
        """How many live accounts fit a filter of what an account itself holds, and all of them."""
        accounts = self.accounts.find()
        return sum(is_in(parts, member_of(one)) for one in accounts), len(accounts)

    def say(self, summary: str, account_id: int | None = None) -> None:
        """Keep what was said."""
        self.summary = summary
        self.summary_account = account_id
