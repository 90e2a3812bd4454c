"""Surveys on either engine: what the figures read, tasks on Today, contact pressure."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from db.book import Book
from db.undo import undo
from planner.survey_report import grouped, report, voice_of
from planner.use_cases.accounts import archive_account, change_account
from planner.use_cases.actions import finish_action, postpone_action
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.survey_sends import bounce_survey, send_survey
from planner.use_cases.surveys import log_survey
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.survey_figures import SurveyFacts
from planner.views.today import Duty
from tests.makers import World, at, day


@pytest.fixture
def book(filled: Book) -> Book:
    """The filled book without the answers and sends that it holds."""

    def clear(uow: Any) -> None:
        for rows in (uow.surveys, uow.surveys_sent):
            for one in rows.find():
                rows.archive(one)

    filled.run(clear)
    return filled


def answer(book: Book, account: int | None, score: int, ago: int = 1, **fields: Any) -> int:
    """An NPS answer of so many days ago; its id."""
    given = {"kind": "nps", **fields}
    return int(book.run(log_survey, account, score=score, when=at(ago), **given).result.id)


def facts(book: Book, **wanted: Any) -> SurveyFacts:
    """What the figures are made of."""
    return book.queries().survey_figures.facts(**wanted)


def values(found: SurveyFacts) -> dict[str, str | None]:
    """The figures as they are shown."""
    return {one.key: one.value for one in report(voice_of(found))}


def duties(book: Book) -> list[Duty]:
    """The surveys that Today asks for."""
    page = book.queries().today.today(mine=False)
    lines = [duty for line in page.upkeep for duty in (line.first, *line.others)]
    return [duty for duty in lines if duty.kind == "survey"]


def test_an_empty_book_knows_nothing(book: Book) -> None:
    shown = values(facts(book))
    assert {key for key, value in shown.items() if value is not None} <= {"coverage"}
    assert shown["coverage"] in (None, "0 %")


def test_figures_are_of_the_window_and_of_live_accounts(book: Book, world: World) -> None:
    answer(book, world.account, 10, 40, person_id=world.maria)
    answer(book, world.account, 0, 3, person_id=world.maria)
    answer(book, world.account, 9, 2, person_id=world.joe)
    answer(book, world.other, 8, 100)
    answer(book, None, 10, 0)
    assert values(facts(book))["nps"] == "25"
    assert values(facts(book, first=day(39)))["nps"] == "33.3"
    assert values(facts(book, first=day(60), last=day(30)))["nps"] == "100"
    assert values(facts(book, account_id=world.account))["nps"] == "0"
    assert [one.score for one in facts(book, first=day(0)).answers] == [10]
    book.run(archive_account, world.account)
    assert values(facts(book))["nps"] == "50"


def test_revenue_weighs_and_is_covered_for_90_days_whatever_the_window(
    book: Book, world: World
) -> None:
    arr = facts(book).arr
    answer(book, world.account, 10, 80)
    answer(book, world.other, 0, 100)
    found = facts(book, first=day(10))
    assert (found.answers, found.covered) == ((), frozenset({world.account}))
    share = voice_of(found).coverage
    total = sum(one or 0 for one in arr.values())
    assert share.value == 100 * (arr[world.account] or 0) / total if total else share.value is None


def test_the_response_rate_knows_what_came_back(book: Book, world: World) -> None:
    for person in (world.maria, world.joe):
        book.run(send_survey, world.account, when=at(5), person_id=person)
    lost = book.run(send_survey, world.account, when=at(4)).result
    answer(book, world.account, 9, 1)
    assert values(facts(book))["response_rate"] == "33.3 %"
    book.run(bounce_survey, lost.id)
    assert values(facts(book))["response_rate"] == "50 %"
    rows = book.queries().survey_figures.sends(account_id=world.account)
    assert [(one.person, one.delivered) for one in rows] == [
        (None, False), ("Joe", True), ("Maria", True),
    ]  # fmt: skip
    book.run(undo)
    assert values(facts(book))["response_rate"] == "33.3 %"


def test_groups_stand_by_tier_owner_and_stage_and_nobodys_last(book: Book, world: World) -> None:
    book.run(change_account, world.account, tier=1, stage="adopting", owner_id=world.bob)
    book.run(change_account, world.other, tier=2, stage="lost", owner_id=None)
    answer(book, world.account, 10)
    answer(book, world.other, 0)
    answer(book, None, 7)
    found = facts(book)
    for by, names in (("tier", ["1", "2", None]), ("owner", ["Bob", None]),
                      ("stage", ["adopting", "lost", None])):  # fmt: skip
        assert [one.group for one, _part in grouped(found, by)] == names
    assert grouped(found, "owner")[1][0].voice.nps.n == 2


def test_a_survey_task_waits_under_upkeep_until_it_was_sent(book: Book, world: World) -> None:
    book.run(log_touchpoint, world.account, kind="qbr", when=at(0), person_ids=[world.joe])
    (duty,) = duties(book)
    assert (duty.words, duty.account_id) == ("send Joe a survey: QBR done", world.account)
    now = book.queries().today.today(mine=False).now
    assert all(one.row_id != duty.row_id for line in now for one in (line.first, *line.others)
               if one.kind == "action")  # fmt: skip
    book.run(postpone_action, duty.row_id, day(-3), "busy")
    assert duties(book) == []
    book.run(undo)
    book.run(finish_action, duty.row_id)
    assert duties(book) == []
    assert len(facts(book).sent) == 1
    book.run(undo)
    assert len(duties(book)) == 1
    assert facts(book).sent == ()
    book.run(undo)
    assert duties(book) == []


def test_the_gate_knows_the_contact_that_asked_for_the_survey(book: Book, world: World) -> None:
    for ago in (2, 1):
        book.run(log_touchpoint, world.account, kind="email", when=at(ago), two_way=False,
                 person_ids=[world.joe])  # fmt: skip
    book.run(log_touchpoint, world.account, kind="qbr", when=at(0), person_ids=[world.joe])

    def tasks(uow: Any) -> list[Any]:
        return [one for one in uow.actions.find(account_id=world.account) if one.survey_trigger]

    (task,) = book.run(tasks).result
    assert task.due_on >= day(-5)


def test_surveys_weigh_planned_and_sent_and_not_when_they_came_back(
    book: Book, world: World
) -> None:
    def held() -> list[tuple[str, bool]]:
        (subject,) = book.queries().pressure.people([world.joe])
        return sorted((one.source, one.planned) for one in subject.touches)

    before = held()
    made = book.run(log_complaint, world.account, title="late", when=at(1),
                    person_id=world.joe).result  # fmt: skip
    book.run(move_complaint, made.id, "closed", at(0), remedy_given="done")
    assert held() == sorted([*before, ("action", True)])
    sent = book.run(send_survey, world.account, when=at(0), person_id=world.joe).result
    assert held() == sorted([*before, ("survey_sent", False)])
    (account,) = book.queries().pressure.accounts([world.account])
    assert any(one.source == "survey_sent" for one in account.touches)
    book.run(bounce_survey, sent.id)
    assert held() == before


def test_days_of_a_window_are_local_days(book: Book, world: World) -> None:
    answer(book, world.account, 9, 1)
    found = facts(book, first=day(1), last=day(1))
    assert len(found.answers) == 1
    assert facts(book, first=day(1) + timedelta(days=1)).answers == ()


ONBOARDED = """
import sys
from db.address import parse_address
from db.rows import to_model
from db.tables import ACCOUNT
from planner.use_cases.accounts import change_account
from tests.makers import opened
address, account, name = sys.argv[1:]
book = opened(parse_address(address), actor=name)
rows = book.connection.maps("SELECT * FROM account WHERE id = :id", {"id": int(account)})
print("ready", flush=True)
sys.stdin.readline()
book.run(change_account, to_model(ACCOUNT, rows[0]), stage="adopting")
book.close()
"""
"""Another process has read the account while it was in onboarding and says that this is done."""


def test_two_processes_that_see_the_same_event_make_one_task(book: Book, world: World) -> None:
    book.run(change_account, world.account, stage="onboarding")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", ONBOARDED, str(book.address), str(world.account), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("Ann", "Bob")
    ]  # fmt: skip
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    for one in both:
        one.communicate()

    def tasks(uow: Any) -> int:
        return len(uow.actions.find(account_id=world.account, survey_trigger="onboarding_done"))

    assert book.run(tasks).result == 1
