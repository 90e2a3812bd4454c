"""Mails and meetings on both engines: whom addresses mean, what Today shows, what is kept once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import Refused
from planner.use_cases.accounts import archive_account, change_account
from planner.use_cases.mails import log_mail
from planner.use_cases.meetings import (
    cancel_known_meeting,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from planner.use_cases.people import add_person, person_left, set_part
from planner.use_cases.team import change_colleague
from planner.views.meetings import MeetingRow
from tests.makers import World, at, day, on_day

MARIA = "MARIA@nordic.example"


def titles(rows: tuple[MeetingRow, ...]) -> list[str]:
    return [row.title for row in rows]


@pytest.fixture
def clear(filled: Book) -> Book:
    """The filled book without its own meetings."""
    for row in filled.queries().meetings.between(None, None):
        if row.touchpoint_id is None and row.status == "planned":
            filled.run(cancel_meeting, row.id)
    return filled


def test_an_address_means_the_person_and_the_account_however_it_is_written(
    filled: Book, world: World
) -> None:
    known = filled.queries().addresses.known([MARIA, "nobody@else.example"])
    assert known.account([MARIA, "nobody@else.example"]).sure == world.account
    assert [one.id for one in known.people_of(world.account, [MARIA]).values()] == [world.maria]
    assert known.people_of(world.other, [MARIA]) == {}
    assert known.unknown([MARIA, "nobody@else.example"]) == ("nobody@else.example",)


def test_a_person_of_two_accounts_makes_neither_sure(filled: Book, world: World) -> None:
    filled.run(set_part, world.other, world.maria)
    choice = filled.queries().addresses.known([MARIA]).account([MARIA])
    assert choice.sure is None
    assert set(choice.maybe) == {world.account, world.other}
    filled.run(add_person, world.other, name="Zoe", email="zoe@other.example")
    both = [MARIA, "zoe@other.example"]
    assert filled.queries().addresses.known(both).account(both).sure == world.other


def test_an_address_of_a_known_domain_is_a_proposal_and_never_sure(
    filled: Book, world: World
) -> None:
    new = ["new@NORDIC.example"]
    choice = filled.queries().addresses.known(new).account(new)
    assert (choice.sure, choice.maybe) == (None, (world.account,))
    for near in (["a@xnordic.example"], ["a@nordic_example"], ["%"], ["@"], [""]):
        assert filled.queries().addresses.known(near).account(near).maybe == ()


def test_people_who_left_archived_accounts_and_colleagues_are_no_proposal(
    filled: Book, world: World
) -> None:
    filled.run(change_colleague, world.ann, email="ann@nordic.example")
    ours = ["ANN@nordic.example"]
    known = filled.queries().addresses.known(ours)
    assert (known.is_colleague(ours[0]), known.account(ours).maybe) == (True, ())
    filled.run(person_left, world.account, world.maria, day(1))
    assert filled.queries().addresses.known([MARIA]).people == {}
    filled.run(set_part, world.account, world.maria, left_on=None)
    filled.run(archive_account, world.account)
    assert filled.queries().addresses.known([MARIA]).people == {}


def test_the_same_message_is_logged_once_and_its_answer_joins_its_thread(
    filled: Book, world: World
) -> None:
    fields = {"direction": "in", "person_ids": [world.maria]}
    first = filled.run(log_mail, world.account, when=at(2), message_id="one", **fields).result
    again = filled.run(log_mail, world.account, when=at(2), message_id="one", **fields)
    assert (again.result.known, again.change_id) == (True, None)
    assert again.result.touchpoint.id == first.touchpoint.id
    answers = ["unknown", "one"]
    second = filled.run(log_mail, world.account, when=at(1), message_id="two", answers=answers)
    assert second.result.touchpoint.thread_id == first.touchpoint.id
    elsewhere = filled.run(log_mail, world.other, when=at(1), message_id="three", answers=["one"])
    assert elsewhere.result.touchpoint.thread_id is None
    assert filled.queries().addresses.logged("two") == (
        second.result.touchpoint.id, world.account,
    )  # fmt: skip


def test_a_message_that_was_undone_is_logged_anew(filled: Book, world: World) -> None:
    filled.run(log_mail, world.account, when=at(2), message_id="one")
    filled.run(undo)
    assert filled.queries().addresses.logged("one") is None
    assert not filled.run(log_mail, world.account, when=at(2), message_id="one").result.known


def test_of_two_versions_the_newer_stands_in_whatever_order_they_come(
    clear: Book, world: World
) -> None:
    def invite(sequence: int, title: str, ago: int) -> None:
        clear.run(plan_meeting, world.account, title=title, when=at(ago), uid="u",
                  sequence=sequence, person_ids=[world.maria])  # fmt: skip

    invite(2, "second", -3)
    invite(1, "first", -2)
    (row,) = clear.queries().meetings.between(day(-1), None)
    assert (row.title, row.starts_on) == ("second", day(-3).isoformat())
    invite(3, "third", -4)
    (row,) = clear.queries().meetings.between(day(-1), None)
    assert (row.title, row.people) == ("third", ("Maria",))
    clear.run(cancel_known_meeting, world.account, "u", 3)
    assert clear.queries().meetings.between(day(-1), None)[0].status == "cancelled"
    with pytest.raises(Refused, match="no meeting of this invitation"):
        clear.run(cancel_known_meeting, world.other, "u")


def test_a_moved_meeting_keeps_its_length_and_its_people(clear: Book, world: World) -> None:
    end = datetime.combine(day(-2), datetime.min.time(), UTC) + timedelta(hours=11)
    made = clear.run(plan_meeting, world.account, title="Review", when=at(-2), ends_at=end,
                     person_ids=[world.maria, world.joe]).result  # fmt: skip
    moved = clear.run(change_meeting, made.id, when=at(-3, 14)).result
    assert moved.ends_at - moved.starts_at == timedelta(hours=1)
    clear.run(change_meeting, made.id, person_ids=[world.joe])
    row = clear.queries().meetings.one(made.id)
    assert row is not None
    assert row.people == ("Joe",)
    with pytest.raises(Refused, match="does not belong"):
        clear.run(plan_meeting, world.account, title="x", when=at(-2), person_ids=[world.stranger])


def test_today_shows_its_meetings_by_time_then_those_of_a_week_to_log(
    clear: Book, world: World
) -> None:
    for title, when in (
        ("late", at(0, 16)), ("early", at(0, 8)), ("yesterday", at(1)), ("week", at(7)),
        ("eight days", at(8)), ("tomorrow", at(-1)), ("whole day", on_day(2)),
    ):  # fmt: skip
        clear.run(plan_meeting, world.account, title=title, when=when)
    gone = clear.run(plan_meeting, world.account, title="gone", when=at(0, 9)).result
    clear.run(cancel_meeting, gone.id)
    shown = titles(clear.queries().meetings.today(mine=False))
    assert shown == ["early", "late", "yesterday", "whole day", "week"]


def test_mine_are_those_i_hold_and_those_of_my_accounts(clear: Book, world: World) -> None:
    clear.run(plan_meeting, world.account, title="Bob's", when=at(0, 8), colleague_id=world.bob)
    clear.run(plan_meeting, world.other, title="mine", when=at(0, 9), colleague_id=world.ann)
    queries = clear.queries()
    assert titles(queries.meetings.today(mine=False)) == ["Bob's", "mine"]
    assert queries.actor.colleague_id == world.ann
    assert titles(queries.meetings.today(mine=True)) == ["mine"]
    clear.run(change_account, world.account, owner_id=world.ann)
    assert titles(clear.queries().meetings.today(mine=True)) == ["Bob's", "mine"]
