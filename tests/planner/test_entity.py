"""A record is valid or says in plain words what is wrong, by field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.accounts import Account
from planner.complaints import Complaint
from planner.contracts import Contract
from planner.entity import build, plain, spoken_name
from planner.errors import Refused
from planner.people import Membership, Person
from planner.plans import Action, Objective
from planner.text import name_key
from planner.touchpoints import Touchpoint

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
VALID: dict[type[Any], dict[str, Any]] = {
    Account: {"id": 1, "name": "A", "created_on": NOW.date(), "created_at": NOW},
    Person: {"id": 1, "name": "P", "created_at": NOW},
    Membership: {"id": 1, "account_id": 2, "person_id": 3},
    Contract: {"id": 1, "account_id": 2, "arr_minor": 5, "currency": "EUR"},
    Action: {
        "id": 1, "account_id": 2, "action": "x", "recorded_on": NOW.date(), "logged_at": NOW,
    },
    Objective: {
        "id": 1, "account_id": 2, "plan_id": 3, "objective": "x", "recorded_on": NOW.date(),
    },
    Touchpoint: {
        "id": 1, "account_id": 2, "kind": "call", "occurred_at": NOW, "occurred_on": NOW.date(),
        "recorded_on": NOW.date(), "logged_at": NOW,
    },
    Complaint: {
        "id": 1, "number": "C-1", "account_id": 2, "title": "x", "opened_at": NOW,
        "opened_on": NOW.date(), "recorded_on": NOW.date(), "logged_at": NOW,
    },
}  # fmt: skip


def said(model: type[Any], **fields: Any) -> list[tuple[str, str]]:
    """Field and sentence of every problem."""
    with pytest.raises(Refused) as error:
        build(model, **{**VALID[model], **fields})
    return [(problem.field, problem.problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("model", "fields", "problem"),
    [
        (Account, {"name": " "}, ("name", "it is empty")),
        (Account, {"name": "x" * 1001}, ("name", "it is longer than 1000 characters")),
        (Account, {"name": 7}, ("name", "it is no text")),
        (Account, {"name": "a\x00"}, ("name", "it holds a NUL character")),
        (Account, {"name": "\ud800"},
         ("name", "it holds half of a surrogate pair, which is no character")),
        (Account, {"tier": 4}, ("tier", "it is more than 3")),
        (Account, {"tier": 0}, ("tier", "it is less than 1")),
        (Account, {"tier": "high"}, ("tier", "it is no whole number")),
        (Account, {"tier": 1.5}, ("tier", "it is no whole number")),
        (Account, {"stage": "won"},
         ("stage", "it is none of prospect, onboarding, adopting, established, renewal, "
                   "offboarding, lost")),
        (Account, {"tags": "a"}, ("tags", "it is no list")),
        (Account, {"extra": 3}, ("extra", "it is no table of names and values")),
        (Account, {"colour": "red"}, ("colour", "there is no such field")),
        (Account, {"keep_class": "invest"}, ("keep_reason", "a keep class needs its reason")),
        (Account, {"parent_id": 1}, ("parent", "an account cannot be its own parent")),
        (Account, {"created_at": datetime(2026, 1, 1)}, ("created", "it has no time zone")),  # noqa: DTZ001
        (Account, {"created_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))},
         ("created", "it lies outside the years 1 to 9999")),
        (Account, {"created_at": "soon"}, ("created", "it is no moment such as 2026-03-12 14:00")),
        (Account, {"created_on": "soon"}, ("created", "it is no day such as 2026-03-12")),
        (Account, {"id": 0}, ("id", "it is less than 1")),
        (Person, {"name": "", "email": " "},
         ("name", "a person needs a name, an e-mail or a phone")),
        (Membership, {"roles": ("boss",)},
         ("role", "it is none of sponsor, economic_buyer, champion, day_to_day, technical")),
        (Contract, {"currency": "euro"},
         ("currency", "it is no code of three capital letters such as EUR")),
        (Contract, {"arr_minor": -1}, ("arr", "it is less than 0")),
        (Contract, {"auto_renew": "perhaps"}, ("auto_renew", "it is neither yes nor no")),
        (Contract, {"start_on": date(2026, 2, 1), "end_on": date(2026, 1, 1)},
         ("end_on", "the end lies before the start")),
        (Action, {"due_on": "soon"}, ("due", "it is no day such as 2026-03-12")),
        (Objective, {"baseline": "low"}, ("baseline", "it is no number")),
        (Objective, {"baseline": float("nan")}, ("baseline", "it is no usable number")),
        (Objective, {"target": float("inf")}, ("target", "it is no usable number")),
        (Touchpoint, {"sentiment": 3}, ("sentiment", "it is more than 2")),
        (Touchpoint, {"occurred_at": None}, ("at", "it is no moment such as 2026-03-12 14:00")),
        (Complaint, {"response_target": 60, "resolution_target": 30},
         ("resolution_target", "it is shorter than the response target")),
    ],
)  # fmt: skip
def test_each_fault_is_one_plain_sentence(
    model: type[Any], fields: dict[str, Any], problem: tuple[str, str]
) -> None:
    (found,) = said(model, **fields)
    assert found == (spoken_name(problem[0]), problem[1])


def test_a_field_that_is_missing_is_named() -> None:
    with pytest.raises(Refused) as error:
        build(Account, id=1)
    assert [(p.field, p.problem) for p in error.value.problems] == [
        ("name", "it is missing"), ("created", "it is missing"), ("created", "it is missing"),
    ]  # fmt: skip


def test_a_number_without_end_is_no_number() -> None:
    assert said(Account, tier=float("inf")) == [("tier", "it is no number")]


def test_all_faults_are_said_at_once() -> None:
    assert [field for field, _problem in said(Account, name="", tier=9, stage="x")] == [
        "name", "tier", "stage",
    ]  # fmt: skip


def test_what_was_typed_is_kept_but_not_without_end() -> None:
    with pytest.raises(Refused) as error:
        build(Account, **{**VALID[Account], "stage": "x" * 5000})
    assert error.value.problems[0].value == "x" * 200


@given(
    st.sampled_from(list(VALID)),
    st.data(),
    st.one_of(
        st.none(), st.integers(), st.floats(), st.text(), st.booleans(), st.binary(),
        st.lists(st.integers()), st.dictionaries(st.text(), st.integers()), st.dates(),
    ),
)  # fmt: skip
def test_no_value_gets_the_validators_own_words(
    model: type[Any], data: st.DataObject, value: object
) -> None:
    field = data.draw(st.sampled_from(sorted(model.model_fields)))
    try:
        build(model, **{**VALID[model], field: value})
    except Refused as error:
        for problem in error.problems:
            assert problem.problem
            for word in ("Input", "input", "should", "valid ", "Value error", "{", "}", "pydantic"):
                assert word not in problem.problem
            assert problem.problem != "it is not understood"


def test_a_record_cannot_be_altered_in_place() -> None:
    account = build(Account, **VALID[Account])
    with pytest.raises(ValueError, match="frozen"):
        setattr(account, "name", "B")  # noqa: B010
    assert account.changed(name="B").name == "B"
    assert account.name == "A"


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001
def test_stored_moments_sort_as_text(moment: datetime) -> None:
    later = moment.replace(tzinfo=UTC) + timedelta(microseconds=1)
    assert plain(moment.replace(tzinfo=UTC)) < plain(later)
    assert len(plain(later)) == len("2026-03-11T12:00:00.000000Z")
    assert datetime.fromisoformat(plain(later)) == later


def test_values_as_engines_keep_them() -> None:
    kept = [
        plain(value) for value in (None, "ä", 1, 1.5, True, date(800, 1, 2), ("b",), {"ä": "c"})
    ]
    assert kept == [None, "ä", 1, 1.5, 1, "0800-01-02", '["b"]', '{"ä": "c"}']


def test_two_names_are_one_name_when_they_read_alike() -> None:
    assert name_key("  İSTANBUL  ") == name_key("istanbul")
    assert name_key("\u200b") != ""


@pytest.mark.parametrize(
    ("field", "spoken"),
    [("due_on", "due"), ("owner_id", "owner"), ("arr_minor", "arr"), ("person_id", "with"),
     ("occurred_at", "at"), ("roles", "role"), ("their_owner_id", "their_owner"), ("name", "name")],
)  # fmt: skip
def test_fields_are_called_as_the_command_line_calls_them(field: str, spoken: str) -> None:
    assert spoken_name(field) == spoken
