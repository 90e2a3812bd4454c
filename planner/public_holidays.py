"""Whose public holidays are free: by country and subdivision, a year at a time. Pure.

The list of days comes from the library ``holidays``, which is loaded where a calendar names a
country and not before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _

_CODE = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The free days of a calendar: public holidays of ``country``, and ``own`` days beside them.

    A country that this release of the library does not know has no holidays.
    """

    country: str | None = None
    subdivision: str | None = None
    own: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        if day in self.own:
            return True
        if self.country is None or not isinstance(day, date):
            return False
        return day in holidays_of(self.country, self.subdivision, day.year)


@lru_cache(maxsize=512)
def holidays_of(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The public holidays of a year; none where the country is not known."""
    try:
        return frozenset(_listed(country, subdivision, year))
    except (NotImplementedError, ValueError):
        return frozenset()


def _listed(country: str, subdivision: str | None, year: int | None) -> Any:
    if not _CODE.fullmatch(country):
        raise NotImplementedError
    from holidays import country_holidays

    return country_holidays(country, subdiv=subdivision, years=year)


def check_country(country: str | None, subdivision: str | None) -> None:
    """Raises ``Refused`` for a country or a part of one whose holidays are not known."""
    if not country:
        if subdivision:
            raise _refused("subdivision", _("it needs a country beside it"), subdivision)
        return
    if not _is_known(country, None):
        raise _refused(
            "country",
            _(
                "{name} is no country whose holidays are known; write a code such as DE or US"
            ).format(name=country),
            country,
        )
    if subdivision and not _is_known(country, subdivision):
        raise _refused(
            "subdivision",
            _("{name} is no part of {country} with holidays of its own, such as {some}").format(
                name=subdivision, country=country, some=", ".join(_parts(country)[:5]) or "--"
            ),
            subdivision,
        )


@lru_cache(maxsize=512)
def _is_known(country: str, subdivision: str | None) -> bool:
    try:
        _listed(country, subdivision, None)
    except (NotImplementedError, ValueError):
        return False
    return True


def _parts(country: str) -> tuple[str, ...]:
    return tuple(_listed(country, None, None).subdivisions)


def _refused(field: str, problem: str, value: str) -> Refused:
    return Refused(f"{field}: {problem}", [FieldProblem(field, problem, value)])
