"""Hand-overs, notes, closing, reopening, withdrawing and merging of complaints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from planner.acting import Actor
from planner.complaints import Complaint
from planner.dates import When
from planner.use_cases.accounts import add_account
from planner.use_cases.complaint_board import hand_complaints
from planner.use_cases.complaint_closing import REOPEN_DAYS
from planner.use_cases.complaint_handing import (
    accept_complaint,
    decline_complaint,
    hand_complaint,
)
from planner.use_cases.complaint_merging import merge_complaint, withdraw_complaint
from planner.use_cases.complaint_notes import (
    add_complaint_note,
    archive_complaint_note,
    change_complaint_note,
)
from planner.use_cases.complaints import change_complaint, log_complaint, move_complaint
from planner.use_cases.team import add_colleague
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


def ago(uow: MemoryUnitOfWork, days: int) -> When:
    on = uow.today - timedelta(days=days)
    return When(on, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), False)


class Desk:
    """Ann's book with Bob, and a complaint that Ann owns."""

    def __init__(self, uow: MemoryUnitOfWork, account: int, **fields: Any) -> None:
        self.uow, self.account = uow, account
        self.ann = add_colleague(uow, name="Ann").id
        self.bob = add_colleague(uow, name="Bob").id
        self.act(self.ann)
        self.id = self.log(**fields).id

    def act(self, colleague: int) -> None:
        name = self.uow.colleagues.get(colleague).name
        self.uow.actor = Actor(name, colleague, "success")

    def log(self, **fields: Any) -> Complaint:
        values = {"title": "Late", "when": ago(self.uow, 9), **fields}
        return log_complaint(self.uow, self.account, **values)

    @property
    def now(self) -> Complaint:
        return self.uow.complaints.get(self.id)

    def offer(self) -> tuple[int | None, int | None]:
        return self.now.owner_id, self.now.handed_to_id

    def notes(self) -> list[tuple[str, bool]]:
        return [(one.note, one.told) for one in self.uow.complaint_notes.find()]


@pytest.fixture
def desk(uow: MemoryUnitOfWork, account: int) -> Desk:
    return Desk(uow, account)


# Hand-overs


def test_it_stays_its_owners_until_the_other_accepts(desk: Desk) -> None:
    hand_complaint(desk.uow, desk.id, desk.bob, " knows the site ")
    assert desk.offer() == (desk.ann, desk.bob)
    assert (desk.now.handed_by_id, desk.now.hand_note) == (desk.ann, "knows the site")
    assert desk.uow.summary == "offered C-1 to Bob"
    assert desk.notes() == [("to Bob: knows the site", False)]
    assert refused(accept_complaint, desk.uow, desk.id) == (
        "owner: C-1 is offered to Bob; only they answer"
    )
    desk.act(desk.bob)
    accept_complaint(desk.uow, desk.id)
    assert desk.offer() == (desk.bob, None)
    assert (desk.now.handed_by_id, desk.now.handed_on, desk.now.hand_note) == (None, None, None)
    assert "offered to nobody" in refused(accept_complaint, desk.uow, desk.id)


def test_declined_it_stays_and_the_reason_is_a_note_among_us(desk: Desk) -> None:
    hand_complaint(desk.uow, desk.id, desk.bob)
    desk.act(desk.bob)
    assert "say why" in refused(decline_complaint, desk.uow, desk.id, "  ")
    decline_complaint(desk.uow, desk.id, "on leave")
    assert desk.offer() == (desk.ann, None)
    assert desk.notes() == [("declined the hand-over: on leave", False)]


def test_the_last_offer_holds_and_one_to_its_owner_takes_it_back(desk: Desk) -> None:
    cid = add_colleague(desk.uow, name="Cid").id
    hand_complaint(desk.uow, desk.id, desk.bob)
    hand_complaint(desk.uow, desk.id, cid)
    assert desk.offer() == (desk.ann, cid)
    assert desk.uow.summary == "offered C-1 to Cid, no longer to Bob"
    hand_complaint(desk.uow, desk.id, desk.ann)
    assert desk.offer() == (desk.ann, None)
    assert "Ann has it already" in refused(hand_complaint, desk.uow, desk.id, desk.ann)


