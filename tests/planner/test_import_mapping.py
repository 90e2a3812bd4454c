"""Which column fills which field, and what is only proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.importing.mapping import (
    ACCOUNT_FIELDS,
    ACCOUNT_HINTS,
    Mapped,
    apply_mapping,
    field_named,
    parse_maps,
    suggest,
)

MAVEN = (
    "account", "sector", "year_established", "revenue", "employees", "office_location",
    "subsidiary_of",
)  # fmt: skip


def test_a_map_is_a_column_and_a_field() -> None:
    assert parse_maps(["Acct=name", "a=b=sector", "x = Contract-End"], ACCOUNT_FIELDS) == (
        ("Acct", "name"),
        ("a=b", "sector"),
        ("x", "contract_end"),
    )


@pytest.mark.parametrize(
    ("maps", "sentence"),
    [
        (["name"], "write"),
        (["=name"], "write"),
        (["a=nmae"], "Did you mean name"),
        (["a=revenue"], "the fields are name, external_id"),
        (["a=name", "b=name"], "contradict"),
        (["a=name", "a=sector"], "contradict"),
    ],
)
def test_a_wrong_map_is_refused(maps: list[str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse_maps(maps, ACCOUNT_FIELDS)


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="Did you mean account"):
        apply_mapping(MAVEN, [("acount", "name")], ACCOUNT_FIELDS)
    with pytest.raises(Refused, match="has no column 'Account'"):
        apply_mapping(MAVEN, [("Account", "name")], ACCOUNT_FIELDS)


def test_exact_known_names_are_applied_and_said() -> None:
    assert apply_mapping(MAVEN, [], ACCOUNT_FIELDS) == (
        Mapped("account", "name", "known"),
        Mapped("sector", "sector", "known"),
    )
    assert field_named("Record ID", ACCOUNT_FIELDS) == "external_id"
    assert field_named("CONTRACT_END", ACCOUNT_FIELDS) == "contract_end"
    assert field_named("revenue", ACCOUNT_FIELDS) is None


def test_what_was_asked_for_comes_before_what_is_known() -> None:
    maps = [("sector", "name"), ("office_location", "country")]
    assert apply_mapping(MAVEN, maps, ACCOUNT_FIELDS) == (
        Mapped("sector", "name", "map"),
        Mapped("office_location", "country", "map"),
    )


def test_the_field_s_own_name_comes_before_another_name_for_it() -> None:
    assert apply_mapping(["Company", "Name", "Customer"], [], ACCOUNT_FIELDS) == (
        Mapped("Name", "name", "known"),
    )
    assert apply_mapping(["Customer", "Company"], [], ACCOUNT_FIELDS) == (
        Mapped("Customer", "name", "known"),
    )


def test_suggestions_are_proposed_best_first_and_once() -> None:
    proposed = suggest(MAVEN, ACCOUNT_FIELDS)
    assert {(one.column, one.field) for one in proposed} >= {
        ("account", "name"),
        ("office_location", "country"),
        ("subsidiary_of", "parent"),
        ("revenue", "arr"),
    }
    assert [one.score for one in proposed] == sorted((one.score for one in proposed), reverse=True)
    assert len({one.field for one in proposed}) == len({one.column for one in proposed})
    assert suggest(["zzzz", "åäö"], ACCOUNT_FIELDS) == []
    assert suggest(["Acount Nme"], ACCOUNT_FIELDS)[0].field == "name"


def test_no_name_means_two_fields() -> None:
    names = [name for field, others in ACCOUNT_FIELDS.items() for name in (field, *others)]
    assert len(names) == len(set(names))
    assert set(ACCOUNT_HINTS) <= set(ACCOUNT_FIELDS)


@given(st.lists(st.text(), unique=True), st.lists(st.text(), max_size=3))
def test_any_columns_and_maps_are_read_or_refused(columns: list[str], maps: list[str]) -> None:
    suggest(columns, ACCOUNT_FIELDS)
    try:
        pairs = parse_maps(maps, ACCOUNT_FIELDS)
        mapped = apply_mapping(columns, pairs, ACCOUNT_FIELDS)
    except Refused:
        return
    assert len({one.field for one in mapped}) == len(mapped)
