"""Contact pressure as read from a book: what weighs, on whom, and a reference from the log."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db.address import Address
from db.book import Book, create_book
from db.engine import NO_PARAMS, Params
from planner.dates import When
from planner.entity import build
from planner.errors import NotFound, Refused
from planner.interviews import Entry
from planner.ports import UnitOfWork
from planner.pressure import Pressure, Window, held_on
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.actions import add_action, finish_action
from planner.use_cases.complaints import log_complaint
from planner.use_cases.people import add_person, change_person, set_part
from planner.use_cases.settings import change_setting
from planner.use_cases.touchpoints import change_touchpoint, log_touchpoint, rang_without_answer
from tests.db.contract.test_pressure_reference import Said, put
from tests.fakes import FakeClock
from tests.makers import TODAY, World, at, day, opened


def wrote(book: Book, account: int, *people: int, ago: int = 0, **fields: Any) -> int:
    """A mail of ours, so many days ago."""
    fields = {"kind": "email", **fields}
    made = book.run(log_touchpoint, account, when=at(ago), person_ids=people, **fields)
    row_id: int = made.result.id
    return row_id


def plan_line(uow: UnitOfWork, account: int, field: str, **fields: Any) -> None:
    """A line of the contact plan."""
    line = {"section": "contact_plan", "field": field, "entry": "", **fields}
    uow.entries.add(build(Entry, id=uow.new_id(), account_id=account, **line))


def of(book: Book, person: int) -> Pressure:
    return book.queries().pressure.person(person)


def contacts(book: Book, person: int) -> int:
    return of(book, person).binding.contacts


# What weighs


def test_all_functions_weigh_and_each_contact_says_who_and_when(filled: Book, world: World) -> None:
    wrote(filled, world.account, world.joe, ago=2, function="marketing", colleague_id=world.bob)
    wrote(filled, world.account, world.joe, ago=1, function="sales", intent="sell")
    found = of(filled, world.joe)
    assert (found.subject.name, found.subject.account) == ("Joe", "Nordic Oy")
    assert found.binding.by_function == {"marketing": 1, "sales": 1}
    first, second = found.binding.touches
    assert (first.on, first.what, first.colleague) == (day(2), "email", "Bob")
    assert (second.colleague, second.intent, second.planned) == ("Ann", "sell", False)
    assert found.next_free == TODAY


def test_the_vector_in_a_book(filled: Book, world: World) -> None:
    for ago in (6, 4, 1):
        wrote(filled, world.account, world.joe, ago=ago)
    found = of(filled, world.joe)
    assert (found.binding.window, found.binding.contacts) == (Window(3, 7), 3)
    assert (found.binding.held, found.next_free) == ("cap", day(-1))


def test_a_group_mail_weighs_once_on_each_of_fifty_and_once_on_the_account(
    filled: Book, world: World
) -> None:
    before = filled.queries().pressure.account(world.account).binding.contacts
    people = [
        filled.run(add_person, world.account, name=f"P {number}").result[0].id
        for number in range(50)
    ]
    wrote(filled, world.account, *people)
    found = filled.queries().pressure.people(people)
    assert [len(one.touches) for one in found] == [1] * 50
    assert [one.id for one in found] == people
    account = filled.queries().pressure.account(world.account)
    assert account.binding.contacts == before + 1
    assert account.binding.window == Window(10, 7)


def test_replies_in_a_thread_they_began_do_not_weigh(filled: Book, world: World) -> None:
    asked = wrote(filled, world.account, world.joe, ago=3, direction="in")
    answer = wrote(filled, world.account, world.joe, ago=2, reply_to=asked)
    again = wrote(filled, world.account, world.joe, ago=1, reply_to=answer)
    assert contacts(filled, world.joe) == 0
    ours = wrote(filled, world.account, world.joe, ago=3)
    wrote(filled, world.account, world.joe, ago=2, reply_to=ours)
    assert contacts(filled, world.joe) == 2
    rows = filled.connection.rows(
        "SELECT thread_id FROM touchpoint WHERE id IN (:a, :b)", {"a": answer, "b": again}
    )
    assert rows == [(asked,), (asked,)]


def test_a_thread_stays_within_its_account(filled: Book, world: World) -> None:
    theirs = wrote(filled, world.other, world.stranger, direction="in")
    with pytest.raises(Refused, match="reply_to: it does not belong to this account"):
        wrote(filled, world.account, world.joe, reply_to=theirs)
    ours = wrote(filled, world.account, world.joe)
    with pytest.raises(Refused, match="thread: it does not belong to this account"):
        filled.run(change_touchpoint, ours, thread_id=theirs)
    with pytest.raises(Refused, match="a contact does not answer itself"):
        filled.run(change_touchpoint, ours, thread_id=ours)


def test_answers_of_service_to_their_own_complaint_do_not_weigh(filled: Book, world: World) -> None:
    case = filled.run(
        log_complaint, world.account, title="Late", when=at(3), person_id=world.joe
    ).result.id
    both = (world.joe, world.maria)
    before = contacts(filled, world.maria), filled.queries().pressure.account(world.account)
    wrote(filled, world.account, *both, function="service", complaint_id=case)
    assert contacts(filled, world.joe) == 0
    assert contacts(filled, world.maria) == before[0] + 1
    after = filled.queries().pressure.account(world.account)
    assert after.binding.contacts == before[1].binding.contacts
    wrote(filled, world.account, world.joe, function="sales", complaint_id=case)
    wrote(filled, world.account, world.joe, function="service")
    assert contacts(filled, world.joe) == 2


def test_what_came_in_and_what_was_archived_does_not_weigh(filled: Book, world: World) -> None:
    wrote(filled, world.account, world.joe, direction="in")
    gone = wrote(filled, world.account, world.joe)
    left_out = wrote(filled, world.account, world.joe, world.maria)
    assert contacts(filled, world.joe) == 2

    def archive(uow: UnitOfWork) -> None:
        uow.touchpoints.archive(uow.touchpoints.get(gone))

    filled.run(archive)
    filled.run(change_touchpoint, left_out, person_ids=[world.maria])
    assert contacts(filled, world.joe) == 0


def test_a_call_that_nobody_answered_weighs(filled: Book, world: World) -> None:
    filled.run(rang_without_answer, world.account, at(0), [world.joe])
    assert contacts(filled, world.joe) == 1


def test_a_person_of_two_accounts_hears_from_both(filled: Book, world: World) -> None:
    filled.run(set_part, world.other, world.joe)
    wrote(filled, world.account, world.joe)
    wrote(filled, world.other, world.joe)
    assert contacts(filled, world.joe) == 2


# Planned


def test_planned_outreach_weighs_on_its_day(filled: Book, world: World) -> None:
    """An open action of ours with one of theirs; not theirs, not undated, not done, not late."""
    plan = {"their_owner_id": world.joe, "owner_id": world.bob}
    for ahead in (2, 2, 3):
        filled.run(add_action, world.account, action="Call Joe", due_on=day(-ahead), **plan)
    filled.run(add_action, world.account, action="Late", due_on=day(1), **plan)
    filled.run(add_action, world.account, action="Some day", **plan)
    filled.run(add_action, world.account, action="Theirs", side="they", due_on=day(-2), **plan)
    filled.run(add_action, world.account, action="Nobody", due_on=day(-2))
    done = filled.run(add_action, world.account, action="Done", due_on=day(-2), **plan).result.id
    filled.run(finish_action, done)
    filled.run(
        add_action, world.account, action="Answer", due_on=day(-2), origin="complaint", **plan
    )
    found = of(filled, world.joe)
    assert (found.binding.contacts, found.next_free) == (0, TODAY)
    assert [(one.on, one.what, one.function) for one in found.subject.touches] == [
        (day(-ahead), "Call Joe", "sales") for ahead in (2, 2, 3)
    ]
    filled.run(add_action, world.account, action="Call Joe", due_on=day(-2), **plan)
    assert contacts(filled, world.joe) == 0
    assert held_on(of(filled, world.joe).subject, day(-2)) == "cap"


def test_a_touchpoint_dated_ahead_is_planned(filled: Book, world: World) -> None:
    def webinar(uow: UnitOfWork) -> None:
        put(uow, world.account, Said(ago=-4, people=(world.joe,)), [])

    filled.run(webinar)
    (touch,) = of(filled, world.joe).subject.touches
    assert (touch.on, touch.planned) == (day(-4), True)


def test_a_review_date_is_outreach_of_the_account(filled: Book, world: World) -> None:
    filled.run(plan_line, world.account, "qbr", on_date=day(-5), plan_id=world.plan)
    filled.run(plan_line, world.account, "qbr", on_date=day(5), plan_id=world.plan)
    touches = filled.queries().pressure.accounts([world.account])[0].touches
    assert [one.on for one in touches if one.source == "entry"] == [day(-5)]


def test_clashes_of_the_next_days_name_the_day_the_plan_and_the_reason(
    filled: Book, world: World
) -> None:
    plan = {"their_owner_id": world.joe, "owner_id": world.bob}
    wrote(filled, world.account, world.joe, ago=1, function="marketing")
    for ahead in (1, 2, 3, 20):
        filled.run(add_action, world.account, action=f"Step {ahead}", due_on=day(-ahead), **plan)
    filled.run(plan_line, world.other, "quiet", on_date=day(-4), to_date=day(-6), entry="fair")
    filled.run(
        add_action, world.other, action="Fair", due_on=day(-5), their_owner_id=world.stranger
    )
    found = filled.queries().pressure.clashes(14)
    assert [(one.on, one.subject.name, one.held) for one in found] == [
        (day(-3), "Joe", "cap"),
        (day(-5), "Other Ltd", "quiet"),
        (day(-5), "Stranger", "quiet"),
    ]
    assert [one.what for one in found[0].state.touches] == ["email", "Step 1", "Step 2", "Step 3"]
    assert found[0].state.next_free == day(-6)
    assert found[2].state.next_free == day(-7)
    assert filled.queries().pressure.clashes(3) == ()


# Who wants none, who is quiet, who is a VIP


def test_quiet_times_of_the_account_hold_for_everybody_those_of_a_person_for_them(
    filled: Book, world: World
) -> None:
    span = {"on_date": day(0), "to_date": day(-2)}
    filled.run(plan_line, world.account, "quiet", plan_id=world.plan, entry="year end", **span)
    filled.run(
        plan_line, world.account, "quiet", person_id=world.joe, on_date=day(-3), to_date=day(-9)
    )
    assert of(filled, world.maria).next_free == day(-3)
    assert of(filled, world.joe).next_free == day(-10)
    assert filled.queries().pressure.account(world.account).next_free == day(-3)
    assert of(filled, world.stranger).next_free == TODAY


def test_a_quiet_time_that_ended_or_is_archived_or_closed_holds_nobody(
    filled: Book, world: World
) -> None:
    filled.run(plan_line, world.account, "quiet", on_date=day(9), to_date=day(1))
    filled.run(plan_line, world.account, "quiet", on_date=day(1), to_date=day(-9), closed_on=day(0))
    filled.run(plan_line, world.account, "quiet", on_date=day(1), to_date=day(-9), entry="gone")

    def archive(uow: UnitOfWork) -> None:
        uow.entries.archive(uow.entries.find(entry="gone")[0])

    filled.run(archive)
    assert of(filled, world.joe).next_free == TODAY


def test_a_year_of_quiet_leaves_no_free_day(filled: Book, world: World) -> None:
    filled.run(plan_line, world.account, "quiet", on_date=day(3), to_date=day(-400))
    assert of(filled, world.joe).next_free is None


def test_who_withdrew_consent_wants_none(filled: Book, world: World) -> None:
    filled.run(change_person, world.joe, consent="withdrawn")
    found = of(filled, world.joe)
    assert (found.subject.opted_out, found.next_free) == (True, None)
    filled.run(change_person, world.joe, consent="given")
    assert of(filled, world.joe).next_free == TODAY


def test_people_of_tier_1_are_vips_while_they_are_there(filled: Book, world: World) -> None:
    offers = Window(3, 30, selling=True)
    assert offers in of(filled, world.joe).subject.windows
    assert offers not in of(filled, world.stranger).subject.windows
    filled.run(set_part, world.account, world.joe, left_on=day(0))
    found = of(filled, world.joe).subject
    assert (offers in found.windows, found.account) == (False, "")
    filled.run(change_account, world.other, tier=1)
    assert offers in of(filled, world.stranger).subject.windows


def test_what_they_prefer_comes_along(filled: Book, world: World) -> None:
    filled.run(change_person, world.joe, preferred_channel="phone")
    filled.run(set_part, world.account, world.joe, topics="roadmap")
    found = of(filled, world.joe).subject
    assert (found.channel, found.topics) == ("phone", ("roadmap",))


def test_the_caps_of_the_book_apply(filled: Book, world: World) -> None:
    filled.run(change_setting, "pressure.person", "1/90")
    filled.run(change_setting, "pressure.sell_share", "10")
    wrote(filled, world.account, world.joe, ago=60)
    found = of(filled, world.joe)
    assert (found.binding.window, found.binding.contacts) == (Window(1, 90), 1)
    assert (found.next_free, found.subject.sell_guide) == (day(-30), 10)
    entry = filled.queries().history.changes(limit=3)[1]
    assert "pressure.sell_share" in entry.summary


def test_nobody_and_those_who_are_archived(filled: Book, world: World) -> None:
    queries = filled.queries().pressure
    assert queries.people([]) == () == queries.accounts([])

    def archive_joe(uow: UnitOfWork) -> None:
        uow.people.archive(uow.people.get(world.joe))

    filled.run(archive_joe)
    filled.run(archive_account, world.other)
    for ask, row_id in ((queries.person, world.joe), (queries.account, world.other)):
        with pytest.raises(NotFound):
            ask(row_id)
    empty = filled.run(add_account, name="Empty").result.id
    assert queries.people_of(empty) == ()
    assert queries.account(empty).next_free == TODAY
    assert [one.name for one in queries.people_of(world.account)] == ["Maria"]


# How many statements


class Counting:
    """Counts what passes through a connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.statements = 0

    def rows_of(self, questions: list[str], params: Params) -> Any:
        self.statements += len(questions)
        return self._connection.rows_of(questions, params)

    def rows(self, sql: str, params: Params = NO_PARAMS) -> Any:
        self.statements += 1
        return self._connection.rows(sql, params)


