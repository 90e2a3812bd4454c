"""Interviews and the lines of a plan: what is kept, apart from what, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from planner.use_cases.accounts import add_account
from planner.use_cases.interviews import Answer, change_interview, record_interview
from planner.use_cases.people import add_person
from planner.use_cases.plan_lines import add_line, archive_line, change_line, tell_line
from planner.use_cases.plans import start_plan
from planner.use_cases.team import add_colleague, name_team
from planner.use_cases.touchpoints import log_touchpoint
from tests.fakes import MemoryUnitOfWork
from tests.makers import at, day, on_day
from tests.planner.refusals import refused


@pytest.fixture
def account(uow: MemoryUnitOfWork) -> int:
    account_id = add_account(uow, name="Nordic Oy").id
    start_plan(uow, account_id)
    return account_id


@pytest.fixture
def maria(uow: MemoryUnitOfWork, account: int) -> int:
    return add_person(uow, account, name="Maria")[0].id


@pytest.fixture
def joe(uow: MemoryUnitOfWork, account: int) -> int:
    return add_person(uow, account, name="Joe")[0].id


@pytest.fixture
def stranger(uow: MemoryUnitOfWork) -> int:
    return add_person(uow, add_account(uow, name="Other").id, name="Stranger")[0].id


def test_what_they_said_and_what_we_assume_are_kept_apart(
    uow: MemoryUnitOfWork, account: int, maria: int
) -> None:
    held = record_interview(
        uow, account, "stay",
        answers=[Answer("value", "It saves a day", driver="Time saved"),
                 Answer("value", "They like us", "assumed"), Answer("doubt", " \n ")],
        when=at(2), person_ids=[maria],
    )  # fmt: skip
    said, assumed = uow.entries.find(interview_id=held.id)
    assert (said.source, said.person_id, said.driver) == ("customer", maria, "time")
    assert (assumed.source, assumed.person_id) == ("assumed", None)
    assert said.on_date == held.held_on == day(2)
    assert uow.summary == "recorded with Nordic Oy: why they stay"


def test_an_interview_logs_its_talk_with_everybody_who_was_there(
    uow: MemoryUnitOfWork, account: int, maria: int, joe: int
) -> None:
    held = record_interview(
        uow, account, "bought", answers=[Answer("pain", "late lorries")], when=at(1),
        person_ids=[maria, joe, maria], talk="call",
    )  # fmt: skip
    assert held.touchpoint_id is not None
    talk = uow.touchpoints.get(held.touchpoint_id)
    assert (talk.kind, talk.two_way, talk.occurred_on) == ("call", True, day(1))
    people = [one.person_id for one in uow.participants.find(touchpoint_id=talk.id)]
    assert people == [maria, joe]
    assert held.person_id == maria


def test_an_interview_can_be_tied_to_a_talk_that_was_logged_already(
    uow: MemoryUnitOfWork, account: int, maria: int
) -> None:
    talk = log_touchpoint(uow, account, kind="qbr", when=on_day(9), person_ids=[maria])
    held = record_interview(
        uow, account, "stay", answers=[Answer("doubt", "never")], touchpoint_id=talk.id
    )
    assert (held.touchpoint_id, held.held_on, held.person_id) == (talk.id, day(9), maria)
    assert len(uow.touchpoints.find()) == 1


def test_the_talk_of_another_account_is_refused(
    uow: MemoryUnitOfWork, account: int, stranger: int
) -> None:
    other = uow.memberships.find(person_id=stranger)[0].account_id
    talk = log_touchpoint(uow, other, kind="call", when=at(1), person_ids=[stranger])
    words = refused(record_interview, uow, account, "stay", answers=[Answer("doubt", "x")],
                    touchpoint_id=talk.id)  # fmt: skip
    assert "does not belong to this account" in words


def test_what_we_assume_needs_no_talk_and_logs_none(uow: MemoryUnitOfWork, account: int) -> None:
    held = record_interview(uow, account, "bought", answers=[Answer("pain", "x", "assumed")])
    assert (held.touchpoint_id, held.held_on) == (None, uow.today)
    assert uow.touchpoints.find() == []


def test_a_customer_who_said_it_has_a_name(uow: MemoryUnitOfWork, account: int) -> None:
    words = refused(record_interview, uow, account, "stay", answers=[Answer("value", "x")])
    assert "who said it?" in words
    assert uow.interviews.find() == []


def test_an_account_without_a_plan_can_be_asked_too(uow: MemoryUnitOfWork) -> None:
    account = add_account(uow, name="Bare").id
    maria = add_person(uow, account, name="Maria")[0].id
    record_interview(uow, account, "exit", answers=[Answer("solved", "no")], reason="not_known",
                     when=at(0, 9), person_ids=[maria])  # fmt: skip
    (line,) = uow.entries.find(account_id=account)
    assert (line.plan_id, line.section) == (None, "why_stay")


def test_the_real_buyer_is_a_person_of_the_account(
    uow: MemoryUnitOfWork, account: int, maria: int, joe: int, stranger: int
) -> None:
    buyer = Answer("real_buyer", "he carried the pain", person_id=joe)
    held = record_interview(uow, account, "bought", answers=[buyer], when=at(1), person_ids=[maria])
    assert uow.entries.find(interview_id=held.id)[0].person_id == joe
    wrong = Answer("real_buyer", "x", person_id=stranger)
    assert "Stranger does not belong" in refused(
        record_interview, uow, account, "bought", answers=[wrong], when=at(1), person_ids=[maria]
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"when": at(-1)}, "lies in the future"),
        ({"when": None}, "say when it was held"),
        ({"talk": "email"}, "none of meeting, call"),
        ({"kind": "staying"}, "none of bought, stay, exit"),
        ({"answers": [Answer("doubts", "x")]}, "Did you mean doubt?"),
        ({"answers": [Answer("pain", "x")]}, "none of why_renewed"),
        ({"answers": []}, "there is no answer to keep"),
        ({"answers": [Answer("value", "x", "heard")]}, "none of customer, assumed"),
        ({"reason": "price"}, "only an exit interview has it"),
    ],
)
def test_what_no_stay_interview_can_be_is_refused(
    uow: MemoryUnitOfWork, account: int, maria: int, fields: dict[str, Any], words: str
) -> None:
    given = {"kind": "stay", "answers": [Answer("value", "x")], "when": at(1),
             "person_ids": [maria], **fields}  # fmt: skip
    assert words in refused(record_interview, uow, account, given.pop("kind"), **given)


def test_a_stranger_is_refused(uow: MemoryUnitOfWork, account: int, stranger: int) -> None:
    words = refused(record_interview, uow, account, "stay", answers=[Answer("value", "x")],
                    when=at(1), person_ids=[stranger])  # fmt: skip
    assert "Stranger does not belong to this account" in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "say why they leave"),
        ({"reason": "prize"}, "Did you mean price?"),
        ({"reason": "price", "reason_detail": "bundle"}, "none of too_expensive"),
        ({"reason": "not_known", "reason_detail": "terms"}, "none of nothing"),
        ({"reason": "price", "win_back_on": day(2)}, "it lies before the interview"),
    ],
)
def test_an_exit_interview_names_its_reason_of_two_closed_levels(
    uow: MemoryUnitOfWork, account: int, maria: int, fields: dict[str, Any], words: str
) -> None:
    assert words in refused(record_interview, uow, account, "exit", answers=[], when=at(1),
                            person_ids=[maria], **fields)  # fmt: skip


def test_the_reason_of_an_exit_interview_can_be_put_right_later(
    uow: MemoryUnitOfWork, account: int, maria: int
) -> None:
    held = record_interview(
        uow, account, "exit", answers=[], when=at(1), person_ids=[maria], reason="price",
        reason_detail="terms", stated_reason="budget", root_cause="they never used it",
        evidence="3 logins", win_back_on=day(-200),
    )  # fmt: skip
    assert held.win_back_on == day(-200)
    after = change_interview(uow, held, reason="value", reason_detail="not_adopted")
    assert (after.reason, after.stated_reason) == ("value", "budget")
    assert "none of" in refused(change_interview, uow, after, reason="in_house")
    assert "cannot be changed" in refused(change_interview, uow, after, held_on=day(3))


def test_a_line_of_a_section_is_added_changed_and_archived(
    uow: MemoryUnitOfWork, account: int
) -> None:
    line = add_line(uow, account, "notes", "competitor", "Acme, since spring")
    assert (line.source, line.on_date) == ("assumed", None)
    assert uow.summary == "added a line to notes of Nordic Oy"
    assert change_line(uow, line, entry="Acme").entry == "Acme"
    archive_line(uow, line.id)
    assert uow.entries.find(account_id=account) == []


def test_a_line_says_on_which_day_it_was_so(uow: MemoryUnitOfWork, account: int) -> None:
    assert add_line(uow, account, "why_bought", "evidence", "the tender").on_date == uow.today
    old = add_line(uow, account, "why_bought", "evidence", "the deck", on_date=day(400))
    assert old.on_date == day(400)


def test_a_line_needs_a_plan(uow: MemoryUnitOfWork) -> None:
    bare = add_account(uow, name="Bare").id
    assert "has no plan yet" in refused(add_line, uow, bare, "notes", "note", "x")


@pytest.mark.parametrize(
    ("section", "field", "fields", "words"),
    [
        ("note", "note", {}, "Did you mean notes?"),
        ("health", "note", {}, "none of why_bought"),
        ("notes", "strengths", {}, "Did you mean strength?"),
        ("notes", "note", {"entry": " \t"}, "it is empty"),
        ("notes", "note", {"driver": "time"}, "no value driver"),
        ("notes", "note", {"told_on": day(1)}, "not one that they are told"),
        ("notes", "note", {"channel": "email"}, "only a line of who sends what"),
        ("notes", "note", {"to_date": day(1)}, "one day only"),
        ("contact_plan", "qbr", {}, "say on which day"),
        ("contact_plan", "quiet", {"on_date": day(1)}, "say until which day"),
        ("contact_plan", "quiet", {"on_date": day(1), "to_date": day(2)}, "before the start"),
        ("contact_plan", "sends", {}, "which function sends it"),
        ("contact_plan", "sends", {"function": "it"}, "none of marketing"),
        ("reviews", "review", {"on_date": day(-1)}, "lies in the future"),
        ("why_bought", "pain", {"on_date": day(-1)}, "lies in the future"),
        ("why_stay", "lost_by_leaving", {"told_on": day(-1)}, "lies in the future"),
    ],
)
def test_a_line_that_its_section_cannot_hold_is_refused_in_words(
    uow: MemoryUnitOfWork, account: int, section: str, field: str, fields: dict[str, Any],
    words: str,
) -> None:  # fmt: skip
    given = {"entry": "x", **fields}
    assert words in refused(add_line, uow, account, section, field, **given)


def test_a_line_speaks_of_people_of_the_account_where_it_speaks_of_any(
    uow: MemoryUnitOfWork, account: int, maria: int, stranger: int
) -> None:
    assert "no person" in refused(add_line, uow, account, "notes", "note", "x", person_id=maria)
    assert "does not belong" in refused(
        add_line, uow, account, "why_bought", "pain", "x", person_id=stranger
    )


def test_dates_to_meet_and_quiet_times_need_no_text(uow: MemoryUnitOfWork, account: int) -> None:
    assert add_line(uow, account, "contact_plan", "qbr", on_date=day(-30)).entry == ""
    quiet = add_line(uow, account, "contact_plan", "quiet", on_date=day(-3), to_date=day(-9))
    assert quiet.to_date == day(-9)


def test_who_sends_what_is_a_function_a_person_a_channel_and_a_topic(
    uow: MemoryUnitOfWork, account: int, maria: int
) -> None:
    line = add_line(uow, account, "contact_plan", "sends", function="marketing", person_id=maria,
                    channel="email", topic="news")  # fmt: skip
    assert (line.entry, line.function, line.channel) == ("news", "marketing", "email")


def test_the_customer_is_told_what_they_would_lose(
    uow: MemoryUnitOfWork, account: int, maria: int, stranger: int
) -> None:
    line = add_line(uow, account, "why_stay", "lost_by_leaving", "the history", driver="insight")
    told = tell_line(uow, line.id, maria)
    assert (told.told_on, told.person_id) == (uow.today, maria)
    assert uow.summary == "told Nordic Oy: the history"
    assert tell_line(uow, told, on=day(3)).person_id == maria
    assert "does not belong" in refused(tell_line, uow, line.id, stranger)
    note = add_line(uow, account, "notes", "note", "x")
    assert "not one that they are told" in refused(tell_line, uow, note)


def test_a_line_stays_where_it_was_written(uow: MemoryUnitOfWork, account: int) -> None:
    line = add_line(uow, account, "why_stay", "value", "x", driver="Data Safety")
    assert line.driver == "Data Safety"
    assert change_line(uow, line, driver=" ease of use").driver == "ease"
    assert "cannot be changed" in refused(change_line, uow, line, section="notes")
    assert "it is empty" in refused(change_line, uow, line, entry="")


def test_a_seat_has_a_backup_and_a_responsibility(uow: MemoryUnitOfWork, account: int) -> None:
    bob, eve = (add_colleague(uow, name=name).id for name in ("Bob", "Eve"))
    (seat,) = name_team(uow, account, {"sales": bob}, backups={"sales": eve},
                        responsibilities={"sales": "the renewal"})  # fmt: skip
    assert (seat.backup_id, seat.responsibility) == (eve, "the renewal")
    (seat,) = name_team(uow, account, {}, backups={"sales": None})
    assert (seat.colleague_id, seat.backup_id, seat.responsibility) == (bob, None, "the renewal")
    assert "their own backup" in refused(name_team, uow, account, {}, backups={"sales": bob})


def test_nobody_stands_in_for_an_empty_seat(uow: MemoryUnitOfWork, account: int) -> None:
    bob = add_colleague(uow, name="Bob").id
    assert "nobody sits there" in refused(name_team, uow, account, {}, backups={"sales": bob})
    both = {"sales": None}
    assert "nobody sits there" in refused(name_team, uow, account, both, backups={"sales": bob})
    assert name_team(uow, account, both, backups={"sales": None}) == []
