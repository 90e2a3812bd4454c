"""A day's start and a change of a calendar store the clocks of open complaints anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from db import clock_days
from db.book import Book
from db.clock_days import open_ids, restore_clocks
from db.undo import redo, undo
from planner.dates import When
from planner.use_cases.accounts import add_account
from planner.use_cases.calendars import add_calendar, change_calendar, set_account_calendar
from planner.use_cases.complaint_clocks import pause_complaint, resume_complaint
from planner.use_cases.complaints import change_complaint, log_complaint, move_complaint
from planner.use_cases.settings import change_setting
from tests.fakes import NOON

COLUMNS = "ack_due, response_due, resolution_due, next_due, at_risk_at"


def when(hour: int, minute: int = 0, day: int = 9) -> When:
    """A moment of March 2026; the 9th is a Monday, now is the Wednesday at noon."""
    moment = datetime(2026, 3, day, hour, minute, tzinfo=UTC)
    return When(moment.date(), moment, False)


def text(hour: int, minute: int = 0, day: int = 9) -> str:
    return f"2026-03-{day:02}T{hour:02}:{minute:02}:00.000000Z"


@pytest.fixture
def account(book: Book) -> int:
    return int(book.run(add_account, name="A", tier=1).result.id)


def log(book: Book, account: int, **fields: Any) -> int:
    return int(
        book.run(log_complaint, account, title="x", when=fields.pop("when", when(9)), **fields)
        .result.id
    )  # fmt: skip


def stored(book: Book, complaint: int) -> tuple[Any, ...]:
    row = book.connection.one(f"SELECT {COLUMNS} FROM complaint WHERE id = :i", {"i": complaint})
    assert row is not None
    return row


def changes(book: Book) -> int:
    row = book.connection.one("SELECT COUNT(*) FROM audit_entry")
    assert row is not None
    return int(row[0])


def day_start(book: Book) -> int:
    """All slices of a day's start; how many there were."""
    after = count = 0
    while after := book.clocks_slice(after):
        count += 1
    return count


def test_every_write_stores_the_next_due_and_the_moment_of_risk(book: Book, account: int) -> None:
    one = log(book, account, ack_target=60, response_target=240)
    assert stored(book, one) == (text(10), text(13), None, text(10), text(9, 48))
    book.run(move_complaint, one, "acknowledged", when(9, 30))
    book.run(pause_complaint, one, when(10))
    assert stored(book, one)[3:] == (None, None)
    book.run(resume_complaint, one, when(11))
    assert stored(book, one)[3:] == (text(14), text(13, 12))
    waits = book.connection.rows("SELECT since_at, until_at FROM complaint_pause")
    assert waits == [(text(10), text(11))]


def test_a_day_start_changes_nothing_where_nothing_changed(book: Book, account: int) -> None:
    one = log(book, account)
    two = log(book, account, severity="critical")
    book.run(pause_complaint, two, when(10))
    before, audited = (stored(book, one), stored(book, two)), changes(book)
    versions = book.connection.rows("SELECT id, version FROM complaint ORDER BY id")
    assert day_start(book) == 1
    assert day_start(book) == 1
    assert (stored(book, one), stored(book, two)) == before
    assert changes(book) == audited
    assert book.connection.rows("SELECT id, version FROM complaint ORDER BY id") == versions
    assert book.stale_count() == 0


def test_rows_of_an_older_book_get_their_moment_of_risk_and_keep_their_waits(
    book: Book, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_days, "SLICE", 1)
    one, two = (log(book, account, response_target=240, resolution_target=480) for _n in "ab")
    with_wait = {"i": one, "r": text(14), "s": text(10, day=10)}
    book.connection.begin()
    book.connection.run("UPDATE complaint SET at_risk_at = NULL")
    book.connection.run(
        "UPDATE complaint SET response_due = :r, resolution_due = :s, next_due = :r WHERE id = :i",
        with_wait,
    )
    book.connection.commit()
    audited = changes(book)
    assert day_start(book) == 2
    for _again in range(2):
        assert stored(book, one) == (
            None, text(14), text(10, day=10), text(14), text(13, 12),
        )  # fmt: skip
        assert stored(book, two)[3:] == (text(13), text(12, 12))
        waits = book.connection.rows("SELECT complaint_id, since_at, until_at FROM complaint_pause")
        assert waits == [(one, text(9), text(10))]
        day_start(book)
    assert changes(book) == audited
    book.run(change_complaint, one, response_target=60)
    assert stored(book, one)[1] == text(11)


