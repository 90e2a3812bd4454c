"""A book whose every text field holds what would act on a terminal or on a screen, made through
use cases."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from db.book import Book
from db.tables import TABLES
from planner.entity import Entity, build
from planner.plan_fields import fields_of
from planner.text import unstorable
from planner.use_cases.accounts import add_account, toggle_star
from planner.use_cases.actions import add_action, postpone_action
from planner.use_cases.celebrations import add_celebration
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_objective, add_plan_action, add_risk, start_plan
from planner.use_cases.pulses import give_pulse
from planner.use_cases.requests import add_request
from planner.use_cases.settings import change_setting
from planner.use_cases.team import add_colleague, name_team
from planner.use_cases.touchpoints import FollowUp, log_touchpoint
from planner.vocabulary import INTERVIEW_KINDS, PLAN_SECTIONS
from tests.fakes import NOON
from tests.makers import at, day, new_book, opened

MARK = "PWNED"
ATTACKS = (
    f"\x1b]52;c;{MARK}-52\x07",
    f"\x1b]2;{MARK}-TITLE\x07",
    f"\x9d2;{MARK}-TITLE\x9c\x9b777m",
    "\x1b[777mK\x1b[2J\x1b[?1049l\x1b[6n",
    f"\x1bP+q{MARK}\x1b\\\x1b_G{MARK}\x1b\\\x1bc",
    "[/]", "[red]x", "[@click=app.quit]x", "[link=http://e]z[/link]", "[", "\\[/]",
    "\u202eright to left\u202c \u2066x\u2069 \u200e\u200f\u061c",
    "zero\u200bwidth\u2060\ufeff", "\x07\x08\x0c\x0e\x7f\x85\u2028\u2029",
    "a\tb\nc\r\nd", "e\u0301" * 20, "👩\u200d🚀🇹🇷❄\ufe0f", "W" * 300, "語" * 90,
)  # fmt: skip
"""Each alone in a name or a note of the book."""
WORST = "".join(ATTACKS[:12])
"""All that acts in one line: stands in every text field. Long texts follow it in notes."""
NAME = f"[@click=app.quit]Q[/] {WORST}"
ME = f"Ann {ATTACKS[1]}"
KEYS = frozenset({"key", "number", "currency"})
"""Fields of text that nobody types freely."""
CHECKED = frozenset(
    {
        *(("calendar", field) for field in ("zone", "hours", "country", "subdivision")),
        ("calendar", "free_days"), ("success_criterion", "segment"), ("alert_rule", "segment"),
    }
)  # fmt: skip
"""Those of one table that take nothing but what they understand."""
REACHED_BY_IMPORT = frozenset({"source"})


@dataclass(frozen=True)
class HostileBook:
    """Where it lies, and the ids of one record of each kind, all of one account."""

    path: Path
    ids: dict[str, int]


def naughty(samples: Path) -> list[str]:
    """The strings of the collection that a name can be."""
    strings = json.loads((samples / "blns" / "blns.json").read_text(encoding="utf-8"))
    return [text for text in strings if text.strip() and unstorable(text) is None]


def text_fields(model: type[Entity]) -> list[str]:
    """The fields of a model that hold free text."""
    return [
        name
        for name, field in model.model_fields.items()
        if name not in KEYS and _is_text(field.annotation)
    ]


def _is_text(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, types.UnionType):
        return any(_is_text(one) for one in get_args(annotation))
    if get_origin(annotation) is types.GenericAlias or get_origin(annotation) in (tuple, dict):
        return any(_is_text(one) for one in get_args(annotation))
    if hasattr(annotation, "__metadata__"):
        return _is_text(annotation.__origin__)
    return annotation is str


def untouched(book: Book) -> list[str]:
    """``table.field`` of every text field of the book in which no hostile text stands."""
    return [
        f"{table.name}.{field}"
        for table in TABLES.values()
        for field in text_fields(table.model)
        if (table.name, field) not in CHECKED
        and not book.connection.rows(
            f"SELECT id FROM {table.name} WHERE {field} LIKE :mark LIMIT 1", {"mark": f"%{MARK}%"}
        )
    ]


def make(folder: Path, names: Iterable[str] = ATTACKS) -> HostileBook:
    """The book in a folder; ``names`` become accounts of their own beside the one with it all."""
    first = new_book(folder)
    path = first.address.path
    ids = {"me": first.run(add_colleague, name=ME, email=WORST, function="success").result.id}
    first.run(change_setting, "name", NAME)
    first.close()
    book = opened(path, actor=ME)
    try:
        ids |= dict(_fill(book, ids["me"]))
        for number, name in enumerate(names):
            book.run(
                add_account, name=name, duplicate=True, owner_id=ids["me"], sector=name[:900],
                note=name, tier=number % 3 + 1,
            )  # fmt: skip
        book.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        book.close()
    return HostileBook(path, ids)


def _texts(table: str, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """Every free text field of a table, hostile."""
    left_out = {"id", "tags", "extra", "roles", "whys", *without}
    return {name: NAME for name in text_fields(TABLES[table].model) if name not in left_out}


def _fill(book: Book, me: int) -> Iterator[tuple[str, int]]:
    def run(use_case: Any, *args: Any, **fields: Any) -> Any:
        return book.run(use_case, *args, **fields).result

    account = run(
        add_account, **_texts("account"), tier=1, owner_id=me, tags=(NAME, "[/]"),
        keep_class="protect", extra={NAME: NAME},
    ).id  # fmt: skip
    yield "account", account
    run(toggle_star, account)
    run(add_celebration, account, label=NAME, on=day(400))
    person = run(
        add_person, account, **_texts("person"), extra={NAME: NAME},
        part={"roles": ("champion", "economic_buyer"), "influence": 3, "stance": "sceptic"},
    )[0].id  # fmt: skip
    yield "person", person
    other = run(add_person, account, name=f"Joe {NAME}", part={"reports_to_id": person})[0].id
    run(name_team, account, {"sales": me, "success": me})
    yield "contract", run(
        add_contract, account, **_texts("contract"), arr_minor=5_000_000, start_on=day(300),
        end_on=day(-60), notice_days=30,
    ).id  # fmt: skip
    yield "plan", run(start_plan, account, "standard", **_texts("plan")).id
    yield "objective", run(
        add_objective, account, **_texts("objective"), due_on=day(-60), owner_id=me, baseline=4,
        target=2,
    ).id  # fmt: skip
    action = run(
        add_plan_action, account, **_texts("action", without=["later_reason"]), owner_id=me,
        due_on=day(-1),
    ).id  # fmt: skip
    yield "action", action
    run(postpone_action, action, day(-2), NAME)
    run(add_action, account, action=NAME, side="they", their_owner_id=other, due_on=day(2))
    run(add_action, account, action=NAME, owner_id=me, due_on=day(5), promised=True)
    run(add_request, account, "document", action=NAME, asked_by_id=other, owner_id=me)
    yield "risk", run(add_risk, account, **_texts("risk"), likelihood=3, owner_id=me).id
    yield "touchpoint", run(
        log_touchpoint, account, **_texts("touchpoint"), kind="call", when=at(1),
        person_ids=[person],
        follow_ups=[FollowUp(NAME, due_on=day(-2), their_owner_id=other, promised=True)],
    ).id  # fmt: skip
    yield from _log(run, account, person, me)
    yield from run(_whole_plan, account, person, me).items()
    yield from run(_heard, account, person, me).items()
    yield from run(_voice, account, person, me).items()


def _whole_plan(uow: Any, account: int, person: int, me: int) -> dict[str, int]:
    """A record in each table of the whole plan, past the use cases that refuse such words."""
    plan = uow.plans.find(account_id=account)[0].id
    objective = uow.objectives.find(account_id=account)[0].id
    seat = uow.seats.find(account_id=account)[0]
    uow.seats.save(seat, seat.changed(responsibility=NAME))
    part = next(iter(uow.memberships.find(account_id=account, person_id=person)))
    uow.memberships.save(part, part.changed(personal_win=NAME, topics=NAME))
    made: dict[str, int] = {}
    of_account, of_plan = {"account_id": account}, {"account_id": account, "plan_id": plan}

    def keep(repository: Any, table: str, **fields: Any) -> int:
        texts = {**_texts(table, without=["tiers"]), **fields}
        made[table] = repository.add(build(TABLES[table].model, id=uow.new_id(), **texts)).id
        return made[table]

    product = keep(uow.products, "product")
    programme = keep(uow.programmes, "programme", tiers=((NAME, 0), ("gold", 5)))
    keep(uow.sections, "section", **of_plan, section="goals", offered_to_id=me, offered_on=day(1))
    keep(uow.sign_offs, "sign_off", **of_plan, function="sales", colleague_id=me, signed_on=day(1))
    keep(uow.shares, "share", **of_plan, shared_on=day(1), shared_at=NOON,
         content=json.dumps({NAME: NAME}))  # fmt: skip
    for kind in INTERVIEW_KINDS:
        keep(uow.interviews, "interview", **of_account, kind=kind, person_id=person,
             held_on=day(1))  # fmt: skip
    for section in PLAN_SECTIONS:
        for entry_field in (NAME, *(one.name for one in fields_of(section))):
            keep(
                uow.entries, "entry", **of_plan, section=section, field=entry_field,
                person_id=person, on_date=day(-3), interview_id=made["interview"],
            )  # fmt: skip
    keep(uow.measurements, "measurement", **of_account, objective_id=objective, actual=3.0,
         measured_on=day(2), recorded_on=day(2))  # fmt: skip
    keep(uow.proofs, "proof", **of_plan, on_date=day(2), figure=4.0, shared=True)
    keep(uow.whitespaces, "whitespace", **of_account, product_id=product, state="competitor")
    keep(uow.opportunities, "opportunity", **of_account, product_id=product, value_minor=5)
    keep(uow.benefits, "benefit", **of_account, kind="service")
    keep(uow.gestures, "gesture", **of_account, kind="service", given_on=day(2))
    keep(uow.behaviours, "behaviour", **of_plan)
    keep(uow.enrolments, "enrolment", **of_account, programme_id=programme, since_on=day(9))
    keep(uow.points_entries, "points", **of_account, programme_id=programme, points=4,
         on_date=day(2))  # fmt: skip
    return made


def _heard(uow: Any, account: int, person: int, me: int) -> dict[str, int]:
    """A record in each table of what is heard, planned and agreed."""
    made: dict[str, int] = {}
    of_person = {"account_id": account, "person_id": person}
    logged = {"logged_at": NOON, "recorded_on": day(1)}

    def keep(repository: Any, table: str, **fields: Any) -> None:
        record = build(TABLES[table].model, id=uow.new_id(), **{**_texts(table), **fields})
        made[table] = repository.add(record).id

    keep(uow.celebrations, "celebration", **of_person, on_date=day(-3), kind="birthday")
    keep(uow.signals, "signal", **of_person, **logged, colleague_id=me, heard_at=NOON,
         heard_on=day(2))  # fmt: skip
    keep(uow.surveys, "survey", **of_person, **logged, kind="nps", score=3, answered_at=NOON,
         answered_on=day(2))  # fmt: skip
    keep(uow.meetings, "meeting", account_id=account, **logged, starts_at=NOON, starts_on=day(0),
         colleague_id=me)  # fmt: skip
    keep(uow.attendees, "attendee", **of_person, meeting_id=made["meeting"])
    keep(uow.advocacies, "advocacy", **of_person, kind="review", on_date=day(2))
    keep(uow.snoozes, "snooze", account_id=account, until_on=day(-9), recorded_on=day(1))
    keep(uow.actions, "action", account_id=account, **logged, request="quote", due_on=day(4),
         asked_by_id=person)  # fmt: skip
    keep(uow.pins, "pin", account_id=account, kind="signal", row_id=made["signal"])
    return made


def _voice(uow: Any, account: int, person: int, me: int) -> dict[str, int]:
    """A record in each table of causes, improvements, incidents, purchases and rules."""
    made: dict[str, int] = {}
    of_account = {"account_id": account}
    logged = {"logged_at": NOON, "recorded_on": day(1)}
    noted = {"noted_at": NOON, "noted_on": day(1)}
    complaint = uow.complaints.find(account_id=account)[0]
    of_complaint = {**of_account, "complaint_id": complaint.id}

    def keep(repository: Any, table: str, **fields: Any) -> None:
        record = build(TABLES[table].model, id=uow.new_id(), **{**_texts(table), **fields})
        made[table] = repository.add(record).id

    keep(uow.calendars, "calendar", zone="Europe/Berlin", hours="mon-fri 09:00-17:00",
         country="DE", subdivision=None, free_days=(day(-5).isoformat(),))  # fmt: skip
    keep(uow.improvements, "improvement", **logged, owner_id=me)
    keep(uow.improvement_sources, "improvement_source", **of_account, kind="complaint",
         improvement_id=made["improvement"], row_id=complaint.id)  # fmt: skip
    keep(uow.incidents, "incident", **logged, owner_id=me, started_at=NOON, started_on=day(1))
    keep(uow.incident_messages, "incident_message", **noted, incident_id=made["incident"],
         told=True, colleague_id=me)  # fmt: skip
    keep(uow.incident_accounts, "incident_account", **of_complaint, person_id=person,
         incident_id=made["incident"], told_by_id=me, told_at=NOON, told_on=day(1))  # fmt: skip
    keep(uow.complaint_notes, "complaint_note", **of_complaint, **noted, **logged, told=True,
         colleague_id=me, person_id=person)  # fmt: skip
    keep(uow.complaint_pauses, "complaint_pause", **of_complaint, since_at=NOON, until_at=NOON)
    keep(uow.cause_links, "cause_link", **of_complaint, other_id=complaint.id, decided_on=day(1))
    keep(uow.surveys_sent, "survey_sent", **of_account, **logged, person_id=person, kind="nps",
         sent_at=NOON, sent_on=day(1))  # fmt: skip
    keep(uow.purchases, "purchase", **of_account, **logged, person_id=person, currency="EUR",
         amount_minor=500, purchased_on=day(3), extra={NAME: NAME})  # fmt: skip
    keep(uow.success_criteria, "success_criterion", segment="tier:1", good=3.0)
    keep(uow.alert_rules, "alert_rule", segment="complaints>0", function="sales")
    keep(uow.alert_answers, "alert_answer", **of_account, rule_id=made["alert_rule"],
         until_on=day(-9), recorded_on=day(1))  # fmt: skip
    uow.complaints.save(complaint, complaint.changed(
        cause_detail=NAME, whys=(NAME,) * 5, hand_note=NAME, reopen_reason=NAME, handed_to_id=me,
        handed_on=day(1), incident_id=made["incident"],
    ))  # fmt: skip
    return made


def _log(run: Any, account: int, person: int, me: int) -> Iterator[tuple[str, int]]:
    for text in ATTACKS:
        run(log_touchpoint, account, kind="email", when=at(2), note=f"{text}\n" * 3)
    yield "pulse", run(give_pulse, account, 1, reason=NAME, function="sales").id
    complaint = run(
        log_complaint, account, **_texts("complaint"), when=at(4), severity="critical",
        person_id=person, owner_id=me, response_target=60,
    ).id  # fmt: skip
    yield "complaint", complaint
    closed = run(log_complaint, account, title=NAME, when=at(9)).id
    run(move_complaint, closed, "closed", at(8), root_cause=NAME, remedy_given=NAME)