def test_the_number_of_statements_is_fixed(
    filled: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        wrote(filled, world.account, world.maria, world.joe, ago=number % 5)
        filled.run(
            add_action, world.account, action="Call", due_on=day(-3), their_owner_id=world.joe
        )
    for ask, subject, statements in (
        ("person", world.joe, 6), ("person", world.stranger, 6), ("account", world.account, 6),
        ("people_of", world.account, 7), ("clashes", 14, 13),
    ):  # fmt: skip
        counting = Counting(filled.connection)
        with monkeypatch.context() as patch:
            patch.setattr(filled, "connection", counting)
            getattr(filled.queries().pressure, ask)(subject)
        assert counting.statements == statements, ask


# Days and zones


def test_the_day_is_the_local_one_that_was_kept_whatever_the_moment_in_utc(
    filled: Book, world: World
) -> None:
    """Fourteen hours ahead of UTC and twelve behind, at the first and the last day of a window."""

    def odd(uow: UnitOfWork) -> None:
        for hours, ago in ((14, 6), (-12, 6), (14, 7), (-12, 7)):
            local = datetime.combine(day(ago), time(0, 30), timezone(timedelta(hours=hours)))
            made = put(uow, world.other, Said(ago=ago, people=(world.stranger,)), [])
            uow.touchpoints.save(
                uow.touchpoints.get(made),
                uow.touchpoints.get(made).changed(occurred_at=local.astimezone(UTC)),
            )

    filled.run(odd)
    assert contacts(filled, world.stranger) == 2
    assert filled.queries().pressure.account(world.other).binding.contacts == 2


@pytest.mark.parametrize(
    ("today", "free"),
    [(date(2026, 3, 29), date(2026, 4, 5)), (date(2028, 2, 29), date(2028, 3, 7))],
)
def test_a_clock_change_and_a_leap_day_move_no_day(
    new_place: Callable[[], Address], today: date, free: date
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    address = new_place()
    create_book(address, name="Test", zone=zone.key, today=today)
    with closing(opened(address, FakeClock(datetime.combine(today, time(12), zone)))) as book:
        account = book.run(add_account, name="Nordic").result.id
        joe = book.run(add_person, account, name="Joe").result[0].id
        for hour in (1, 2, 3):
            moment = datetime.combine(today, time(hour, 30), zone)
            book.run(
                log_touchpoint, account, kind="email", when=When(today, moment, False),
                person_ids=[joe],
            )  # fmt: skip
        found = of(book, joe)
    assert (found.binding.contacts, found.next_free) == (3, free)


def test_only_the_days_of_the_windows_are_read(
    filled: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No statement goes through all contacts, of the book or of an account."""
    asked: list[tuple[str, Params]] = []

    class Keeping(Counting):
        def rows_of(self, questions: list[str], params: Params) -> Any:
            asked.extend((one, params) for one in questions)
            return super().rows_of(questions, params)

    with monkeypatch.context() as patch:
        patch.setattr(filled, "connection", Keeping(filled.connection))
        ask = filled.queries().pressure
        ask.person(world.maria)
        ask.account(world.account)
        ask.clashes(14)
    if filled.connection.engine == "sqlite":
        steps = [
            row[3]
            for sql, params in asked
            for row in filled.connection.rows(f"EXPLAIN QUERY PLAN {sql}", params)
        ]
        assert any("participant_person (person_id=? AND occurred_on>?" in one for one in steps)
        assert any("touchpoint_account (account_id=? AND occurred_at>?)" in one for one in steps)
        scans = {one.split()[1] for one in steps if one.startswith("SCAN ")}
        assert (
            scans & {"t", "x", "e", "m", "p", "s", "touchpoint", "participant", "action"} == set()
        )
    assert len(asked) == 12
