"""Importing accounts into a book: what is made, changed, left out, undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.book import Book
from db.undo import redo, undo
from planner.accounts import Account
from planner.contracts import Contract
from planner.errors import Refused
from planner.importing.accounts import read_accounts
from planner.importing.options import ImportOptions
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.contracts import add_contract
from planner.use_cases.import_accounts import DryRun, ImportReport, import_accounts
from planner.use_cases.team import add_colleague
from tests.db.book_dump import counts, live_rows, recomputed, rollup_table

MAVEN_MAPS = ("account=name", "subsidiary_of=parent", "office_location=country")


def bring_in(
    book: Book, lines: Iterable[str] | bytes, maps: tuple[str, ...] = (), **options: Any
) -> ImportReport:
    """Import lines of a file."""
    data = lines if isinstance(lines, bytes) else "\n".join(lines).encode()
    key = options.get("key")
    file = read_accounts(data, ImportOptions("EUR", maps=maps, key=key))
    report: ImportReport = book.run(import_accounts, file, title="file.csv", **options).result
    return report


def accounts_of(book: Book) -> dict[str, Account]:
    """The live accounts by name."""

    def read(uow: Any) -> list[Account]:
        found: list[Account] = uow.accounts.find()
        return found

    return {one.name: one for one in book.run(read).result}


def contracts_of(book: Book) -> list[Contract]:
    """The live contracts."""

    def read(uow: Any) -> list[Contract]:
        found: list[Contract] = uow.contracts.find()
        return found

    return list(book.run(read).result)


def said(report: ImportReport) -> list[tuple[int, str, bool]]:
    """The problems as (line, column, kept)."""
    return [(one.line, one.column, one.kept) for one in report.problems]


def summed(report: ImportReport) -> int:
    """The five counts together."""
    return report.created + report.updated + report.unchanged + report.skipped + report.failed


def test_the_maven_file_makes_85_accounts_15_with_a_parent(book: Book, samples: Path) -> None:
    data = (samples / "maven_crm" / "accounts.csv").read_bytes()
    report = bring_in(book, data, MAVEN_MAPS)
    assert (report.rows, report.created, report.failed, report.problems) == (85, 85, 0, ())
    accounts = accounts_of(book)
    assert len(accounts) == 85
    by_id = {one.id: one for one in accounts.values()}
    children = [one for one in accounts.values() if one.parent_id is not None]
    assert len(children) == 15
    assert all(child.parent_id in by_id for child in children)
    acme = accounts["Acme Corporation"]
    assert (acme.sector, acme.country, acme.source) == ("technolgy", "United States", "import")
    assert acme.extra == {"year_established": "1996", "revenue": "1100.04", "employees": "2822"}
    assert accounts["Bioholding"].country == "Philipines"
    assert rollup_table(book.connection) == recomputed(book)


def test_importing_the_same_file_again_changes_nothing(book: Book, samples: Path) -> None:
    data = (samples / "maven_crm" / "accounts.csv").read_bytes()
    bring_in(book, data, MAVEN_MAPS)
    before = counts(book.connection)
    again = bring_in(book, data, MAVEN_MAPS)
    assert (again.unchanged, again.created, again.updated) == (85, 0, 0)
    assert counts(book.connection) == before


def test_undo_removes_exactly_what_the_import_made(book: Book, samples: Path) -> None:
    book.run(add_account, name="Acme Corporation", sector="tools", note="mine")
    before = live_rows(book.connection)
    report = bring_in(book, (samples / "maven_crm" / "accounts.csv").read_bytes(), MAVEN_MAPS)
    assert (report.created, report.updated) == (84, 1)
    assert accounts_of(book)["Acme Corporation"].sector == "technolgy"
    after = live_rows(book.connection)
    book.run(undo)
    assert live_rows(book.connection) == before
    assert rollup_table(book.connection) == recomputed(book)
    book.run(redo)
    assert live_rows(book.connection) == after


def test_the_companies_of_hubspot(book: Book, samples: Path) -> None:
    book.run(add_colleague, name="Sam Sales")
    data = (samples / "hubspot" / "hubspot_companies.csv").read_bytes()
    report = bring_in(book, data)
    assert (report.rows, report.created, report.skipped, report.failed) == (3, 2, 1, 0)
    assert said(report) == [(3, "Company owner", True), (4, "Company name", False)]
    bluebay, harbour = (
        accounts_of(book)[n] for n in ("Bluebay Gaming Ltd", "Harbour Lotteries Ltd")
    )
    assert (bluebay.external_id, harbour.external_id) == ("9001", "9002")
    assert bluebay.owner_id is not None
    assert harbour.owner_id is None
    again = bring_in(book, data)
    assert (again.unchanged, again.skipped) == (2, 1)


def test_the_accounts_of_ravenstack_keep_their_ids(book: Book, samples: Path) -> None:
    data = (samples / "ravenstack" / "ravenstack_accounts.csv").read_bytes()
    report = bring_in(book, data, ("account_name=name", "account_id=external_id"))
    assert (report.rows, report.created, report.failed) == (500, 500, 0)
    assert len({one.external_id for one in accounts_of(book).values()}) == 500
    assert accounts_of(book)["Company_0"].extra["churn_flag"] == "False"


@pytest.mark.parametrize("name", ["european_semicolon.csv", "european_semicolon_cp1252.csv"])
def test_both_semicolon_files_make_the_same_accounts(book: Book, samples: Path, name: str) -> None:
    report = bring_in(book, (samples / "semicolon" / name).read_bytes(), ("Entreprise=name",))
    assert report.created == 2
    accounts = accounts_of(book)
    assert set(accounts) == {"Société FR", "Firma GmbH"}
    assert accounts["Société FR"].extra["Téléphone"] == "06 12 34 56 78"


def test_an_empty_cell_keeps_the_old_value(book: Book) -> None:
    bring_in(book, ["name,sector,tier,colour", "Acme,tools,2,red"])
    report = bring_in(book, ["name,sector,tier,size", "ACME,,3,big"])
    assert report.updated == 1
    acme = accounts_of(book)["Acme"]
    assert (acme.sector, acme.tier) == ("tools", 3)
    assert acme.extra == {"colour": "red", "size": "big"}


def test_an_account_found_by_its_id_takes_the_new_name(book: Book) -> None:
    bring_in(book, ["id,name", "7,Acme"])
    assert bring_in(book, ["id,name", "7,Acme Group"]).updated == 1
    assert set(accounts_of(book)) == {"Acme Group"}


def test_an_account_without_an_id_is_found_by_name_and_takes_the_id(book: Book) -> None:
    book.run(add_account, name="Acme")
    assert bring_in(book, ["id,name", "7,acme"]).updated == 1
    assert accounts_of(book)["Acme"].external_id == "7"


def test_another_id_under_the_same_name_is_left_out_unless_a_key_decides(book: Book) -> None:
    bring_in(book, ["id,name", "7,Acme"])
    lines = ["id,name", "8,Acme"]
    left = bring_in(book, lines)
    assert (left.skipped, left.created) == (1, 0)
    assert "external id 7" in left.problems[0].problem
    assert bring_in(book, lines, key="external_id").created == 1
    assert len(book.queries().accounts.ids()) == 2


def test_by_name_as_the_key_the_id_is_a_field(book: Book) -> None:
    bring_in(book, ["id,name", "7,Acme"])
    assert bring_in(book, ["id,name", "8,Acme"], key="name").updated == 1
    assert accounts_of(book)["Acme"].external_id == "8"


def test_a_name_that_another_account_has_is_not_taken(book: Book) -> None:
    bring_in(book, ["id,name", "7,Acme", "8,Bolt"])
    report = bring_in(book, ["id,name", "8,Acme"])
    assert said(report) == [(2, "name", True)]
    assert set(accounts_of(book)) == {"Acme", "Bolt"}


def test_two_accounts_of_the_same_name_fail_the_row(book: Book) -> None:
    for _again in range(2):
        book.run(add_account, name="Acme", duplicate=True)
    report = bring_in(book, ["name,sector", "Acme,tools", "Bolt,tools"])
    assert (report.failed, report.created) == (1, 1)
    assert said(report) == [(2, "name", False)]


def test_two_rows_that_mean_one_account_of_the_book(book: Book) -> None:
    bring_in(book, ["id,name", "7,Acme"])
    report = bring_in(book, ["id,name,sector", "7,Acme Group,tools", ",Acme,food"])
    assert (report.updated, report.created) == (1, 1)
    bring_in(book, ["id,name", "9,Bolt"])
    twice = bring_in(book, ["id,name,sector", ",Bolt,food", "9,Bolt Ltd,tools"])
    assert (twice.updated, twice.skipped) == (1, 1)
    assert "line 2 already holds" in twice.problems[0].problem


def test_without_create_unknown_accounts_are_skipped(book: Book) -> None:
    book.run(add_account, name="Acme")
    report = bring_in(book, ["name,sector", "Acme,tools", "Bolt,food"], create=False)
    assert (report.updated, report.skipped, summed(report)) == (1, 1, 2)
    assert set(accounts_of(book)) == {"Acme"}


def test_an_unknown_owner_is_a_warning_and_keeps_the_owner(book: Book) -> None:
    book.run(add_colleague, name="Bob", email="bob@example.org")
    bring_in(book, ["name,owner", "Acme,BOB@example.org"])
    owner = accounts_of(book)["Acme"].owner_id
    report = bring_in(book, ["name,owner", "Acme,Nobody"])
    assert said(report) == [(2, "owner", True)]
    assert owner is not None
    assert accounts_of(book)["Acme"].owner_id == owner


def test_an_owner_whose_name_two_colleagues_have_is_a_warning(book: Book) -> None:
    book.run(add_colleague, name="Bob", email="one@example.org")
    book.run(add_colleague, name="Rob", email="bob")
    report = bring_in(book, ["name,owner", "Acme,Bob"])
    assert "several colleagues" in report.problems[0].problem
    assert accounts_of(book)["Acme"].owner_id is None


def test_a_parent_may_stand_below_its_child_or_in_the_book(book: Book) -> None:
    book.run(add_account, name="Holding", external_id="H1")
    report = bring_in(
        book, ["name,parent", "Child,Mother", "Mother,h1", "Other,HOLDING", "Odd,Nobody"]
    )
    accounts = accounts_of(book)
    assert accounts["Child"].parent_id == accounts["Mother"].id
    assert accounts["Other"].parent_id == accounts["Holding"].id
    assert accounts["Mother"].parent_id is None
    assert said(report) == [(3, "parent", True), (5, "parent", True)]
    assert report.created == 4


def test_a_parent_by_external_id(book: Book) -> None:
    book.run(add_account, name="Holding", external_id="H1")
    bring_in(book, ["name,parent", "Child,H1"])
    accounts = accounts_of(book)
    assert accounts["Child"].parent_id == accounts["Holding"].id


def test_a_parent_that_would_close_a_circle_is_not_taken(book: Book) -> None:
    top = book.run(add_account, name="Top").result
    book.run(add_account, name="Low", parent_id=top.id)
    report = bring_in(book, ["name,parent", "Top,New", "New,Low"])
    assert (report.created, report.unchanged) == (1, 1)
    assert said(report) == [(2, "parent", True)]
    accounts = accounts_of(book)
    assert accounts["Top"].parent_id is None
    assert accounts["New"].parent_id == accounts["Low"].id


def test_a_new_parent_moves_an_account(book: Book) -> None:
    bring_in(book, ["name,parent", "A,", "B,", "C,A"])
    assert bring_in(book, ["name,parent", "C,B"]).updated == 1
    accounts = accounts_of(book)
    assert accounts["C"].parent_id == accounts["B"].id


def test_a_child_whose_parent_was_left_out_says_so(book: Book) -> None:
    for _again in range(2):
        book.run(add_account, name="Mother", duplicate=True)
    report = bring_in(book, ["name,parent", "Child,Mother", "Mother,"])
    assert (report.created, report.failed) == (1, 1)
    assert (2, "parent", True) in said(report)
    assert accounts_of(book)["Child"].parent_id is None


def test_contract_fields_make_one_contract_and_then_change_it(book: Book) -> None:
    head = "name,arr,currency,contract_start,contract_end,notice_days,auto_renew"
    bring_in(book, [head, 'Acme,"12,000.50",EUR,2026-01-01,2026-12-31,60,yes'])
    (one,) = contracts_of(book)
    assert (one.arr_minor, one.currency, one.notice_days) == (1_200_050, "EUR", 60)
    assert (str(one.start_on), str(one.end_on)) == ("2026-01-01", "2026-12-31")
    assert one.auto_renew
    assert one.external_id == "import"
    report = bring_in(book, [head, "Acme,13000,USD,,2027-12-31,,"])
    assert report.updated == 1
    (one,) = contracts_of(book)
    assert (one.arr_minor, one.currency, str(one.end_on)) == (1_300_000, "USD", "2027-12-31")
    assert one.notice_days == 60


def test_a_contract_made_by_hand_is_changed_and_not_doubled(book: Book) -> None:
    account = book.run(add_account, name="Acme").result
    book.run(add_contract, account.id, arr_minor=500)
    bring_in(book, ["name,arr", "Acme,20"])
    assert [one.arr_minor for one in contracts_of(book)] == [2000]
    book.run(add_contract, account.id, arr_minor=700)
    report = bring_in(book, ["name,arr", "Acme,30"])
    assert report.unchanged == 1
    assert "several contracts" in report.problems[0].problem
    assert sorted(one.arr_minor for one in contracts_of(book)) == [700, 2000]


def test_a_contract_without_an_amount_says_that_it_counts_nothing(book: Book) -> None:
    report = bring_in(book, ["name,contract_end", "Acme,2026-12-31", "Bolt,2026-12-31"])
    assert [one.arr_minor for one in contracts_of(book)] == [0, 0]
    assert [one.line for one in report.problems] == [2]
    each = bring_in(book, ["name,arr,contract_end", "Cord,,2026-12-31", "Dart,,2026-12-31"])
    assert said(each) == [(2, "arr", True), (3, "arr", True)]


def test_a_currency_alone_makes_no_contract(book: Book) -> None:
    bring_in(book, ["name,currency,auto_renew", "Acme,USD,yes"])
    assert contracts_of(book) == []


def test_an_end_before_the_start_in_the_book_leaves_the_contract(book: Book) -> None:
    bring_in(book, ["name,arr,contract_start", "Acme,10,2026-05-01"])
    report = bring_in(book, ["name,sector,contract_end", "Acme,food,2026-01-01"])
    assert report.updated == 1
    assert said(report) == [(2, "contract_end", True)]
    assert contracts_of(book)[0].end_on is None


def test_a_dry_run_reports_the_same_and_writes_nothing(book: Book) -> None:
    book.run(add_account, name="Acme")
    before = counts(book.connection)
    lines = ["name,sector,parent", "Acme,tools,Bolt", "Bolt,food,", ",x,", "acme,y,"]
    with pytest.raises(DryRun) as dry:
        bring_in(book, lines, dry_run=True)
    assert counts(book.connection) == before
    assert dry.value.report == bring_in(book, lines)
    assert counts(book.connection) != before


def test_the_counts_add_up_to_the_rows(book: Book) -> None:
    bring_in(book, ["name,sector", "Same,x", "Old,x"])
    report = bring_in(
        book,
        ["name,sector,tier", "New,a,1", "Old,b,", "Same,x,", "new,c,", ",d,", "Bad,e,9"],
    )
    assert (report.created, report.updated, report.unchanged) == (1, 1, 1)
    assert (report.skipped, report.failed, report.rows) == (1, 2, 6)
    assert summed(report) == report.rows
    lines = [one.line for one in report.problems]
    assert lines == sorted(lines)


def test_a_record_that_no_account_can_hold_fails_alone(book: Book) -> None:
    file = read_accounts(b"name,tier\nAcme,1\nBolt,2", ImportOptions("EUR"))
    bad = replace(file.records[0], values={**file.records[0].values, "tier": 9})
    file = replace(file, records=(bad, file.records[1]))
    report = book.run(import_accounts, file, title="file.csv").result
    assert (report.failed, report.created) == (1, 1)
    assert "tier" in report.problems[0].problem
    assert set(accounts_of(book)) == {"Bolt"}


def test_progress_tells_rows_done_and_rows(book: Book) -> None:
    told: list[tuple[int, int]] = []
    lines = ["name", *(f"Company {number}" for number in range(501))]
    bring_in(book, lines, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 501), (500, 501), (501, 501)]


def test_a_later_change_keeps_the_import_from_being_undone(book: Book) -> None:
    bring_in(book, ["name,sector", "Acme,tools"])
    (batch,) = [row[0] for row in book.connection.rows("SELECT id FROM change")]
    book.run(change_account, accounts_of(book)["Acme"].id, sector="food")
    with pytest.raises(Refused, match="sector"):
        book.run(undo, batch)
    assert accounts_of(book)["Acme"].sector == "food"
