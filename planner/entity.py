"""What every stored record has in common: frozen, always valid, with an id and a version."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from planner.errors import FieldProblem, Refused
from planner.text import fold, unstorable

NAME_MAX = 1_000
NOTE_MAX = 2_000_000
MAX_MINOR = 10**15

E = TypeVar("E", bound="Entity")
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def _storable(value: str) -> str:
    reason = unstorable(value)
    if reason is not None:
        raise ValueError(reason)
    return value


def _named(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    return value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("it has no time zone")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("it lies outside the years 1 to 9999") from None


Line = Annotated[str, Field(max_length=NAME_MAX), AfterValidator(_storable)]
Name = Annotated[str, Field(max_length=NAME_MAX), AfterValidator(_storable), AfterValidator(_named)]
Note = Annotated[str, Field(max_length=NOTE_MAX), AfterValidator(_storable)]
Moment = Annotated[datetime, AfterValidator(_aware)]
Minor = Annotated[int, Field(ge=0, le=MAX_MINOR)]
Level = Annotated[int, Field(ge=1, le=3)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Entity(BaseModel):
    """A record of the book. Frozen; a change returns a new, valid object."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")

    id: int
    version: int = 1
    archived_at: Moment | None = None

    def changed(self, **fields: Any) -> Self:
        """The same record with other values. Raises ``Refused`` with the fields at fault."""
        return build(type(self), **{**dict(self), **fields})


def name_key(name: str) -> str:
    """The form in which two names are the same name."""
    return fold(name) or name


def build(model: type[E], **fields: Any) -> E:
    """Make a record or raise ``Refused`` that names every field at fault in words."""
    try:
        return model(**fields)
    except ValidationError as error:
        problems = [_problem(item) for item in error.errors(include_url=False)]
        message = "; ".join(f"{p.field}: {p.problem}" for p in problems)
        raise Refused(message, problems) from None


def _problem(item: Any) -> FieldProblem:
    field = ".".join(str(part) for part in item["loc"])
    words = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "string_too_long":
        words = f"it is longer than {item['ctx']['max_length']} characters"
    if not field:
        field, _, words = words.partition(": ")
    shown = item.get("input")
    value = "" if isinstance(shown, dict) or shown is None else str(shown)
    return FieldProblem(field, words[:1].lower() + words[1:], value[:200])


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