def test_what_nobody_owns_or_i_take_myself_changes_hands_at_once(desk: Desk) -> None:
    change_complaint(desk.uow, desk.id, owner_id=None)
    hand_complaint(desk.uow, desk.id, desk.bob)
    assert desk.offer() == (desk.bob, None)
    hand_complaint(desk.uow, desk.id, desk.ann)
    assert desk.offer() == (desk.ann, None)


def test_its_owner_is_not_changed_past_the_one_who_is_to_accept(desk: Desk) -> None:
    assert refused(change_complaint, desk.uow, desk.id, owner_id=desk.bob) == (
        "owner: hand C-1 over instead, so that they can accept it"
    )
    assert desk.offer() == (desk.ann, None)
    hand_complaint(desk.uow, desk.id, desk.bob)
    change_complaint(desk.uow, desk.id, owner_id=desk.ann, title="Later")
    assert desk.offer() == (desk.ann, desk.bob)
    change_complaint(desk.uow, desk.id, owner_id=None)
    assert desk.offer() == (None, None)
    change_complaint(desk.uow, desk.id, owner_id=desk.bob)
    assert desk.offer() == (desk.bob, None)


def test_a_closed_one_and_a_colleague_who_left_are_refused(desk: Desk) -> None:
    bob = desk.uow.colleagues.get(desk.bob)
    desk.uow.colleagues.rows[desk.bob] = bob.changed(retired_on=desk.uow.today)
    assert "not with us any more" in refused(hand_complaint, desk.uow, desk.id, desk.bob)
    desk.uow.colleagues.rows[desk.bob] = bob
    hand_complaint(desk.uow, desk.id, desk.bob)
    move_complaint(desk.uow, desk.id, "closed", ago(desk.uow, 1), remedy_given="x")
    assert desk.now.handed_to_id is None
    assert "C-1 is closed" in refused(hand_complaint, desk.uow, desk.id, desk.bob)


def test_several_are_offered_in_one_change_or_none_is(desk: Desk) -> None:
    other = desk.log().id
    hand_complaints(desk.uow, [desk.id, other, desk.id], desk.bob)
    assert [one.handed_to_id for one in desk.uow.complaints.find()] == [desk.bob] * 2
    assert "2 complaints" in desk.uow.summary
    assert "has them already" in refused(hand_complaints, desk.uow, [desk.id], desk.ann)


@pytest.mark.parametrize("field", ["handed_to_id", "merged_into_id", "reopened_on"])
def test_what_follows_from_a_step_is_not_changed_by_hand(desk: Desk, field: str) -> None:
    assert "follows from what happened" in refused(
        change_complaint, desk.uow, desk.id, **{field: None}
    )


# Notes


def test_a_note_stays_among_us_unless_it_was_told(desk: Desk) -> None:
    first = add_complaint_note(desk.uow, desk.id, "they may leave")
    add_complaint_note(desk.uow, desk.id, "it comes on Friday", told=True, when=ago(desk.uow, 1))
    assert desk.notes() == [("they may leave", False), ("it comes on Friday", True)]
    change_complaint_note(desk.uow, first.id, note="they stay", told=False)
    archive_complaint_note(desk.uow, first.id)
    assert desk.uow.complaint_notes.get(first.id).archived_at is not None


def test_a_note_of_nothing_of_before_or_of_the_future_is_refused(desk: Desk) -> None:
    add = add_complaint_note
    assert "it is empty" in refused(add, desk.uow, desk.id, " ")
    assert "before the complaint" in refused(add, desk.uow, desk.id, "x", when=ago(desk.uow, 10))
    assert "future" in refused(add, desk.uow, desk.id, "x", when=ago(desk.uow, -2))


# Closing and reopening


def test_closing_wants_a_remedy(desk: Desk) -> None:
    close = (desk.uow, desk.id, "closed", ago(desk.uow, 1))
    assert "what they were given" in refused(move_complaint, *close)
    assert "what they were given" in refused(move_complaint, *close, remedy_given=" ")
    assert desk.now.stage == "received"
    assert (
        move_complaint(*close, remedy_given="nothing: it was their own printer").stage == "closed"
    )


