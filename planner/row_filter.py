"""The filter language over rows in memory: people, touchpoints, complaints, actions, Today.

Each list names its fields; the words are those of ``planner.segments``. Days are counted from
today: back for what happened, ahead for what is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from planner.filter_fields import BANDS, FilterField
from planner.promises import STATES as PROMISE_STATES
from planner.segments import Filter, Special, Term, Value, Words
from planner.text import fold, search_words
from planner.views.today import DUTY_KINDS, FOLDS
from planner.views.work import ComplaintRow
from planner.vocabulary import (
    ACTION_STATUSES,
    ADVOCACY_KINDS,
    BENEFIT_KINDS,
    CELEBRATION_KINDS,
    COMPLAINT_STAGES,
    DIRECTIONS,
    FUNCTIONS,
    OPPORTUNITY_STAGES,
    PURCHASE_KINDS,
    REQUEST_KINDS,
    ROLES,
    SEVERITIES,
    SIDES,
    STANCES,
    TOUCHPOINT_KINDS,
)

CLOCKS = ("none", "met", "breached", "paused", "at-risk", "on-track")
SECTIONS = ("now", *FOLDS)
ME = "me"
"""The key under which a row says whether it is the reader's own, for ``owner:me``."""


def _text(name: str) -> FilterField:
    return FilterField(name, "text", part=True)


def _choice(name: str, choices: tuple[str, ...]) -> FilterField:
    return FilterField(name, "choice", choices=tuple(one.replace("-", "_") for one in choices))


def _flag(name: str) -> FilterField:
    return FilterField(name, "flag", choices=("yes", "no"), may_be_none=False)


def _days(name: str, unit: str) -> FilterField:
    return FilterField(name, "whole", unit=unit)


def _named(*fields: FilterField) -> Mapping[str, FilterField]:
    return {one.name: one for one in fields}


def people_fields() -> Mapping[str, FilterField]:
    """What the list of people is filtered by; ``touch`` is days since the last two-way touch."""
    return _named(
        _text("account"), _text("name"), _text("email"), _text("title"), _text("department"),
        _text("language"), _choice("role", ROLES), _choice("stance", STANCES),
        _days("influence", "1 to 3"), _days("power", "1 to 3"),
        _days("touch", "days since the last two-way touch"), _flag("left"),
    )  # fmt: skip


def touchpoint_fields() -> Mapping[str, FilterField]:
    """What the list of touchpoints is filtered by; ``occurred`` is days ago."""
    return _named(
        _text("account"), _text("people"), _text("colleague"), _text("note"),
        _choice("kind", TOUCHPOINT_KINDS), _choice("direction", DIRECTIONS),
        _choice("function", FUNCTIONS), _flag("two_way"), _days("sentiment", "-2 to 2"),
        _days("occurred", "days ago"),
    )  # fmt: skip


def complaint_fields() -> Mapping[str, FilterField]:
    """What the list of complaints is filtered by; ``opened`` is days ago."""
    return _named(
        _text("account"), _text("number"), _text("title"), _text("person"), _text("owner"),
        _choice("severity", SEVERITIES), _choice("stage", COMPLAINT_STAGES),
        _choice("clock", CLOCKS), _flag("waiting"), _flag("open"), _days("opened", "days ago"),
        _choice("function", FUNCTIONS), _text("handed"),
    )  # fmt: skip


def complaint_facts(row: ComplaintRow, today: date, me: int | None) -> Mapping[str, Any]:
    """A complaint's values by field; ``handed`` is who has not accepted it yet."""
    return {
        "account": row.account, "number": row.number, "title": row.title, "person": row.person,
        "owner": row.owner, "severity": row.severity, "stage": row.stage, "clock": row.clock,
        "waiting": row.waiting, "open": row.resolved_on is None and row.stage != "closed",
        "opened": days_ago(row.opened_on, today), "function": row.function,
        "handed": row.handed_to, ME: me is not None and row.owner_id == me,
    }  # fmt: skip


def action_fields() -> Mapping[str, FilterField]:
    """What the list of actions is filtered by; ``due`` is days ahead, below 0 when late."""
    return _named(
        _text("account"), _text("action"), _text("owner"), _text("their_owner"),
        _choice("side", SIDES), _choice("status", ACTION_STATUSES), _flag("promised"),
        _flag("shared"), _days("due", "days ahead"),
    )  # fmt: skip


def request_fields() -> Mapping[str, FilterField]:
    """What requests are filtered by; ``asked`` is days ago, ``due`` days ahead."""
    return _named(
        _text("account"), _text("action"), _text("asked_by"), _text("owner"),
        _choice("request", REQUEST_KINDS), _choice("status", ACTION_STATUSES),
        _days("asked", "days ago"), _days("due", "days ahead"),
    )  # fmt: skip


