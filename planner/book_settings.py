"""The settings that belong to a book, not to a person: zone, currency, name, rules of its own."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import field_validator

from planner import cadence_rules, sla_rules, survey_rules
from planner.entity import Entity, Note
from planner.errors import FieldProblem, Refused
from planner.giving import GESTURE_LIMIT, minor_units_of
from planner.language import gettext as _
from planner.money import check_currency
from planner.pressure import DEFAULTS as PRESSURE
from planner.pressure import SELL_GUIDE, usable
from planner.requests import REQUEST_DAYS, usable_days
from planner.text import unstorable

BASE_CURRENCY = "base_currency"
ZONE = "zone"
BOOK_NAME = "name"
KIND = "kind"
SAMPLE = "sample"


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
    reason = unstorable(value) or _unfit(key, value)
    if reason is not None:
        raise Refused(f"{key}: {reason}", [FieldProblem(key, reason, value)])
    return value


def _unfit(key: str, value: str) -> str | None:
    if not value.strip():
        return _("it is empty")
    if key == ZONE and not _is_zone(value):
        return _("it is no time zone such as Europe/Berlin")
    if key == GESTURE_LIMIT and minor_units_of(value) is None:
        return _("it is no whole number of minor units, such as 5000 for 50.00")
    if key in survey_rules.DEFAULTS and not survey_rules.usable(value):
        return _("it is none of nps, csat, ces and none")
    if key == REQUEST_DAYS and usable_days(value) is None:
        return _("it is no number of business days from 0 to 60, such as 2")
    if sla_rules.is_sla_key(key) and not sla_rules.usable(value):
        return _(
            "it is no acknowledge/answer/resolve in growing business time, such as 1h/4h/3d, with -"
            " for no such clock, nor none for no clocks"
        )
    if cadence_rules.is_rule_key(key) and not cadence_rules.usable(key, value):
        return _unfit_rule(key)
    if key == SELL_GUIDE and not usable(key, value):
        return _("it is no share from 0 to 100, such as 30")
    if key in PRESSURE and not usable(key, value):
        return _("it is no caps such as 3/7 8/30: at most 3 contacts in 7 days and 8 in 30")
    return None


def _unfit_rule(key: str) -> str:
    if key == cadence_rules.LOSING_TOUCH:
        return _("it is no number of days from 1 to 3650, such as 45")
    if key.startswith("qbr."):
        return _("it is neither a number of days from 1 to 3650, such as 90, nor none")
    return _(
        "it is neither ideal/maximum in days, such as 14/28, with 1 <= ideal <= maximum <= 3650,"
        " nor none for no such rule"
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
