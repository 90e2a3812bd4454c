"""Purchases on both engines: lists, rhythm, radar and drop-off against plain references."""

from __future__ import annotations

from datetime import date
from random import Random

from db.book import Book
from db.undo import undo
from planner.buying import rhythm
from planner.use_cases.accounts import archive_account, change_account
from planner.use_cases.purchases import archive_purchase, log_purchase
from tests.makers import TODAY, World, day


def bought(book: Book, account: int, *days: int, **fields: object) -> list[int]:
    return [book.run(log_purchase, account, purchased_on=day(one), **fields).result.id
            for one in days]  # fmt: skip


def test_how_an_account_buys_is_told_with_its_newest_rows(filled: Book, world: World) -> None:
    made = bought(filled, world.other, 75, 105, 135, product="Hat", amount_minor=500)
    back = filled.run(log_purchase, world.other, kind="return", amount_minor=200,
                      purchased_on=day(2)).result.id  # fmt: skip
    found = filled.queries().purchases.of_account(world.other, limit=2)
    assert (found.rhythm.typical_days, found.rhythm.since_days, found.rhythm.stopped) == (
        30, 75, True,
    )  # fmt: skip
    assert ([one.id for one in found.rows], found.total, found.returns) == ([back, made[0]], 4, 1)
    assert found.sums == ((filled.settings.currency, 1500, 200),)
    filled.run(archive_purchase, made[2])
    assert filled.queries().purchases.rhythm_of(world.other).typical_days is None
    filled.run(undo)
    assert filled.queries().purchases.rhythm_of(world.other).typical_days == 30


def test_a_purchase_is_named_by_its_id_or_external_id(filled: Book, world: World) -> None:
    (one,) = bought(filled, world.other, 3, external_id="7")
    asked = filled.queries().purchases
    assert [row.id for row in asked.named("7")] == [one]
    assert [row.id for row in asked.named(str(one))] == [one]
    assert asked.named("9" * 40) == asked.named("x\x00"[:1]) == []


def test_lists_leave_out_accounts_that_are_archived(filled: Book, world: World) -> None:
    (one,) = bought(filled, world.other, 3)
    assert one in [row.id for row in filled.queries().purchases.each()]
    assert next(iter(filled.queries().purchases.each(1))).id == one
    filled.run(archive_account, world.other)
    assert one not in [row.id for row in filled.queries().purchases.each()]


def test_the_radar_shows_who_stopped_buying(filled: Book, world: World) -> None:
    filled.run(change_account, world.other, stage="adopting")
    bought(filled, world.other, 61, 91, 121)
    rows = {row.account_id: row.risks for row in filled.queries().radar.page().rows}
    assert "stopped" in rows[world.other].reasons
    bought(filled, world.other, 1)
    rows = {row.account_id: row.risks for row in filled.queries().radar.page().rows}
    assert world.other not in rows or "stopped" not in rows[world.other].reasons


def test_the_rhythms_of_all_are_those_of_each(filled: Book, world: World) -> None:
    rng = Random(3)
    days: dict[int, list[tuple[date, int]]] = {world.other: [], world.account: []}
    days[world.account].append((day(3), 1))
    for _number in range(20):
        account, back, times = rng.choice(list(days)), rng.randrange(300), rng.randint(1, 2)
        bought(filled, account, back, times=times)
        days[account].append((day(back), times))
    found = dict(filled.queries().purchases.rhythms())
    assert found == {account: rhythm(each, TODAY) for account, each in days.items()}


def test_losses_are_counted_where_the_account_stood_before(filled: Book, world: World) -> None:
    filled.run(change_account, world.other, stage="renewal")
    filled.run(change_account, world.other, stage="lost", lost_on=day(0))
    found = filled.queries().dropoff.analysis()
    assert found.lost == 1
    assert sum(line.lost for line in found.stages) == sum(line.lost for line in found.tenures) == 1
    (row,) = filled.queries().dropoff.named([world.other])
    assert (row.stage, row.lost_on) == ("lost", day(0).isoformat())
    assert filled.queries().dropoff.named([]) == []
    filled.run(change_account, world.other, lost_on=None)
    found = filled.queries().dropoff.analysis(days=30)
    assert (found.lost, found.undated) == (0, 1)
    assert filled.queries().dropoff.analysis(owner_id=1).accounts == 0
