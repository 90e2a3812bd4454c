"""A complaint's way and its clocks. Office hours are nine to five, Monday to Friday, UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from planner.complaints import Complaint
from planner.dates import When
from planner.errors import Refused
from planner.use_cases.accounts import add_account, archive_account
from planner.use_cases.complaint_clocks import pause_complaint, resume_complaint
from planner.use_cases.complaints import (
    change_complaint,
    log_complaint,
    move_complaint,
)
from planner.use_cases.people import add_person
from planner.vocabulary import NEXT_STAGES
from tests.fakes import FakeClock, MemoryUnitOfWork

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def moment(days: int, hour: int, minute: int = 0) -> datetime:
    """So many days after the Monday, at a time."""
    return MONDAY + timedelta(days=days, hours=hour - 9, minutes=minute)


def when(days: int, hour: int, minute: int = 0) -> When:
    at = moment(days, hour, minute)
    return When(at.date(), at, False)


class Desk:
    """A unit of work with an account, one of its people and an open complaint."""

    def __init__(self, **targets: int) -> None:
        self.uow = MemoryUnitOfWork(FakeClock(datetime(2026, 3, 20, 12, tzinfo=UTC)))
        self.account = add_account(self.uow, name="A").id
        self.person = add_person(self.uow, self.account, name="P")[0].id
        self.id = log_complaint(
            self.uow, self.account, title="x", when=when(0, 9), person_id=self.person, **targets
        ).id

    @property
    def now(self) -> Complaint:
        return self.uow.complaints.get(self.id)

    def move(self, stage: str, at: When, **fields: Any) -> Complaint:
        return move_complaint(self.uow, self.id, stage, at, **fields)


def test_clocks_run_in_business_time_from_the_opening() -> None:
    now = Desk(ack_target=60, response_target=8 * 60, resolution_target=6 * 8 * 60).now
    assert now.ack_due == moment(0, 10)
    assert now.response_due == moment(0, 17)
    assert now.resolution_due == moment(7, 17)
    assert (now.number, now.stage, now.severity) == ("C-1", "received", "medium")


@pytest.mark.parametrize(
    "targets",
    [
        {"ack_target": 0}, {"ack_target": -5}, {"ack_target": "soon"}, {"ack_target": 3_000_000},
        {"resolution_target": 1_900_000}, {"ack_target": 60, "response_target": 30},
        {"response_target": 60, "resolution_target": 30},
        {"ack_target": 60, "resolution_target": 30},
    ],
)  # fmt: skip
def test_targets_that_are_none_are_refused(targets: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="target"):
        Desk(**targets)


def test_the_future_and_the_people_of_others_are_refused() -> None:
    desk = Desk()
    ahead = When(desk.uow.today, desk.uow.clock.now() + timedelta(seconds=1), False)
    tomorrow = When(desk.uow.today + timedelta(days=1), desk.uow.clock.now(), True)
    for late in (ahead, tomorrow):
        acts: tuple[Callable[[When], Any], ...] = (
            lambda at: log_complaint(desk.uow, desk.account, title="x", when=at),
            lambda at: desk.move("closed", at, remedy_given="fixed"),
            lambda at: pause_complaint(desk.uow, desk.id, at),
        )
        for act in acts:
            with pytest.raises(Refused, match=r"at: .* lies in the future"):
                act(late)
    other = add_account(desk.uow, name="B").id
    with pytest.raises(Refused, match="does not belong to this account"):
        log_complaint(desk.uow, other, title="x", when=when(0, 9), person_id=desk.person)
    stranger = add_person(desk.uow, other, name="S")[0].id
    with pytest.raises(Refused, match="does not belong to this account"):
        change_complaint(desk.uow, desk.id, person_id=stranger)
    archive_account(desk.uow, other)
    with pytest.raises(Refused, match="archived"):
        log_complaint(desk.uow, other, title="x", when=when(0, 9))


def test_each_stage_is_followed_by_its_own_only() -> None:
    for present, following in NEXT_STAGES.items():
        for stage in NEXT_STAGES:
            desk = Desk()
            desk.uow.complaints.rows[desk.id] = desk.now.changed(stage=present)
            if stage in following:
                fields = {"closed": {"remedy_given": "y"}, "reopened": {"reopen_reason": "y"}}
                assert desk.move(stage, when(1, 9), **fields.get(stage, {})).stage == stage
            else:
                with pytest.raises(Refused, match=f"it cannot become {stage}"):
                    desk.move(stage, when(1, 9))
    with pytest.raises(Refused):
        Desk().move("lost", when(1, 9))


def test_the_first_step_acknowledges_and_the_first_answer_answers() -> None:
    desk = Desk()
    desk.move("investigating", when(0, 11))
    assert (desk.now.acknowledged_at, desk.now.answered_at) == (moment(0, 11), None)
    desk.move("answered", when(1, 11))
    desk.move("investigating", when(2, 11))
    desk.move("closed", when(3, 11), satisfied=True, root_cause="cable", remedy_given="new one")
    now = desk.now
    assert now.acknowledged_at == moment(0, 11)
    assert now.answered_at == moment(1, 11)
    assert now.resolved_at == now.closed_at == moment(3, 11)
    assert now.resolved_on == moment(3, 11).date()
    assert (now.satisfied, now.root_cause, now.is_open) == (True, "cable", False)


def test_reopened_it_is_open_its_first_answer_stays_and_its_clock_goes_on() -> None:
    desk = Desk(response_target=60, resolution_target=480)
    desk.move("closed", when(1, 9), satisfied=True, remedy_given="fixed")
    late = desk.now.answered_at
    assert late is not None
    assert desk.now.response_due is not None
    assert late > desk.now.response_due
    desk.move("reopened", when(2, 9), reopen_reason="again")
    now = desk.now
    assert now.is_open
    assert (now.resolved_at, now.resolved_on, now.closed_at, now.satisfied) == (None,) * 4
    assert now.answered_at == late
    desk.move("answered", when(3, 9))
    desk.move("closed", when(3, 10), remedy_given="fixed")
    assert desk.now.answered_at == late
    assert desk.now.resolution_due == moment(0, 17)
    assert desk.now.resolved_at == moment(3, 10)


def test_nothing_happens_before_the_opening() -> None:
    desk = Desk()
    with pytest.raises(Refused, match="before the complaint was opened"):
        desk.move("answered", when(-1, 9))
    noon = When(MONDAY.date(), moment(0, 8), True)
    assert desk.move("answered", noon).answered_at == MONDAY


def test_waiting_puts_every_running_clock_off_by_the_business_time_waited() -> None:
    desk = Desk(ack_target=60, response_target=240, resolution_target=960)
    desk.move("acknowledged", when(0, 9, 30))
    pause_complaint(desk.uow, desk.id, when(0, 10))
    assert desk.now.waiting_since == moment(0, 10)
    resume_complaint(desk.uow, desk.id, when(1, 11))
    now = desk.now
    assert now.waiting_since is None
    assert now.ack_due == moment(0, 10)
    assert now.response_due == moment(1, 14)
    assert now.resolution_due == moment(3, 10)


def test_a_clock_that_was_late_before_the_wait_stays_late() -> None:
    desk = Desk(response_target=60)
    pause_complaint(desk.uow, desk.id, when(0, 11))
    resume_complaint(desk.uow, desk.id, when(3, 11))
    assert desk.now.response_due == moment(0, 10)


def test_an_answer_ends_the_waiting_and_is_not_late_for_it() -> None:
    desk = Desk(ack_target=60, response_target=120)
    pause_complaint(desk.uow, desk.id, when(0, 9, 30))
    desk.move("answered", when(4, 9))
    now = desk.now
    assert now.waiting_since is None
    for met, due in ((now.acknowledged_at, now.ack_due), (now.answered_at, now.response_due)):
        assert met is not None
        assert due is not None
        assert met <= due


def test_an_acknowledgement_while_waiting_is_not_late_for_the_wait() -> None:
    desk = Desk(ack_target=60, response_target=120)
    pause_complaint(desk.uow, desk.id, when(0, 9, 30))
    desk.move("acknowledged", when(4, 9))
    now = desk.now
    assert now.waiting_since == moment(0, 9, 30)
    assert now.ack_due == moment(4, 9, 30)
    assert now.response_due == moment(0, 11)
    desk.move("answered", when(7, 9))
    assert desk.now.response_due == moment(7, 10, 30)


def test_a_move_dated_before_the_wait_shortens_no_clock() -> None:
    desk = Desk(response_target=120, resolution_target=960)
    pause_complaint(desk.uow, desk.id, when(1, 10))
    due = desk.now.resolution_due
    desk.move("answered", when(0, 10))
    assert desk.now.resolution_due == due
    assert desk.now.waiting_since is None


def test_waiting_twice_and_going_on_without_waiting_are_refused() -> None:
    desk = Desk()
    with pytest.raises(Refused, match="does not wait"):
        resume_complaint(desk.uow, desk.id, when(1, 9))
    pause_complaint(desk.uow, desk.now, when(1, 9))
    with pytest.raises(Refused, match="waits already"):
        pause_complaint(desk.uow, desk.id, when(1, 9))
    with pytest.raises(Refused, match="before the waiting began"):
        resume_complaint(desk.uow, desk.now, when(0, 9))
    resume_complaint(desk.uow, desk.now, when(1, 8))
    assert desk.now.waiting_since is None
    desk.move("closed", when(1, 9), remedy_given="fixed")
    with pytest.raises(Refused, match="is closed"):
        pause_complaint(desk.uow, desk.id, when(1, 10))


def test_a_new_target_gives_a_new_due_moment_and_keeps_the_wait_granted() -> None:
    desk = Desk(response_target=60, resolution_target=480)
    pause_complaint(desk.uow, desk.id, when(0, 9, 30))
    resume_complaint(desk.uow, desk.id, when(0, 11, 30))
    assert desk.now.response_due == moment(0, 12)
    change_complaint(desk.uow, desk.id, response_target=120, ack_target=30)
    assert desk.now.response_due == moment(0, 13)
    assert desk.now.ack_due == moment(0, 9, 30)
    change_complaint(desk.uow, desk.id, ack_target=None)
    assert desk.now.ack_due is None
    with pytest.raises(Refused, match="get shorter"):
        change_complaint(desk.uow, desk.id, ack_target=400)


@pytest.mark.parametrize("field", ["stage", "answered_at", "opened_at", "waiting_since", "ack_due"])
def test_what_follows_from_its_way_is_not_changed_by_hand(field: str) -> None:
    desk = Desk()
    with pytest.raises(Refused, match="move the complaint instead"):
        change_complaint(desk.uow, desk.id, **{field: None})
    with pytest.raises(Refused, match="move the complaint instead"):
        desk.move(
            "answered", when(1, 9), **{field: None} if field != "stage" else {"ack_due": None}
        )
