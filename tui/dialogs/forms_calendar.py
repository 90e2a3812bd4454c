"""The form of a calendar: hours, zone, holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from tui.dialogs.loading import record_texts
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

OWN = ("name", "hours", "zone", "country", "subdivision", "free_days")
OFFICE_HOURS = "mon-fri 09:00-17:00"


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"calendar": calendar_form()}


def calendar_form() -> FormSpec:
    """A new calendar, or one to change (``calendar_id``)."""
    return FormSpec(
        "calendar",
        _("Calendar"),
        (
            Field("name", _("Name"), required=True),
            Field("hours", _("Hours"), required=True,
                  hint=_("mon-fri 09:00-17:00; sat 10:00-14:00")),
            Field("zone", _("Zone"), required=True, hint=_("such as Europe/Berlin")),
            Field("country", _("Country"), hint=_("whose holidays are free: DE, US")),
            Field("subdivision", _("Part"), hint=_("a part of it: BY, CA")),
            Field("free_days", _("Free days"), "tags", hint=_("2026-12-24, with commas")),
        ),
        load_calendar,
        save_calendar,
    )  # fmt: skip


def load_calendar(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one has office hours in the book's zone."""
    calendar_id = subject.get("calendar_id")
    if calendar_id is None:
        return Loaded(context, {"hours": OFFICE_HOURS, "zone": q.frame.zone.key}, ())
    record = q.record("calendar", calendar_id)
    return Loaded(context, record_texts(record, OWN, context), (record,), (record.name,))


def save_calendar(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add it or change it."""
    from planner.use_cases.calendars import add_calendar, change_calendar

    values = entered.only_changed(OWN) if loaded.records else entered.given(OWN)
    if "free_days" in values:
        values["free_days"] = tuple(values["free_days"] or ())
    if loaded.records:
        return Call(change_calendar, (loaded.records[0],), values)
    return Call(add_calendar, (), values)
