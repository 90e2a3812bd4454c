"""The row of each account and its score: kept step by step, equal to a recomputation."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from db import rollups, sweep
from db.address import Address
from db.book import Book, create_book
from db.health_facts import gather
from db.undo import undo
from planner.ports import UnitOfWork
from planner.renewal_choice import renewal_of
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.touchpoints import log_touchpoint
from tests.db.book_dump import recomputed, rollup_table
from tests.fakes import FakeClock
from tests.makers import SOLVED_BY, TODAY, World, at, day, on_day, opened


def row_of(book: Book, account: int) -> dict[str, Any]:
    return rollup_table(book.connection)[account]


def snapshots(book: Book, account: int) -> list[tuple[str, int | None]]:
    found = book.connection.rows(
        "SELECT on_date, shown FROM health_snapshot WHERE account_id = :id ORDER BY on_date",
        {"id": account},
    )
    return [(row[0], row[1]) for row in found]


def test_rows_recorded_or_dated_later_are_not_seen(filled: Book, world: World) -> None:
    frame = filled.frame()
    early = TODAY - timedelta(days=1)
    (facts,) = gather(filled.connection, world.account, world.account, early, frame.now, frame.zone)
    inputs = facts.inputs
    assert (inputs.last_two_way_on, inputs.complaints, inputs.pulses) == (None, (), ())
    assert (inputs.objectives, inputs.milestones, facts.actions) == ((), (), ())
    assert all(person.last_two_way_on is None for person in inputs.people)


def test_what_is_dated_after_the_day_is_not_seen_though_recorded_before(
    filled: Book, world: World, clock: FakeClock
) -> None:
    for offset in (30, 10):
        clock.move(days=1)
        filled.run(log_touchpoint, world.account, kind="call", when=at(-1 if offset > 20 else -2))
    frame = filled.frame()
    (facts,) = gather(
        filled.connection, world.account, world.account, day(-1), frame.now, frame.zone
    )
    assert facts.inputs.last_two_way_on == day(-1)


def test_archived_rows_never_count(filled: Book, world: World) -> None:
    def archive_all(uow: UnitOfWork) -> None:
        for name in (
            "participants", "touchpoints", "complaints", "objectives", "pulses", "milestones",
            "actions", "memberships", "contracts", "plans",
        ):  # fmt: skip
            repository: Any = getattr(uow, name)
            for record in repository.find(account_id=world.account):
                repository.archive(record)

    filled.run(archive_all)
    frame = filled.frame()
    (facts,) = gather(filled.connection, world.account, world.account, *frame_of(frame))
    inputs = facts.inputs
    gone = (inputs.people, inputs.complaints, inputs.objectives, inputs.pulses, inputs.milestones)
    assert gone == ((),) * 5
    assert (facts.actions, facts.contracts, facts.plan) == ((), (), None)
    assert inputs.last_two_way_on is None
    assert rollup_table(filled.connection) == recomputed(filled)


def frame_of(frame: rollups.Frame) -> tuple[Any, Any, Any]:
    return frame.today, frame.now, frame.zone


def test_an_archived_account_has_no_row_until_undo_brings_it_back(
    filled: Book, world: World
) -> None:
    before = row_of(filled, world.account)
    filled.run(archive_account, world.account)
    assert world.account not in rollup_table(filled.connection)
    filled.run(undo)
    assert row_of(filled, world.account) == before


def a_contract(number: int, end: str | None, **fields: Any) -> dict[str, Any]:
    return {"id": number, "end_on": end, "status": "active", "decided_on": None, **fields}


@pytest.mark.parametrize(
    ("contracts", "chosen"),
    [
        ([], None),
        ([a_contract(1, None)], None),
        ([a_contract(1, "2026-05-01"), a_contract(2, "2026-04-01")], 2),
        ([a_contract(1, "2026-01-01"), a_contract(2, "2026-04-01")], 1),
        ([a_contract(1, "2026-04-01"), a_contract(2, "2026-04-01")], 1),
        ([a_contract(1, "2026-04-01", decided_on="2026-03-01"), a_contract(2, "2026-06-01")], 2),
        ([a_contract(1, "2026-04-01", decided_on="2026-03-01"),
          a_contract(2, "2026-06-01", decided_on="2026-03-01")], 2),
        ([a_contract(1, "2026-04-01", status="ended"), a_contract(2, "2026-06-01")], 2),
    ],
)  # fmt: skip
def test_the_contract_whose_end_is_the_renewal(
    contracts: list[dict[str, Any]], chosen: int | None
) -> None:
    found = renewal_of(contracts)
    assert (found["id"] if found else None) == chosen


def test_revenue_in_another_currency_stands_apart(book: Book) -> None:
    account = book.run(add_account, name="A").result.id
    assert (row_of(book, account)["arr_minor"], row_of(book, account)["arr_foreign"]) == (None, 0)
    book.run(add_contract, account, arr_minor=700, currency="USD")
    assert (row_of(book, account)["arr_minor"], row_of(book, account)["arr_foreign"]) == (None, 1)
    book.run(add_contract, account, arr_minor=100)
    book.run(add_contract, account, arr_minor=20, start_on=day(10), end_on=day(1))
    book.run(add_contract, account, arr_minor=3, start_on=day(-1))
    book.run(add_contract, account, arr_minor=5_000, status="ended")
    decided = book.run(add_contract, account, arr_minor=9, end_on=day(1), decided_on=day(1))
    row = row_of(book, account)
    assert (row["arr_minor"], row["arr_foreign"], row["currency"]) == (120, 1, "EUR")
    book.run(change_contract, decided.result.id, end_on=day(0))
    assert row_of(book, account)["arr_minor"] == 129


def test_a_second_run_of_a_day_replaces_the_first(filled: Book, world: World) -> None:
    before = snapshots(filled, world.account)
    filled.run(log_complaint, world.account, title="Bad", when=at(0, 9), severity="critical")
    after = snapshots(filled, world.account)
    assert [on for on, _shown in before] == [on for on, _shown in after] == [TODAY.isoformat()]
    assert before != after
    assert after[0][1] == row_of(filled, world.account)["shown"]


def test_lost_accounts_get_no_snapshots(filled: Book, world: World, clock: FakeClock) -> None:
    filled.run(change_account, world.account, stage="lost", lost_on=day(0))
    before = snapshots(filled, world.account)
    clock.move(days=1)
    assert sum(1 for _done in filled.rescore()) == 1
    assert snapshots(filled, world.account) == before
    assert row_of(filled, world.account)["as_of"] == day(-1).isoformat()


def test_the_trend_is_the_distance_to_the_newest_score_of_three_to_five_weeks_ago(
    filled: Book, world: World, clock: FakeClock
) -> None:
    first = row_of(filled, world.account)["shown"]
    assert row_of(filled, world.account)["trend"] is None
    for days in (10, 10, 1, 14, 1):
        clock.move(days=days)
        list(filled.rescore())
    taken = dict(snapshots(filled, world.account))
    now = row_of(filled, world.account)
    base = taken[(TODAY + timedelta(days=10)).isoformat()]
    assert base is not None
    assert now["trend"] == now["shown"] - base
    assert taken[TODAY.isoformat()] == first


def test_a_snapshot_of_other_rules_is_no_base(filled: Book, world: World, clock: FakeClock) -> None:
    clock.move(days=30)
    list(filled.rescore())
    assert row_of(filled, world.account)["trend"] is not None
    filled.connection.run("UPDATE health_snapshot SET config_version = 'other'")
    list(filled.rescore(stale_only=False))
    assert row_of(filled, world.account)["trend"] is None


def test_scores_of_another_day_are_counted_and_brought_to_today(
    filled: Book, world: World, clock: FakeClock
) -> None:
    assert filled.stale_count() == 0
    assert list(filled.rescore()) == []
    clock.move(days=2)
    assert filled.stale_count() == 2
    assert list(filled.rescore()) == [2]
    assert filled.stale_count() == 0
    assert list(filled.rescore(stale_only=False)) == [2]
    filled.connection.run("DELETE FROM account_rollup WHERE account_id = :id", {"id": world.other})
    assert filled.stale_count() == 1
    assert list(filled.rescore()) == [1]


def add_numbered(uow: UnitOfWork, count: int) -> None:
    """Add accounts in one step."""
    for number in range(count):
        add_account(uow, name=f"Account {number}", duplicate=True)


def test_slices_stay_small_however_the_stale_accounts_lie(
    book: Book, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "SLICE", 10)
    book.run(add_numbered, 95)
    ids = [row[0] for row in book.connection.rows("SELECT id FROM account ORDER BY id")]
    clock.move(days=1)
    for number in (0, 1, 50, 94):
        book.run(change_account, ids[number], sector="x")
    slices: list[int] = []
    whole = sweep.bring

    def noted(connection: Any, part: Any, frame: Any) -> None:
        slices.append(len(part))
        whole(connection, part, frame)

    monkeypatch.setattr(sweep, "bring", noted)
    done = list(book.rescore())
    assert done[-1] == 91
    assert (max(slices), sum(slices)) == (10, 91)
    assert book.stale_count() == 0
    assert rollup_table(book.connection) == recomputed(book)


def test_a_slice_that_fails_keeps_the_slices_before_it(
    book: Book, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "SLICE", 2)
    book.run(add_numbered, 5)
    clock.move(days=1)
    slices = book.rescore()
    assert next(slices) == 2

    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sweep, "bring", fail)
    with pytest.raises(ZeroDivisionError):
        next(slices)
    assert book.stale_count() == 3


@pytest.mark.parametrize("stale_only", [True, False])
def test_the_search_for_cycles_rests_within_a_slice_and_goes_on_though_one_fails(
    filled: Book, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, stale_only: bool
) -> None:
    clock.move(days=1)
    searching: list[bool] = []

    def fail(*_args: object) -> None:
        searching.append(gc.isenabled())
        raise ZeroDivisionError

    monkeypatch.setattr(sweep, "left_over" if stale_only else "refresh_range", fail)
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        list(filled.rescore(stale_only=stale_only))
    assert (searching, gc.isenabled()) == ([False], True)


def test_the_next_step_is_the_most_urgent_thing_owed(filled: Book, world: World) -> None:
    row = row_of(filled, world.account)
    assert (row["next_action"], row["next_action_on"]) == ("answer C-1", day(2).isoformat())
    filled.run(move_complaint, world.complaint, "closed", at(0, 9), **SOLVED_BY)
    row = row_of(filled, world.account)
    assert (row["next_action"], row["next_action_on"]) == ("call back", day(-1).isoformat())
    assert row_of(filled, world.other)["next_action"] is None
    assert row["open_complaints"] == 1
    assert row["worst_severity"] == 2


def test_a_renewal_that_is_decided_is_no_renewal(filled: Book, world: World) -> None:
    row = row_of(filled, world.account)
    assert (row["renewal_on"], row["notice_on"]) == (day(-65).isoformat(), day(-35).isoformat())
    filled.run(change_contract, world.contract, decided_on=day(0))
    assert row_of(filled, world.account)["renewal_on"] is None


def test_the_day_is_the_books_and_a_moments_day_is_the_zones(
    new_place: Callable[[], Address],
) -> None:
    clock = FakeClock()
    clock.move(hours=11)
    address = new_place()
    create_book(address, name="East", zone="Pacific/Auckland", today=TODAY)
    book = opened(address, clock)
    assert book.today == TODAY + timedelta(days=1)
    account = book.run(add_account, name="A").result
    assert account.created_on == date(2026, 3, 12)
    book.run(log_complaint, account.id, title="x", when=on_day(0), response_target=60)
    assert row_of(book, account.id)["next_action_on"] == "2026-03-12"
    book.close()


def test_a_book_opens_as_it_was_left(filled: Book, world: World) -> None:
    before = rollup_table(filled.connection)
    filled.close()
    again = opened(filled.address)
    assert rollup_table(again.connection) == before
    assert again.actor.colleague_id == world.ann
    assert again.actor.function == "success"
    again.close()
