"""Incidents on both engines: whom they touch, who was told, what Today asks for, undo."""

from __future__ import annotations

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import Ambiguous, NotFound, Refused
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.complaints import log_complaint
from planner.use_cases.incidents import (
    change_incident,
    end_incident,
    link_complaint,
    log_message,
    mark_told,
    open_incident,
    touch_accounts,
    untouch_account,
)
from tests.db.contract.test_today_plan import duties
from tests.makers import World, at, on_day


@pytest.fixture
def incident(filled: Book, world: World) -> int:
    """A second incident, of both accounts."""
    made = filled.run(
        open_incident, title="No orders", when=at(1), account_ids=[world.account, world.other]
    ).result
    return int(made.id)


def told(book: Book, incident: int) -> dict[str, bool]:
    return {
        row.account: row.told_on is not None for row in book.queries().incidents.touched(incident)
    }


def test_whom_it_touches_and_who_was_told(filled: Book, world: World, incident: int) -> None:
    assert told(filled, incident) == {"Nordic Oy": False, "Other Ltd": False}
    filled.run(
        mark_told, incident, [world.account], at(0, 9), world.maria, "call", "we look into it"
    )
    assert told(filled, incident) == {"Nordic Oy": True, "Other Ltd": False}
    first, second = filled.queries().incidents.touched(incident)
    assert (first.account, second.person, second.told_by) == ("Other Ltd", "Maria", "Ann")
    kinds = "SELECT kind FROM touchpoint WHERE note = 'we look into it' AND archived_at IS NULL"
    assert filled.connection.rows(kinds) == [("call",)]
    filled.run(undo)
    assert told(filled, incident) == {"Nordic Oy": False, "Other Ltd": False}
    one = filled.queries().incidents.one(incident)
    assert one is not None
    assert (one.accounts, one.told, one.complaints, one.ended_on) == (2, 0, 0, None)


def test_an_account_is_touched_once_and_may_be_taken_out(
    filled: Book, world: World, incident: int
) -> None:
    with pytest.raises(Refused):
        filled.run(touch_accounts, incident, [world.account])
    linked = filled.run(log_complaint, world.other, title="No orders", when=at(0, 9)).result
    filled.run(link_complaint, linked.id, incident)
    assert filled.queries().record("complaint", linked.id).incident_id == incident
    with pytest.raises(Refused, match="linked to this incident already"):
        filled.run(link_complaint, linked.id, incident)
    filled.run(untouch_account, incident, world.other)
    assert told(filled, incident) == {"Nordic Oy": False}
    assert filled.queries().record("complaint", linked.id).incident_id is None
    filled.run(undo)
    assert filled.queries().record("complaint", linked.id).incident_id == incident


def test_today_asks_the_owner_of_the_account_until_it_is_told_or_over(
    filled: Book, world: World, incident: int
) -> None:
    filled.run(change_account, world.other, owner_id=world.ann)
    asked = [one for one in duties(filled)["incident"] if one.row_id == incident]
    assert [one.account_id for one in asked] == [world.other]
    everybody = [one for one in duties(filled, mine=False)["incident"] if one.row_id == incident]
    assert {one.account_id for one in everybody} == {world.account, world.other}
    filled.run(mark_told, incident, [world.other], at(0, 9))
    assert incident not in [one.row_id for one in duties(filled).get("incident", ())]
    filled.run(end_incident, incident, at(0, 9), "a switch")
    assert incident not in [one.row_id for one in duties(filled, mine=False).get("incident", ())]


def test_an_incident_that_has_ended_takes_nothing_more(
    filled: Book, world: World, incident: int
) -> None:
    filled.run(end_incident, incident, at(0, 9), "a switch")
    for call in (
        (touch_accounts, incident, [filled.run(add_account, name="Third").result.id]),
        (end_incident, incident, at(0, 9)),
        (link_complaint, world.complaint, incident),
    ):
        with pytest.raises(Refused, match="has ended"):
            filled.run(*call)
    filled.run(change_incident, incident, root_cause="a fuse")
    one = filled.queries().incidents.one(incident)
    assert one is not None
    assert (one.root_cause, one.ended_on) == ("a fuse", filled.today.isoformat())
    filled.run(mark_told, incident, [world.account], at(0, 9))  # afterwards is better than never
    assert told(filled, incident)["Nordic Oy"]


def test_it_neither_begins_nor_ends_in_the_future_nor_ends_before_it_began(
    filled: Book, incident: int
) -> None:
    with pytest.raises(Refused, match="future"):
        filled.run(open_incident, title="x", when=on_day(-1))
    with pytest.raises(Refused, match="future"):
        filled.run(end_incident, incident, on_day(-1))
    with pytest.raises(Refused):
        filled.run(end_incident, incident, on_day(4))


def test_its_log_keeps_words_for_us_apart_and_archived_accounts_are_left_out(
    filled: Book, world: World, incident: int
) -> None:
    filled.run(log_message, incident, message="who is on it?", when=at(1, 10))
    filled.run(log_message, incident, message="back at noon", when=at(0, 9), told=True,
               channel="email")  # fmt: skip
    found = filled.queries().incidents.messages(incident)
    assert [(row.message, row.told, row.channel) for row in found] == [
        ("back at noon", True, "email"), ("who is on it?", False, None),
    ]  # fmt: skip
    filled.run(archive_account, world.other)
    assert told(filled, incident) == {"Nordic Oy": False}


def test_it_is_found_by_its_title(filled: Book, incident: int) -> None:
    named = filled.queries().incidents.named
    assert named("no ORDERS") == incident
    assert named(str(incident)) == incident
    filled.run(open_incident, title="No orders", when=at(0, 9))
    with pytest.raises(Ambiguous):
        named("No orders")
    with pytest.raises(NotFound):
        named("nothing of that name")
