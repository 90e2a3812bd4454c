"""One user action, one transaction: rows, audit, rollup and health together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from db import rollups, tables
from db.cadence_settings import give_up_changed, read_rules
from db.change_log import ChangeLog
from db.clock_days import ClockWatch
from db.engine import Connection
from db.repository import TableRepository
from planner.accounts import Account, Celebration, Star
from planner.advocacy import Advocacy
from planner.alert_rules import AlertAnswer, AlertRule
from planner.book_settings import Setting
from planner.cadence_rules import CadenceRules
from planner.calendars import Calendar
from planner.colleagues import Colleague, Seat
from planner.complaint_parts import CauseLink, ComplaintNote, ComplaintPause
from planner.complaints import Complaint
from planner.contracts import Contract, Milestone
from planner.entity import Entity
from planner.growth import Opportunity, Product, Whitespace
from planner.health.profiles import HealthConfig
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

if TYPE_CHECKING:
    from planner.pressure import Subject

COMPLAINT_PREFIX = "C-"
METRICS = (
    "SELECT DISTINCT metric FROM objective WHERE metric IS NOT NULL AND archived_at IS NULL"
    " ORDER BY metric"
)


class SqlUnitOfWork:
    """The unit of work on either engine. Made by ``db.book.Book.run`` inside a transaction."""

    def __init__(
        self,
        connection: Connection,
        *,
        clock: Clock,
        new_id: Callable[[], int],
        actor: Actor,
        zone: ZoneInfo,
        currency: str,
        config: HealthConfig,
        use_case: str,
        op_id: str | None = None,
    ) -> None:
        self.connection = connection
        self.clock = clock
        self.actor = actor
        self.zone = zone
        self.currency = currency
        self.config = config
        self.merged: list[str] = []
        self.log = ChangeLog(connection, new_id, actor, clock.real_now(), self.today, use_case,
                             op_id)  # fmt: skip
        self._new_id = new_id
        self._touched: set[int] = set()
        self._rules: CadenceRules | None = None
        self._clocks = ClockWatch(connection)
        self._repositories: dict[str, TableRepository[Any]] = {}

    @cached_property
    def today(self) -> date:
        """The local date of now in the book's zone."""
        return self.clock.now().astimezone(self.zone).date()

    def moment(self) -> datetime:
        """The machine's moment, for archived rows."""
        return self.clock.real_now()

    def new_id(self) -> int:
        """A fresh id."""
        return self._new_id()

    def touch(self, account_id: int | None) -> None:
        """Remember that an account's rollup may have changed."""
        if account_id is not None:
            self._touched.add(account_id)

    def renamed(self, table: tables.Table[Any], before: Entity, after: Entity) -> None:
        """Remember the accounts that show or weigh a record that belongs to none of them.

        A list row names its owner; a person's department counts in the score.
        """
        if table is tables.PERSON:
            self._touched.update(
                row[0]
                for row in self.connection.rows(
                    "SELECT account_id FROM membership WHERE person_id = :id", {"id": before.id}
                )
            )
        elif isinstance(after, Colleague):
            rollups.rename_owner(self.connection, after.id, after.name)
        elif isinstance(before, Account) and isinstance(after, Account):
            if before.calendar_id != after.calendar_id:
                self._clocks.account_moved(after.id)
        elif table is tables.CALENDAR:
            self._clocks.calendar_changed()
        elif isinstance(after, Complaint) and self.log.kind != "do":
            self._clocks.account_moved(after.account_id)  # undone to moments of another day

    def about_to_write(self, table: tables.Table[Any]) -> None:
        """Remember the rules of contact as they were before one of them changes."""
        if table is tables.SETTING and self._rules is None:
            self._rules = read_rules(self.connection)
        if table is tables.SETTING:
            self._clocks.setting_changes()

    def say(self, summary: str, account_id: int | None = None) -> None:
        """What this action did, in one line."""
        self.log.summary = summary
        self.log.account_id = account_id

    def next_complaint_number(self) -> str:
        """The next readable number; numbers are never given twice."""
        row = self.connection.one("SELECT COUNT(*) FROM complaint")
        number = int(row[0]) + 1 if row else 1
        while self.connection.one(
            "SELECT 1 FROM complaint WHERE number = :n", {"n": f"{COMPLAINT_PREFIX}{number}"}
        ):
            number += 1
        return f"{COMPLAINT_PREFIX}{number}"

    def pressure_of(
        self, *, person_id: int | None = None, account_id: int | None = None
    ) -> Subject | None:
        """A person or an account with all that weighs on them, this transaction included."""
        from db.queries.pressure import PressureQueries

        queries = PressureQueries(self.connection, self._frame())
        if person_id is not None:
            found = queries.people([person_id])
        else:
            found = queries.accounts([] if account_id is None else [account_id])
        return found[0] if found else None

    def _frame(self) -> rollups.Frame:
        return rollups.Frame(self.today, self.clock.now(), self.zone, self.currency, self.config)

    def goal_metrics(self) -> list[str]:
        """The metrics of live goals as they are written, each once."""
        return [row[0] for row in self.connection.rows(METRICS)]

    def count_accounts(self, parts: Filter) -> tuple[int, int]:
        """How many live accounts fit a filter of the accounts list, and how many there are."""
        from db.queries.account_filter import FilterSql

        sql = FilterSql(self.connection, self.today, self.currency, self.actor)
        where = sql.where(parts)
        row = self.connection.one(
            f"SELECT (SELECT COUNT(*) FROM account_rollup r WHERE {where}),"
            " (SELECT COUNT(*) FROM account_rollup)",
            sql.params,
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def finish(self) -> int | None:
        """Write the change and bring the rollups of all touched accounts up to date."""
        change_id = self.log.write()
        frame = self._frame()
        if self._rules is not None:
            give_up_changed(self.connection, self._rules)
        self._touched |= self._clocks.settle(self.zone, self.today, self.new_id)
        if self._touched:
            rollups.refresh(self.connection, self._touched, frame)
        return change_id

    def repository(self, table: tables.Table[Any]) -> TableRepository[Any]:
        """The repository of a table, one in each unit of work."""
        if table.name not in self._repositories:
            self._repositories[table.name] = TableRepository(self, table)
        return self._repositories[table.name]

    @property
    def accounts(self) -> TableRepository[Account]:
        return self.repository(tables.ACCOUNT)

    @property
    def celebrations(self) -> TableRepository[Celebration]:
        return self.repository(tables.CELEBRATION)

    @property
    def stars(self) -> TableRepository[Star]:
        return self.repository(tables.STAR)

    @property
    def people(self) -> TableRepository[Person]:
        return self.repository(tables.PERSON)

    @property
    def memberships(self) -> TableRepository[Membership]:
        return self.repository(tables.MEMBERSHIP)

    @property
    def colleagues(self) -> TableRepository[Colleague]:
        return self.repository(tables.COLLEAGUE)

    @property
    def seats(self) -> TableRepository[Seat]:
        return self.repository(tables.SEAT)

    @property
    def contracts(self) -> TableRepository[Contract]:
        return self.repository(tables.CONTRACT)

    @property
    def milestones(self) -> TableRepository[Milestone]:
        return self.repository(tables.MILESTONE)

    @property
    def touchpoints(self) -> TableRepository[Touchpoint]:
        return self.repository(tables.TOUCHPOINT)

    @property
    def participants(self) -> TableRepository[Participant]:
        return self.repository(tables.PARTICIPANT)

    @property
    def complaints(self) -> TableRepository[Complaint]:
        return self.repository(tables.COMPLAINT)

    @property
    def pulses(self) -> TableRepository[Pulse]:
        return self.repository(tables.PULSE)

    @property
    def plans(self) -> TableRepository[Plan]:
        return self.repository(tables.PLAN)

    @property
    def objectives(self) -> TableRepository[Objective]:
        return self.repository(tables.OBJECTIVE)

    @property
    def actions(self) -> TableRepository[Action]:
        return self.repository(tables.ACTION)

    @property
    def risks(self) -> TableRepository[Risk]:
        return self.repository(tables.RISK)

    @property
    def settings(self) -> TableRepository[Setting]:
        return self.repository(tables.SETTING)

    @property
    def sections(self) -> TableRepository[Section]:
        return self.repository(tables.SECTION)

    @property
    def sign_offs(self) -> TableRepository[SignOff]:
        return self.repository(tables.SIGN_OFF)

    @property
    def shares(self) -> TableRepository[Share]:
        return self.repository(tables.SHARE)

    @property
    def interviews(self) -> TableRepository[Interview]:
        return self.repository(tables.INTERVIEW)

    @property
    def entries(self) -> TableRepository[Entry]:
        return self.repository(tables.ENTRY)

    @property
    def measurements(self) -> TableRepository[Measurement]:
        return self.repository(tables.MEASUREMENT)

    @property
    def proofs(self) -> TableRepository[Proof]:
        return self.repository(tables.PROOF)

    @property
    def products(self) -> TableRepository[Product]:
        return self.repository(tables.PRODUCT)

    @property
    def whitespaces(self) -> TableRepository[Whitespace]:
        return self.repository(tables.WHITESPACE)

    @property
    def opportunities(self) -> TableRepository[Opportunity]:
        return self.repository(tables.OPPORTUNITY)

    @property
    def benefits(self) -> TableRepository[Benefit]:
        return self.repository(tables.BENEFIT)

    @property
    def gestures(self) -> TableRepository[Gesture]:
        return self.repository(tables.GESTURE)

    @property
    def behaviours(self) -> TableRepository[Behaviour]:
        return self.repository(tables.BEHAVIOUR)

    @property
    def programmes(self) -> TableRepository[Programme]:
        return self.repository(tables.PROGRAMME)

    @property
    def enrolments(self) -> TableRepository[Enrolment]:
        return self.repository(tables.ENROLMENT)

    @property
    def points_entries(self) -> TableRepository[PointsEntry]:
        return self.repository(tables.POINTS)

    @property
    def signals(self) -> TableRepository[Signal]:
        return self.repository(tables.SIGNAL)

    @property
    def surveys(self) -> TableRepository[Survey]:
        return self.repository(tables.SURVEY)

    @property
    def meetings(self) -> TableRepository[Meeting]:
        return self.repository(tables.MEETING)

    @property
    def attendees(self) -> TableRepository[Attendee]:
        return self.repository(tables.ATTENDEE)

    @property
    def advocacies(self) -> TableRepository[Advocacy]:
        return self.repository(tables.ADVOCACY)

    @property
    def pins(self) -> TableRepository[Pin]:
        return self.repository(tables.PIN)

    @property
    def snoozes(self) -> TableRepository[Snooze]:
        return self.repository(tables.SNOOZE)

    @property
    def calendars(self) -> TableRepository[Calendar]:
        return self.repository(tables.CALENDAR)

    @property
    def improvements(self) -> TableRepository[Improvement]:
        return self.repository(tables.IMPROVEMENT)

    @property
    def incidents(self) -> TableRepository[Incident]:
        return self.repository(tables.INCIDENT)

    @property
    def incident_messages(self) -> TableRepository[IncidentMessage]:
        return self.repository(tables.INCIDENT_MESSAGE)

    @property
    def success_criteria(self) -> TableRepository[SuccessCriterion]:
        return self.repository(tables.SUCCESS_CRITERION)

    @property
    def alert_rules(self) -> TableRepository[AlertRule]:
        return self.repository(tables.ALERT_RULE)

    @property
    def complaint_notes(self) -> TableRepository[ComplaintNote]:
        return self.repository(tables.COMPLAINT_NOTE)

    @property
    def complaint_pauses(self) -> TableRepository[ComplaintPause]:
        return self.repository(tables.COMPLAINT_PAUSE)

    @property
    def cause_links(self) -> TableRepository[CauseLink]:
        return self.repository(tables.CAUSE_LINK)

    @property
    def improvement_sources(self) -> TableRepository[ImprovementSource]:
        return self.repository(tables.IMPROVEMENT_SOURCE)

    @property
    def incident_accounts(self) -> TableRepository[IncidentAccount]:
        return self.repository(tables.INCIDENT_ACCOUNT)

    @property
    def surveys_sent(self) -> TableRepository[SurveySent]:
        return self.repository(tables.SURVEY_SENT)

    @property
    def purchases(self) -> TableRepository[Purchase]:
        return self.repository(tables.PURCHASE)

    @property
    def alert_answers(self) -> TableRepository[AlertAnswer]:
        return self.repository(tables.ALERT_ANSWER)
