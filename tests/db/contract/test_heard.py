"""Signals and survey answers: their order, their ends, and that nobody is kept who wants to be
nobody."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db.book import Book
from planner.errors import Refused
from planner.segments import parse
from planner.use_cases.accounts import archive_account, change_account
from planner.use_cases.signals import change_signal, close_signal, log_signal, reopen_signal
from planner.use_cases.surveys import change_survey, log_survey
from planner.use_cases.touchpoints import archive_touchpoint, log_touchpoint
from tests.makers import World, at, day


def heard(book: Book, account: int, words: str, ago: int = 1, **fields: Any) -> int:
    """A signal of so many days ago; returns its id."""
    made = book.run(log_signal, account, signal=words, when=at(ago), **fields).result
    return int(made.id)


def said(book: Book, **wanted: Any) -> list[str]:
    """The words of the signals that are listed."""
    return [row.signal for row in book.queries().heard.signals(**wanted)]


def test_signals_stand_newest_first_page_after_page(filled: Book, world: World) -> None:
    before = said(filled)
    for number, ago in enumerate((3, 1, 2, 1, 0)):
        heard(filled, world.account, f"s{number}", ago)
    everything = filled.queries().heard.signals()
    assert [one for one in said(filled) if one not in before] == ["s4", "s3", "s1", "s2", "s0"]
    assert len(everything) == len(before) + 5
    paged: list[Any] = []
    while rows := filled.queries().heard.signals(
        limit=2, before=(paged[-1].heard_at, paged[-1].id) if paged else None
    ):
        paged += rows
    assert paged == everything


def test_signals_are_narrowed_by_account_kind_owner_and_whether_they_are_open(
    filled: Book, world: World
) -> None:
    filled.run(change_account, world.account, owner_id=world.bob)
    first = heard(filled, world.account, "on the forum", kind="news", sentiment=-1)
    heard(filled, world.other, "a rumour", kind="rumour")
    filled.run(close_signal, first, "acted_on", "called them")
    assert said(filled, kind="news") == ["on the forum"]
    assert said(filled, account_id=world.other, kind="rumour") == ["a rumour"]
    assert "on the forum" not in said(filled, open_only=True)
    assert "a rumour" not in said(filled, owner_id=world.bob)
    row = filled.queries().heard.signals(kind="news")[0]
    assert (row.outcome, row.outcome_note, row.closed_on) == (
        "acted_on", "called them", day(0).isoformat(),
    )  # fmt: skip
    filled.run(archive_account, world.other)
    assert "a rumour" not in said(filled)


def test_a_signal_is_declined_with_a_reason_and_opened_again(filled: Book, world: World) -> None:
    made = heard(filled, world.account, "they look around", 2)
    with pytest.raises(Refused, match="say why"):
        filled.run(close_signal, made, "declined", "  ")
    with pytest.raises(Refused, match="before it was heard"):
        filled.run(close_signal, made, "acted_on", None, day(3))
    with pytest.raises(Refused, match="future"):
        filled.run(close_signal, made, "acted_on", None, day(-1))
    with pytest.raises(Refused, match="it is open"):
        filled.run(reopen_signal, made)
    filled.run(close_signal, made, "declined", "an old story", day(1))
    with pytest.raises(Refused, match="closed already"):
        filled.run(close_signal, made, "acted_on")
    with pytest.raises(Refused, match="closed on"):
        filled.run(change_signal, made, when=at(0, 9))
    after = filled.run(reopen_signal, made).result
    assert (after.outcome, after.outcome_note, after.closed_on) == (None, None, None)
    with pytest.raises(Refused, match="step of its own"):
        filled.run(change_signal, made, outcome="acted_on")


def test_a_signal_of_tomorrow_or_of_a_stranger_is_refused(filled: Book, world: World) -> None:
    with pytest.raises(Refused, match="future"):
        filled.run(log_signal, world.account, signal="x", when=at(-1))
    with pytest.raises(Refused, match="does not belong"):
        filled.run(
            log_signal, world.account, signal="x", when=at(1), person_id=world.stranger
        )  # fmt: skip
    with pytest.raises(Refused, match="signal: it is empty"):
        filled.run(log_signal, world.account, signal=" ", when=at(1))


def test_an_anonymous_answer_leaves_no_person_in_the_row_or_the_audit(
    filled: Book, world: World
) -> None:
    done = filled.run(
        log_survey, world.account, kind="csat", score=2, when=at(1), comment="slow"
    )  # fmt: skip
    made = done.result
    row = filled.connection.maps("SELECT * FROM survey WHERE id = :id", {"id": made.id})[0]
    assert row["person_id"] is None
    filled.run(change_survey, made.id, score=3)
    entries = filled.connection.rows(
        "SELECT before, after FROM audit_entry WHERE row_id = :id", {"id": made.id}
    )
    assert len(entries) == 2
    people = {world.maria, world.joe, world.stranger}
    for text in (one for entry in entries for one in entry if one is not None):
        kept = json.loads(text)
        assert kept.get("person_id") is None
        assert people.isdisjoint(one for one in kept.values() if isinstance(one, int))
    with pytest.raises(Refused, match="cannot be changed"):
        filled.run(change_survey, made.id, person_id=world.maria)
    shown = filled.queries().heard.surveys(account_id=world.account)[1]
    assert (shown.person, shown.score, shown.comment) == (None, 3, "slow")


def test_a_score_keeps_to_its_scale(filled: Book, world: World) -> None:
    for kind, score, words in (("nps", 11, "NPS runs from 0 to 10"), ("nps", -1, "from 0 to 10"),
                               ("csat", 0, "CSAT runs from 1 to 5"),
                               ("ces", 8, "CES runs from 1 to 7")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            filled.run(log_survey, world.account, kind=kind, score=score, when=at(1))
    with pytest.raises(Refused, match="none of nps"):
        filled.run(log_survey, world.account, kind="stars", score=3, when=at(1))
    with pytest.raises(Refused, match="only CES"):
        filled.run(log_survey, world.account, kind="nps", score=3, when=at(1), effort_high=True)
    with pytest.raises(Refused, match="belongs to an account"):
        filled.run(log_survey, None, kind="nps", score=3, when=at(1), person_id=world.maria)
    made = filled.run(log_survey, None, kind="ces", score=7, when=at(1), effort_high=True).result
    assert (made.highest, made.account_id) == (7, None)
    changed = filled.run(change_survey, made.id, kind="nps", score=10, effort_high=False).result
    assert (changed.highest, changed.score) == (10, 10)
    with pytest.raises(Refused, match="from 0 to 10"):
        filled.run(change_survey, made.id, score=11)


def test_who_was_never_trained_is_found(filled: Book, world: World) -> None:
    def trained(answer: str) -> set[int]:
        return set(filled.queries().accounts.ids(parts=parse(f"trained:{answer}")))

    assert trained("yes") == set()
    alone = filled.run(log_touchpoint, world.other, kind="training", when=at(2)).result
    assert trained("yes") == set()
    made = filled.run(
        log_touchpoint, world.account, kind="training", when=at(2), person_ids=[world.maria]
    ).result
    assert trained("yes") == {world.account}
    assert trained("no") == {world.other}
    filled.run(archive_touchpoint, made.id)
    assert trained("yes") == set()
    assert alone.account_id == world.other
