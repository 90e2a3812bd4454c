"""Which record lives in which table, and what the store derives from it.

A record's columns are its model's fields; derived columns are listed here. A test compares both
with the schema.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from db.search import LABEL
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
from planner.pulses import Pulse
from planner.purchases import Purchase
from planner.signals import Signal
from planner.snoozes import Snooze
from planner.success_criteria import SuccessCriterion
from planner.survey_sends import SurveySent
from planner.surveys import Survey
from planner.text import fold, name_key, search_words
from planner.touchpoints import Participant, Touchpoint
from planner.value import Measurement, Proof

E = TypeVar("E", bound=Entity)
NO_JSON: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchSpec(Generic[E]):
    """How a record enters the search index: its kind, label, words and account.

    ``name`` gives a text that is found by any part of its words, not by their beginnings alone.
    """

    kind: str
    label: Callable[[E], str]
    words: Callable[[E], str]
    account_id: Callable[[E], int | None]
    name: Callable[[E], str] | None = None


@dataclass(frozen=True, slots=True)
class Table(Generic[E]):
    """One record table: its name, model, JSON columns and derived columns."""

    name: str
    model: type[E]
    json: frozenset[str] = NO_JSON
    derived: Callable[[E], dict[str, Any]] | None = None
    search: SearchSpec[E] | None = None

    def account_of(self, record: Entity) -> int | None:
        """The account whose rollup a change to this record may move."""
        if self.name == "account":
            return record.id
        account_id: int | None = getattr(record, "account_id", None)
        return account_id


SETTING = Table("setting", Setting)
COLLEAGUE = Table("colleague", Colleague, derived=lambda c: {"name_key": name_key(c.name)})
ACCOUNT = Table(
    "account",
    Account,
    json=frozenset({"tags", "extra"}),
    derived=lambda a: {"name_key": name_key(a.name)},
    search=SearchSpec(
        "account",
        lambda a: a.name,
        lambda a: search_words(a.name, a.external_id, *a.tags),
        lambda a: a.id,
        lambda a: a.name,
    ),
)
CELEBRATION = Table("celebration", Celebration)
STAR = Table("star", Star)
PERSON = Table(
    "person",
    Person,
    json=frozenset({"extra"}),
    derived=lambda p: {
        "name_key": name_key(p.name),
        "email_key": fold(p.email) if p.email else None,
    },
    search=SearchSpec(
        "person",
        lambda p: p.label,
        lambda p: search_words(p.name, p.email, p.phone, p.title),
        lambda _: None,
    ),
)
MEMBERSHIP = Table("membership", Membership, json=frozenset({"roles"}))
SEAT = Table("seat", Seat)
CONTRACT = Table("contract", Contract)
MILESTONE = Table("milestone", Milestone)
TOUCHPOINT = Table(
    "touchpoint",
    Touchpoint,
    search=SearchSpec(
        "touchpoint",
        lambda t: t.note[:LABEL],
        lambda t: search_words(t.note, t.verbatim, t.topic),
        lambda t: t.account_id,
    ),
)
PARTICIPANT = Table("participant", Participant)
COMPLAINT = Table(
    "complaint",
    Complaint,
    json=frozenset({"whys"}),
    search=SearchSpec(
        "complaint",
        lambda c: f"{c.number} {c.title}",
        lambda c: search_words(c.number, c.title, c.detail),
        lambda c: c.account_id,
    ),
)
PULSE = Table("pulse", Pulse)
PLAN = Table("plan", Plan, json=frozenset({"required_roles"}))
OBJECTIVE = Table("objective", Objective)
ACTION = Table("action", Action, json=frozenset({"depends_on"}))
RISK = Table("risk", Risk)
SECTION = Table("section", Section)
SIGN_OFF = Table("sign_off", SignOff)
SHARE = Table("share", Share)
INTERVIEW = Table("interview", Interview)
ENTRY = Table("entry", Entry)
MEASUREMENT = Table("measurement", Measurement)
PROOF = Table("proof", Proof)
PRODUCT = Table("product", Product)
WHITESPACE = Table("whitespace", Whitespace)
OPPORTUNITY = Table("opportunity", Opportunity)
BENEFIT = Table("benefit", Benefit)
GESTURE = Table("gesture", Gesture)
BEHAVIOUR = Table("behaviour", Behaviour)
PROGRAMME = Table("programme", Programme, json=frozenset({"tiers"}))
ENROLMENT = Table("enrolment", Enrolment)
POINTS = Table("points", PointsEntry)
SIGNAL = Table(
    "signal",
    Signal,
    search=SearchSpec(
        "signal",
        lambda s: s.signal[:LABEL],
        lambda s: search_words(s.signal),
        lambda s: s.account_id,
    ),
)
SURVEY = Table(
    "survey",
    Survey,
    search=SearchSpec(
        "survey",
        lambda s: (s.comment or "")[:LABEL],
        lambda s: search_words(s.comment),
        lambda s: s.account_id,
    ),
)
MEETING = Table("meeting", Meeting)
ATTENDEE = Table("attendee", Attendee)
ADVOCACY = Table("advocacy", Advocacy)
PIN = Table("pin", Pin)
SNOOZE = Table("snooze", Snooze)
CALENDAR = Table("calendar", Calendar, json=frozenset({"free_days"}))
IMPROVEMENT = Table("improvement", Improvement)
INCIDENT = Table("incident", Incident)
INCIDENT_MESSAGE = Table("incident_message", IncidentMessage)
SUCCESS_CRITERION = Table("success_criterion", SuccessCriterion)
ALERT_RULE = Table("alert_rule", AlertRule)
COMPLAINT_NOTE = Table("complaint_note", ComplaintNote)
COMPLAINT_PAUSE = Table("complaint_pause", ComplaintPause)
CAUSE_LINK = Table("cause_link", CauseLink)
IMPROVEMENT_SOURCE = Table("improvement_source", ImprovementSource)
INCIDENT_ACCOUNT = Table("incident_account", IncidentAccount)
SURVEY_SENT = Table("survey_sent", SurveySent)
PURCHASE = Table("purchase", Purchase, json=frozenset({"extra"}))
ALERT_ANSWER = Table("alert_answer", AlertAnswer)

TABLES: dict[str, Table[Any]] = {
    table.name: table
    for table in (
        SETTING, COLLEAGUE, CALENDAR, INCIDENT, SUCCESS_CRITERION, ACCOUNT, CELEBRATION, STAR,
        PERSON, MEMBERSHIP, SEAT, CONTRACT,
        MILESTONE, TOUCHPOINT, PARTICIPANT, COMPLAINT, PULSE, PLAN, OBJECTIVE, ACTION, RISK,
        PRODUCT, PROGRAMME, SECTION, SIGN_OFF, SHARE, INTERVIEW, ENTRY, MEASUREMENT, PROOF,
        WHITESPACE, OPPORTUNITY, BENEFIT, GESTURE, BEHAVIOUR, ENROLMENT, POINTS,
        SIGNAL, SURVEY, MEETING, ATTENDEE, ADVOCACY, PIN, SNOOZE,
        IMPROVEMENT, INCIDENT_MESSAGE, ALERT_RULE, COMPLAINT_NOTE,
        COMPLAINT_PAUSE, CAUSE_LINK, IMPROVEMENT_SOURCE, INCIDENT_ACCOUNT,
        SURVEY_SENT, PURCHASE, ALERT_ANSWER,
    )
}  # fmt: skip
