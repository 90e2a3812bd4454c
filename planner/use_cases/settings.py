"""The book's own settings, audited like everything else."""

from __future__ import annotations

from gettext import gettext as _
from zoneinfo import ZoneInfo

from planner.book_settings import BASE_CURRENCY, BOOK_NAME, ZONE, Setting
from planner.entity import build
from planner.money import check_currency
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, refuse

KNOWN = (BASE_CURRENCY, BOOK_NAME, ZONE)


def change_setting(uow: UnitOfWork, key: str, value: str) -> Setting:
    """Change one setting of the book.

    The base currency and the zone are set when the book is made and stay: figures and local dates
    that exist already were kept in them.
    """
    if key not in KNOWN:
        raise refuse("key", _("it is none of {keys}").format(keys=", ".join(KNOWN)), key)
    if key != BOOK_NAME:
        _check(key, value)
        if uow.accounts.find():
            raise refuse(key, _("it cannot change once the book holds accounts"), value)
    elif not value.strip():
        raise refuse(key, _("it is empty"))
    found = uow.settings.find(key=key)
    uow.say(_("set {key} to {value}").format(key=key, value=value))
    if found:
        return change(uow.settings, found[0], {"value": value})[1]
    return uow.settings.add(build(Setting, id=uow.new_id(), key=key, value=value))


def _check(key: str, value: str) -> None:
    if key == BASE_CURRENCY:
        check_currency(value)
    if key == ZONE:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise refuse(key, _("it is no time zone such as Europe/Berlin"), value) from None
