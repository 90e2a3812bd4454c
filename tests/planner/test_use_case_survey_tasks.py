"""Which events ask for a survey and when, what doing the task keeps, and how bad answers are
followed up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from planner.book_settings import Setting
from planner.contracts import Contract
from planner.dates import When
from planner.entity import build
from planner.errors import Refused
from planner.plans import Action
from planner.pressure import Quiet, Subject, Touch, Window
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.actions import change_action, drop_action, finish_action
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.contracts import change_contract
from planner.use_cases.people import add_person
from planner.use_cases.settings import change_setting
from planner.use_cases.survey_sends import bounce_survey, send_survey
from planner.use_cases.surveys import change_survey, log_survey
from planner.use_cases.touchpoints import log_touchpoint
from tests.fakes import NOON, FakeClock, MemoryUnitOfWork

TODAY = NOON.date()


def when(days_ago: int = 0) -> When:
    """So many days ago at the fake clock's time."""
    at = NOON - timedelta(days=days_ago)
    return When(at.date(), at, False)


class Book:
    """A unit of work with an account in onboarding, its champion and its buyer."""

    def __init__(self) -> None:
        self.uow = uow = MemoryUnitOfWork()
        self.account = add_account(uow, name="Acme", stage="onboarding").id
        self.maria = add_person(uow, self.account, name="Maria", part={"roles": ("champion",)})[
            0
        ].id
        self.joe = add_person(uow, self.account, name="Joe", part={"roles": ("economic_buyer",)})[
            0
        ].id

    @property
    def tasks(self) -> list[Action]:
        """The tasks of sending a survey, archived ones left out."""
        return [one for one in self.uow.actions.find() if one.survey_trigger is not None]

    def busy(self, person_id: int, *days: date, cap: int = 1) -> None:
        """Let a person have heard from us on these days, at most ``cap`` times in a week."""
        touches = tuple(Touch(day, "email") for day in days)
        self.uow.subjects[person_id] = Subject("person", person_id, "x", (Window(cap, 7),), touches)


@pytest.fixture
def book() -> Book:
    return Book()


def closed_complaint(book: Book, **fields: Any) -> int:
    """A complaint that was closed today; its id."""
    made = log_complaint(book.uow, book.account, title="late", when=when(2), **fields)
    move_complaint(book.uow, made.id, "closed", when(), remedy_given="done")
    return made.id


def test_the_end_of_onboarding_asks_the_champion_once(book: Book) -> None:
    change_account(book.uow, book.account, stage="adopting")
    (task,) = book.tasks
    assert (task.survey_trigger, task.origin, task.origin_id) == (
        "onboarding_done", "account", book.account,
    )  # fmt: skip
    assert (task.their_owner_id, task.due_on, task.side) == (book.maria, TODAY, "we")
    change_account(book.uow, book.account, stage="onboarding")
    change_account(book.uow, book.account, stage="adopting")
    assert book.tasks == [task]


def test_another_change_of_stage_asks_nobody(book: Book) -> None:
    change_account(book.uow, book.account, stage="lost")
    change_account(book.uow, book.account, stage="adopting")
    assert book.tasks == []


def test_a_quarterly_review_asks_who_was_there(book: Book) -> None:
    made = log_touchpoint(book.uow, book.account, kind="qbr", when=when(), person_ids=[book.joe])
    log_touchpoint(book.uow, book.account, kind="meeting", when=when(), person_ids=[book.joe])
    (task,) = book.tasks
    assert (task.survey_trigger, task.origin, task.origin_id, task.their_owner_id) == (
        "qbr_done", "touchpoint", made.id, book.joe,
    )  # fmt: skip


def test_what_happened_long_ago_asks_nobody(book: Book) -> None:
    log_touchpoint(book.uow, book.account, kind="qbr", when=when(31))
    assert book.tasks == []


def test_a_closed_complaint_asks_who_complained_and_reopening_takes_it_back(book: Book) -> None:
    complaint = closed_complaint(book, person_id=book.joe)
    (task,) = book.tasks
    assert (task.survey_trigger, task.origin_id, task.their_owner_id) == (
        "complaint_closed", complaint, book.joe,
    )  # fmt: skip
    move_complaint(book.uow, complaint, "reopened", when(), reopen_reason="again")
    assert book.tasks == []
    move_complaint(book.uow, complaint, "closed", when(), remedy_given="done")
    assert len(book.tasks) == 1


