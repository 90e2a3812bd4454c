"""The 17 sections of a plan: their star fields, who keeps each, how full and how fresh each is.

Pure. What a plan holds comes as ``PlanFacts``: mappings of column to value, as the records or the
store have them. The sections are those of plan.md 7.2; rules.md says how they are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from planner.language import gettext as _
from planner.readiness import (
    SECTION_NUMBERS,
    SectionState,
    completeness,
    freshness,
    is_stale,
    limit_for,
)
from planner.text import fold
from planner.vocabulary import FUNCTIONS
from planner.vocabulary_words import function_name, section_names

LEAD = "lead"
"""Stands for whoever owns the account, where a section's owner is no function."""
OWNER_FUNCTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "header": (LEAD,),
        "team": (LEAD,),
        "why_bought": ("sales",),
        "why_stay": ("success",),
        "goals": ("success",),
        "stakeholders": ("sales", "success"),
        "value": ("success",),
        "health": (),
        "complaints": ("service",),
        "contact_plan": ("marketing",),
        "enablement": ("marketing", "success"),
        "renewal": ("sales",),
        "growth": ("sales",),
        "risks": ("success",),
        "actions": (),
        "notes": (),
        "reviews": (LEAD,),
    }
)
"""Whose a section is: the first of these functions that has a person. Nobody's is everybody's."""
FILLS_ITSELF = "health"
"""The section that nobody edits."""

Row = Mapping[str, Any]

ROW_STARS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "goals": (("objective",), ("their_owner", "their_owner_id"), ("owner_id",)),
        "stakeholders": (("roles",),),
        "renewal": (("forecast",), ("end_on",)),
        "actions": (("action",), ("owner_id",), ("due_on",), ("done_means",)),
    }
)
"""Star fields of each row by section; one is filled when one of its columns is.

The renewal's milestones follow from the contract's end.
"""
_EMPTY = (None, "", (), "[]")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the sections of one account's plan hold.

    ``renewal``: the contract that is up for renewal. ``functions``: those with a seat.
    ``objectives`` without dropped ones, ``people`` without those who left, ``actions`` the open
    ones. ``held``: live rows by section, for sections without star fields. ``qbr_dates``: how many
    are planned. ``touched``: by section its newest edit or "still true", ISO or a date.
    """

    account: Row
    plan: Row | None = None
    renewal: Row | None = None
    functions: frozenset[str] = frozenset()
    objectives: Sequence[Row] = ()
    people: Sequence[Row] = ()
    actions: Sequence[Row] = ()
    held: Mapping[str, int] = field(default_factory=dict)
    qbr_dates: int = 0
    open_complaints: int = 0
    touched: Mapping[str, date | str | None] = field(default_factory=dict)


class Star(NamedTuple):
    """One star field: its section, what it is in words, and whether it is filled.

    Of a section without rows the first star speaks for all; the words of the others are empty.
    """

    section: str
    words: str
    filled: bool


class SectionOwner(NamedTuple):
    """Who keeps a section. ``colleague_id`` is None where nobody does, or everybody."""

    section: str
    colleague_id: int | None
    functions: tuple[str, ...]
    named: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether somebody should keep it and nobody does."""
        return self.colleague_id is None and bool(self.functions)


# -- names --------------------------------------------------------------------------------------


def section_name(section: str) -> str:
    """A section in words."""
    return section_names()[section]


def section_called(text: str) -> str | None:
    """The section that a text names by its word, its name or its number; None for none."""
    wanted = " ".join(fold(text).replace("_", " ").replace("-", " ").split())
    for section, name in section_names().items():
        if wanted in (fold(name), section.replace("_", " "), str(SECTION_NUMBERS[section])):
            return section
    return None


# -- who keeps a section ------------------------------------------------------------------------