def test_a_changed_calendar_moves_the_clocks_of_its_open_complaints_and_no_others(
    book: Book, account: int
) -> None:
    plant = book.run(
        add_calendar, name="Plant", zone="UTC", hours="mon-fri 09:00-17:00"
    ).result.id  # fmt: skip
    other = book.run(add_account, name="B").result.id
    book.run(set_account_calendar, account, plant)
    mine, theirs = (log(book, one, response_target=240) for one in (account, other))
    closed = log(book, account, response_target=240)
    book.run(move_complaint, closed, "closed", when(12), remedy_given="fixed")
    done = stored(book, closed)
    book.run(change_calendar, plant, hours="mon-fri 11:00-17:00")
    assert stored(book, mine) == (None, text(15), None, text(15), text(14, 12))
    assert stored(book, theirs)[1] == text(13)
    assert stored(book, closed) == done
    book.run(change_calendar, plant, free_days=("2026-03-09",))
    assert stored(book, mine)[1] == text(15, day=10)
    assert book.stale_count() == 0
    book.run(undo)
    assert stored(book, mine)[1] == text(15)
    book.run(redo)
    assert stored(book, mine)[1] == text(15, day=10)


def test_the_calendars_of_an_account_and_of_the_book_move_clocks(book: Book, account: int) -> None:
    book.run(add_calendar, name="Late", zone="UTC", hours="mon-fri 12:00-20:00")
    early = book.run(add_calendar, name="Early", zone="UTC", hours="mon-fri 05:00-13:00").result.id
    one = log(book, account, response_target=240)
    book.run(change_setting, "calendar", "late")
    assert stored(book, one)[1] == text(16)
    book.run(set_account_calendar, account, early)
    assert stored(book, one)[1] == text(13)
    book.run(undo)
    assert stored(book, one)[1] == text(16)
    book.run(change_setting, "calendar", "none")
    assert stored(book, one)[1] == text(13)
    book.run(undo)
    assert stored(book, one)[1] == text(16)


def test_where_many_accounts_move_their_scores_are_left_to_the_sweep(
    book: Book, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_days, "FEW", 0)
    log(book, account, response_target=240)
    book.run(add_calendar, name="Late", zone="UTC", hours="mon-fri 12:00-20:00")
    book.run(change_setting, "calendar", "late")
    assert book.stale_count() == 1
    assert sum(book.rescore()) == 1


def test_what_was_logged_before_a_calendar_changed_can_be_undone(book: Book, account: int) -> None:
    done = book.run(log_complaint, account, title="x", when=when(9), response_target=240)
    book.run(add_calendar, name="Late", zone="UTC", hours="mon-fri 12:00-20:00")
    book.run(change_setting, "calendar", "late")
    paused = book.run(pause_complaint, done.result.id, when(15))
    book.run(change_setting, "calendar", "none")
    book.run(undo, paused.change_id)
    assert stored(book, done.result.id)[1:4] == (text(13), None, text(13))
    book.run(undo, done.change_id)
    assert open_ids(book.connection) == []


@pytest.mark.parametrize("spoil", ["never", "mon 09:00-09:00"])
def test_a_calendar_that_no_clock_can_run_by_counts_as_office_hours(
    book: Book, account: int, spoil: str
) -> None:
    plant = book.run(add_calendar, name="Plant", zone="UTC", hours="mon-fri 11:00-17:00").result.id
    book.run(set_account_calendar, account, plant)
    one = log(book, account, response_target=240)
    book.connection.begin()
    book.connection.run("UPDATE calendar SET hours = :h", {"h": spoil})
    book.connection.commit()
    day_start(book)
    assert stored(book, one)[1] == text(13)


def test_a_target_that_a_calendar_never_uses_up_is_left_as_it_is(book: Book, account: int) -> None:
    plant = book.run(add_calendar, name="Plant", zone="UTC", hours="mon-fri 09:00-17:00").result.id
    one = log(book, account, resolution_target=100_000)
    before = stored(book, one)
    book.run(set_account_calendar, account, plant)
    book.run(change_calendar, plant, hours="mon 09:00-09:01")
    assert stored(book, one) == before


def test_only_what_a_slice_is_given_is_looked_at(book: Book, account: int) -> None:
    one, two = log(book, account), log(book, account)
    book.connection.begin()
    book.connection.run("UPDATE complaint SET at_risk_at = NULL")
    moved = restore_clocks(book.connection, [two], book.settings.zone, NOON.date(), book.new_id)
    book.connection.commit()
    assert moved == set()
    assert stored(book, one)[4] is None
    assert stored(book, two)[4] is not None


def test_today_warns_before_a_clock_is_late(book: Book, account: int) -> None:
    friday = when(9, day=6)
    log(book, account, when=friday, resolution_target=33 * 60)
    log(book, account, when=friday, resolution_target=40 * 60)
    page = book.queries().today.today(mine=False)
    (line,) = page.now
    assert line.first.words == "answer complaint C-1, late from 2026-03-12 10:00"
    assert [duty.words for duty in line.others] == []
    (later,) = page.later  # due on Thursday too
    assert later.first.words == "answer complaint C-2"
    book.run(change_complaint, line.first.row_id, resolution_target=31 * 60)
    words = {duty.words for one in book.queries().today.today(mine=False).now
             for duty in (one.first, *one.others)}  # fmt: skip
    assert "answer complaint C-1, late from 16:00" in words
    book.run(change_complaint, line.first.row_id, resolution_target=60)
    (line,) = book.queries().today.today(mine=False).now
    assert line.first.words == "answer complaint C-1"