def test_a_signed_renewal_asks_the_buyer_and_a_lost_one_nobody(book: Book) -> None:
    for fields in ({"forecast": "lost"}, {}):
        contract = book.uow.contracts.add(
            build(Contract, id=book.uow.new_id(), account_id=book.account, arr_minor=1,
                  currency="EUR", **fields)
        )  # fmt: skip
        change_contract(book.uow, contract.id, decided_on=TODAY)
    (task,) = book.tasks
    assert (task.survey_trigger, task.origin, task.origin_id, task.their_owner_id) == (
        "renewal_signed", "contract", contract.id, book.joe,
    )  # fmt: skip


def test_the_task_is_due_on_the_next_free_day_of_the_person(book: Book) -> None:
    book.busy(book.maria, TODAY - timedelta(days=2))
    change_account(book.uow, book.account, stage="adopting")
    assert book.tasks[0].due_on == TODAY + timedelta(days=5)


def test_a_quiet_time_is_waited_for(book: Book) -> None:
    quiet = Quiet(TODAY, TODAY + timedelta(days=9))
    book.uow.subjects[book.maria] = Subject("person", book.maria, "x", (Window(3, 7),), (),
                                            (quiet,))  # fmt: skip
    change_account(book.uow, book.account, stage="adopting")
    assert book.tasks[0].due_on == TODAY + timedelta(days=10)


def test_who_opted_out_is_not_asked_and_that_is_said(book: Book) -> None:
    joe = book.uow.people.get(book.joe)
    book.uow.people.save(joe, joe.changed(consent="withdrawn"))
    closed_complaint(book, person_id=book.joe)
    assert book.tasks == []
    assert book.uow.merged == ["No survey is sent: Joe wants no outreach."]


def test_of_several_the_first_who_did_not_opt_out_is_asked(book: Book) -> None:
    joe = book.uow.people.get(book.joe)
    book.uow.people.save(joe, joe.changed(consent="withdrawn"))
    people = [book.joe, book.maria]
    log_touchpoint(book.uow, book.account, kind="qbr", when=when(), person_ids=people)
    assert [one.their_owner_id for one in book.tasks] == [book.maria]


def test_somebody_without_a_free_day_is_not_asked_and_that_is_said(book: Book) -> None:
    quiet = Quiet(TODAY, TODAY + timedelta(days=500))
    book.uow.subjects[book.joe] = Subject("person", book.joe, "x", (Window(3, 7),), (), (quiet,))
    closed_complaint(book, person_id=book.joe)
    assert book.tasks == []
    assert "no free day within a year" in book.uow.merged[0]


def test_somebody_who_left_does_not_keep_a_complaint_from_being_closed(book: Book) -> None:
    member = book.uow.memberships.find(person_id=book.joe)[0]
    made = log_complaint(book.uow, book.account, title="late", when=when(2), person_id=book.joe)
    book.uow.memberships.archive(member)
    move_complaint(book.uow, made.id, "closed", when(), remedy_given="done")
    assert [one.their_owner_id for one in book.tasks] == [None]


def test_a_setting_says_which_survey_or_none(book: Book) -> None:
    change_setting(book.uow, "survey.onboarding_done", "none")
    change_account(book.uow, book.account, stage="adopting")
    assert book.tasks == []
    change_setting(book.uow, "survey.complaint_closed", "csat")
    closed_complaint(book)
    finish_action(book.uow, book.tasks[0].id)
    assert [one.kind for one in book.uow.surveys_sent.find()] == ["csat"]
    with pytest.raises(Refused, match="none of nps"):
        change_setting(book.uow, "survey.qbr_done", "stars")


def test_a_setting_that_cannot_be_read_leaves_the_default(book: Book) -> None:
    setting = build(Setting, id=book.uow.new_id(), key="survey.onboarding_done", value="stars")
    book.uow.settings.add(setting)
    change_account(book.uow, book.account, stage="adopting")
    assert len(book.tasks) == 1