def owner_of(
    section: str, named: int | None, seats: Mapping[str, int], lead: int | None
) -> SectionOwner:
    """Who keeps a section: whoever took it over, else the seat of its function, else nobody.

    ``seats``: colleague by function. ``lead``: who owns the account.
    """
    functions = OWNER_FUNCTIONS[section]
    if named is not None:
        return SectionOwner(section, named, functions, True)
    found = (lead if one == LEAD else seats.get(one) for one in functions)
    return SectionOwner(section, next((one for one in found if one is not None), None), functions)


def owner_words(owner: SectionOwner, name: str | None) -> str:
    """Who keeps a section, in words; a gap says which function lacks a person."""
    if owner.colleague_id is not None:
        return name or str(owner.colleague_id)
    if owner.section == FILLS_ITSELF:
        return _("fills itself")
    if not owner.functions:
        return _("everybody")
    if owner.functions[0] == LEAD:
        return _("nobody: the account has no owner")
    wanted = " / ".join(function_name(one) for one in owner.functions)
    return _("nobody: no {function} person").format(function=wanted)


# -- star fields --------------------------------------------------------------------------------


def is_filled(column: str, row: Row) -> bool:
    """Whether a column says something; a forecast that is unknown does not."""
    value = row.get(column)
    return value not in _EMPTY and not (column == "forecast" and value == "unknown")


def filled_in(section: str, rows: Iterable[Row]) -> int:
    """How many star fields of the rows of a section are filled."""
    stars = ROW_STARS[section]
    return sum(any(is_filled(column, row) for column in star) for row in rows for star in stars)


def stars(facts: PlanFacts) -> tuple[Star, ...]:
    """Every star field of every section, in the order of the sections."""
    found = [Star("header", words, there) for words, there in _header(facts).items()]
    found += [
        Star("team", _("a {function} person").format(function=function_name(one)),
             one in facts.functions)
        for one in FUNCTIONS
    ]  # fmt: skip
    found += _of_rows(facts)
    found.append(Star("contact_plan", _("a QBR date"), facts.qbr_dates > 0))
    found.sort(key=lambda one: SECTION_NUMBERS[one.section])
    return tuple(found)


def _counted(facts: PlanFacts) -> dict[str, tuple[int, int]]:
    """Filled star fields and all of them by section, as ``stars`` lists them, without words."""
    header = _header_filled(facts)
    counted = {
        "header": (sum(header), len(header)),
        "team": (sum(one in facts.functions for one in FUNCTIONS), len(FUNCTIONS)),
        "contact_plan": (int(facts.qbr_dates > 0), 1),
    }
    for section, rows in _rows(facts).items():
        counted[section] = filled_in(section, rows), max(1, len(rows)) * len(ROW_STARS[section])
    return counted


def _header_filled(facts: PlanFacts) -> tuple[bool, ...]:
    account, plan, renewal = facts.account, facts.plan or {}, facts.renewal or {}

    def both(row: Row, *columns: str) -> bool:
        return all(is_filled(column, row) for column in columns)

    return (
        True,
        both(account, "tier"),
        both(account, "keep_class"),
        both(account, "stage"),
        both(renewal, "arr_minor"),
        both(renewal, "end_on"),
        both(renewal, "end_on", "notice_days"),
        both(plan, "period_start", "period_end"),
        both(plan, "north_star", "north_star_target"),
        both(plan, "next_review_on"),
    )


def _header(facts: PlanFacts) -> dict[str, bool]:
    words = (
        _("an account"), _("a tier"), _("a keep class with its reason"), _("a stage"),
        _("the ARR"), _("the contract's end"), _("the notice date"), _("a plan period"),
        _("a north-star KPI with its target"), _("the date of the next review"),
    )  # fmt: skip
    return dict(zip(words, _header_filled(facts), strict=True))


