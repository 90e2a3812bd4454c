"""Requests on both engines: what is open and how late agrees with a slow count from the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest

from db.book import Book
from db.undo import undo
from planner.requests import days_late
from planner.use_cases.requests import Asked, add_request, answer_request
from planner.use_cases.touchpoints import archive_touchpoint, change_touchpoint, log_touchpoint
from planner.vocabulary import REQUEST_KINDS
from tests.makers import World, day, on_day

WORKDAYS = 2


@dataclass
class Log:
    """What was done, told in the plainest way: id to (asked, due), and which are answered by what.

    ``before`` are the states that undo goes back to.
    """

    asked: dict[int, tuple[date, date]] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    before: list[tuple[dict[int, tuple[date, date]], dict[int, int]]] = field(default_factory=list)

    def keep(self) -> None:
        self.before.append((dict(self.asked), dict(self.answered)))

    def back(self) -> None:
        self.asked, self.answered = self.before.pop()

    def open(self) -> list[int]:
        return sorted(one for one in self.asked if one not in self.answered)


def _due(asked_on: date) -> date:
    left, on = WORKDAYS, asked_on
    while left:
        on += timedelta(days=1)
        left -= on.weekday() < 5
    return on


def _step(book: Book, world: World, log: Log, random: Random) -> None:
    still = log.open()
    kind = random.choice(("ask", "talk", "answer", "many", "archive", "undo"))
    ago = random.randint(0, 12)
    if kind == "undo":
        if log.before:
            book.run(undo)
            log.back()
        return
    if kind == "archive" and not log.answered:
        return
    log.keep()
    if kind == "ask":
        made = book.run(
            add_request, world.account, random.choice(REQUEST_KINDS), asked_by_id=world.maria,
            asked_on=day(ago),
        ).result  # fmt: skip
        log.asked[made.id] = (day(ago), _due(day(ago)))
    elif kind == "talk":
        asked = Asked("quote", "numbers")
        book.run(log_touchpoint, world.account, kind="call", when=on_day(ago), asked=(asked,))
        (new,) = {row.id for row in book.queries().requests.each()} - set(log.open())
        log.asked[new] = (day(ago), _due(day(ago)))
    elif kind == "archive":
        talk = random.choice(sorted(log.answered.values()))
        if talk:
            book.run(archive_touchpoint, talk)
            log.answered = {one: by for one, by in log.answered.items() if by != talk}
        else:
            log.before.pop()
    elif still and kind == "answer":
        chosen = random.choice(still)
        book.run(answer_request, chosen)
        log.answered[chosen] = 0
    else:
        talk_id = book.run(
            log_touchpoint, world.account, kind="email", when=on_day(0), requests_answered=still
        ).result.id
        log.answered |= dict.fromkeys(still, talk_id)


@pytest.mark.parametrize("seed", range(4))
def test_open_requests_and_their_lateness_agree_with_a_slow_count(
    filled: Book, world: World, seed: int
) -> None:
    for row in tuple(filled.queries().requests.each()):
        filled.run(answer_request, row.id)
    random, log = Random(seed), Log()
    for _number in range(25):
        _step(filled, world, log, random)
        rows = {row.id: row for row in filled.queries().requests.each()}
        assert sorted(rows) == log.open()
        for number, row in rows.items():
            asked, due = log.asked[number]
            assert (row.asked_on, row.due_on) == (asked.isoformat(), due.isoformat())
            assert days_late(due, filled.today) == max(0, (filled.today - due).days)
        kinds = [
            duty.row_id
            for line in filled.queries().today.today(mine=False).now
            for duty in (line.first, *line.others)
            if duty.kind == "request"
        ]
        assert sorted(row for row in kinds if row in log.asked) == [
            one for one in log.open() if log.asked[one][1] <= filled.today
        ]


def test_the_answer_moves_with_its_contact_and_every_request_is_asked_in_one(
    filled: Book, world: World
) -> None:
    asked = Asked("information", "how long?", due_on=day(-1))
    talk = filled.run(
        log_touchpoint, world.account, kind="call", when=on_day(5), person_ids=(world.joe,),
        asked=(asked,),
    ).result  # fmt: skip
    (row,) = (one for one in filled.queries().requests.each() if one.action == "how long?")
    assert (row.asked_by, row.asked_on, row.due_on) == (
        "Joe", day(5).isoformat(), day(-1).isoformat(),
    )  # fmt: skip
    mail = filled.run(
        log_touchpoint, world.account, kind="email", when=on_day(1), requests_answered=(row.id,)
    ).result
    filled.run(change_touchpoint, mail.id, when=on_day(3))
    (closed,) = (one for one in filled.queries().requests.each(still_open=False)
                 if one.id == row.id)  # fmt: skip
    assert (closed.done_on, closed.answered_by_id) == (day(3).isoformat(), mail.id)
    assert talk.id != mail.id
    assert row.id in [
        one.id for one in filled.queries().requests.each(still_open=False, limit=1_000)
    ]


def test_celebrations_come_with_open_critical_complaints_and_promises_with_their_owner(
    filled: Book, world: World
) -> None:
    from planner.use_cases.actions import add_action
    from planner.use_cases.celebrations import add_celebration
    from planner.use_cases.complaints import log_complaint

    born = day(365 * 40 + 10 - 5)
    filled.run(add_celebration, world.account, label="Jubilee", on=born, person_id=world.maria)
    number = filled.run(
        log_complaint, world.account, title="down", severity="critical", when=on_day(0)
    ).result.number
    queries = filled.queries().celebrations
    (duty,) = queries.duties([world.account, world.other], None)
    assert duty.words.startswith("celebrate: Jubilee (Maria), 40 years; no gesture now: ")
    assert number in duty.words
    assert queries.duties([world.account], world.ann) == []
    assert queries.duties([world.account], world.bob) == [duty]
    assert queries.duties([], None) == queries.duties([world.other], None) == []
    before = len(list(filled.queries().requests.promises()))
    filled.run(add_action, world.account, action="send it", promised=True, owner_id=world.bob,
               their_owner_id=world.joe)  # fmt: skip
    filled.run(add_action, world.account, action="theirs", promised=True, side="they")
    rows = list(filled.queries().requests.promises())
    assert len(rows) == before + 1
    (made,) = (row for row in rows if row.action == "send it")
    assert (made.owner, made.promised_to) == ("Bob", "Joe")
