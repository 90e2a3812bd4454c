"""Short ways to what tests need: moments, a book on disk, a book with one of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from db.address import Address
from db.book import Book, create_book, open_book
from db.engine import Mode
from db.sqlite import SqliteConnection
from planner.advocacy import Advocacy
from planner.alert_rules import AlertAnswer, AlertRule
from planner.calendars import Calendar
from planner.complaint_parts import CauseLink, ComplaintNote, ComplaintPause
from planner.dates import When
from planner.entity import Entity, build
from planner.growth import Opportunity, Product, Whitespace
from planner.improvements import Improvement, ImprovementSource
from planner.incidents import Incident, IncidentAccount, IncidentMessage
from planner.interviews import Entry, Interview
from planner.loyalty import Behaviour, Benefit, Enrolment, Gesture, PointsEntry, Programme
from planner.meetings import Attendee, Meeting
from planner.pins import Pin
from planner.plan_parts import Section, Share, SignOff
from planner.ports import UnitOfWork
from planner.purchases import Purchase
from planner.signals import Signal
from planner.snoozes import Snooze
from planner.success_criteria import SuccessCriterion
from planner.survey_sends import SurveySent
from planner.surveys import Survey
from planner.use_cases.accounts import add_account, toggle_star
from planner.use_cases.celebrations import add_celebration
from planner.use_cases.complaint_clocks import pause_complaint
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract, reach_milestone
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_objective, add_plan_action, add_risk, start_plan
from planner.use_cases.pulses import give_pulse
from planner.use_cases.team import add_colleague, name_team
from planner.use_cases.touchpoints import FollowUp, log_touchpoint
from planner.value import Measurement, Proof
from tests.fakes import NOON, FakeClock

TODAY = NOON.date()


def day(ago: int) -> date:
    """The day so many days before the fake clock's; negative ones lie ahead."""
    return TODAY - timedelta(days=ago)


def at(ago: int, hour: int = 10, minute: int = 0) -> When:
    """A moment so many days ago, in UTC."""
    on = day(ago)
    return When(on, datetime.combine(on, time(hour, minute), UTC), False)


def on_day(ago: int) -> When:
    """A day without a time."""
    on = day(ago)
    return When(on, datetime.combine(on, time(12), UTC), True)


def new_book(folder: Path, clock: FakeClock | None = None, actor: str = "Ann") -> Book:
    """An empty book in a folder, open."""
    path = folder / "book.db"
    create_book(Address("sqlite", path), name="Test", today=TODAY)
    return opened(path, clock, actor)


def opened(
    place: Path | Address,
    clock: FakeClock | None = None,
    actor: str = "Ann",
    mode: Mode = "write",
) -> Book:
    """A book that exists."""
    address = place if isinstance(place, Address) else Address("sqlite", place)
    return open_book(address, clock or FakeClock(), actor, mode)


def engine(book: Book) -> SqliteConnection:
    """The book's connection, known to be SQLite's."""
    assert isinstance(book.connection, SqliteConnection)
    return book.connection


SOLVED_BY: dict[str, Any] = {
    "remedy_given": "fixed", "root_cause": "stock", "whys": ("nobody counted",),
}  # fmt: skip
"""What the closing of any complaint wants, whatever its severity."""


@dataclass
class World:
    """The ids in a book with one of everything, and a second account with a person of its own."""

    ann: int
    bob: int
    account: int
    other: int
    maria: int
    joe: int
    stranger: int
    contract: int
    complaint: int
    waiting: int
    objective: int
    action: int
    risk: int
    touchpoint: int
    plan: int
    product: int = 0
    programme: int = 0


