"""The book's calendars: hours, zone, holidays; which one an account's clocks run by."""

from __future__ import annotations

from typing import Any

from planner.accounts import Account
from planner.calendars import DEFAULT_CALENDAR, NO_CALENDAR, Calendar, business_calendar
from planner.clocks import BusinessCalendar
from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.text import name_key
from planner.use_cases.editing import change, check_new_name, refuse, withdraw


def calendar_of(uow: UnitOfWork, account_id: int) -> BusinessCalendar:
    """The calendar that the clocks of an account run by: its own, else the book's."""
    return business_calendar(_chosen(uow, account_id), uow.zone.key)


def _chosen(uow: UnitOfWork, account_id: int) -> Calendar | None:
    own = uow.accounts.get(account_id).calendar_id
    if own is not None:
        return uow.calendars.get(own)
    named = uow.settings.find(key=DEFAULT_CALENDAR)
    return _by_name(uow, named[0].value) if named else None


def _by_name(uow: UnitOfWork, name: str) -> Calendar | None:
    return next((one for one in uow.calendars.find() if name_key(one.name) == name_key(name)), None)


def add_calendar(uow: UnitOfWork, *, name: str, zone: str, hours: str, **fields: Any) -> Calendar:
    """Add a calendar. Raises ``Refused`` for hours, a zone or a country that are none."""
    given = {field: value for field, value in fields.items() if value is not None}
    calendar = build(Calendar, id=uow.new_id(), name=name, zone=zone, hours=hours, **_codes(given))
    _check(uow, calendar)
    uow.say(_("added the calendar {name}").format(name=calendar.name))
    return uow.calendars.add(calendar)


def change_calendar(uow: UnitOfWork, record: Calendar | int, **fields: Any) -> Calendar:
    """Change a calendar; the clocks of all open complaints that run by it follow."""
    before, after = change(uow.calendars, record, _codes(fields))
    _check(uow, after)
    if name_key(before.name) != name_key(after.name):
        for setting in uow.settings.find(key=DEFAULT_CALENDAR):
            if name_key(setting.value) == name_key(before.name):
                change(uow.settings, setting, {"value": after.name})
    uow.say(_("changed the calendar {name}").format(name=after.name))
    return after


def archive_calendar(uow: UnitOfWork, record: Calendar | int) -> Calendar:
    """Take a calendar out of use. Raises ``Refused`` while clocks run by it."""
    calendar = uow.calendars.get(record if isinstance(record, int) else record.id)
    users = uow.accounts.find(calendar_id=calendar.id)
    if users:
        raise Refused(
            _("{name} is in use by accounts ({count}), {first} among them; give them another")
            .format(name=calendar.name, count=len(users), first=users[0].name)
        )  # fmt: skip
    for setting in uow.settings.find(key=DEFAULT_CALENDAR):
        if name_key(setting.value) == name_key(calendar.name):
            raise Refused(
                _("{name} is the book's calendar; set another, or none, first").format(
                    name=calendar.name
                )
            )
    uow.say(_("archived the calendar {name}").format(name=calendar.name))
    return withdraw(uow.calendars, calendar.id)


def set_account_calendar(
    uow: UnitOfWork, record: Account | int, calendar_id: int | None
) -> Account:
    """Let the clocks of an account run by a calendar; None for the book's."""
    words = _("{account} has the calendar of the book")
    name = ""
    if calendar_id is not None:
        calendar = uow.calendars.get(calendar_id)
        if calendar.archived_at is not None:
            raise refuse("calendar", _("it is archived; undo that first"), calendar.name)
        words, name = _("{account} has the calendar {name}"), calendar.name
    after = change(uow.accounts, record, {"calendar_id": calendar_id})[1]
    uow.say(words.format(account=after.name, name=name), after.id)
    return after


def check_default_calendar(uow: UnitOfWork, name: str) -> str:
    """The name of the book's calendar as it is written there, or none. Raises ``Refused``."""
    if name_key(name) == NO_CALENDAR:
        return NO_CALENDAR
    found = _by_name(uow, name)
    if found is None:
        names = ", ".join(one.name for one in uow.calendars.find()) or "--"
        raise refuse(
            DEFAULT_CALENDAR,
            _("there is no calendar {name}; there are {names}, and none").format(
                name=name, names=names
            ),
            name,
        )
    return found.name


def _codes(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with codes as the library of holidays writes them; an empty one is none."""
    fixed = {
        name: (value.strip().upper() if name == "country" else value.strip()) or None
        for name, value in fields.items()
        if name in ("country", "subdivision") and isinstance(value, str)
    }
    return {**fields, **fixed}


def _check(uow: UnitOfWork, calendar: Calendar) -> None:
    if name_key(calendar.name) == NO_CALENDAR:
        raise refuse("name", _("it means that there is no calendar; take another"), calendar.name)
    check_new_name(uow.calendars.find(), calendar, _("there is a calendar {name} already"))
    calendar.business()
