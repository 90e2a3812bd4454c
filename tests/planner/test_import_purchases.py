"""A file of purchases: records, problems by line, what is written and what is there already."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.buying import rhythm
from planner.errors import Refused
from planner.importing.columns import AmbiguousDates
from planner.importing.options import ImportOptions
from planner.importing.purchases import PurchaseFile, read_purchases
from planner.money import Money
from planner.use_cases.accounts import add_account
from planner.use_cases.import_accounts import DryRun, ImportReport
from planner.use_cases.import_purchases import import_purchases
from planner.use_cases.people import add_person
from planner.use_cases.purchases import log_purchase
from tests.fakes import NOON, MemoryUnitOfWork

TODAY = NOON.date()
SUMMED = ("ID=account", "recency=last_after_weeks", "T=first_weeks_ago")


def read(text: str, *maps: str, key: str | None = None) -> PurchaseFile:
    return read_purchases(text.encode(), ImportOptions("EUR", maps, key), TODAY)


def write(uow: MemoryUnitOfWork, text: str, *maps: str, create: bool = True) -> ImportReport:
    return import_purchases(uow, read(text, *maps), title="f.csv", create=create)


def counts(report: ImportReport) -> tuple[int, ...]:
    return (report.created, report.updated, report.unchanged, report.skipped, report.failed)


def said(report: ImportReport) -> list[tuple[int, bool]]:
    return [(one.line, one.kept) for one in report.problems]


def test_a_row_is_a_purchase_with_its_day_amount_and_the_rest(uow: MemoryUnitOfWork) -> None:
    file = read(
        "customer,order id,date,qty,product,amount,currency,type,comment,shelf\n"
        "Acme,A-1,2026-01-05,3,Gloves,12.50,USD,Refund,torn,B7\n"
    )
    (record,) = file.records
    assert record.values == {
        "account": "Acme", "external_id": "A-1", "purchased_on": date(2026, 1, 5), "quantity": 3,
        "product": "Gloves", "amount": Money(1250, "USD"), "currency": "USD", "kind": "return",
        "note": "torn",
    }  # fmt: skip
    assert file.ignored_columns == ("shelf",)
    report = import_purchases(uow, file, title="f")
    assert (counts(report), report.accounts_created) == ((1, 0, 0, 0, 0), 1)
    (made,) = uow.purchases.find()
    assert (made.kind, made.amount_minor, made.extra, made.source) == (
        "return", 1250, {"shelf": "B7"}, "import",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("product,date\nGloves,2026-01-01\n", "account"),
        ("account,product\nAcme,Gloves\n", "purchased_on"),
        ("account,frequency\nAcme,2\n", "last_after_weeks"),
        ("account,frequency,first_days_ago\nAcme,2,9\n", "last_after_days"),
    ],
)
def test_a_file_without_account_or_day_says_which_column_is_missing(text: str, word: str) -> None:
    with pytest.raises(Refused, match=word):
        read(text)


def test_a_key_or_order_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="external_id"):
        read("account,date\nA,2026-01-01\n", key="name")
    with pytest.raises(AmbiguousDates):
        read("account,date\nA,1/2/2026\n")


def test_faulty_rows_are_left_out_by_line_and_the_rest_is_taken(uow: MemoryUnitOfWork) -> None:
    report = write(
        uow,
        "account,date,amount,quantity,kind,external_id\n"
        "Acme,2026-01-01,1,1,purchase,1\n"
        ",2026-01-01,1,1,,2\n"
        "Acme,soon,1,1,,3\n"
        "Acme,2026-01-01,-4,1,,4\n"
        "Acme,2026-01-01,0,1,,5\n"
        "Acme,2026-01-01,1,0,,6\n"
        "Acme,2026-01-01,1,1,swap,7\n"
        "Acme,2099-01-01,1,1,,8\n"
        "Acme,2026-01-01,1,1,,1\n"
        "Acme,2026-01-01,much,1,,9\n",
    )
    assert (report.rows, counts(report)) == (10, (2, 0, 0, 1, 7))
    assert {line for line, kept in said(report) if not kept} == {3, 4, 5, 6, 7, 8, 9, 10}
    assert [one.amount_minor for one in uow.purchases.find()] == [100, None]


def test_a_row_that_cannot_be_written_makes_no_account(uow: MemoryUnitOfWork) -> None:
    report = write(uow, "account,date,amount\nAcme,2026-01-01,0\n")
    assert (counts(report), report.accounts_created) == ((0, 0, 0, 0, 1), 0)
    assert uow.accounts.find() == []


def test_accounts_are_found_by_external_id_then_by_name(uow: MemoryUnitOfWork) -> None:
    acme = add_account(uow, name="Acme Oy", external_id="C1").id
    report = write(
        uow,
        "customer id,account,date\n"
        "C1,,2026-01-01\nC1,Renamed,2026-01-02\n,acme oy,2026-01-03\n,C1,2026-01-04\n"
        "C2,New,2026-01-05\nC2,,2026-01-06\n,new,2026-01-07\n",
    )
    assert (report.created, report.accounts_created) == (7, 1)
    assert len(uow.purchases.find(account_id=acme)) == 4
    (new,) = (one for one in uow.accounts.find() if one.id != acme)
    assert (new.name, new.external_id, new.source) == ("New", "C2", "import")


def test_without_create_unknown_accounts_fail_and_two_of_a_name_are_not_guessed(
    uow: MemoryUnitOfWork,
) -> None:
    add_account(uow, name="Twin")
    add_account(uow, name="twin", duplicate=True)
    report = write(uow, "account,date\nAcme,2026-01-01\nTwin,2026-01-01\n", create=False)
    assert counts(report) == (0, 0, 0, 0, 2)
    assert "answers to this row" in report.problems[0].problem
    assert "2 accounts" in report.problems[1].problem


def test_the_same_file_again_changes_nothing(uow: MemoryUnitOfWork) -> None:
    text = "account,date,amount\nA,2026-01-01,5\nA,2026-01-01,5\nA,2026-01-02,5\n"
    assert counts(write(uow, text)) == (3, 0, 0, 0, 0)
    assert counts(write(uow, text)) == (0, 0, 3, 0, 0)
    assert counts(write(uow, text + "A,2026-01-01,5\n")) == (1, 0, 3, 0, 0)


def test_an_external_id_finds_its_purchase_again(uow: MemoryUnitOfWork) -> None:
    write(uow, "account,date,id,amount,note\nA,2026-01-01,1,5,kept\n")
    again = write(uow, "account,date,id,amount,note\nA,2026-01-02,1,7,\n")
    assert counts(again) == (0, 1, 0, 0, 0)
    (made,) = uow.purchases.find()
    assert (made.purchased_on, made.amount_minor, made.note) == (date(2026, 1, 2), 700, "kept")
    assert counts(write(uow, "account,date,id\nA,2026-01-02,1\n")) == (0, 0, 1, 0, 0)
    elsewhere = write(uow, "account,date,id\nB,2026-01-02,1\n")
    assert elsewhere.failed == 1
    assert "another account" in elsewhere.problems[0].problem


def test_who_bought_is_found_among_the_people_of_the_account(
    uow: MemoryUnitOfWork, account: int
) -> None:
    maria = add_person(uow, account, name="Maria", email="m@x.fi")[0].id
    report = write(
        uow,
        "account,date,contact\nNordic Oy,2026-01-01,maria\nNordic Oy,2026-01-02,M@x.fi\n"
        "Nordic Oy,2026-01-03,Nobody\n",
    )
    assert [one.person_id for one in uow.purchases.find()] == [maria, maria, None]
    assert said(report) == [(4, True)]


def test_a_dry_run_gives_the_report(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(DryRun) as ended:
        import_purchases(uow, read("account,date\nA,2026-01-01\n"), title="f", dry_run=True)
    assert ended.value.report.created == 1


def test_a_customer_summed_up_is_a_first_purchase_and_the_others(uow: MemoryUnitOfWork) -> None:
    report = write(
        uow,
        "ID,frequency,recency,T\n1,2,30.43,38.86\n2,0,0,38.86\n3,1,50,38.86\n4,,1,2\n5,1.5,1,2\n",
        *SUMMED,
    )
    assert (counts(report), report.accounts_created) == ((2, 0, 0, 0, 3), 2)
    kept = [(one.purchased_on, one.times) for one in uow.purchases.find()]
    first = TODAY - timedelta(days=272)
    assert kept == [(first, 1), (first + timedelta(days=213), 2), (first, 1)]


def test_the_customers_of_a_real_shop_show_their_repeat_rate(
    uow: MemoryUnitOfWork, samples: Path
) -> None:
    data = (samples / "cdnow" / "cdnow_customers_summary.csv").read_bytes()
    file = read_purchases(data, ImportOptions("USD", SUMMED), TODAY)
    assert (len(file.records), file.problems) == (2357, ())
    rows = [line.split(",") for line in data.decode().splitlines()[1:]]
    report = import_purchases(uow, file, title="cdnow")
    assert (report.created, report.accounts_created) == (2357, 2357)
    by_account: dict[int, list[tuple[date, int]]] = {}
    for one in uow.purchases.find():
        by_account.setdefault(one.account_id, []).append((one.purchased_on, one.times))
    bought = [rhythm(days, TODAY).purchases for days in by_account.values()]
    assert bought == [int(frequency) + 1 for _id, frequency, _recency, _t in rows]
    assert (sum(1 for one in bought if one > 1), len(bought)) == (946, 2357)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_any_cells_are_counted_and_never_an_error(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    text = f"account,date,amount,quantity,kind\n{quoted}\nAcme,2026-01-01,1,1,sale\n"
    uow = MemoryUnitOfWork()
    try:
        file = read(text)
    except Refused:
        return
    report = import_purchases(uow, file, title="f")
    assert sum(counts(report)) == report.rows


def test_what_is_logged_by_hand_is_found_again(uow: MemoryUnitOfWork, account: int) -> None:
    log_purchase(uow, account, product="Hat", purchased_on=date(2026, 1, 1))
    report = write(uow, "account,date,product\nNordic Oy,2026-01-01,hat\n")
    assert counts(report) == (0, 0, 1, 0, 0)
