"""What the domain asks of the world: a clock, ids, a unit of work with repositories, a book."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from planner.acting import Actor as Actor
from planner.acting import Done as Done

if TYPE_CHECKING:
    from planner.accounts import Account, Celebration, Star
    from planner.advocacy import Advocacy
    from planner.alert_rules import AlertAnswer, AlertRule
    from planner.book_settings import Setting
    from planner.calendars import Calendar
    from planner.colleagues import Colleague, Seat
    from planner.complaint_parts import CauseLink, ComplaintNote, ComplaintPause
    from planner.complaints import Complaint
    from planner.contracts import Contract, Milestone
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
    from planner.pressure import Subject
    from planner.pulses import Pulse
    from planner.purchases import Purchase
    from planner.segments import Filter
    from planner.signals import Signal
    from planner.snoozes import Snooze
    from planner.success_criteria import SuccessCriterion
    from planner.survey_sends import SurveySent
    from planner.surveys import Survey
    from planner.touchpoints import Participant, Touchpoint
    from planner.value import Measurement, Proof

M = TypeVar("M")
T_co = TypeVar("T_co", covariant=True)


class Clock(Protocol):
    """The time. ``now`` may be moved by ``--today``; ``real_now`` never is."""

    def now(self) -> datetime:
        """The moment that rules use, aware and in UTC."""

    def real_now(self) -> datetime:
        """The machine's moment, for ``logged_at`` and the audit."""


class Repository(Protocol[M]):
    """The records of one table. Archived ones are found by ``get`` only."""

    def get(self, row_id: int) -> M:
        """The record. Raises ``NotFound``."""

    def find(self, **equals: Any) -> list[M]:
        """The live records whose columns equal the values, oldest first."""

    def add(self, record: M) -> M:
        """Store a new record."""

    def save(self, before: M, after: M) -> M:
        """Store the changed fields; returns the record as stored, with its new version.

        When somebody saved first, changes to other fields are merged (and named in
        ``UnitOfWork.merged``). Raises ``Conflict`` when the same field was changed.
        """

    def archive(self, record: M) -> M:
        """Take a record out of every list; nothing is deleted."""


class UnitOfWork(Protocol):
    """One user action, one transaction. Leaving without an error commits, else nothing is kept."""

    clock: Clock
    actor: Actor
    zone: ZoneInfo
    currency: str
    merged: list[str]

    @property
    def accounts(self) -> Repository[Account]: ...
    @property
    def celebrations(self) -> Repository[Celebration]: ...
    @property
    def stars(self) -> Repository[Star]: ...
    @property
    def people(self) -> Repository[Person]: ...
    @property
    def memberships(self) -> Repository[Membership]: ...
    @property
    def colleagues(self) -> Repository[Colleague]: ...
    @property
    def seats(self) -> Repository[Seat]: ...
    @property
    def contracts(self) -> Repository[Contract]: ...
    @property
    def milestones(self) -> Repository[Milestone]: ...
    @property
    def touchpoints(self) -> Repository[Touchpoint]: ...
    @property
    def participants(self) -> Repository[Participant]: ...
    @property
    def complaints(self) -> Repository[Complaint]: ...
    @property
    def pulses(self) -> Repository[Pulse]: ...
    @property
    def plans(self) -> Repository[Plan]: ...
    @property
    def objectives(self) -> Repository[Objective]: ...
    @property
    def actions(self) -> Repository[Action]: ...
    @property
    def risks(self) -> Repository[Risk]: ...
    @property
    def settings(self) -> Repository[Setting]: ...
    @property
    def sections(self) -> Repository[Section]: ...
    @property
    def sign_offs(self) -> Repository[SignOff]: ...
    @property
    def shares(self) -> Repository[Share]: ...
    @property
    def interviews(self) -> Repository[Interview]: ...
    @property
    def entries(self) -> Repository[Entry]: ...
    @property
    def measurements(self) -> Repository[Measurement]: ...
    @property
    def proofs(self) -> Repository[Proof]: ...
    @property
    def products(self) -> Repository[Product]: ...
    @property
    def whitespaces(self) -> Repository[Whitespace]: ...
    @property
    def opportunities(self) -> Repository[Opportunity]: ...
    @property
    def benefits(self) -> Repository[Benefit]: ...
    @property
    def gestures(self) -> Repository[Gesture]: ...
    @property
    def behaviours(self) -> Repository[Behaviour]: ...
    @property
    def programmes(self) -> Repository[Programme]: ...
    @property
    def enrolments(self) -> Repository[Enrolment]: ...
    @property
    def points_entries(self) -> Repository[PointsEntry]: ...
    @property
    def signals(self) -> Repository[Signal]: ...
    @property
    def surveys(self) -> Repository[Survey]: ...
    @property
    def meetings(self) -> Repository[Meeting]: ...
    @property
    def attendees(self) -> Repository[Attendee]: ...
    @property
    def advocacies(self) -> Repository[Advocacy]: ...
    @property
    def pins(self) -> Repository[Pin]: ...
    @property
    def snoozes(self) -> Repository[Snooze]: ...
    @property
    def calendars(self) -> Repository[Calendar]: ...
    @property
    def improvements(self) -> Repository[Improvement]: ...
    @property
    def incidents(self) -> Repository[Incident]: ...
    @property
    def incident_messages(self) -> Repository[IncidentMessage]: ...
    @property
    def success_criteria(self) -> Repository[SuccessCriterion]: ...
    @property
    def alert_rules(self) -> Repository[AlertRule]: ...
    @property
    def complaint_notes(self) -> Repository[ComplaintNote]: ...
    @property
    def complaint_pauses(self) -> Repository[ComplaintPause]: ...
    @property
    def cause_links(self) -> Repository[CauseLink]: ...
    @property
    def improvement_sources(self) -> Repository[ImprovementSource]: ...
    @property
    def incident_accounts(self) -> Repository[IncidentAccount]: ...
    @property
    def surveys_sent(self) -> Repository[SurveySent]: ...
    @property
    def purchases(self) -> Repository[Purchase]: ...
    @property
    def alert_answers(self) -> Repository[AlertAnswer]: ...

    @property
    def today(self) -> date:
        """The local date of now in the book's zone."""

    def new_id(self) -> int:
        """A fresh id."""

    def next_complaint_number(self) -> str:
        """The next readable number, such as ``C-118``."""

    def pressure_of(
        self, *, person_id: int | None = None, account_id: int | None = None
    ) -> Subject | None:
        """A person or an account with all that weighs on them, what this action did included;
        None for one that is archived."""

    def goal_metrics(self) -> list[str]:
        """The metrics of live goals as they are written, each once."""

    def count_accounts(self, parts: Filter) -> tuple[int, int]:
        """How many live accounts fit a filter of the accounts list, and how many there are."""

    def say(self, summary: str, account_id: int | None = None) -> None:
        """What this action did, in one line for the audit and for "done: ..., u undoes"."""