def fill(book: Book) -> World:
    """Fill a book. Close and open it again to act as the colleague Ann."""

    def run(use_case: Any, *args: Any, **fields: Any) -> Any:
        return book.run(use_case, *args, **fields).result

    ann = run(add_colleague, name="Ann", function="success").id
    bob = run(add_colleague, name="Bob", function="sales").id
    account = run(add_account, name="Nordic Oy", tier=1, owner_id=bob, tags=("key",)).id
    other = run(add_account, name="Other Ltd").id
    maria = run(
        add_person,
        account,
        name="Maria",
        email="maria@nordic.example",
        department="IT",
        part={"roles": ("champion",), "influence": 3, "stance": "supporter"},
    )[0].id
    joe = run(add_person, account, name="Joe", part={"roles": ("sponsor",)})[0].id
    stranger = run(add_person, other, name="Stranger")[0].id
    contract = run(
        add_contract, account, arr_minor=120_000, start_on=day(300), end_on=day(-65), notice_days=30
    ).id
    run(reach_milestone, contract, 90)
    run(name_team, account, {"sales": bob})
    run(add_celebration, account, label="Founded", on=day(900))
    run(toggle_star, account)
    plan = run(start_plan, account).id
    objective = run(add_objective, account, objective="Halve the effort", due_on=day(-60)).id
    action = run(
        add_plan_action, account, action="Send it", owner_id=ann, due_on=day(-3), done_means="sent"
    ).id
    risk = run(add_risk, account, risk="The sponsor leaves").id
    touchpoint = run(
        log_touchpoint,
        account,
        kind="call",
        when=at(1),
        person_ids=[maria],
        note="Talked about İstanbul",
        follow_ups=[FollowUp("call back", due_on=day(-1), promised=True)],
    ).id
    complaint = run(
        log_complaint, account, title="Too slow", when=at(2), severity="high", person_id=maria,
        ack_target=120, response_target=240, resolution_target=1440,
    ).id  # fmt: skip
    waiting = run(log_complaint, account, title="Broken", when=at(5), response_target=2400).id
    run(pause_complaint, waiting, at(4))
    run(give_pulse, account, 4, function="service")
    world = World(
        ann, bob, account, other, maria, joe, stranger, contract, complaint, waiting, objective,
        action, risk, touchpoint, plan,
    )  # fmt: skip
    run(fill_plan, world)
    run(fill_contact, world)
    run(fill_voice, world)
    return world


def fill_plan(uow: UnitOfWork, world: World) -> None:
    """One row in each table of the whole plan, written past the use cases that keep their rules."""
    account = {"account_id": world.account}
    plan = {**account, "plan_id": world.plan}

    def keep(repository: Any, model: type[Entity], **fields: Any) -> int:
        added: int = repository.add(build(model, id=uow.new_id(), **fields)).id
        return added

    keep(uow.sections, Section, **plan, section="goals", still_true_on=day(3), owner_id=world.ann)
    keep(uow.sign_offs, SignOff, **plan, function="sales", colleague_id=world.bob,
         signed_on=day(2), content="old")  # fmt: skip
    keep(uow.shares, Share, **plan, shared_on=day(2), shared_at=NOON, content="{}")
    talk = keep(
        uow.interviews, Interview, **account, kind="stay", held_on=day(1), person_id=world.maria,
        touchpoint_id=world.touchpoint,
    )  # fmt: skip
    keep(
        uow.entries, Entry, **plan, section="why_stay", field="value", entry="It saves a day",
        source="customer", interview_id=talk, person_id=world.maria, driver="time",
    )  # fmt: skip
    keep(uow.measurements, Measurement, **account, objective_id=world.objective, actual=2.5,
         measured_on=day(1), recorded_on=day(1))  # fmt: skip
    keep(uow.proofs, Proof, **plan, proof="A day a week", on_date=day(4), figure=1.0)
    product = world.product = keep(uow.products, Product, name="Portal")
    keep(uow.whitespaces, Whitespace, **account, product_id=product, centre="IT", state="gap")
    keep(uow.opportunities, Opportunity, **account, opportunity="Portal for IT", value_minor=500)
    programme = keep(uow.programmes, Programme, name="Club", tiers=(("silver", 0), ("gold", 50)))
    world.programme = programme
    keep(uow.benefits, Benefit, **account, kind="service", benefit="a named contact")
    keep(uow.gestures, Gesture, **account, kind="emotional", gesture="cake", given_on=day(6))
    keep(uow.behaviours, Behaviour, **plan, behaviour="orders online")
    keep(uow.enrolments, Enrolment, **account, programme_id=programme, since_on=day(30))
    keep(uow.points_entries, PointsEntry, **account, programme_id=programme, points=10,
         reason="an order", on_date=day(3))  # fmt: skip