def test_doing_the_task_keeps_that_the_survey_was_sent(book: Book) -> None:
    closed_complaint(book, person_id=book.joe)
    (task,) = book.tasks
    finish_action(book.uow, task.id)
    finish_action(book.uow, task.id)
    (sent,) = book.uow.surveys_sent.find()
    assert (sent.kind, sent.trigger, sent.person_id, sent.action_id) == (
        "ces", "complaint_closed", book.joe, task.id,
    )  # fmt: skip
    assert (sent.sent_on, sent.delivered, sent.date_only) == (TODAY, True, False)
    change_action(book.uow, task.id, status="open")
    assert book.uow.surveys_sent.find() == []
    drop_action(book.uow, task.id)
    assert book.uow.surveys_sent.find() == []


def test_a_task_that_was_done_yesterday_was_sent_yesterday(book: Book) -> None:
    closed_complaint(book)
    finish_action(book.uow, book.tasks[0].id, TODAY - timedelta(days=1))
    (sent,) = book.uow.surveys_sent.find()
    assert (sent.sent_on, sent.date_only) == (TODAY - timedelta(days=1), True)
    assert sent.sent_at == datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_sending_by_hand_does_the_open_task(book: Book) -> None:
    closed_complaint(book, person_id=book.joe)
    other = send_survey(book.uow, book.account, when=when(1), person_id=book.maria)
    assert (other.kind, other.trigger, other.action_id) == ("nps", None, None)
    sent = send_survey(book.uow, book.account, when=when(), person_id=book.joe)
    (task,) = book.tasks
    assert (sent.kind, sent.trigger, sent.action_id) == ("ces", "complaint_closed", task.id)
    assert (task.status, task.done_on) == ("done", TODAY)
    assert len(book.uow.surveys_sent.find()) == 2


def test_a_wrong_kind_person_or_moment_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="none of nps"):
        send_survey(book.uow, book.account, when=when(), kind="stars")
    with pytest.raises(Refused, match="future"):
        send_survey(book.uow, book.account, when=when(-1))
    other = add_account(book.uow, name="Other").id
    with pytest.raises(Refused, match="does not belong"):
        send_survey(book.uow, other, when=when(), person_id=book.joe)


def test_a_survey_that_came_back_says_so_once(book: Book) -> None:
    sent = send_survey(book.uow, book.account, when=when(), person_id=book.joe)
    assert not bounce_survey(book.uow, sent.id).delivered
    with pytest.raises(Refused, match="known already"):
        bounce_survey(book.uow, sent.id)


@pytest.mark.parametrize(
    ("kind", "score", "effort"),
    [("nps", 6, False), ("nps", 0, False), ("csat", 2, False), ("ces", 3, False),
     ("ces", 5, True)],
)  # fmt: skip
def test_a_bad_answer_is_followed_up_within_two_business_days(
    book: Book, kind: str, score: int, effort: bool
) -> None:
    made = log_survey(book.uow, book.account, kind=kind, score=score, when=when(),
                      person_id=book.joe, effort_high=effort)  # fmt: skip
    (action,) = book.uow.actions.find(origin="survey")
    assert (action.origin_id, action.due_on, action.their_owner_id) == (
        made.id, date(2026, 3, 13), book.joe,
    )  # fmt: skip
    assert action.action.startswith("call Joe back: ")


def test_two_business_days_after_a_friday_is_tuesday(book: Book) -> None:
    friday = NOON + timedelta(days=2)
    book.uow.clock = FakeClock(friday)
    at = When(friday.date(), friday, False)
    log_survey(book.uow, book.account, kind="nps", score=0, when=at)
    (action,) = book.uow.actions.find(origin="survey")
    assert action.due_on == date(2026, 3, 17)
    assert action.action == "follow up an anonymous answer: NPS 0 of 10"


def test_a_good_answer_or_one_of_no_account_is_not_followed_up(book: Book) -> None:
    log_survey(book.uow, book.account, kind="nps", score=7, when=when())
    log_survey(book.uow, None, kind="nps", score=0, when=when())
    log_survey(book.uow, book.account, kind="nps", score=0, when=when(), call_back=False)
    assert book.uow.actions.find(origin="survey") == []


def test_an_answer_put_right_gains_or_loses_its_follow_up(book: Book) -> None:
    made = log_survey(book.uow, book.account, kind="nps", score=1, when=when())
    change_survey(book.uow, made.id, comment="typo")
    assert len(book.uow.actions.find(origin="survey")) == 1
    change_survey(book.uow, made.id, score=10)
    assert book.uow.actions.find(origin="survey") == []
    change_survey(book.uow, made.id, score=2)
    assert len(book.uow.actions.find(origin="survey")) == 1
