"""A call that waits is read back as that call, or as nothing at all."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dates import When
from planner.errors import Refused
from planner.queued import decode, encode, may_wait
from planner.use_cases.accounts import change_account
from planner.use_cases.complaints import log_complaint
from planner.use_cases.naming import with_named_owners
from planner.use_cases.requests import Asked
from planner.use_cases.touchpoints import FollowUp, log_touchpoint

GIVEN = ("uow", "account_id", "kind", "title", "when")
TEXTS = st.text(st.characters())
IDS = st.integers(-(1 << 63), (1 << 63) - 1)
MOMENTS = st.datetimes(timezones=st.just(UTC))
WHENS = st.builds(When, st.dates(), MOMENTS, st.booleans())
FOLLOW_UPS = st.builds(
    FollowUp, TEXTS, TEXTS, st.none() | IDS, st.none() | IDS, st.none() | TEXTS,
    st.none() | st.dates(), st.booleans(),
)  # fmt: skip
ASKED = st.builds(
    Asked, TEXTS, TEXTS, st.none() | IDS, st.none() | st.dates(), st.none() | IDS
)  # fmt: skip
PLAIN = st.none() | st.booleans() | IDS | TEXTS | st.dates() | MOMENTS | WHENS | FOLLOW_UPS | ASKED
VALUES = PLAIN | st.lists(PLAIN, max_size=4) | st.lists(PLAIN, max_size=4).map(tuple)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | IDS
    | TEXTS
    | st.floats()
    | st.sampled_from(["list", "when", "day", "asked"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=4),
)
MORE = st.dictionaries(TEXTS.filter(lambda name: name not in GIVEN), VALUES, max_size=4)
PAIRS, TRIPLES = st.tuples(VALUES, VALUES), st.tuples(VALUES, VALUES, VALUES)
LOGGED = st.tuples(st.sampled_from([("log_touchpoint", "kind"), ("log_complaint", "title")]),
                   TRIPLES, MORE)  # fmt: skip
CALLS = st.one_of(
    LOGGED.map(
        lambda one: (one[0][0], one[1][:1], {one[0][1]: one[1][1], "when": one[1][2], **one[2]})
    ),
    st.tuples(st.just("rang_without_answer"), PAIRS | TRIPLES, st.just({})),
    st.tuples(
        st.just("give_pulse"),
        PAIRS,
        st.dictionaries(st.sampled_from(["function", "reason", "on"]), VALUES),
    ),
)


@given(CALLS)
def test_a_call_comes_back_as_it_was(made: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    name, args, kwargs = made
    call = decode(name, encode(args, kwargs))
    assert call.use_case.__name__ == name
    assert (call.args, call.kwargs) == (args, kwargs)
    assert [type(one) for one in call.args] == [type(one) for one in args]
    assert {name: type(one) for name, one in call.kwargs.items()} == {
        name: type(one) for name, one in kwargs.items()
    }


@given(JSON)
def test_any_other_text_is_a_sentence_or_a_call_that_is_written_the_same(found: Any) -> None:
    for text in (json.dumps(found), json.dumps({"args": [found, found], "kwargs": {}})):
        with suppress(Refused):
            call = decode("give_pulse", text)
            assert decode("give_pulse", encode(call.args, call.kwargs)) == call


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("change_account", '{"args":[1,2],"kwargs":{}}'),
        ("os.system", '{"args":["ls","ls"],"kwargs":{}}'),
        ("give_pulse", ""),
        ("give_pulse", "{"),
        ("give_pulse", "[" * 100_000),
        ("give_pulse", '{"args":[]}'),
        ("give_pulse", '{"args":{},"kwargs":{}}'),
        ("give_pulse", '{"args":[],"kwargs":[]}'),
        ("give_pulse", '{"args":[],"kwargs":{},"more":1}'),
        ("give_pulse", '{"args":[1,1.5],"kwargs":{}}'),
        ("give_pulse", '{"args":[1],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,2,3],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,2],"kwargs":{"account_id":1}}'),
        ("give_pulse", '{"args":[1,2],"kwargs":{"other":1}}'),
        ("give_pulse", '{"args":[1,["when",1,2,3]],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,["day","no day"]],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,["moment",5]],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,["follow_up","x"]],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,["follow_up",1,"we",null,null,null,null,true]],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,["eval","1"]],"kwargs":{}}'),
        ("give_pulse", '{"args":[1,[["list"]]],"kwargs":{}}'),
    ],
)
def test_what_is_none_of_ours_is_never_a_call(name: str, text: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        decode(name, text)


def test_a_value_of_another_kind_cannot_wait() -> None:
    for value in (object(), 1.5, {"a": 1}, b"x"):
        with pytest.raises(Refused, match="cannot wait"):
            encode((value,), {})


def test_what_logs_may_wait_and_what_changes_a_record_may_not() -> None:
    assert may_wait(log_touchpoint)
    assert may_wait(with_named_owners(log_complaint))
    assert not may_wait(change_account)


def test_a_day_is_no_moment_and_a_moment_no_day() -> None:
    day, moment = date(2026, 3, 11), datetime(2026, 3, 11, tzinfo=UTC)
    assert decode("give_pulse", encode((day, moment), {})).args == (day, moment)
    for text in (["when", ["moment", moment.isoformat()], ["moment", moment.isoformat()], True],
                 ["when", ["day", "2026-03-11"], ["day", "2026-03-11"], True]):  # fmt: skip
        with pytest.raises(Refused):
            decode("give_pulse", json.dumps({"args": [1, text], "kwargs": {}}))


def test_a_mail_may_wait_with_its_id_and_what_it_answers() -> None:
    from planner.use_cases.mails import log_mail

    moment = datetime(2026, 3, 11, 12, tzinfo=UTC)
    fields = {"when": When(moment.date(), moment, False), "message_id": "one", "answers": ["two"]}
    assert may_wait(log_mail)
    assert decode("log_mail", encode((7,), fields)) == (log_mail, (7,), fields)
