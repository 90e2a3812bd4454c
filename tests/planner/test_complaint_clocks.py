"""How the clocks of a complaint start, wait, go on and follow a change. Office hours, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from planner.complaints import Complaint
from planner.dates import When
from planner.errors import Refused
from planner.use_cases.accounts import add_account
from planner.use_cases.calendars import add_calendar, set_account_calendar
from planner.use_cases.complaint_clocks import pause_complaint, resume_complaint
from planner.use_cases.complaints import change_complaint, log_complaint, move_complaint
from planner.use_cases.settings import change_setting
from tests.fakes import FakeClock, MemoryUnitOfWork

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def moment(days: int, hour: int, minute: int = 0) -> datetime:
    """So many days after the Monday, at a time."""
    return MONDAY + timedelta(days=days, hours=hour - 9, minutes=minute)


def when(days: int, hour: int, minute: int = 0) -> When:
    at = moment(days, hour, minute)
    return When(at.date(), at, False)


class Desk:
    """A unit of work with an account of a tier; complaints are logged at nine on the Monday."""

    def __init__(self, tier: int | None = None) -> None:
        self.uow = MemoryUnitOfWork(FakeClock(datetime(2026, 4, 20, 12, tzinfo=UTC)))
        self.account = add_account(self.uow, name="A", tier=tier).id

    def log(self, **fields: Any) -> Complaint:
        return log_complaint(self.uow, self.account, title="x", when=when(0, 9), **fields)

    def waits(self, complaint: Complaint) -> list[tuple[datetime, datetime | None]]:
        rows = self.uow.complaint_pauses.find(complaint_id=complaint.id)
        return [(row.since_at, row.until_at) for row in rows]


def test_without_targets_those_of_the_severity_and_the_tier_hold() -> None:
    desk = Desk(tier=1)
    now = desk.log(severity="critical")
    assert (now.ack_target, now.response_target, now.resolution_target) == (60, 240, 1440)
    assert (now.ack_due, now.response_due, now.resolution_due) == (
        moment(0, 10), moment(0, 13), moment(2, 17),
    )  # fmt: skip
    change_setting(desk.uow, "sla.critical.tier1", "30m/-/2d")
    now = desk.log(severity="critical")
    assert (now.ack_target, now.response_target, now.resolution_target) == (30, None, 960)
    now = desk.log(severity="low")
    assert (now.ack_target, now.response_target, now.resolution_target) == (960, 2400, 9600)


def test_a_target_that_is_given_stands_alone() -> None:
    now = Desk().log(response_target=90)
    assert (now.ack_target, now.response_target, now.resolution_target) == (None, 90, None)


def test_where_the_rule_says_none_no_clock_runs() -> None:
    desk = Desk()
    change_setting(desk.uow, "sla.medium", "none")
    now = desk.log()
    assert (now.ack_due, now.response_due, now.resolution_due) == (None, None, None)
    assert (now.next_due, now.at_risk_at) == (None, None)


@pytest.mark.parametrize(
    "value", ["1h/4h", "4h/1h/3d", "1h/4h/3", "1h/4h/367d", "-1h/2h/3h", "1h/2d/1d", "/", "\0"]
)
def test_a_rule_of_targets_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(Refused, match=r"sla\.critical: "):
        change_setting(Desk().uow, "sla.critical", value)
    with pytest.raises(Refused, match="nor sla followed by a severity"):
        change_setting(Desk().uow, "sla.critical.tier9", "1h/4h/3d")


def test_a_short_working_day_makes_no_target_shorter_than_the_one_before() -> None:
    desk = Desk()
    short = add_calendar(desk.uow, name="Short", zone="UTC", hours="mon-fri 09:00-10:00")
    set_account_calendar(desk.uow, desk.account, short.id)
    now = desk.log(severity="high")  # 4h/1d/5d
    assert (now.ack_target, now.response_target, now.resolution_target) == (240, 240, 300)
    assert now.ack_due == moment(3, 10)


def test_the_next_due_and_the_moment_of_risk_follow_every_step() -> None:
    desk = Desk()
    now = desk.log(ack_target=60, response_target=240, resolution_target=480)
    assert (now.next_due, now.at_risk_at) == (moment(0, 10), moment(0, 9, 48))
    now = move_complaint(desk.uow, now, "acknowledged", when(0, 9, 30))
    assert (now.next_due, now.at_risk_at) == (moment(0, 13), moment(0, 12, 12))
    now = pause_complaint(desk.uow, now, when(0, 10))
    assert (now.next_due, now.at_risk_at) == (None, None)
    now = resume_complaint(desk.uow, now, when(0, 11))
    assert (now.next_due, now.at_risk_at) == (moment(0, 14), moment(0, 13, 12))
    now = change_complaint(desk.uow, now, response_target=120)
    assert (now.next_due, now.at_risk_at) == (moment(0, 12), moment(0, 11, 36))
    now = move_complaint(desk.uow, now, "answered", when(0, 11, 30))
    assert (now.next_due, now.at_risk_at) == (moment(1, 10), moment(0, 16, 24))
    now = move_complaint(desk.uow, now, "closed", when(0, 12), remedy_given="fixed")
    assert (now.next_due, now.at_risk_at) == (None, None)
    now = move_complaint(desk.uow, now, "reopened", when(2, 9), reopen_reason="again")
    assert (now.next_due, now.at_risk_at) == (moment(1, 10), moment(0, 16, 24))
    now = change_complaint(desk.uow, now, excluded="withdrawn")
    assert (now.next_due, now.at_risk_at) == (None, None)


def test_every_wait_is_kept_as_a_row() -> None:
    desk = Desk()
    now = pause_complaint(desk.uow, desk.log(), when(0, 10))
    assert desk.waits(now) == [(moment(0, 10), None)]
    now = resume_complaint(desk.uow, now, when(0, 12))
    now = pause_complaint(desk.uow, now, when(1, 9))
    now = move_complaint(desk.uow, now, "answered", when(1, 11))
    assert desk.waits(now) == [
        (moment(0, 10), moment(0, 12)), (moment(1, 9), moment(1, 11)),
    ]  # fmt: skip
    now = change_complaint(desk.uow, now, title="y")
    assert len(desk.waits(now)) == 2


def test_a_wait_from_before_waits_were_kept_stays_granted() -> None:
    desk = Desk()
    now = desk.log(response_target=240, resolution_target=480)
    old = {"response_due": moment(0, 14), "resolution_due": moment(1, 10),
           "next_due": moment(0, 14), "at_risk_at": None}  # fmt: skip
    desk.uow.complaints.rows[now.id] = now.changed(**old)
    now = change_complaint(desk.uow, now.id, title="y")
    assert (now.response_due, now.resolution_due) == (moment(0, 14), moment(1, 10))
    assert now.at_risk_at == moment(0, 13, 12)
    assert desk.waits(now) == [(moment(0, 9), moment(0, 10))]
    now = change_complaint(desk.uow, now, response_target=60)
    assert now.response_due == moment(0, 11)


def test_one_that_waited_before_waits_were_kept_goes_on_from_there() -> None:
    desk = Desk()
    now = desk.log(response_target=240)
    old = {"waiting_since": moment(0, 10), "next_due": None, "at_risk_at": None}
    desk.uow.complaints.rows[now.id] = now.changed(**old)
    now = resume_complaint(desk.uow, now.id, when(0, 12))
    assert now.response_due == moment(0, 15)
    assert desk.waits(now) == [(moment(0, 10), moment(0, 12))]


def test_another_severity_gives_its_targets_and_keeps_the_wait_granted() -> None:
    desk = Desk()
    now = pause_complaint(desk.uow, desk.log(severity="low"), when(0, 9, 30))
    now = resume_complaint(desk.uow, now, when(0, 11, 30))
    now = change_complaint(desk.uow, now, severity="critical")
    assert (now.ack_target, now.response_target, now.resolution_target) == (60, 240, 1440)
    assert (now.ack_due, now.response_due) == (moment(0, 12), moment(0, 15))
    assert now.next_due == moment(0, 12)


def test_a_target_given_with_another_severity_stands() -> None:
    desk = Desk()
    now = change_complaint(desk.uow, desk.log(), severity="critical", response_target=120)
    assert (now.ack_target, now.response_target, now.resolution_target) == (60, 120, 1440)
    with pytest.raises(Refused, match="shorter than the response target"):
        change_complaint(desk.uow, now, severity="high", resolution_target=130)


def test_another_severity_makes_no_answer_late_that_was_in_time() -> None:
    desk = Desk()
    now = move_complaint(desk.uow, desk.log(), "acknowledged", when(0, 15))
    due = now.ack_due
    now = move_complaint(desk.uow, now, "assessed", when(0, 16), severity="critical")
    assert now.ack_due == due == moment(0, 17)
    assert now.next_due == now.response_due == moment(0, 13)


def test_a_late_first_answer_stays_late_and_the_resolution_clock_goes_on_from_the_opening() -> None:
    desk = Desk()
    now = desk.log(response_target=60, resolution_target=960)
    now = move_complaint(desk.uow, now, "answered", when(0, 12))
    now = move_complaint(desk.uow, now, "closed", when(0, 13), remedy_given="fixed")
    now = move_complaint(desk.uow, now, "reopened", when(1, 9), reopen_reason="again")
    assert (now.answered_at, now.response_due) == (moment(0, 12), moment(0, 10))
    assert now.next_due == now.resolution_due == moment(1, 17)


def test_the_calendar_of_the_account_is_the_one_the_clocks_run_by() -> None:
    desk = Desk()
    book = add_calendar(desk.uow, name="Book", zone="UTC", hours="mon-fri 10:00-18:00")
    own = add_calendar(
        desk.uow, name="Own", zone="Europe/Berlin", hours="mon-sun 00:00-24:00", country="de",
        free_days=("2026-03-02",),
    )  # fmt: skip
    assert own.country == "DE"
    change_setting(desk.uow, "calendar", "book")
    assert desk.log(ack_target=60).ack_due == moment(0, 11)
    set_account_calendar(desk.uow, desk.account, own.id)
    assert desk.log(ack_target=60).ack_due == moment(1, 0)
    desk.uow.calendars.rows[own.id] = own.changed(hours="never")
    assert desk.log(ack_target=60).ack_due == moment(0, 10)
    set_account_calendar(desk.uow, desk.account, None)
    change_setting(desk.uow, "calendar", "none")
    assert desk.log(ack_target=60).ack_due == moment(0, 10)
    assert book.name == "Book"
