"""Causes, links, improvements, the inbox, advocates and "you said, we did", on both engines."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from db.book import Book
from planner.complaint_parts import ComplaintNote
from planner.documents.said import said_document
from planner.entity import build
from planner.errors import Refused
from planner.said import as_document
from planner.surveys import Survey
from planner.use_cases.advocacy import log_advocacy
from planner.use_cases.advocates import mark_advocate
from planner.use_cases.cause_links import decide_cause, shared_cause
from planner.use_cases.complaints import change_complaint, log_complaint, move_complaint
from planner.use_cases.feedback import close_feedback
from planner.use_cases.improvements import (
    add_improvement,
    change_improvement,
    drop_improvement,
    finish_improvement,
)
from planner.use_cases.people import person_left
from planner.use_cases.signals import log_signal
from planner.use_cases.surveys import log_survey
from tests.fakes import NOON
from tests.makers import TODAY, World, at, day
from tui.document_files import FORMS, written

YEAR = TODAY - timedelta(days=365), TODAY


def solved(book: Book, account: int, title: str, ago: int, **fields: Any) -> int:
    """A complaint opened so many days ago and closed two days later."""
    made: int = book.run(
        log_complaint, account, title=title, when=at(ago), person_id=fields.pop("person_id", None)
    ).result.id
    book.run(move_complaint, made, "closed", at(ago - 2), **{"remedy_given": "fixed", **fields})
    return made


def test_the_pareto_counts_live_complaints_of_the_period(filled: Book, world: World) -> None:
    for cause in ("Billing", "billing", "Delivery"):
        solved(filled, world.account, "x", 9, root_cause=cause, cause_detail="late")
    solved(filled, world.account, "x", 800, root_cause="Billing")
    withdrawn = solved(filled, world.account, "x", 9, root_cause="Billing")
    filled.run(change_complaint, withdrawn, excluded="withdrawn")
    found = filled.queries().causes.pareto(*YEAR)
    assert [(line.cause, line.complaints) for line in found.lines] == [
        ("Billing", 2), ("Delivery", 1),
    ]  # fmt: skip
    assert (found.stated, found.unstated) == (3, 2)
    rows = filled.queries().causes.complaints(found.lines[0].spellings, *YEAR)
    assert {row.root_cause for row in rows} == {"Billing", "billing"}
    rows = filled.queries().causes.complaints(found.unstated_spellings, *YEAR)
    assert {row.id for row in rows} == {world.complaint, world.waiting}
    detail = filled.queries().causes.pareto(*YEAR, 2).lines[0]
    assert (detail.cause, detail.detail) == ("Billing", "late")


def test_recurrence_is_told_by_account_and_cause(filled: Book, world: World) -> None:
    assert filled.queries().causes.recurrence() == []
    solved(filled, world.account, "first", 700, root_cause="Billing")
    solved(filled, world.other, "elsewhere", 20, root_cause="Billing")
    again = solved(filled, world.account, "again", 20, root_cause="BILLING ")
    (row,) = filled.queries().causes.recurrence()
    assert (row.account, row.cause, row.repeats, row.complaints) == ("Nordic Oy", "BILLING", 1, 1)
    assert row.numbers == (filled.queries().record("complaint", again).number,)


def test_links_are_proposed_across_the_book_and_leave_when_decided(
    filled: Book, world: World
) -> None:
    one = solved(filled, world.account, "Invoice sent twice in May", 9, root_cause="Billing")
    near = solved(filled, world.account, "The invoice was sent twice in May", 8)
    far = solved(filled, world.other, "invoice in may sent twice", 7)
    solved(filled, world.other, "Login broken", 7)
    found = filled.queries().causes.proposals(one)
    assert [row.other_id for row in found] == [far, near]
    assert found[0].score == 100
    filled.run(decide_cause, one, far, False, "another firm")
    filled.run(decide_cause, near, one)
    assert filled.queries().causes.proposals(one) == []
    links = filled.queries().causes.links(one)
    assert [(row.other_id, row.same) for row in links] == [(near, True), (far, False)]
    assert [row.other_id for row in filled.queries().causes.links(near)] == [one]
    record = filled.queries().record
    assert filled.run(shared_cause, record("complaint", near)).result == {"root_cause": "Billing"}
    assert filled.run(shared_cause, record("complaint", far)).result == {}
    filled.run(decide_cause, near, one, False)
    assert [row.same for row in filled.queries().causes.links(one)] == [False, False]
    with pytest.raises(Refused, match="same complaint"):
        filled.run(decide_cause, one, one)


def test_the_inbox_holds_each_piece_once_with_what_came_of_it(filled: Book, world: World) -> None:
    heard = filled.run(log_signal, world.account, signal="They tender", when=at(1)).result
    told = filled.run(
        log_survey, world.account, kind="csat", score=2, comment="slow", when=at(3),
        person_id=world.joe,
    ).result  # fmt: skip
    nobody = filled.run(log_survey, None, kind="nps", score=1, comment="bad", when=at(4)).result
    improvement = filled.run(add_improvement, improvement="Faster answers").result
    filled.run(close_feedback, "survey", told.id, "acted_on", None, None, improvement.id)
    filled.run(close_feedback, "signal", heard.id, "declined", "hearsay")
    done = solved(filled, world.account, "Late", 9, remedy_given="credit")
    queries = filled.queries().improved
    rows = {(row.kind, row.id): row for row in queries.inbox()}
    assert len(rows) == len(queries.inbox())
    assert rows["survey", told.id][5:] == (
        "Joe", "slow", day(3).isoformat(), "acted_on", None, day(0).isoformat(), improvement.id,
        "Faster answers",
    )  # fmt: skip
    assert (rows["signal", heard.id].state, rows["signal", heard.id].note) == (
        "declined", "hearsay",
    )  # fmt: skip
    assert (rows["complaint", done].state, rows["complaint", done].note) == ("acted_on", "credit")
    assert rows["survey", nobody.id].account is None
    assert rows["complaint", world.complaint].state == "open"
    days = [row.on_date for row in queries.inbox()]
    assert days == sorted(days, reverse=True)
    still = {(row.kind, row.id) for row in queries.inbox(open_only=True)}
    assert ("survey", nobody.id) in still
    assert not still & {("survey", told.id), ("signal", heard.id), ("complaint", done)}
    assert len(queries.inbox(limit=2)) == 2
    assert {row.account_id for row in queries.inbox(account_id=world.other)} == set()
    assert {row.account_id for row in queries.inbox(owner_id=world.bob)} == {world.account}
    with pytest.raises(Refused, match="closed with its remedy"):
        filled.run(close_feedback, "complaint", done)
    with pytest.raises(Refused, match="belongs to no account"):
        filled.run(add_improvement, improvement="x", sources=[("survey", nobody.id)])


def test_improvements_stand_by_their_day_with_their_sources(filled: Book, world: World) -> None:
    late = filled.run(
        add_improvement, improvement="late", due_on=day(2), owner_id=world.ann,
        sources=[("complaint", world.complaint), ("complaint", world.waiting)],
    ).result  # fmt: skip
    gone = filled.run(add_improvement, improvement="gone", due_on=day(9)).result
    filled.run(drop_improvement, gone.id, "too dear")
    rows = filled.queries().improved.improvements()
    assert [row.improvement for row in rows] == ["late", "One contact", "gone"]
    assert (rows[0].sources, rows[0].complaints, rows[0].owner) == (2, 2, "Ann")
    assert [row.improvement for row in filled.queries().improved.improvements(open_only=True)] == [
        "late", "One contact",
    ]  # fmt: skip
    assert len(filled.queries().improved.improvements(owner_id=world.bob)) == 0
    assert len(filled.queries().improved.improvements(limit=1)) == 1
    assert {row.id for row in filled.queries().improved.sources(late.id)} == {
        world.complaint, world.waiting,
    }  # fmt: skip


def test_an_overdue_improvement_is_on_today_of_its_owner(filled: Book, world: World) -> None:
    def shown(mine: bool) -> list[tuple[int, str]]:
        page = filled.queries().today.today(mine=mine)
        duties = [one for line in page.now for one in (line.first, *line.others)]
        return [(one.row_id or 0, one.words) for one in duties if one.kind == "improvement"]

    late, coming, loose = (
        filled.run(add_improvement, improvement="faster", due_on=day(ago), owner_id=world.ann,
                   sources=sources).result.id
        for ago, sources in (
            (1, [("complaint", world.complaint), ("complaint", world.waiting)]),
            (0, [("complaint", world.complaint)]), (1, []),
        )
    )  # fmt: skip
    assert coming != loose
    assert shown(mine=True) == shown(mine=False) == [(late, "improvement: faster")]
    filled.run(change_improvement, late, owner_id=world.bob)
    assert shown(mine=True) == []
    filled.run(finish_improvement, late)
    assert shown(mine=False) == []


def test_advocates_were_helped_and_speak_for_us_within_180_days(filled: Book, world: World) -> None:
    spoke = solved(filled, world.other, "a", 300, satisfied=True)
    solved(filled, world.account, "not satisfied", 200, satisfied=False)
    marked = solved(filled, world.account, "b", 5, satisfied=True)
    filled.run(mark_advocate, marked)
    filled.run(log_advocacy, world.other, kind="review", advocacy="five stars", on_date=day(118))
    filled.run(log_advocacy, world.other, kind="answer", advocacy="too late", on_date=day(117))
    rows, count, satisfied = filled.queries().improved.advocates(*YEAR)
    assert [(row.id, row.acts, row.advocacy) for row in rows] == [
        (marked, 0, None), (spoke, 1, "five stars"),
    ]  # fmt: skip
    assert (count, satisfied) == (3, 2)


SECRET = "SECRET"


def test_you_said_we_did_holds_nothing_that_is_ours(filled: Book, world: World) -> None:
    """Every text that is not meant for them holds the word; none of it comes out."""
    told = solved(
        filled, world.account, "Invoice sent twice", 20, person_id=world.maria,
        remedy_given="Credit of May", root_cause=SECRET, cause_detail=SECRET,
    )  # fmt: skip
    filled.run(change_complaint, told, detail=SECRET, remedy_sought=SECRET, promised=SECRET)
    solved(filled, world.account, f"{SECRET} of nobody", 20, remedy_given=SECRET)
    filled.run(log_complaint, world.account, title=f"{SECRET} not solved", when=at(20),
               person_id=world.maria)  # fmt: skip
    left = solved(filled, world.account, f"{SECRET} who left", 20, person_id=world.joe,
                  remedy_given=SECRET)  # fmt: skip
    gone = solved(filled, world.account, f"{SECRET} withdrawn", 20, person_id=world.maria,
                  remedy_given=SECRET)  # fmt: skip
    filled.run(change_complaint, gone, excluded="withdrawn")
    heard = filled.run(
        log_signal, world.account, signal=SECRET, when=at(5), person_id=world.maria
    ).result
    answers = [
        filled.run(log_survey, account, kind="nps", score=3, comment=words, when=at(5),
                   person_id=person).result
        for account, words, person in (
            (world.account, "Answers take days", world.maria),
            (world.account, f"{SECRET} anonymous", None),
            (world.other, f"{SECRET} of another account", world.stranger),
        )
    ]  # fmt: skip
    sources = [("survey", one.id) for one in answers] + [("signal", heard.id)]
    done = filled.run(add_improvement, improvement=SECRET, root_cause=SECRET, sources=sources)
    filled.run(finish_improvement, done.result.id, "Answers come within a day", day(1))
    dropped = filled.run(add_improvement, improvement=SECRET, sources=[("complaint", told)])
    filled.run(drop_improvement, dropped.result.id, SECRET)
    for kind, row_id in sources:
        filled.run(close_feedback, kind, row_id, "acted_on", SECRET)
    filled.run(_note, world, told)
    filled.run(person_left, world.account, world.joe, day(1))
    said, silent = filled.queries().said.you_said(world.account)
    assert [line[:4] for line in said.lines] == [
        ("Maria", day(5).isoformat(), "Answers take days", ("Answers come within a day",)),
        ("Maria", day(20).isoformat(), "Invoice sent twice", ("Credit of May",)),
    ]
    assert silent == 2
    assert left
    everything = [json.dumps(as_document(said))]
    everything += [written(said_document(said), form, 80) for form in FORMS]
    for text in everything:
        assert "Credit of May" in text
        assert SECRET not in text


def _note(uow: Any, world: World, complaint: int) -> None:
    uow.complaint_notes.add(
        build(ComplaintNote, id=uow.new_id(), account_id=world.account, complaint_id=complaint,
              told=False, note=SECRET, noted_at=NOON, noted_on=day(1), recorded_on=day(1),
              logged_at=NOON)
    )  # fmt: skip


def test_an_anonymous_answer_has_no_author_to_tell(filled: Book, world: World) -> None:
    made = filled.run(
        log_survey, world.account, kind="nps", score=3, comment="bad", when=at(5)
    ).result
    assert isinstance(made, Survey)
    filled.run(close_feedback, "survey", made.id)
    said, silent = filled.queries().said.you_said(world.account)
    assert (said.lines, silent) == ((), 0)


def test_the_longest_cause_that_hardly_packs_is_kept(filled: Book, world: World) -> None:
    """A server's index takes 2,704 bytes a row; a cause of 1,000 signs may be longer."""
    from random import Random

    rng = Random(1)
    longest = "".join(chr(rng.randrange(0x20000, 0x2A6D0)) for _n in range(1_000))
    solved(filled, world.account, "x", 9, root_cause=longest, cause_detail=longest)
    (line,) = filled.queries().causes.pareto(*YEAR).lines
    assert line.cause == longest
    assert len(filled.queries().causes.complaints(line.spellings, *YEAR)) == 1