def _of_rows(facts: PlanFacts) -> list[Star]:
    words = {
        "goals": (_("a goal"), _("their owner"), _("our owner")),
        "stakeholders": (_("a role"),),
        "renewal": (_("the forecast"), _("the contract's end")),
        "actions": (_("a next action"), _("our owner"), _("a due date"), _("what done means")),
    }
    none = {
        "goals": (_("a goal"), "", ""),
        "stakeholders": (_("a key person with a role"),),
        "actions": (_("a next action"), "", "", ""),
    }
    labels = {"goals": "objective", "actions": "action", "stakeholders": "name"}
    found: list[Star] = []
    for section, rows in _rows(facts).items():
        for row in rows:
            label = row.get(labels.get(section, ""))
            for columns, what in zip(ROW_STARS[section], words[section], strict=True):
                there = any(is_filled(column, row) for column in columns)
                found.append(Star(section, _said(what, label), there))
        if not rows:
            said = none.get(section, words[section])
            found += [Star(section, what, False) for what in said]
    return found


def _rows(facts: PlanFacts) -> dict[str, Sequence[Row]]:
    return {
        "goals": facts.objectives,
        "stakeholders": facts.people,
        "renewal": () if facts.renewal is None else (facts.renewal,),
        "actions": facts.actions,
    }


def _said(what: str, label: str | None) -> str:
    return _("{what} of “{row}”").format(what=what, row=label) if label else what


# -- states -------------------------------------------------------------------------------------


def section_states(facts: PlanFacts, today: date) -> tuple[SectionState, ...]:
    """How full and how fresh each of the 17 sections is."""
    counted = _counted(facts)
    rows = _rows(facts)
    end = as_day((facts.renewal or {}).get("end_on"))
    states = []
    for section in SECTION_NUMBERS:
        filled, total = counted.get(section, (0, 0))
        held = len(rows[section]) if section in rows else facts.held.get(section, 0)
        states.append(
            SectionState(
                section,
                filled,
                total,
                1 if section == FILLS_ITSELF else held,
                as_day(facts.touched.get(section)),
                limit_for(section, end, facts.open_complaints, today),
            )
        )
    return tuple(states)


def as_day(value: date | str | None) -> date | None:
    """A day that is a date or ISO text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def holding(states: Iterable[SectionState]) -> tuple[str, ...]:
    """The sections that hold something of their own, so that they show whatever the size.

    The header is there with any plan, health fills itself: neither counts.
    """
    return tuple(
        one.section
        for one in states
        if one.section not in ("header", FILLS_ITSELF)
        and (one.live_rows > 0 or (one.section == "team" and one.filled > 0))
    )


def is_empty(state: SectionState) -> bool:
    """Whether a section holds nothing yet."""
    if state.section == FILLS_ITSELF:
        return False
    return completeness(state) == 0.0 and state.live_rows == 0


def state_code(state: SectionState, today: date) -> str:
    """``auto``, ``empty``, ``stale``, ``incomplete`` or ``ready``."""
    if state.section == FILLS_ITSELF:
        return "auto"
    if is_empty(state):
        return "empty"
    if is_stale(state, today):
        return "stale"
    return "ready" if completeness(state) >= 1.0 else "incomplete"


def state_words(state: SectionState, today: date) -> str:
    """How full and how fresh a section is: ``80 % filled, stale since 5 d, counts 92 %``."""
    code = state_code(state, today)
    if code == "auto":
        return _("fills itself from the log")
    if code == "empty":
        return _("empty")
    said = [_("{percent} % filled").format(percent=round(100 * completeness(state)))]
    if state.edited_on is not None:
        said.append(_("fresh today") if state.edited_on >= today else age_words(state, today))
    if code == "stale":
        said.append(_("counts {percent} %").format(percent=round(100 * freshness(state, today))))
    return ", ".join(said)


def age_words(state: SectionState, today: date) -> str:
    """How old a section is, in few words: ``today``, ``14 d old``, ``stale since 5 d``.

    Empty where it was never edited.
    """
    if state.edited_on is None:
        return ""
    age = (today - state.edited_on).days
    if is_stale(state, today):
        return _("stale since {days} d").format(days=age - (state.limit_days or 0))
    return _("{days} d old").format(days=age) if age > 0 else _("today")
