"""The words and figures that the documents of a plan share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.customer_view import SinceShared
from planner.health.explain import explain
from planner.language import gettext as _
from planner.money import Money
from planner.plan_sections import section_name
from planner.views.account import AccountPage
from planner.views.health_signs import BAND_SIGNS, known_number
from planner.views.plan import PlanPage
from planner.vocabulary_words import value_words


class Sight(NamedTuple):
    """What a document is made from: the account, its plan if any, the day, the book's currency.

    ``since``: what of the shared rows is new to the customer; None where it is not asked.
    """

    page: AccountPage
    plan: PlanPage | None
    today: date
    currency: str
    since: SinceShared | None = None


def band_words(band: str) -> str:
    """A band of health in a word."""
    return {"red": _("red"), "yellow": _("yellow"), "green": _("green"), "grey": _("grey")}[band]


def health_words(page: AccountPage) -> str:
    """Band, number and how much of it is known, in a line; what holds for archived accounts."""
    score = page.health
    if score is None:
        return _("archived: no score")
    known = _("we know {share} %").format(share=round(score.coverage * 100))
    glyph, _letter = BAND_SIGNS[score.band]
    shown = known_number(score.shown, score.coverage)
    figure = _("no number") if shown is None else f"{shown}{'?' if score.uncertain else ''}"
    return f"{glyph} {band_words(score.band)} {figure} · {known}"


def health_note(page: AccountPage) -> str:
    """What has to be said beside the number: that it is new, too little known, uncalibrated."""
    if page.health is None or page.inputs is None:
        return ""
    return explain(page.health, page.inputs).note


def words(value: str | None) -> str | None:
    """A stored choice in words, None where there is none."""
    return None if value is None else value_words(value)


def listed(values: Iterable[str]) -> str:
    """Stored choices in words, with commas between them."""
    return ", ".join(value_words(value) for value in values)


def title_of(section: str) -> str:
    """A section's name as a heading."""
    name = section_name(section)
    return name[:1].upper() + name[1:]


def yes(value: bool | None) -> str | None:
    """Yes in words, and nothing for no."""
    return _("yes") if value else None


def amount(minor: int | None, currency: str | None) -> str | None:
    """An amount in major units with its currency: ``12000.50 EUR``; None for none."""
    if minor is None or currency is None:
        return None
    whole, dot, rest = f"{Money(minor, currency).major:f}".partition(".")
    if not rest.strip("0"):
        dot = rest = ""
    return f"{whole}{dot}{rest} {currency}"


def due(day: str | None, today: date) -> str | None:
    """A day, and how late it is by ``today`` where it lies before."""
    if day is None:
        return None
    late = (today - date.fromisoformat(day)).days
    return _("{day}, late {count}d").format(day=day, count=late) if late > 0 else day


def span(start: str | None, end: str | None) -> str | None:
    """From a day to a day; None when neither is known."""
    if start is None and end is None:
        return None
    return _("{start} to {end}").format(start=start or "…", end=end or "…")


def percent(value: float | None) -> str | None:
    """A share in per cent without decimals."""
    return None if value is None else _("{share} %").format(share=round(value))


def joined(*texts: str | None) -> str | None:
    """The texts that are there, with commas between them; None when there is none."""
    return ", ".join(text for text in texts if text) or None