@pytest.mark.parametrize("severity", ["high", "critical"])
def test_a_grave_one_is_closed_with_its_cause_and_a_why(
    uow: MemoryUnitOfWork, account: int, severity: str
) -> None:
    desk = Desk(uow, account, severity=severity)
    close = (desk.uow, desk.id, "closed", ago(desk.uow, 1))
    told: dict[str, Any] = {"remedy_given": "credit"}
    assert "with its cause" in refused(move_complaint, *close, **told)
    assert "ask why" in refused(move_complaint, *close, **told, root_cause="stock")
    six = refused(move_complaint, *close, **told, root_cause="stock", whys=("y",) * 6)
    assert "five at most" in six
    done = move_complaint(*close, **told, root_cause="stock", whys=("nobody counted", "no time"))
    assert done.whys == ("nobody counted", "no time")


def test_reopening_wants_a_reason_and_takes_the_advocate_back(desk: Desk) -> None:
    move_complaint(desk.uow, desk.id, "closed", ago(desk.uow, 5), remedy_given="x", satisfied=True)
    desk.uow.complaints.rows[desk.id] = desk.now.changed(advocate_on=desk.uow.today)
    again = (desk.uow, desk.id, "reopened", ago(desk.uow, 1))
    assert "why it is open again" in refused(move_complaint, *again)
    now = move_complaint(*again, reopen_reason="it broke again")
    assert (now.reopen_reason, now.reopened_on) == ("it broke again", ago(desk.uow, 1).on)
    assert (now.advocate_on, now.satisfied, now.resolved_on) == (None, None, None)


@pytest.mark.parametrize(("days", "allowed"), [(REOPEN_DAYS, True), (REOPEN_DAYS + 1, False)])
def test_over_a_year_later_a_new_one_is_logged(
    uow: MemoryUnitOfWork, account: int, days: int, allowed: bool
) -> None:
    desk = Desk(uow, account, when=ago(uow, 800))
    move_complaint(desk.uow, desk.id, "closed", ago(desk.uow, days), remedy_given="x")
    again = (desk.uow, desk.id, "reopened", ago(desk.uow, 0))
    if allowed:
        assert move_complaint(*again, reopen_reason="y").is_open
    else:
        said = refused(move_complaint, *again, reopen_reason="y")
        assert f"over {REOPEN_DAYS} days ago: log a new one and link it" in said


def test_triaged_as_critical_it_is_of_that_severity_unless_said(desk: Desk) -> None:
    assert desk.log(triage="critical").severity == "critical"
    assert desk.log(triage="critical", severity="low").severity == "low"
    assert desk.log(triage="self_serve").severity == "medium"


# Out of the counts


def test_withdrawn_it_leaves_the_clocks_and_its_reason_is_a_note(desk: Desk) -> None:
    assert desk.now.next_due is not None
    hand_complaint(desk.uow, desk.id, desk.bob)
    assert "say why" in refused(withdraw_complaint, desk.uow, desk.id, "")
    now = withdraw_complaint(desk.uow, desk.id, "their mistake")
    assert (now.excluded, now.next_due, now.handed_to_id) == ("withdrawn", None, None)
    assert desk.notes() == [("withdrawn: their mistake", False)]
    assert "was withdrawn" in refused(withdraw_complaint, desk.uow, desk.id, "again")
    out = refused(move_complaint, desk.uow, desk.id, "answered", ago(desk.uow, 1))
    assert "out of the counts" in out


def test_merged_the_other_goes_on_for_both(desk: Desk) -> None:
    into = desk.log(title="Late again")
    assert "the same complaint" in refused(merge_complaint, desk.uow, desk.id, desk.id)
    now = merge_complaint(desk.uow, desk.id, into.id)
    assert (now.excluded, now.merged_into_id) == ("merged", into.id)
    assert desk.notes() == [("C-1 was merged into this one: Late", False)]
    assert "merged into another" in refused(merge_complaint, desk.uow, into.id, desk.id)


def test_a_complaint_of_another_account_is_not_the_same(desk: Desk) -> None:
    other = add_account(desk.uow, name="Z").id
    strange = log_complaint(desk.uow, other, title="Late", when=ago(desk.uow, 2))
    assert "of another account" in refused(merge_complaint, desk.uow, desk.id, strange.id)
