"""Who is silent, by number and by revenue, and the logged moods by month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db.book import Book
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.signals import log_signal
from planner.use_cases.surveys import log_survey
from planner.use_cases.touchpoints import archive_touchpoint, log_touchpoint
from tests.fakes import FakeClock
from tests.makers import TODAY, at, day


def silent(book: Book, days: int = 90) -> set[str]:
    return {row.account for row in book.queries().listening.silence(days).rows}


def account(book: Book, name: str, arr: int | None = None, currency: str = "EUR") -> int:
    made: int = book.run(add_account, name=name).result.id
    if arr is not None:
        book.run(
            add_contract, made, arr_minor=arr, currency=currency, start_on=day(300),
            end_on=day(-60), name="contract",
        )  # fmt: skip
    return made


@pytest.mark.parametrize("sign", ["talk", "answer", "complaint"])
def test_any_sign_in_the_window_ends_the_silence(filled: Book, clock: FakeClock, sign: str) -> None:
    made = account(filled, "Quiet Ltd")
    assert "Quiet Ltd" in silent(filled)
    signs: dict[str, tuple[Any, dict[str, Any]]] = {
        "talk": (log_touchpoint, {"kind": "call", "two_way": True}),
        "answer": (log_survey, {"kind": "csat", "score": 3}),
        "complaint": (log_complaint, {"title": "Late"}),
    }
    use_case, fields = signs[sign]
    filled.run(use_case, made, when=at(1), **fields)
    assert "Quiet Ltd" not in silent(filled)
    clock.move(days=89)
    assert "Quiet Ltd" not in silent(filled)
    clock.move(days=1)
    assert "Quiet Ltd" in silent(filled)


def test_mail_that_nobody_answered_does_not(filled: Book) -> None:
    made = account(filled, "Quiet Ltd")
    filled.run(log_touchpoint, made, kind="email", when=at(1), direction="out")
    assert "Quiet Ltd" in silent(filled)


def test_the_shares_are_by_number_and_by_known_revenue(filled: Book) -> None:
    before = filled.queries().listening.silence()
    account(filled, "Large", 900_00)
    account(filled, "Small", 100_00)
    account(filled, "Abroad", 500_00, "USD")
    after = filled.queries().listening.silence()
    assert (after.accounts, after.silent) == (before.accounts + 3, before.silent + 3)
    assert after.silent_arr_minor == before.silent_arr_minor + 1_000_00
    assert after.unknown_arr == before.unknown_arr + 1
    assert after.share == after.silent / after.accounts
    assert after.revenue_share == after.silent_arr_minor / after.arr_minor
    names = [row.account for row in after.rows]
    assert names.index("Large") < names.index("Small") < names.index("Abroad")
    assert len(filled.queries().listening.silence(limit=2).rows) == 2


def test_lost_accounts_and_prospects_are_in_no_figure(filled: Book) -> None:
    made = account(filled, "Gone Ltd")
    count = filled.queries().listening.silence().accounts
    for stage in ("lost", "prospect"):
        filled.run(change_account, made, stage=stage)
        found = filled.queries().listening.silence()
        assert found.accounts == count - 1
        assert "Gone Ltd" not in {row.account for row in found.rows}


def test_a_share_of_nothing_is_unknown(book: Book) -> None:
    found = book.queries().listening.silence()
    assert (found.share, found.revenue_share, found.rows) == (None, None, ())
    assert book.queries().listening.moods() == []


def test_moods_are_the_logged_ones_of_talks_and_signals_by_month(filled: Book) -> None:
    made = account(filled, "Moody Ltd")
    talk = filled.run(log_touchpoint, made, kind="call", when=at(1), sentiment=-2).result
    filled.run(log_touchpoint, made, kind="call", when=at(1), sentiment=1)
    filled.run(log_signal, made, signal="praised us", when=at(1), sentiment=2)
    filled.run(log_touchpoint, made, kind="call", when=at(1))
    month = day(1).isoformat()[:7]
    (one,) = filled.queries().listening.moods(made)
    assert (one.month, one.count, one.negative) == (month, 3, 1)
    assert one.mean == pytest.approx(1 / 3)
    filled.run(archive_touchpoint, talk.id)
    (one,) = filled.queries().listening.moods(made)
    assert (one.count, one.mean) == (2, 1.5)
    assert sum(each.count for each in filled.queries().listening.moods()) >= 2


def test_twelve_months_begin_with_a_whole_one(filled: Book, clock: FakeClock) -> None:
    made = account(filled, "Moody Ltd")
    filled.run(log_touchpoint, made, kind="call", when=at(0), sentiment=2)
    first = TODAY.replace(day=1)
    clock.move(days=(first.replace(year=first.year + 1) - timedelta(days=1) - TODAY).days)
    assert len(filled.queries().listening.moods(made)) == 1
    clock.move(days=1)
    assert filled.queries().listening.moods(made) == []
