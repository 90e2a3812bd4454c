"""A file of accounts: records, problems by line, what was stated."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.importing.accounts import AccountFile, read_accounts
from planner.importing.columns import AmbiguousDates, Order
from planner.importing.mapping import ACCOUNT_FIELDS
from planner.importing.options import ImportOptions
from planner.importing.parents import link_parents
from planner.money import Money

MAVEN_MAPS = ("account=name", "sector=sector", "office_location=country", "subsidiary_of=parent")


def read(
    text: str,
    maps: tuple[str, ...] = (),
    key: str | None = None,
    dates: Order | None = None,
    currency: str = "EUR",
) -> AccountFile:
    return read_accounts(text.encode(), ImportOptions(currency, maps, key, dates))


def said(file: AccountFile) -> list[tuple[int, str, str, bool]]:
    return [(p.line, p.column, p.value, p.kept) for p in file.problems]


def test_the_crm_export_has_85_accounts_15_with_a_parent(samples: Path) -> None:
    data = (samples / "maven_crm" / "accounts.csv").read_bytes()
    file = read_accounts(data, ImportOptions("USD", maps=MAVEN_MAPS))
    assert (len(file.records), file.rows, file.skipped, file.failed) == (85, 85, (), ())
    assert not file.problems
    assert file.ignored_columns == ("year_established", "revenue", "employees")
    assert file.records[0].extra == {
        "year_established": "1996", "revenue": "1100.04", "employees": "2822",
    }  # fmt: skip
    assert "arr" not in file.records[0].values
    links = link_parents(file.records, lambda _name: False)
    assert len(links.in_file) == 15
    assert not links.problems
    assert {r.values["sector"] for r in file.records} >= {"technolgy"}
    assert {r.values["country"] for r in file.records} >= {"Philipines"}
    assert (file.encoding, file.delimiter, file.header_line) == ("utf-8", ",", 1)


def test_revenue_is_money_when_it_is_mapped(samples: Path) -> None:
    data = (samples / "maven_crm" / "accounts.csv").read_bytes()
    file = read_accounts(data, ImportOptions("USD", maps=("revenue=arr",)))
    assert file.records[0].values["arr"] == Money(110_004, "USD")
    assert file.decimal_marks == {"revenue": "."}
    assert not file.problems


def test_the_saas_accounts_are_500_with_their_ids(samples: Path) -> None:
    data = (samples / "ravenstack" / "ravenstack_accounts.csv").read_bytes()
    file = read_accounts(data, ImportOptions("USD"))
    assert len(file.records) == file.rows == 500
    assert {r.key_field for r in file.records} == {"external_id"}
    first = file.records[0]
    assert (first.line, first.key) == (2, "A-2e4581")
    assert first.values["sector"] == "EdTech"
    assert "plan_tier" in file.ignored_columns
    assert first.extra["plan_tier"] == "Basic"


def test_companies_of_one_name_are_one_company(samples: Path) -> None:
    data = (samples / "hubspot" / "hubspot_companies.csv").read_bytes()
    file = read_accounts(data, ImportOptions("EUR"))
    assert [r.values["name"] for r in file.records] == [
        "Bluebay Gaming Ltd",
        "Harbour Lotteries Ltd",
    ]
    assert [r.values["owner"] for r in file.records] == ["Sam Sales", "Someone Else"]
    assert file.skipped == (4,)
    assert said(file) == [(4, "Company name", "bluebay gaming ltd", False)]
    assert "line 2 already holds this account" in file.problems[0].problem


def test_every_field_is_typed() -> None:
    file = read(
        "name;id;parent;tier;stage;sector;country;owner;tags;arr;currency;"
        "contract start;contract end;notice days;auto renew\n"
        "Acme;007;Holding;Tier 2;Onboarding;retail;FI;Ann;a, b, A;1.234,50;eur;"
        "01.02.2026;31.01.2027;90;ja\n",
        dates="dmy",
    )
    record = file.records[0]
    assert record.values == {
        "name": "Acme",
        "external_id": "007",
        "parent": "Holding",
        "tier": 2,
        "stage": "onboarding",
        "sector": "retail",
        "country": "FI",
        "owner": "Ann",
        "tags": ("a", "b"),
        "arr": Money(123_450, "EUR"),
        "currency": "EUR",
        "contract_start": date(2026, 2, 1),
        "contract_end": date(2027, 1, 31),
        "notice_days": 90,
        "auto_renew": True,
    }
    assert set(record.values) | {"external_id"} == set(ACCOUNT_FIELDS)
    assert (file.delimiter, file.decimal_marks) == (";", {"arr": ","})
    assert file.date_orders == {"contract start": "dmy", "contract end": "dmy"}
    assert [m.how for m in file.mapping] == ["known"] * 15
    assert not file.problems


def test_text_is_kept_as_it_came() -> None:
    file = read('name,note,sector\n" Café\u0301 ","=1+1\n\u202e", x \n')
    assert file.records[0].values == {"name": " Café\u0301 ", "sector": " x "}
    assert file.records[0].extra == {"note": "=1+1\n\u202e"}


def test_empty_cells_are_no_values() -> None:
    file = read("name,tier,arr,tags,owner\nAcme,, ,;, \n")
    assert file.records[0].values == {"name": "Acme"}
    assert not file.problems


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tier", "gold"),
        ("stage", "onbording"),
        ("arr", "much"),
        ("arr", "1.005"),
        ("currency", "Euros"),
        ("contract_end", "soon"),
        ("notice_days", "a month"),
        ("auto_renew", "maybe"),
        ("sector", "a\x00b"),
        ("tags", "a\x00b"),
        ("unknown", "a\x00b"),
    ],
)
def test_a_value_that_is_not_understood_is_left_out_and_the_row_kept(
    field: str, value: str
) -> None:
    file = read(f"name,{field},arr2\nAcme,{value},1.5\n")
    assert said(file) == [(2, field, value, True)]
    assert file.records[0].problems == file.problems
    assert field == "arr" or field not in file.records[0].values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tier", "4"),
        ("tier", "0"),
        ("arr", "-5"),
        ("arr", "99999999999999999"),
        ("contract_end", "1850-01-01"),
        ("notice_days", "4000"),
        ("notice_days", "-1"),
        ("sector", "x" * 1_001),
        ("tags", "x" * 1_001),
        ("name2=name", "a\x00b"),
        ("external_id", "a\x00b"),
    ],
)
def test_a_value_out_of_range_refuses_its_row_with_the_line(field: str, value: str) -> None:
    column, _equals, mapped = field.partition("=")
    maps = (field,) if mapped else ()
    file = read(f"name,{column},x\nGood,,\nAcme,{value},y\n", maps=maps)
    names = [r.values["name"] for r in file.records]
    assert names == ([] if mapped else ["Good"])
    assert 3 in file.failed
    assert (3, column, False) in [(p.line, p.column, p.kept) for p in file.problems]


def test_an_end_before_its_start_refuses_the_row() -> None:
    file = read(
        "name,contract_start,contract_end\nA,2026-05-01,2026-04-30\nB,2026-05-01,2026-05-01"
    )
    assert (file.failed, [r.line for r in file.records]) == ((2,), [3])
    assert "ends before it starts" in file.problems[0].problem


def test_a_row_without_a_name_fails_and_the_others_go_on() -> None:
    file = read("name,tier\n ,maybe\nAcme,1\n")
    assert (file.failed, len(file.records), file.rows) == ((2,), 1, 2)
    assert said(file) == [(2, "tier", "maybe", False), (2, "name", "", False)]


def test_money_takes_the_currency_that_is_written() -> None:
    file = read(
        "name,arr,currency\nA,5 €,\nB,5,USD\nC,$5,CAD\nD,$5,\nE,5 USD,EUR\nF,£5,\nG,1000,JPY\n"
    )
    assert [r.values.get("arr") for r in file.records] == [
        Money(500, "EUR"),
        Money(500, "USD"),
        Money(500, "CAD"),
        None,
        None,
        Money(500, "GBP"),
        Money(1000, "JPY"),
    ]
    assert said(file) == [(5, "arr", "$5", True), (6, "arr", "5 USD", True)]


def test_too_many_decimals_are_rounded_and_said() -> None:
    file = read("name,arr\nA,1100.045\nB,1.5\n")
    assert file.records[0].values["arr"] == Money(110_005, "EUR")
    assert "rounded to 1100.05" in file.problems[0].problem


def test_the_second_row_of_a_key_is_skipped_and_listed() -> None:
    file = read("external_id,name\n1,Acme\n1,Other\n2,ACME\n3,İstanbul\n,istanbul\n4,New\n")
    assert [r.key for r in file.records] == ["1", "3", "4"]
    assert file.skipped == (3, 4, 6)
    assert [p.problem for p in file.problems] == [
        "line 2 already holds this account",
        "line 2 already holds this account",
        "line 5 already holds this account",
    ]
    assert file.rows == 6


def test_the_key_can_be_chosen() -> None:
    text = "external_id,name\n1,Acme\n2,ACME\n1,Other\n,Third\n"
    by_id = read(text, key="external_id")
    assert [r.values["name"] for r in by_id.records] == ["Acme", "ACME"]
    assert (by_id.skipped, by_id.failed) == ((4,), (5,))
    by_name = read(text, key="name")
    assert [(r.key_field, r.key) for r in by_name.records] == [
        ("name", "acme"),
        ("name", "other"),
        ("name", "third"),
    ]
    with pytest.raises(Refused, match="cannot be the key"):
        read(text, key="sector")


def test_a_failed_row_does_not_hide_a_good_one_of_the_same_name() -> None:
    file = read("name,tier\nAcme,9\nAcme,1\n")
    assert (file.failed, [r.line for r in file.records]) == ((2,), [3])


def test_a_total_below_the_rows_is_skipped() -> None:
    file = read('Export\n\nname,arr,sector\nAcme,5,x\nTotal,"1,005",\n')
    assert (file.skipped, file.header_line, len(file.records)) == ((5,), 3, 1)
    assert said(file) == [(5, "", "", False)]
    assert not read("name,arr,sector\nAcme,5,x\nTotal,5,energy\n").skipped
    assert read("external_id,name,arr\n1,Acme,5\n,Total,5\n").skipped == (3,)
    assert read("name,arr\n").rows == 0


def test_dates_are_asked_for_all_columns_at_once() -> None:
    text = "name,contract_start,contract_end\nA,1/2/2026,3/4/2027\n"
    with pytest.raises(AmbiguousDates) as asked:
        read(text)
    assert asked.value.examples == {"contract_start": "1/2/2026", "contract_end": "3/4/2027"}
    file = read(text, dates="mdy")
    assert file.records[0].values["contract_end"] == date(2027, 3, 4)
    with pytest.raises(Refused, match="no order of dates"):
        read(text, dates=cast(Order, "ymd"))


def test_a_file_without_a_name_column_is_refused_with_a_proposal() -> None:
    with pytest.raises(Refused, match="Perhaps 'Accounts'"):
        read("Accounts,sector\nAcme,x\n")
    with pytest.raises(Refused, match="No column holds the account's name"):
        read("qqq\n1\n")


def test_an_unknown_column_in_a_map_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="Did you mean account"):
        read("account,x\nAcme,1\n", maps=("acount=name",))


def test_an_unknown_base_currency_is_refused() -> None:
    with pytest.raises(Refused, match="no currency code"):
        read("name\nAcme\n", currency="EURO")


def test_encoding_and_delimiter_can_be_named() -> None:
    data = "name|x\nMüller|1".encode("cp850")
    file = read_accounts(data, ImportOptions("EUR", encoding="cp850", delimiter="|"))
    assert file.records[0].values["name"] == "Müller"
    assert (file.encoding, file.encoding_decided, file.delimiter) == ("cp850", "as asked", "|")


def test_a_record_cannot_be_changed() -> None:
    record = read("name\nAcme\n").records[0]
    with pytest.raises(FrozenInstanceError):
        record.__setattr__("line", 3)
    assert not hasattr(record, "__dict__")


def test_parents_may_stand_later_be_ids_or_be_in_the_book() -> None:
    file = read(
        "external_id,name,parent\n1,Child,  PARENT\n2,Parent,9\n3,Leaf,1\n"
        "4,Booked,Old Oy\n5,Lost,x\n9,Top,\n"
    )
    links = link_parents(file.records, lambda name: name == "Old Oy")
    assert {line: r.line for line, r in links.in_file.items()} == {2: 3, 3: 7, 4: 2}
    assert links.in_book == {5: "Old Oy"}
    assert [(p.line, p.value, p.kept) for p in links.problems] == [(6, "x", True)]
    assert [r.line for r in links.order] == [7, 3, 2, 4, 5, 6]


def test_circles_of_parents_are_reported_and_opened() -> None:
    file = read("name,parent\nA,B\nB,C\nC,A\nD,A\nSelf,self\nE,D\n")
    links = link_parents(file.records, lambda _name: False, "up")
    assert {line: r.line for line, r in links.in_file.items()} == {5: 2, 7: 5}
    assert [(p.line, p.column) for p in links.problems] == [
        (2, "up"),
        (3, "up"),
        (4, "up"),
        (6, "up"),
    ]
    assert "A → B → C → A" in links.problems[0].problem
    assert len(links.order) == 6


def test_a_very_long_line_of_parents_is_followed() -> None:
    rows = [f"N{n},N{n + 1}" for n in range(3_000)]
    file = read("name,parent\n" + "\n".join([*rows, "N3000,"]))
    links = link_parents(file.records, lambda _name: False)
    assert [r.values["name"] for r in links.order[:2]] == ["N3000", "N2999"]


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 12)))
def test_every_record_comes_once_and_after_its_parent(parents: dict[int, int]) -> None:
    file = read("name,parent\n" + "".join(f"N{n},N{p}\n" for n, p in parents.items()))
    links = link_parents(file.records, lambda _name: False)
    place = {record.line: index for index, record in enumerate(links.order)}
    assert sorted(place) == sorted(r.line for r in file.records)
    for line, parent in links.in_file.items():
        assert place[parent.line] < place[line]
    assert len(links.in_file) + len(links.problems) == len(file.records)


_ORDERS: tuple[Order | None, ...] = (None, "dmy")
_NAMES = st.sampled_from([*ACCOUNT_FIELDS, "note", "", "name"])
_CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["1", "-1", "4", "€5", "1.5", "1,5", "3/4/2026", "2026-01-01", "yes", "Total"]),
)


@given(
    st.lists(_NAMES, max_size=6),
    st.lists(st.lists(_CELLS, max_size=7), max_size=6),
    st.sampled_from(_ORDERS),
)
def test_any_file_is_read_or_refused(
    header: list[str], rows: list[list[str]], order: Order | None
) -> None:
    text = "\n".join(",".join(row) for row in [["name", *header], *rows])
    data = text.encode("utf-8", "replace")
    try:
        file = read_accounts(data, ImportOptions("EUR", dates=order))
    except Refused:
        return
    out = {*file.skipped, *file.failed}
    assert len(out) == len(file.skipped) + len(file.failed)
    assert not out & {record.line for record in file.records}
    assert all(not problem.kept for problem in file.problems if problem.line in out)
    assert out <= {problem.line for problem in file.problems}
    assert all(record.values["name"] for record in file.records)
    assert [p.line for p in file.problems] == sorted(p.line for p in file.problems)


def test_hostile_texts_survive_as_names_and_in_extra(samples: Path) -> None:
    naughty = json.loads((samples / "blns" / "blns.json").read_text("utf-8"))
    kept = [text for text in naughty if text.strip() and len(text) <= 1_000]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "name", "note"])
    writer.writerows([number, text, text] for number, text in enumerate(kept))
    file = read_accounts(stream.getvalue().encode(), ImportOptions("EUR", key="external_id"))
    assert [record.values["name"] for record in file.records] == kept
    assert [record.extra["note"] for record in file.records] == kept
    assert not file.problems
    assert len(kept) > 490


def test_names_of_many_languages_round_trip_unnormalised(samples: Path) -> None:
    data = (samples / "intl" / "contacts_faker_14_locales.csv").read_bytes()
    maps = ("Contact ID=external_id", "Full Name=name")
    file = read_accounts(data, ImportOptions("EUR", maps=maps, key="external_id"))
    text = data.decode("utf-8-sig")
    meant = [row["Full Name"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert [record.values["name"] for record in file.records] == meant
    assert len(meant) == 287
    assert "byte-order mark" in file.encoding_decided


def test_a_column_that_no_store_keeps_is_left_out_and_said() -> None:
    file = read("name,x\x00y\nAcme,1\n")
    assert file.records[0].extra == {}
    assert said(file) == [(2, "x\x00y", "1", True)]
