"""What the form of a talk is filled from, on both engines, and what logging it does beside."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from db.book import Book
from db.undo import undo
from planner.entity import build
from planner.errors import Refused
from planner.meetings import Attendee, Meeting
from planner.ports import UnitOfWork
from planner.use_cases.accounts import change_account
from planner.use_cases.actions import add_action, finish_action
from planner.use_cases.people import add_person, change_person
from planner.use_cases.touchpoints import (
    archive_touchpoint,
    change_touchpoint,
    log_touchpoint,
    rang_without_answer,
)
from tests.fakes import NOON
from tests.makers import World, at, day


def plan_meeting(
    uow: UnitOfWork, account: int, starts_at: datetime, *people: int, **fields: Any
) -> int:
    """A meeting in the calendar; its id."""
    meeting = build(
        Meeting,
        id=uow.new_id(),
        account_id=account,
        starts_at=starts_at,
        starts_on=starts_at.date(),
        recorded_on=uow.today,
        logged_at=uow.clock.real_now(),
        **{"title": "Prices", **fields},
    )
    uow.meetings.add(meeting)
    for person in people:
        uow.attendees.add(
            build(Attendee, id=uow.new_id(), meeting_id=meeting.id, account_id=account,
                  person_id=person)
        )  # fmt: skip
    return meeting.id


def planned(book: Book, account: int, starts_at: datetime, *people: int, **fields: Any) -> int:
    made: int = book.run(plan_meeting, account, starts_at, *people, **fields).result
    return made


def meeting_now(book: Book, account: int) -> int | None:
    found = book.queries().talks.meeting_now(account)
    return None if found is None else found.id


def state(book: Book, meeting: int) -> tuple[str, int | None]:
    record = book.queries().record("meeting", meeting)
    return record.status, record.touchpoint_id


# Today's meeting


def test_the_meeting_is_the_nearest_of_today_that_began_or_begins_soon(
    filled: Book, world: World
) -> None:
    hour = timedelta(hours=1)
    assert meeting_now(filled, world.other) is None
    planned(filled, world.other, NOON - timedelta(days=1))
    planned(filled, world.other, NOON + hour)
    assert meeting_now(filled, world.other) is None
    all_day = planned(filled, world.other, NOON, date_only=True)
    assert meeting_now(filled, world.other) == all_day
    early = planned(filled, world.other, NOON - 2 * hour, world.stranger, kind="qbr")
    assert meeting_now(filled, world.other) == early
    soon = planned(filled, world.other, NOON + timedelta(minutes=20))
    assert meeting_now(filled, world.other) == soon
    planned(filled, world.other, NOON, status="cancelled")
    planned(filled, world.account, NOON)
    assert meeting_now(filled, world.other) == soon
    found = filled.queries().talks.meeting(early)
    assert found is not None
    assert (found.kind, found.people, found.starts_at) == (
        "qbr",
        (world.stranger,),
        NOON - 2 * hour,
    )


def test_a_meeting_of_another_day_is_found_by_its_id(filled: Book, world: World) -> None:
    past = planned(filled, world.other, NOON - timedelta(days=3), title="Old")
    found = filled.queries().talks.meeting(past)
    assert found is not None
    assert (found.title, found.starts_on) == ("Old", day(3))


def test_logging_a_meeting_holds_it_in_the_same_change(filled: Book, world: World) -> None:
    meeting = planned(filled, world.account, NOON)
    talk = filled.run(
        log_touchpoint, world.account, kind="meeting", when=at(0, 9), meeting_id=meeting
    ).result
    assert state(filled, meeting) == ("held", talk.id)
    assert meeting_now(filled, world.account) != meeting
    assert filled.queries().talks.meeting(meeting) is None
    filled.run(undo)
    assert state(filled, meeting) == ("planned", None)
    assert filled.queries().record("touchpoint", talk.id).archived_at is not None


def test_a_meeting_that_cannot_be_held_is_refused_and_nothing_is_logged(
    filled: Book, world: World
) -> None:
    elsewhere = planned(filled, world.other, NOON)
    cancelled = planned(filled, world.account, NOON, status="cancelled")
    held = planned(filled, world.account, NOON)
    filled.run(log_touchpoint, world.account, kind="meeting", when=at(0, 9), meeting_id=held)
    before = len(filled.queries().timeline.touchpoints())
    for meeting, words in (
        (elsewhere, "meeting: it does not belong to this account"),
        (cancelled, "meeting: it was cancelled"),
        (held, "meeting: it is logged already"),
    ):
        with pytest.raises(Refused, match=words):
            filled.run(
                log_touchpoint, world.account, kind="meeting", when=at(0, 9), meeting_id=meeting
            )
    assert len(filled.queries().timeline.touchpoints()) == before


def test_an_archived_talk_frees_its_meeting_and_no_longer_counts(
    filled: Book, world: World
) -> None:
    meeting = planned(filled, world.account, NOON)
    talk = filled.run(
        log_touchpoint, world.account, kind="meeting", when=at(0, 9), meeting_id=meeting,
        person_ids=[world.joe],
    ).result  # fmt: skip
    weighs = filled.queries().pressure.person(world.joe).binding.contacts
    filled.run(archive_touchpoint, talk.id)
    assert state(filled, meeting) == ("planned", None)
    assert filled.queries().timeline.people_of([talk.id]) == {}
    assert filled.queries().pressure.person(world.joe).binding.contacts == weighs - 1
    filled.run(undo)
    assert state(filled, meeting) == ("held", talk.id)
    assert filled.queries().timeline.people_of([talk.id]) == {talk.id: ["Joe"]}


# The usual channel


def wrote(book: Book, world: World, kind: str, ago: int) -> None:
    book.run(log_touchpoint, world.other, kind=kind, when=at(ago))


def test_the_usual_kind_is_the_most_frequent_of_ninety_days(filled: Book, world: World) -> None:
    def usual() -> str | None:
        return filled.queries().talks.usual_kind(world.other)

    assert usual() is None
    for ago in (91, 92, 100):
        wrote(filled, world, "letter", ago)
    assert usual() is None
    wrote(filled, world, "chat", 3)
    wrote(filled, world, "email", 2)
    assert usual() == "email"
    wrote(filled, world, "chat", 80)
    assert usual() == "chat"


def test_what_people_prefer_is_known_of_those_who_said_so(filled: Book, world: World) -> None:
    filled.run(change_person, world.maria, preferred_channel="phone")
    filled.run(change_person, world.joe, preferred_channel=None)
    talks = filled.queries().talks
    assert talks.preferred_channels([world.maria, world.joe]) == {world.maria: "phone"}
    assert talks.preferred_channels([]) == {}


# What a talk closes


def test_a_talk_about_an_action_finishes_it_where_that_is_said(filled: Book, world: World) -> None:
    def status() -> str:
        return str(filled.queries().record("action", world.action).status)

    about = {"kind": "call", "when": at(1), "action_id": world.action}
    talk = filled.run(log_touchpoint, world.account, **about).result
    assert (talk.action_id, status()) == (world.action, "open")
    filled.run(log_touchpoint, world.account, **about, action_done=True)
    assert status() == "done"
    assert filled.queries().record("action", world.action).done_on == day(1)
    with pytest.raises(Refused, match="action: it is not open"):
        filled.run(log_touchpoint, world.account, **about, action_done=True)
    with pytest.raises(Refused, match="action: say which action is done"):
        filled.run(log_touchpoint, world.account, kind="call", when=at(1), action_done=True)
    with pytest.raises(Refused, match="action: it does not belong to this account"):
        filled.run(log_touchpoint, world.other, **about)


def test_open_actions_are_those_of_both_sides_the_soonest_first(filled: Book, world: World) -> None:
    made = [
        filled.run(add_action, world.other, action=words, side=side, due_on=due).result.id
        for words, side, due in (("late", "we", day(-9)), ("none", "they", None),
                                 ("soon", "they", day(-1)), ("done", "we", day(0)))
    ]  # fmt: skip
    filled.run(finish_action, made[3])
    found = filled.queries().talks.open_actions(world.other)
    assert [(one.action, one.side, one.due_on) for one in found] == [
        ("soon", "they", day(-1)), ("late", "we", day(-9)), ("none", "they", None),
    ]  # fmt: skip


def test_a_contact_is_owed_as_long_as_today_asks_for_it(filled: Book, world: World) -> None:
    filled.run(change_account, world.other, cadence_days=10, stage="established")
    wrote(filled, world, "call", 30)
    owed = filled.queries().talks.owed_contact(world.other)
    assert owed is not None
    assert (owed.due_on, owed.cadence_days) == (day(20), 10)
    filled.run(rang_without_answer, world.other, at(0, 9))
    assert filled.queries().talks.owed_contact(world.other) == owed
    wrote(filled, world, "call", 1)
    assert filled.queries().talks.owed_contact(world.other) is None


def test_the_new_fields_of_a_talk_are_changed_audited_and_undone(
    filled: Book, world: World
) -> None:
    talk = filled.run(
        log_touchpoint, world.account, kind="training", when=at(1), minutes=90, verbatim="ok"
    ).result
    filled.run(
        change_touchpoint, talk.id, minutes=45, action_id=world.action, verbatim="no",
        objective_id=world.objective, link="x://y",
    )  # fmt: skip
    changed = filled.queries().record("touchpoint", talk.id)
    assert (changed.minutes, changed.action_id, changed.verbatim) == (45, world.action, "no")
    filled.run(undo)
    again = filled.queries().record("touchpoint", talk.id)
    assert (again.minutes, again.action_id, again.verbatim, again.link) == (90, None, "ok", None)
    with pytest.raises(Refused, match="minutes: it is more than 10080"):
        filled.run(change_touchpoint, talk.id, minutes=10_081)
    with pytest.raises(Refused, match="minutes: it is less than 0"):
        filled.run(log_touchpoint, world.account, kind="call", when=at(1), minutes=-1)


def test_a_talk_with_fifty_people_counts_for_each_of_them(filled: Book, world: World) -> None:
    crowd = [
        filled.run(add_person, world.account, name=f"Guest {number}").result[0].id
        for number in range(50)
    ]
    filled.run(log_touchpoint, world.account, kind="webinar", when=at(0, 9), person_ids=crowd)
    subjects = filled.queries().pressure.people(crowd)
    assert [len(one.touches) for one in subjects] == [1] * 50
    with pytest.raises(Refused, match="with: more than 500 people"):
        filled.run(
            log_touchpoint, world.account, kind="webinar", when=at(0, 9),
            person_ids=range(1, 502),
        )  # fmt: skip


def test_a_note_of_a_million_signs_is_kept(filled: Book, world: World) -> None:
    note = "long words\n" * 100_000
    talk = filled.run(log_touchpoint, world.account, kind="call", when=at(0, 9), note=note).result
    assert filled.queries().record("touchpoint", talk.id).note == note
