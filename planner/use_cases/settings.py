"""The book's own settings, audited like everything else."""

from __future__ import annotations

from planner.book_settings import (
    BASE_CURRENCY,
    BOOK_NAME,
    ZONE,
    Setting,
    check_setting,
)
from planner.cadence_rules import DEFAULTS as CADENCE
from planner.cadence_rules import is_rule_key
from planner.calendars import DEFAULT_CALENDAR
from planner.entity import build
from planner.giving import GESTURE_LIMIT
from planner.language import gettext as _
from planner.objectives import NORTH_STAR
from planner.ports import UnitOfWork
from planner.pressure import DEFAULTS as PRESSURE
from planner.requests import REQUEST_DAYS
from planner.sla_rules import DEFAULTS as SLA
from planner.sla_rules import is_sla_key
from planner.survey_rules import DEFAULTS as SURVEYS
from planner.use_cases.calendars import check_default_calendar
from planner.use_cases.editing import change, refuse

FROM_THE_START = (BASE_CURRENCY, ZONE)
KNOWN = (
    BASE_CURRENCY, BOOK_NAME, ZONE, NORTH_STAR, GESTURE_LIMIT, REQUEST_DAYS, *PRESSURE, *CADENCE,
    *SURVEYS, DEFAULT_CALENDAR, *SLA,
)  # fmt: skip


def change_setting(uow: UnitOfWork, key: str, value: str) -> Setting:
    """Change one setting of the book.

    The base currency and the zone are set when the book is made and stay: figures and local dates
    that exist already were kept in them.
    """
    if key not in KNOWN and not is_rule_key(key) and not is_sla_key(key):
        names = _(
            "it is none of {keys}, nor cadence followed by a tier, a stage and a role,"
            " nor sla followed by a severity and a tier"
        ).format(keys=", ".join(KNOWN))
        raise refuse("key", names, key)
    if key in FROM_THE_START and uow.accounts.find():
        raise refuse(key, _("it cannot change once the book holds accounts"), value)
    value = check_setting(key, value)
    if key == DEFAULT_CALENDAR:
        value = check_default_calendar(uow, value)
    found = uow.settings.find(key=key)
    uow.say(_("set {key} to {value}").format(key=key, value=value))
    if found:
        return change(uow.settings, found[0], {"value": value})[1]
    return uow.settings.add(build(Setting, id=uow.new_id(), key=key, value=value))