def promise_fields() -> Mapping[str, FilterField]:
    """What promises are filtered by; ``due`` is days ahead, below 0 when late."""
    return _named(
        _text("account"), _text("action"), _text("promised_to"), _text("owner"),
        _choice("state", PROMISE_STATES), _days("due", "days ahead"),
    )  # fmt: skip


def celebration_fields() -> Mapping[str, FilterField]:
    """What dates to celebrate are filtered by; ``next`` is days ahead."""
    return _named(
        _text("account"), _text("label"), _text("person"), _text("owner"),
        _choice("kind", CELEBRATION_KINDS), _flag("yearly"), _days("next", "days ahead"),
    )  # fmt: skip


def advocacy_fields() -> Mapping[str, FilterField]:
    """What advocacy is filtered by; ``on`` is days ago."""
    return _named(
        _text("account"), _text("advocacy"), _text("person"), _choice("kind", ADVOCACY_KINDS),
        _days("on", "days ago"),
    )  # fmt: skip


def purchase_fields() -> Mapping[str, FilterField]:
    """What purchases are filtered by; ``on`` is days ago."""
    return _named(
        _text("account"), _text("product"), _text("person"), _text("note"),
        _choice("kind", PURCHASE_KINDS), FilterField("amount", "money", unit="major units"),
        _days("on", "days ago"),
    )  # fmt: skip


def opportunity_fields() -> Mapping[str, FilterField]:
    """What the opportunities are filtered by; ``next`` is days ahead, below 0 when late."""
    return _named(
        _text("account"), _text("opportunity"), _text("product"), _text("centre"), _text("owner"),
        _choice("stage", OPPORTUNITY_STAGES), _choice("band", BANDS),
        FilterField("value", "money", unit="major units a year"),
        _days("next", "days ahead"), _flag("warned"),
    )  # fmt: skip


def gesture_fields() -> Mapping[str, FilterField]:
    """What the gestures are filtered by; ``given`` is days ago."""
    return _named(
        _text("account"), _text("gesture"), _text("reason"), _text("approver"), _text("person"),
        _text("complaint"), _choice("kind", BENEFIT_KINDS),
        FilterField("cost", "money", unit="major units"), _days("given", "days ago"),
    )  # fmt: skip


def today_fields() -> Mapping[str, FilterField]:
    """What Today is filtered by; ``due`` is days ahead, below 0 when late."""
    return _named(
        _text("account"), _text("owner"), _choice("kind", DUTY_KINDS), _choice("section", SECTIONS),
        FilterField("band", "choice", choices=("red", "yellow", "green", "grey")),
        _days("due", "days ahead"),
    )  # fmt: skip


def days_ago(day: str | None, today: date) -> int | None:
    """Days from an ISO day to today."""
    return None if day is None else (today - date.fromisoformat(day)).days


def days_ahead(day: str | None, today: date) -> int | None:
    """Days from today to an ISO day."""
    return None if day is None else (date.fromisoformat(day) - today).days


def fits(parts: Filter, row: Mapping[str, Any]) -> bool:
    """Whether every part holds for a row: field name to text, number, truth, several or None.

    Words are looked for in every text of the row.
    """
    return all(_holds(part, row) != part.negated for part in parts)


def _holds(part: Term | Words, row: Mapping[str, Any]) -> bool:
    if isinstance(part, Words):
        wanted = search_words(part.text) or fold(part.text)
        texts = [value for value in row.values() if isinstance(value, str)]
        return any(wanted in (search_words(text) or fold(text)) for text in texts)
    return any(_equals(part, value, row) for value in part.values)


def _equals(part: Term, value: Value, row: Mapping[str, Any]) -> bool:
    held = row.get(part.field)
    if value is Special.ME:
        return bool(row.get(ME))
    if value is Special.NONE:
        return held in (None, "", ())
    if held is None:
        return False
    if isinstance(held, tuple):
        return value in held
    if isinstance(value, bool):
        return bool(held) is value
    if isinstance(value, int | Decimal):
        return _compares(part.op, held, value)
    return _same_text(part.field, str(held), str(value))


def _same_text(field: str, held: str, value: str) -> bool:
    if field in _WHOLE:
        return fold(held).replace("-", "_") == value
    wanted = search_words(value) or fold(value)
    return wanted in (search_words(held) or fold(held))


_WHOLE = frozenset(
    {"kind", "direction", "function", "severity", "stage", "clock", "side", "status", "stance",
     "section", "band"}
)  # fmt: skip
"""Choices: the whole word has to be the same."""


def _compares(op: str, held: Any, value: int | Decimal) -> bool:
    if op == "<":
        return bool(held < value)
    if op == "<=":
        return bool(held <= value)
    if op == ">":
        return bool(held > value)
    if op == ">=":
        return bool(held >= value)
    return bool(held == value)
