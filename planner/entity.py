"""What every stored record has in common: frozen, always valid, with an id and a version."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from planner.errors import FieldProblem, Refused
from planner.ids import MAX_ID
from planner.language import gettext as _
from planner.text import unstorable

NAME_MAX = 1_000
NOTE_MAX = 2_000_000
MAX_MINOR = 10**15

E = TypeVar("E", bound="Entity")
_SPOKEN = {
    "person_id": "with", "occurred_at": "at", "opened_at": "at", "roles": "role",
    "next_step_on": "next_step_on",
}  # fmt: skip
_SENTENCES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("string_too_long", lambda: _("it is longer than {max_length} characters")),
    ("string_pattern", lambda: _("it is no code of three capital letters such as EUR")),
    ("string_unicode", lambda: _("it holds half of a surrogate pair, which is no character")),
    ("string", lambda: _("it is no text")),
    ("int_parsing_size", lambda: _("it is too large a number")),
    ("int", lambda: _("it is no whole number")),
    ("float", lambda: _("it is no number")),
    ("finite_number", lambda: _("it is no number")),
    ("bool", lambda: _("it is neither yes nor no")),
    ("datetime", lambda: _("it is no moment such as 2026-03-12 14:00")),
    ("date", lambda: _("it is no day such as 2026-03-12")),
    ("greater_than_equal", lambda: _("it is less than {ge}")),
    ("less_than_equal", lambda: _("it is more than {le}")),
    ("missing", lambda: _("it is missing")),
    ("extra_forbidden", lambda: _("there is no such field")),
    ("tuple", lambda: _("it is no list")),
    ("dict", lambda: _("it is no table of names and values")),
)
"""How an error of the validator begins, and what it means to people."""
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def _storable(value: str) -> str:
    reason = unstorable(value)
    if reason is not None:
        raise ValueError(reason)
    return value


def _named(value: str) -> str:
    if not value.strip():
        raise ValueError(_("it is empty"))
    return value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(_("it has no time zone"))
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(_("it lies outside the years 1 to 9999")) from None


Line = Annotated[str, Field(max_length=NAME_MAX), AfterValidator(_storable)]
Name = Annotated[str, Field(max_length=NAME_MAX), AfterValidator(_storable), AfterValidator(_named)]
Note = Annotated[str, Field(max_length=NOTE_MAX), AfterValidator(_storable)]
Moment = Annotated[datetime, AfterValidator(_aware)]
Minor = Annotated[int, Field(ge=0, le=MAX_MINOR)]
RowId = Annotated[int, Field(ge=1, le=MAX_ID)]
Level = Annotated[int, Field(ge=1, le=3)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Entity(BaseModel):
    """A record of the book. Frozen; a change returns a new, valid object."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    id: RowId
    version: int = 1
    archived_at: Moment | None = None

    def changed(self, **fields: Any) -> Self:
        """The same record with other values. Raises ``Refused`` with the fields at fault."""
        return build(type(self), **{**dict(self), **fields})


def build(model: type[E], **fields: Any) -> E:
    """Make a record or raise ``Refused`` that names every field at fault in words."""
    try:
        return model(**fields)
    except ValidationError as error:
        problems = [_problem(item) for item in error.errors(include_url=False)]
        message = "; ".join(f"{p.field}: {p.problem}" if p.field else p.problem for p in problems)
        raise Refused(message, problems) from None


def spoken_name(field: str) -> str:
    """A field as the command line calls it: ``due_on`` is due, ``owner_id`` is owner."""
    if field in _SPOKEN:
        return _SPOKEN[field]
    for ending in ("_id", "_on", "_at", "_minor"):
        field = field.removesuffix(ending)
    return field


def _problem(item: Any) -> FieldProblem:
    field = str(item["loc"][0]) if item["loc"] else ""
    words = _sentence(item)
    if not field:
        field, colon, rest = words.partition(": ")
        field, words = (field, rest) if colon else ("", words)
    shown = item.get("input")
    value = "" if isinstance(shown, dict) or shown is None else str(shown)
    return FieldProblem(spoken_name(field), words, value[:200])


def _sentence(item: Any) -> str:
    kind, details = str(item["type"]), item.get("ctx", {})
    if kind == "value_error":
        return str(details["error"])
    if kind == "literal_error":
        choices = str(details["expected"]).replace("'", "").replace(" or ", ", ")
        return _("it is none of {choices}").format(choices=choices)
    for beginning, sentence in _SENTENCES:
        if kind.startswith(beginning):
            return sentence().format(**details)
    return _("it is not understood")


def plain(value: Any) -> Any:
    """A value as both engines store it: text, integer, real or null.

    Dates are ``YYYY-MM-DD``, moments ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, the rest JSON text.
    """
    kind = type(value)
    if value is None or kind is str or kind is int or kind is float:
        return value
    if kind is bool:
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return _JSON.encode(value)
