"""The settings that belong to a book, not to a person: zone, currency, name, rules of its own."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pydantic import field_validator

from planner.entity import Entity, Note
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.money import check_currency
from planner.text import unstorable

BASE_CURRENCY = "base_currency"
ZONE = "zone"
BOOK_NAME = "name"
KIND = "kind"
SAMPLE = "sample"
NORTH_STAR = "north_star"
"""The company's KPI on top of every plan."""
NORTH_STAR_DEFAULT = "NRR"
GESTURE_LIMIT = "gesture.limit"
"""What one of us may give away alone, in minor units of the book's currency."""
MAX_LIMIT = 10**15


class Setting(Entity):
    """One setting of the book, by its key."""

    key: str
    value: Note

    @field_validator("key")
    @classmethod
    def _plain_key(cls, key: str) -> str:
        if not key or not key.replace("_", "").replace(".", "").isalnum():
            raise ValueError("a key holds letters, digits, dots and underscores")
        return key


def check_setting(key: str, value: str) -> str:
    """The value as a book keeps it. Raises ``Refused`` when the book could not be read with it."""
    if key == BASE_CURRENCY:
        return check_currency(value)
    reason = unstorable(value)
    if reason is None and not value.strip():
        reason = _("it is empty")
    if reason is None and key == ZONE and not _is_zone(value):
        reason = _("it is no time zone such as Europe/Berlin")
    if reason is None and key == GESTURE_LIMIT and not _is_amount(value):
        reason = _("it is no whole number of minor units, such as 5000 for 50.00")
    if reason is not None:
        raise Refused(f"{key}: {reason}", [FieldProblem(key, reason, value)])
    return value


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_amount(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= MAX_LIMIT


def north_star(settings: Mapping[str, str]) -> str:
    """The company's KPI, the book's own or the default."""
    return settings.get(NORTH_STAR, NORTH_STAR_DEFAULT)


def gesture_limit(settings: Mapping[str, str]) -> int | None:
    """What one of us may give away alone, in minor units; None where the book sets no limit."""
    text = settings.get(GESTURE_LIMIT, "")
    return int(text) if _is_amount(text) else None