def fill_contact(uow: UnitOfWork, world: World) -> None:
    """One row in each table of what is heard, planned and agreed, past the use cases' rules."""
    account = {"account_id": world.account}
    logged = {"recorded_on": day(1), "logged_at": NOON}

    def keep(repository: Any, model: type[Entity], **fields: Any) -> int:
        added: int = repository.add(build(model, id=uow.new_id(), **fields)).id
        return added

    keep(uow.signals, Signal, **account, **logged, person_id=world.maria, colleague_id=world.ann,
         kind="forum", signal="They look around", heard_at=NOON, heard_on=day(1))  # fmt: skip
    keep(uow.surveys, Survey, **account, **logged, person_id=world.maria, kind="nps", score=9,
         answered_at=NOON, answered_on=day(1))  # fmt: skip
    meeting = keep(
        uow.meetings, Meeting, **account, **logged, title="Quarterly review", kind="qbr",
        colleague_id=world.ann, starts_at=NOON, starts_on=day(0), uid="one@example.com",
    )  # fmt: skip
    keep(uow.attendees, Attendee, **account, meeting_id=meeting, person_id=world.maria)
    keep(uow.advocacies, Advocacy, **account, person_id=world.maria, kind="reference",
         advocacy="Spoke to a prospect", on_date=day(8))  # fmt: skip
    keep(uow.pins, Pin, **account, kind="touchpoint", row_id=world.touchpoint)
    keep(uow.snoozes, Snooze, **account, person_id=world.maria, until_on=day(-9),
         reason="holiday", recorded_on=day(1))  # fmt: skip


def fill_voice(uow: UnitOfWork, world: World) -> None:
    """One row in each table of causes, improvements, incidents, purchases and rules."""
    account = {"account_id": world.account}
    logged = {"recorded_on": day(1), "logged_at": NOON}
    noted = {"noted_at": NOON, "noted_on": day(1)}
    complaint = uow.complaints.find(account_id=world.account)[0].id

    def keep(repository: Any, model: type[Entity], **fields: Any) -> int:
        added: int = repository.add(build(model, id=uow.new_id(), **fields)).id
        return added

    keep(uow.calendars, Calendar, name="Branch", zone="Europe/Berlin", hours="mon-fri 09:00-17:00",
         free_days=(day(-30).isoformat(),))  # fmt: skip
    improvement = keep(uow.improvements, Improvement, **logged, improvement="One contact",
                       owner_id=world.ann)  # fmt: skip
    keep(uow.improvement_sources, ImprovementSource, **account, improvement_id=improvement,
         kind="complaint", row_id=complaint)  # fmt: skip
    incident = keep(uow.incidents, Incident, **logged, title="Orders lost", owner_id=world.ann,
                    started_at=NOON, started_on=day(1))  # fmt: skip
    keep(uow.incident_messages, IncidentMessage, **noted, incident_id=incident, message="Seen",
         colleague_id=world.ann)  # fmt: skip
    keep(uow.incident_accounts, IncidentAccount, **account, incident_id=incident,
         complaint_id=complaint, told_by_id=world.ann, person_id=world.maria)  # fmt: skip
    keep(uow.complaint_notes, ComplaintNote, **account, **noted, **logged, complaint_id=complaint,
         note="Two more such cases", colleague_id=world.ann, person_id=world.maria)  # fmt: skip
    keep(uow.complaint_pauses, ComplaintPause, **account, complaint_id=complaint, since_at=NOON,
         until_at=NOON)  # fmt: skip
    keep(uow.cause_links, CauseLink, **account, complaint_id=complaint, other_id=complaint,
         decided_on=day(1))  # fmt: skip
    keep(uow.surveys_sent, SurveySent, **account, **logged, person_id=world.maria, kind="nps",
         action_id=world.action, sent_at=NOON - timedelta(days=40), sent_on=day(41))  # fmt: skip
    keep(uow.purchases, Purchase, **account, **logged, person_id=world.maria, product="Gloves",
         amount_minor=5, currency="EUR", purchased_on=day(3))  # fmt: skip
    keep(uow.success_criteria, SuccessCriterion, name="Few complaints", metric="complaints",
         good=2.0, poor=5.0, less_is_better=True)  # fmt: skip
    rule = keep(uow.alert_rules, AlertRule, name="Quiet", segment="touch>45")
    keep(uow.alert_answers, AlertAnswer, **account, rule_id=rule, until_on=day(-9),
         reason="called", recorded_on=day(1))  # fmt: skip
