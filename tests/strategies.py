"""Values that data may hold when it crosses a border: hostile text, odd numbers, whole records."""

from __future__ import annotations

import types
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from planner.entity import MAX_MINOR, Entity
from planner.ids import MAX_ID

HOSTILE = (
    "[/]", "[bold]x[/bold]", "[@click=app.quit]x[/]", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07",
    "\u202eright to left", "\u2066\u2069", "zero\u200bwidth", "\ufeffbom", "tab\tand\nline\r\nfeed",
    "' OR 1=1 --", '"; DROP TABLE account; --', "%s %d %(x)s {0} {name}", ":name :p0", "?", "NULL",
    "İstanbul", "ﬁne", "e\u0301 and \u00e9", "كيك ی ك", "👩‍👩‍👧", "𝔘𝔫𝔦", "\u0345", "Ω" * 300, "a*",
    'NEAR("a" "b")', "a OR b", "-a", "^a", "words:a", '"', "\x7f\x80\x9f", "\U0010ffff", "*", "--",
)  # fmt: skip
UNSTORABLE = ("nul\x00inside", "half \ud800 pair", "\udcff")

hostile_text = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80),
)
row_ids = st.integers(min_value=1, max_value=MAX_ID)
days = st.dates(date(1, 1, 2), date(9999, 12, 30))
moments = st.builds(
    datetime.combine,
    days,
    st.times(),
    st.just(UTC),
)


def values_of(annotation: Any, field: FieldInfo | None = None) -> st.SearchStrategy[Any]:
    """Values that a field of a record may hold."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return values_of(get_args(annotation)[0], get_args(annotation)[1])
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin in (Union, types.UnionType):
        return st.one_of(
            *(st.none() if arg is type(None) else values_of(arg) for arg in get_args(annotation))
        )
    if origin is tuple:
        return st.lists(values_of(get_args(annotation)[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(hostile_text, hostile_text, max_size=3)
    return _plain_values(annotation, field)


def _plain_values(annotation: Any, field: FieldInfo | None) -> st.SearchStrategy[Any]:
    if annotation is int:
        least, most = 1, MAX_ID
        for rule in field.metadata if isinstance(field, FieldInfo) else ():
            least, most = getattr(rule, "ge", least), getattr(rule, "le", most)
        return st.integers(least, most)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: hostile_text,
        bool: st.booleans(),
        float: st.floats(-1e14, 1e14),
        date: days,
        datetime: moments,
    }
    return plain[annotation]


NAMED = (
    "label", "title", "objective", "action", "risk", "proof", "entry", "centre", "opportunity",
    "benefit", "gesture", "behaviour", "reason", "signal", "advocacy", "improvement",
    "message", "note", "metric", "segment",
)  # fmt: skip
"""Texts that may not be empty."""


@st.composite
def records(draw: st.DrawFn, model: type[Entity]) -> Entity:
    """A valid record of a model, every field at random."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        strategy = values_of(info.annotation, info)
        if name == "currency":
            strategy = st.from_regex(r"[A-Z]{3}", fullmatch=True)
        if name == "key":
            strategy = st.from_regex(r"[a-z][a-z0-9_.]{0,20}", fullmatch=True)
        if name == "arr_minor":
            strategy = st.integers(0, MAX_MINOR)
        fields[name] = draw(strategy)
    try:
        return model(**fields)
    except ValidationError:
        pass
    # An end before its start, an empty name: the plain record with the same id stands in.
    kept = {name: value for name, value in fields.items() if model.model_fields[name].is_required()}
    if "name" in model.model_fields:
        kept["name"] = "Name"
    for name in NAMED:
        if name in kept:
            kept[name] = "Words"
    if "score" in kept:
        kept["score"] = 5
    return model(**kept)
