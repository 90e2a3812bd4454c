"""Outcomes on both engines: which renewals count, and the score as it was stored before them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from db.book import Book
from planner.health.validation import Outcome
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.actions import add_action, finish_action
from planner.use_cases.contracts import add_contract, change_contract
from tests.makers import day


def contract(book: Book, name: str, end_ago: int, **fields: Any) -> int:
    """An account with a contract that ended; returns the account's id."""
    account = book.run(add_account, name=name).result.id
    made = book.run(add_contract, account, arr_minor=100, start_on=day(end_ago + 365),
                    end_on=day(end_ago), notice_days=fields.pop("notice_days", None))  # fmt: skip
    if fields:
        book.run(change_contract, made.result.id, **fields)
    return int(account)


def store(book: Book, account: int, on: date, shown: int | None, band: str) -> None:
    """A score as it would have been stored on a day."""
    row = {"a": account, "on": on.isoformat(), "shown": shown, "band": band,
           "measures": json.dumps({"R1": [shown or 0, 1.0]})}  # fmt: skip
    book.connection.begin()
    book.connection.run(
        "INSERT INTO health_snapshot(account_id, on_date, shown, raw, final, band, coverage,"
        " config_version, measures) VALUES (:a, :on, :shown, :shown, :shown, :band, 0.8, 'x',"
        " :measures)", row,
    )  # fmt: skip
    book.connection.commit()


def outcomes(book: Book) -> dict[str, Outcome]:
    first = book.today - timedelta(days=365)
    return {one.account: one for one in book.queries().outcomes.decided(first, book.today)}


def test_decided_and_lost_ones_count_and_open_ones_do_not(filled: Book) -> None:
    contract(filled, "Kept", 20, decided_on=day(30), forecast="certain")
    contract(filled, "Less", 20, decided_on=day(30), forecast="certain", renew_amount_minor=60)
    contract(filled, "Lost", 20, decided_on=day(30), forecast="lost")
    contract(filled, "Notice", 20, decided_on=day(30), cancellation_on=day(40))
    contract(filled, "Open", 20)
    gone = contract(filled, "Gone", 20)
    filled.run(change_account, gone, stage="lost", lost_on=day(19))
    found = outcomes(filled)
    assert {name: (one.lost, one.contracted) for name, one in found.items()} == {
        "Kept": (False, False), "Less": (False, True), "Lost": (True, False),
        "Notice": (True, False), "Gone": (True, False),
    }  # fmt: skip
    assert {one.decided_on for one in found.values()} == {day(20)}
    assert all(one.score is None and one.seen_on is None for one in found.values())


@pytest.mark.parametrize(("notice", "decided"), [(None, 20), (30, 50)])
def test_the_score_is_the_newest_of_the_week_90_to_97_days_before(
    filled: Book, notice: int | None, decided: int
) -> None:
    account = contract(filled, "Kept", 20, decided_on=day(30), forecast="certain",
                       notice_days=notice)  # fmt: skip
    for back, shown in ((89, 10), (90, 55), (95, 60), (98, 80)):
        store(filled, account, day(decided + back), shown, "yellow")
    one = outcomes(filled)["Kept"]
    assert (one.decided_on, one.seen_on, one.score) == (day(decided), day(decided + 90), 55.0)
    assert one.measures == {"R1": 55}


def test_what_was_stored_outside_the_week_is_no_score_and_grey_is_none(filled: Book) -> None:
    early = contract(filled, "Early", 20, decided_on=day(30), forecast="certain")
    store(filled, early, day(20 + 89), 50, "yellow")
    store(filled, early, day(20 + 98), 50, "yellow")
    grey = contract(filled, "Grey", 20, decided_on=day(30), forecast="certain")
    store(filled, grey, day(20 + 91), 50, "grey")
    found = outcomes(filled)
    assert found["Early"].seen_on is None
    assert (found["Grey"].seen_on, found["Grey"].score) == (day(111), None)


def test_a_notice_is_taken_out_of_the_score_and_an_action_of_a_playbook_is_a_save(
    filled: Book,
) -> None:
    account = contract(filled, "Notice", 20, decided_on=day(30), cancellation_on=day(120))
    store(filled, account, day(111), 20, "red")
    filled.connection.begin()
    filled.connection.run(
        "UPDATE health_snapshot SET raw = 77.4 WHERE account_id = :a", {"a": account}
    )
    filled.connection.commit()
    task = filled.run(add_action, account, action="call", origin="playbook", due_on=day(60)).result
    filled.run(finish_action, task.id)
    one = outcomes(filled)["Notice"]
    assert (one.score, one.band, one.notice_taken_out) == (77.0, "green", True)
    assert not one.saved  # done today, after the decision


def test_a_period_is_told_what_the_one_before_lost(filled: Book) -> None:
    for number in range(4):
        forecast = "lost" if number == 0 else "certain"
        account = contract(filled, f"Then {number}", 400, decided_on=day(401), forecast=forecast)
        store(filled, account, day(491), 30, "red")
    account = contract(filled, "Now", 20, decided_on=day(30), forecast="certain")
    store(filled, account, day(111), 30, "red")
    found = outcomes(filled)
    assert set(found) == {"Now"}
    assert found["Now"].predicted == 0.25
