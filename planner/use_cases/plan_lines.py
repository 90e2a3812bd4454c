"""The lines of a plan's sections: added, changed, told to the customer, archived."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.interviews import Entry
from planner.language import gettext as _
from planner.plan_fields import PlanField, driver_of, fields_of, line_sections, plan_field
from planner.ports import UnitOfWork
from planner.spelling import did_you_mean
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    refuse,
)
from planner.use_cases.plans import live_plan
from planner.vocabulary_words import value_words

SENT = ("function", "channel", "topic", "colleague_id")
"""What only a row of who sends what holds."""
LASTING = ("why_bought", "why_stay")
"""Sections whose lines outlive the plan in which they were written."""
PLACE = ("section", "field", "interview_id", "plan_id")
"""Where a line belongs: fixed once it is written."""


def add_line(
    uow: UnitOfWork, account_id: int, section: str, field: str, entry: str = "", **values: Any
) -> Entry:
    """Add a line to a section of the account's plan: what ``field`` it is, and its text.

    ``values``: source, person_id, colleague_id, function, channel, topic, driver, on_date,
    to_date, told_on. A line about what is so today carries today's date unless another is given.
    Raises ``Refused`` for a field that the section does not have, or one that its kind lacks.
    """
    kind = known_field(section, field)
    plan = live_plan(uow, account_id)
    plan_id = None if section in LASTING else plan.id
    line = keep_line(uow, account_id, kind, entry, plan_id=plan_id, **values)
    uow.say(
        _("added a line to {section} of {account}").format(
            section=value_words(section), account=live_account_name(uow, account_id)
        ),
        account_id,
    )
    return line


def keep_line(
    uow: UnitOfWork, account_id: int, kind: PlanField, entry: str, **values: Any
) -> Entry:
    """Store a line inside another use case. Raises ``Refused``."""
    given = {name: value for name, value in values.items() if value is not None}
    if kind.past and kind.dated == "no":
        given.setdefault("on_date", uow.today)
    if kind.sends and not entry.strip():
        entry = str(given.get("topic", ""))
    if "driver" in given:
        given["driver"] = driver_of(given["driver"])
    line = build(
        Entry,
        id=uow.new_id(),
        account_id=account_id,
        section=kind.section,
        field=kind.name,
        entry=entry,
        **given,
    )
    _check_line(uow, kind, line)
    return uow.entries.add(line)


def change_line(uow: UnitOfWork, record: Entry | int, **values: Any) -> Entry:
    """Change a line; where it belongs stays."""
    fixed = [name for name in PLACE if name in values]
    if fixed:
        raise refuse(fixed[0], _("it cannot be changed"))
    if "driver" in values:
        values["driver"] = driver_of(values["driver"])
    after = change(uow.entries, record, values)[1]
    _check_line(uow, known_field(after.section, after.field), after)
    uow.say(_("changed a line of {section}").format(section=value_words(after.section)),
            after.account_id)  # fmt: skip
    return after


def archive_line(uow: UnitOfWork, record: Entry | int) -> Entry:
    """Take a line out of its section; nothing is deleted."""
    line = uow.entries.get(record) if isinstance(record, int) else record
    uow.say(_("archived a line of {section}").format(section=value_words(line.section)),
            line.account_id)  # fmt: skip
    return uow.entries.archive(line)


def tell_line(
    uow: UnitOfWork, record: Entry | int, person_id: int | None = None, on: date | None = None
) -> Entry:
    """Say that the customer was told what a line says: today unless said, and whom."""
    values: dict[str, Any] = {"told_on": on or uow.today}
    if person_id is not None:
        values["person_id"] = person_id
    after = change_line(uow, record, **values)
    uow.say(
        _("told {account}: {line}").format(
            account=live_account_name(uow, after.account_id), line=after.entry[:60]
        ),
        after.account_id,
    )
    return after


def known_field(section: str, field: str) -> PlanField:
    """The kind of line that is meant. Raises ``Refused`` with the nearest words."""
    found = plan_field(section, field)
    if found is not None:
        return found
    if section not in line_sections():
        known = line_sections()
        words = _("it is none of {choices}").format(choices=", ".join(known))
        raise refuse("section", words + "." + did_you_mean(section, known), section)
    names = [one.name for one in fields_of(section)]
    words = _("it is none of {choices}").format(choices=", ".join(names))
    raise refuse("field", words + "." + did_you_mean(field, names), field)


def _check_line(uow: UnitOfWork, kind: PlanField, line: Entry) -> None:
    _check_dates(uow, kind, line)
    if not line.entry.strip() and kind.dated == "no":
        raise refuse("entry", _("it is empty"))
    if line.driver is not None and not kind.driver:
        raise refuse("driver", _("this line speaks of no value driver"), line.driver)
    if line.told_on is not None and not kind.told:
        raise refuse("told_on", _("this line is not one that they are told"))
    if kind.sends:
        if line.function is None:
            raise refuse("function", _("say which function sends it"))
    else:
        extra = next((name for name in SENT if getattr(line, name) is not None), None)
        if extra is not None:
            raise refuse(extra, _("only a line of who sends what has it"))
    if line.person_id is not None:
        if not kind.person:
            raise refuse("with", _("this line speaks of no person"))
        check_member(uow, line.account_id, line.person_id)


def _check_dates(uow: UnitOfWork, kind: PlanField, line: Entry) -> None:
    if kind.dated != "no" and line.on_date is None:
        raise refuse("on_date", _("say on which day"))
    if kind.dated == "span" and line.to_date is None:
        raise refuse("to_date", _("say until which day"))
    if kind.dated != "span" and line.to_date is not None:
        raise refuse("to_date", _("this line has one day only"), line.to_date)
    if kind.past:
        check_day_not_future(uow, line.on_date, "on_date")
    check_day_not_future(uow, line.told_on, "told_on")
