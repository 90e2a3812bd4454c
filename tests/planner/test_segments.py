"""The filter language: what it reads, how it complains, that it never falls over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.filter_fields import FIELDS, FilterField
from planner.segments import (
    Filter,
    FilterRefused,
    Op,
    Special,
    Term,
    Value,
    Words,
    complete,
    parse,
    show,
)


def test_the_example_of_the_screen_is_read() -> None:
    text = 'tier:1,2 band:red renewal<90 touch>30 owner:me arr>100k "logistics"'
    assert parse(text) == (
        Term("tier", ":", (1, 2)),
        Term("band", ":", ("red",)),
        Term("renewal", "<", (90,)),
        Term("touch", ">", (30,)),
        Term("owner", ":", (Special.ME,)),
        Term("arr", ">", (Decimal(100_000),)),
        Words("logistics"),
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        (" \t\n ", ()),
        ("acme oy", (Words("acme"), Words("oy"))),
        ("-band:green", (Term("band", ":", ("green",), True),)),
        ('-"north sea" -x', (Words("north sea", True), Words("x", True))),
        ('account:"Acme, Inc"', (Term("account", ":", ("Acme, Inc",)),)),
        ("tag=vip", (Term("tag", ":", ("vip",)),)),
        ('"a \\"b\\" \\\\"', (Words('a "b" \\'),)),
        ("“smart quotes”", (Words("smart quotes"),)),
        ("health>=49.5", (Term("health", ">=", (Decimal("49.5"),)),)),
        ("readiness<=80", (Term("readiness", "<=", (Decimal(80),)),)),
        ("TIER:1", (Term("tier", ":", (1,)),)),
        ("tier:none", (Term("tier", ":", (Special.NONE,)),)),
        ('owner:"me",none', (Term("owner", ":", ("me", Special.NONE)),)),
        ("keep:let-go", (Term("keep", ":", ("let_go",)),)),
        ("stage:Onboarding", (Term("stage", ":", ("onboarding",)),)),
        ("star:yes star:0", (Term("star", ":", (True,)), Term("star", ":", (False,)))),
        ("renewal<-5 renewal<۹۰", (Term("renewal", "<", (-5,)), Term("renewal", "<", (90,)))),
        ("- a-b 14:00 a@b.c", (Words("-"), Words("a-b"), Words("14:00"), Words("a@b.c"))),
        ("name:none", (Term("name", ":", ("none",)),)),
    ],
)  # fmt: skip
def test_a_filter_is_read(text: str, parts: Filter) -> None:
    assert parse(text) == parts
    assert parse(show(parts)) == parts


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ("band:red tiar:1", 9, "Did you mean tier"),
        ("http://x", 0, "put it in quotes"),
        ("band:rde", 5, "Did you mean red"),
        ("tier:4", 5, "one of 1, 2, 3"),
        ("tier:", 5, "needs a value"),
        ("tier:1,", 7, "needs a value"),
        ('owner:""', 6, "needs a value"),
        ("renewal < 90", 8, "no space"),
        ("band<red", 4, "cannot be compared"),
        ("renewal<30,60", 7, "takes one number"),
        ("renewal<none", 7, "takes one number"),
        ("renewal<soon", 8, "no number"),
        ("renewal<" + "9" * 5000, 8, "no number"),
        ("arr>lots", 4, "write it like 100k"),
        ("arr>99999999999bn", 4, "no number"),
        ("arr>100€", 4, "no number"),
        ("star:maybe", 5, "neither yes nor no"),
        ('x "abc', 2, "never closed"),
        ('"abc"def', 5, "space is missing"),
        ('owner:"abc"def', 11, "space is missing"),
        ('""', 0, "quotes are empty"),
        ("band:none", 5, "is no band"),
        ("a" * 10_001, 10_000, "too long"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text: str, position: int, sentence: str) -> None:
    with pytest.raises(FilterRefused, match=sentence) as refused:
        parse(text)
    assert refused.value.position == position
    assert f"(at character {position + 1})" in str(refused.value)


def _values(field: FilterField) -> st.SearchStrategy[Value]:
    text = st.text(min_size=1).filter(lambda s: bool(s.strip()))
    numbers = st.decimals(-(10**6), 10**6, places=2)
    plain: dict[str, st.SearchStrategy[Value]] = {
        "text": text,
        "choice": st.sampled_from(field.choices or ("",)),
        "flag": st.booleans(),
        "whole": st.integers(1, 3) if field.choices else st.integers(-(10**8), 10**8),
        "number": numbers,
        "money": numbers,
    }
    return plain[field.kind]


_COMPARING: tuple[Op, ...] = ("<", "<=", ">", ">=")


@st.composite
def _terms(draw: st.DrawFn) -> Term:
    field = draw(st.sampled_from(list(FIELDS.values())))
    negated = draw(st.booleans())
    if field.compares and draw(st.booleans()):
        op = draw(st.sampled_from(_COMPARING))
        return Term(field.name, op, (draw(_values(field)),), negated)
    values = _values(field)
    if field.may_be_none:
        values = st.one_of(values, st.just(Special.NONE))
    if field.name == "owner":
        values = st.one_of(values, st.just(Special.ME))
    return Term(field.name, ":", tuple(draw(st.lists(values, min_size=1, max_size=4))), negated)


_WORDS = st.builds(Words, st.text(min_size=1).filter(lambda s: bool(s.strip())), st.booleans())


@given(st.lists(st.one_of(_terms(), _WORDS), max_size=6).map(tuple))
def test_what_is_written_reads_back_the_same(parts: Filter) -> None:
    assert parse(show(parts)) == parts


_PIECES = st.sampled_from(
    [*FIELDS, ":", "<", ">=", ",", '"', "\\", "-", " ", "none", "me", "1", "k", "ß", "\x00", "“"]
)  # fmt: skip
_ANY = st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join))


@given(_ANY)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parts = parse(text)
    except FilterRefused as refused:
        place = refused.position
    else:
        place = 0
        assert parse(show(parts)) == parts
    assert 0 <= place <= len(text)


@given(_ANY, st.integers(-3, 40))
def test_completion_never_falls_over(text: str, cursor: int) -> None:
    for offered in complete(text, cursor, {"owner": ["Ann B", "\x00"]}):
        assert isinstance(offered, str)


def test_completion_offers_fields_and_then_their_values() -> None:
    assert complete("ti", 2) == ["tier:"]
    assert complete("band:red -co", 12) == ["-coverage:", "-complaints:", "-country:"]
    assert complete("band:red,g", 10) == ["band:red,green", "band:red,grey"]
    assert complete("owner:", 6, {"owner": ["Ann B"]}) == [
        "owner:me",
        'owner:"Ann B"',
        "owner:none",
    ]
    assert complete("owner:an", 8, {"owner": ["Ann B"]}) == ['owner:"Ann B"']
    assert complete('owner:"ann', 10, {"owner": ["Ann B"]}) == ['owner:"Ann B"']
    assert complete("", 0) == []
    assert complete("nothing:", 8) == []
    assert complete("star:", 5) == ["star:yes", "star:no"]


def test_every_completion_of_a_choice_can_be_read() -> None:
    for field in FIELDS.values():
        for offered in complete(f"{field.name}:", len(field.name) + 1):
            assert parse(offered)


def test_a_refused_filter_is_a_refusal_like_any_other() -> None:
    assert issubclass(FilterRefused, Refused)
