"""The list of renewals and its forecast, on both engines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.book import Book
from db.queries.renewals import SORTS
from planner.filter_fields import renewal_fields
from planner.renewals import expected_of, odds_of, state_of
from planner.segments import Filter, parse
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.contracts import add_contract, change_contract, reach_milestone
from planner.use_cases.team import add_colleague
from planner.views.renewals import RENEWAL_SORTS, RenewalRow
from tests.makers import TODAY, day

HOSTILE = "'; DROP TABLE contract; --%_\x1b[2J"


def wanted(text: str) -> Filter:
    return parse(text, renewal_fields())


def listed(book: Book, text: str = "", sort: str = "end", **more: Any) -> list[RenewalRow]:
    queries = book.queries().renewals
    return queries.by_ids(queries.ids(sort=sort, parts=wanted(text), **more).contracts)


def names(book: Book, text: str = "", sort: str = "end", **more: Any) -> list[str]:
    return [row.contract for row in listed(book, text, sort, **more)]


@pytest.fixture
def ids(book: Book) -> dict[str, int]:
    """Contracts by their name: one of each kind that matters. Today is 2026-03-11, Ann has one."""

    def run(use_case: Any, *args: Any, **given: Any) -> int:
        found: int = book.run(use_case, *args, **given).result.id
        return found

    ann = run(add_colleague, name="Ann", function="success")
    one = run(add_account, name="Ålpha Oy", tier=1, owner_id=ann)
    two = run(add_account, name=HOSTILE)
    lost = run(add_account, name="Gone Ltd", stage="lost", lost_on=day(5))
    bare = run(add_account, name="No Contract")
    archived = run(add_account, name="Archived")
    made = {"ann": ann, "one": one, "two": two, "bare": bare}

    def contract(name: str, account: int, ahead: int | None, arr: int, **given: Any) -> None:
        end = None if ahead is None else day(-ahead)
        made[name] = run(
            add_contract, account, name=name, start_on=day(400), end_on=end, arr_minor=arr, **given
        )

    contract("late", one, -3, 50_000, forecast="likely")
    contract("soon", one, 20, 100_000, notice_days=30, auto_renew=True)
    contract("spring", one, 65, 120_000, notice_days=30, renew_amount_minor=150_000)
    contract("dollars", two, 70, 990_000, currency="USD", notice_days=60)
    contract("cancelled", two, 90, 30_000, cancellation_on=day(2), forecast="lost")
    contract("stays", two, 95, 40_000, cancellation_on=day(9), cancellation_withdrawn_on=day(1),
             forecast_probability=0.5)  # fmt: skip
    contract("decided", two, 100, 60_000, forecast="certain", decided_on=day(1))
    contract("endless", two, None, 10_000)
    contract("far", two, 900, 70_000, uplift_percent=5.0)
    contract("ended", two, 10, 80_000, status="ended")
    contract("gone", lost, 15, 90_000)
    contract("archived", archived, 15, 90_000)
    book.run(archive_account, archived)
    for offset in (120, 90):
        book.run(reach_milestone, made["spring"], offset)
    return made


UNDECIDED = ["late", "soon", "spring", "dollars", "cancelled", "stays", "far"]


@pytest.mark.usefixtures("ids")
def test_the_list_holds_what_is_undecided_by_its_end(book: Book) -> None:
    assert names(book) == UNDECIDED
    assert names(book, backwards=True) == UNDECIDED[::-1]
    assert names(book, limit=2) == ["late", "soon"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("state:overdue", {"late"}),
        ("state:renewed", {"decided"}),
        ("state:lost", {"ended", "gone"}),
        ("state:open,overdue", set(UNDECIDED)),
        ("-state:open", {"late", "decided", "ended", "gone"}),
        ("renewal<=20", {"late", "soon"}),
        ("renewal>90", {"stays", "far"}),
        ("renewal:65", {"spring"}),
        ("renewal<99999999", set(UNDECIDED)),
        ("notice<0", {"soon"}),
        ("notice:35", {"spring"}),
        ("notice>=10 notice<40", {"spring", "dollars"}),
        ("notice:none", {"late", "cancelled", "stays", "far"}),
        ("forecast:likely", {"late"}),
        ("forecast:unknown,lost", set(UNDECIDED) - {"late"}),
        ("auto_renew:yes", {"soon"}),
        ("auto_renew:no", set(UNDECIDED) - {"soon"}),
        ("arr>=1000", {"soon", "spring"}),
        ("currency:usd", {"dollars"}),
        ("currency:xyz", set()),
        ("missed:0", {"spring", "far"}),
        ("missed:8", {"late"}),
        ("missed:1", {"stays", "cancelled"}),
        ("missed:2", {"dollars"}),
        ("missed:5", {"soon"}),
        ("account:alpha", {"late", "soon", "spring"}),
        ("tier:1 renewal<30", {"late", "soon"}),
        ("owner:none", {"dollars", "cancelled", "stays", "far"}),
        ("-forecast:unknown", {"late", "cancelled"}),
        ("drop", {"dollars", "cancelled", "stays", "far"}),
    ],
)
@pytest.mark.usefixtures("ids")
def test_a_filter_finds_what_its_words_say(book: Book, text: str, found: set[str]) -> None:
    assert set(names(book, text)) == found


@pytest.mark.parametrize(
    "end", [date(1990, 1, 1), date(2024, 2, 29), date(2000, 12, 31), date(2100, 3, 1)]
)
def test_the_engine_counts_the_days_of_the_calendar(
    book: Book, ids: dict[str, int], end: date
) -> None:
    book.run(change_contract, ids["far"], start_on=None, end_on=end, notice_days=0)
    ahead = (end - TODAY).days
    assert "far" in names(book, f"notice:{ahead}")
    assert "far" not in names(book, f"notice:{ahead + 1}")


@pytest.mark.usefixtures("ids")
def test_every_sort_orders_the_same_renewals(book: Book) -> None:
    assert tuple(SORTS) == RENEWAL_SORTS
    for sort in SORTS:
        for backwards in (False, True):
            assert sorted(names(book, "", sort, backwards=backwards)) == sorted(UNDECIDED)
    assert names(book, "", "arr")[:2] == ["spring", "soon"]
    assert names(book, "", "arr")[-1] == "dollars", "other money stands after the book's own"
    assert names(book, "", "notice")[:3] == ["soon", "dollars", "spring"]
    assert names(book, "", "missed")[0] == "late"
    assert names(book, "", "missed", backwards=True)[:2] == ["spring", "far"]
    assert names(book, "", "forecast")[-1] == "cancelled"
    assert names(book, "", "owner")[:3] == ["late", "soon", "spring"]
    with pytest.raises(KeyError):
        names(book, "", "colour")


def test_a_row_says_all_that_a_renewal_is_judged_by(book: Book, ids: dict[str, int]) -> None:
    rows = {row.contract: row for row in listed(book, "state:open,overdue,renewed,lost")}
    spring = rows["spring"]
    assert (spring.id, spring.account_id, spring.account) == (ids["spring"], ids["one"], "Ålpha Oy")
    assert (spring.owner, spring.tier) == ("Ann", 1)
    assert (spring.end_on, spring.notice_on) == ("2026-05-15", "2026-04-15")
    assert (spring.arr_minor, spring.currency, spring.new_minor) == (120_000, "EUR", 150_000)
    assert spring.milestones_done == (120, 90)
    assert rows["late"].milestones_done == ()
    assert (rows["dollars"].foreign, spring.foreign) == (True, False)
    assert rows["dollars"].account == HOSTILE
    states = {name: state_of(row.standing) for name, row in rows.items()}
    assert states == {
        **dict.fromkeys(UNDECIDED, "open"),
        "late": "overdue", "decided": "renewed", "ended": "lost", "gone": "lost",
    }  # fmt: skip
    odds = {name: odds_of(row.standing).source for name, row in rows.items()}
    assert odds["soon"] == "by_default"
    assert odds["cancelled"] == "said"
    assert odds["stays"] == "entered"
    assert odds["spring"] == "assumed"


def test_the_rows_come_in_the_order_asked_and_without_those_that_are_gone(
    book: Book, ids: dict[str, int]
) -> None:
    queries = book.queries().renewals
    asked = [ids["far"], 987_654_321, ids["late"], ids["archived"]]
    assert [row.contract for row in queries.by_ids(asked)] == ["far", "late"]
    assert queries.by_ids([]) == []


@pytest.mark.usefixtures("ids")
def test_the_forecast_counts_what_is_due_in_twelve_months(book: Book) -> None:
    found = book.queries().renewals.forecast()
    assert (found.start, found.end, found.currency) == ("2026-03-01", "2027-03-01", "EUR")
    assert {one.month: one.due_count for one in found.months} == {
        "2026-03": 4, "2026-05": 2, "2026-06": 3
    }  # fmt: skip
    assert found.earlier is None
    assert found.without_end == 1
    total = found.total
    assert (total.due_count, total.foreign) == (9, 1)
    assert (
        total.due_minor == 50_000 + 100_000 + 120_000 + 30_000 + 40_000 + 60_000 + 80_000 + 90_000
    )
    assert (total.renewed_count, total.renewed_minor) == (1, Decimal(60_000))
    assert total.lost_count == 2
    # late and spring by the grey band, soon by default, stays as entered, decided, no others
    grey = Decimal("0.8")
    assert total.expected_minor == 100_000 + 60_000 + 20_000 + grey * (50_000 + 120_000)
    assert total.uplift_minor == grey * 30_000
    assert total.unknown_minor == 120_000


def test_the_forecast_and_its_rows_say_the_same(book: Book, ids: dict[str, int]) -> None:
    book.run(change_contract, ids["far"], end_on=day(-200))
    found = book.queries().renewals.forecast()
    rows = listed(book, "state:open,overdue,renewed,lost")
    own = [row for row in rows if not row.foreign]
    assert found.total.due_count == len(rows)
    assert found.total.due_minor == sum(row.arr_minor for row in own)
    assert found.total.expected_minor == sum(expected_of(row)[0] for row in own)
    assert found.total.uplift_minor == sum(expected_of(row)[1] for row in own)


def test_what_ended_long_ago_undecided_stands_apart(book: Book, ids: dict[str, int]) -> None:
    book.run(change_contract, ids["late"], end_on=day(40))
    book.run(change_contract, ids["ended"], end_on=day(40))
    found = book.queries().renewals.forecast()
    assert found.earlier is not None
    assert (found.earlier.due_count, found.earlier.due_minor) == (1, 50_000)


def test_the_forecast_is_of_what_the_filter_leaves(book: Book, ids: dict[str, int]) -> None:
    mine = book.queries().renewals.forecast(wanted("owner:ann"))
    assert (mine.total.due_count, mine.without_end) == (3, 0)
    book.run(change_account, ids["one"], owner_id=None)
    assert book.queries().renewals.forecast(wanted("owner:ann")).total.due_count == 0


def test_a_book_without_contracts_has_no_renewals(book: Book) -> None:
    assert names(book) == []
    found = book.queries().renewals.forecast()
    assert (found.months, found.total.due_count, found.without_end) == ((), 0, 0)
