"""Hand-overs of complaints on both engines: the queue, Today, notes, two who resolve at once."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import Conflict, Refused
from planner.use_cases.accounts import add_account, archive_account
from planner.use_cases.advocacy import log_advocacy
from planner.use_cases.complaint_handing import (
    accept_complaint,
    decline_complaint,
    hand_complaint,
)
from planner.use_cases.complaint_merging import merge_complaint, withdraw_complaint
from planner.use_cases.complaint_notes import add_complaint_note
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.contracts import add_contract
from planner.views.handoffs import HandOffRow
from tests.db.contract.test_today_plan import acting, words
from tests.makers import World, at, day

MOST = 100


def offered(book: Book, world: World, title: str = "Late") -> Any:
    """A complaint of Ann's that she offers to Bob."""
    made = book.run(log_complaint, world.account, title=title, when=at(3), owner_id=world.ann)
    book.run(hand_complaint, made.result.id, world.bob, "knows the site")
    return made.result


def queue(book: Book, colleague: int | None = None) -> list[HandOffRow]:
    return book.queries().handoffs.complaints(colleague, MOST)


def test_an_offer_waits_in_the_queue_and_on_today_until_it_is_answered(
    filled: Book, world: World
) -> None:
    made = offered(filled, world)
    (row,) = queue(filled)
    assert (row.number, row.what, row.account) == (made.number, "Late", "Nordic Oy")
    assert (row.from_name, row.to_name, row.note) == ("Ann", "Bob", "knows the site")
    assert (row.offered_on, row.days) == (filled.today.isoformat(), 0)
    assert queue(filled, world.bob) == [row]
    assert queue(filled, world.ann) == []
    assert words(filled, "handed", mine=False) == [f"offered to Bob: {made.number}"]
    assert words(filled, "handed") == []
    with acting(filled, "Bob") as bob:
        asked = f"take over {made.number} from Ann? offered today"
        assert words(bob, "handed") == [asked]
        bob.run(accept_complaint, made.id)
        assert words(bob, "handed") == []
        assert bob.queries().record("complaint", made.id).owner_id == world.bob
        bob.run(undo)
        assert words(bob, "handed") == [asked]
        bob.run(decline_complaint, made.id, "on leave")
    assert queue(filled) == []
    noted = filled.queries().complaint_notes.of(made.id)
    assert [(one.note, one.colleague, one.told) for one in noted] == [
        ("to Bob: knows the site", "Ann", False),
        ("declined the hand-over: on leave", "Bob", False),
    ]


def test_the_queue_is_the_oldest_first_and_holds_no_closed_or_archived_one(
    filled: Book, world: World
) -> None:
    first, second, third, fourth = (offered(filled, world, f"t{n}") for n in range(4))
    assert [row.id for row in queue(filled)] == [first.id, second.id, third.id, fourth.id]
    assert len(filled.queries().handoffs.complaints(None, 2)) == 2
    filled.run(move_complaint, second.id, "closed", at(1), remedy_given="sent again")
    filled.run(withdraw_complaint, third.id, "their mistake")
    filled.run(merge_complaint, fourth.id, first.id)
    assert [row.id for row in queue(filled)] == [first.id]
    filled.run(archive_account, world.account)
    assert queue(filled) == []


def test_notes_are_read_the_oldest_first_and_of_one_complaint_only(
    filled: Book, world: World
) -> None:
    made = filled.run(log_complaint, world.account, title="Late", when=at(3)).result
    filled.run(add_complaint_note, made.id, "later", told=True, person_id=world.maria)
    filled.run(add_complaint_note, made.id, "earlier", when=at(2))
    found = filled.queries().complaint_notes.of(made.id)
    assert [(one.note, one.told, one.person) for one in found] == [
        ("earlier", False, None), ("later", True, "Maria"),
    ]  # fmt: skip
    assert [one.noted_on for one in found] == [day(2).isoformat(), day(0).isoformat()]
    assert filled.queries().complaint_notes.of(world.waiting) == []


def test_a_note_among_us_is_in_nothing_that_the_customer_reads(filled: Book, world: World) -> None:
    filled.run(add_complaint_note, world.complaint, "zqsecretq they may leave")
    assert "zqsecretq" not in repr(filled.queries().said.you_said(world.account))


def test_two_who_resolve_at_once_lose_nothing(filled: Book, world: World) -> None:
    made = filled.run(log_complaint, world.account, title="Late", when=at(3)).result
    with acting(filled, "Bob") as bob:
        seen = bob.queries().record("complaint", made.id)
        filled.run(move_complaint, made.id, "closed", at(1), remedy_given="sent again")
        with pytest.raises(Conflict, match="Ann changed"):
            bob.run(move_complaint, seen, "closed", at(0), remedy_given="money back")
        with pytest.raises(Refused, match="it cannot become closed"):
            bob.run(move_complaint, made.id, "closed", at(0), remedy_given="money back")
    kept = filled.queries().record("complaint", made.id)
    assert (kept.stage, kept.remedy_given) == ("closed", "sent again")


def test_a_loyal_customers_complaint_comes_before_others_as_urgent(
    filled: Book, world: World
) -> None:
    new = filled.run(add_account, name="New", tier=1).result.id
    old = filled.run(add_account, name="Old", tier=3).result.id
    spoke = filled.run(add_account, name="Spoke", tier=3).result.id
    filled.run(add_contract, old, arr_minor=5, start_on=day(5 * 366), end_on=day(-100))
    filled.run(add_contract, new, arr_minor=5, start_on=day(4 * 365), end_on=day(-100))
    filled.run(log_advocacy, spoke, kind="reference", on_date=day(9), advocacy="a call")
    for account in (new, old, spoke):
        filled.run(log_complaint, account, title="Late", when=at(0, 9), owner_id=world.ann)
    lines = {
        line.account: line.first
        for line in filled.queries().today.today(mine=False).now
        if line.first.kind == "complaint" and line.account in ("New", "Old", "Spoke")
    }
    assert list(lines) == ["Old", "Spoke", "New"]
    assert lines["Old"].words.endswith(f"loyal: customer since {day(5 * 366).year}")
    assert lines["Spoke"].words.endswith(f"loyal: spoke for us on {day(9).isoformat()}")
    assert "loyal" not in lines["New"].words
    assert filled.queries().complaints.loyal(new) == ""


@pytest.mark.parametrize(
    ("by", "groups"),
    [("severity", {"high", "low"}), ("owner", {"Ann", "Bob"}), ("tier", {"1", "--"}),
     ("triage", {"self_serve", "--"}), ("channel", {"--"}), ("function", {"success", "sales"})],
)  # fmt: skip
def test_the_report_of_the_clocks_counts_by_each_group(
    filled: Book, by: str, groups: set[str]
) -> None:
    ann, bob = (
        next(one.id for one in filled.queries().colleagues() if one.name == name)
        for name in ("Ann", "Bob")
    )
    for number, (owner, tier) in enumerate(((ann, 1), (bob, None))):
        account = filled.run(add_account, name=f"Acc {number}", tier=tier).result.id
        made = filled.run(
            log_complaint, account, title="Late", when=at(200, 9), owner_id=owner,
            severity="low" if number else "high", triage="self_serve" if number else None,
        ).result  # fmt: skip
    filled.run(move_complaint, made.id, "answered", at(200, 10))
    first = day(200)
    facts = list(filled.queries().sla.opened(first, first, by))
    assert {one.group for one in facts} == groups
    answered = [one for one in facts if one.clocks[1].stopped is not None]
    assert len(answered) == 1
    assert answered[0].self_served
    assert list(filled.queries().sla.opened(day(199), day(199), by)) == []
