"""Who speaks for us after a complaint."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from planner.dates import When
from planner.use_cases.advocacy import log_advocacy
from planner.use_cases.advocates import mark_advocate, unmark_advocate
from planner.use_cases.complaints import log_complaint, move_complaint
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


def ago(uow: MemoryUnitOfWork, days: int) -> When:
    """A moment at nine so many days before today."""
    on = uow.today - timedelta(days=days)
    return When(on, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), False)


@pytest.fixture
def solved(uow: MemoryUnitOfWork, account: int) -> int:
    made = log_complaint(uow, account, title="Late", when=ago(uow, 30)).id
    move_complaint(uow, made, "closed", ago(uow, 20), remedy_given="fixed")
    return made


def test_an_open_complaint_makes_no_advocate(uow: MemoryUnitOfWork, account: int) -> None:
    made = log_complaint(uow, account, title="Late", when=ago(uow, 30)).id
    assert "is not solved" in refused(mark_advocate, uow, made)


def test_nobody_is_an_advocate_who_neither_was_satisfied_nor_spoke(
    uow: MemoryUnitOfWork, account: int, solved: int
) -> None:
    log_advocacy(uow, account, kind="review", advocacy="before", on_date=ago(uow, 21).on)
    assert "satisfied" in refused(mark_advocate, uow, solved)
    log_advocacy(uow, account, kind="review", advocacy="after", on_date=ago(uow, 20).on)
    assert mark_advocate(uow, solved).advocate_on == uow.today


def test_the_day_lies_between_the_solution_and_today(uow: MemoryUnitOfWork, account: int) -> None:
    made = log_complaint(uow, account, title="Late", when=ago(uow, 30)).id
    move_complaint(uow, made, "closed", ago(uow, 20), satisfied=True, remedy_given="fixed")
    assert "solved on" in refused(mark_advocate, uow, made, ago(uow, 21).on)
    assert "future" in refused(mark_advocate, uow, made, ago(uow, -1).on)
    assert mark_advocate(uow, made, ago(uow, 20).on).advocate_on == ago(uow, 20).on
    assert unmark_advocate(uow, made).advocate_on is None
    assert "nobody said so" in refused(unmark_advocate, uow, made)
