"""The form that changes a logged contact."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import DIRECTIONS, FUNCTIONS, INTENTS, SENTIMENTS, TOUCHPOINT_KINDS
from tui.dialogs.loading import about, options, record_texts
from tui.dialogs.names import match, split_names
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

MOMENT = ("at", "occurred_at", "occurred_on", "date_only")
"""What the one field of a moment fills."""
OWN = ("kind", "note", "verbatim", "topic", "intent", "link", "direction", "function")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"entry": entry_form()}


def entry_form() -> FormSpec:
    """A contact that was logged (``touchpoint_id``)."""
    more = True
    return FormSpec(
        "entry",
        _("Change an entry"),
        (
            Field("who", _("Who"), "people", also=("with",)),
            Field("kind", _("What"), "choice", TOUCHPOINT_KINDS),
            Field("when", _("When"), "when", required=True, also=MOMENT),
            Field("note", _("Note"), "note"),
            Field("sentiment", _("Mood"), "choice", options(*(str(one) for one in SENTIMENTS))),
            Field("two_way", _("Two-way"), "choice", (YES, NO)),
            Field("verbatim", _("Their words"), "note", more=more),
            Field("topic", _("Topic"), more=more),
            Field("intent", _("Intent"), "choice", options(*INTENTS), more=more),
            Field("link", _("Link"), more=more),
            Field("direction", _("Direction"), "choice", DIRECTIONS, more=more),
            Field("function", _("Function"), "choice", options(*FUNCTIONS), more=more),
        ),
        load_entry,
        save_entry,
        more_words=_("their words · topic · intent · link · direction · function"),
        start="note",
    )


def load_entry(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The contact as it was logged."""
    record = q.record("touchpoint", subject["touchpoint_id"])
    filled, details = about(q, context, record.account_id)
    texts = record_texts(record, OWN, filled)
    texts["when"] = when_text(record.occurred_at, record.date_only, context)
    texts["two_way"] = YES if record.two_way else NO
    if record.sentiment is not None:
        texts["sentiment"] = str(record.sentiment)
    rows = q.timeline.touchpoints(account_id=record.account_id)
    people = next((row.people for row in rows if row.id == record.id), None) or ""
    names = split_names(people, filled.people)
    known = [found.label for name in names if (found := match(name, filled.people).one)]
    if known:
        texts["who"] = ", ".join(known)
    return Loaded(filled, texts, (record,), details)


def when_text(moment: datetime, date_only: bool, context: Context) -> str:
    """A moment as it can be typed: the local day, with the time where it has one."""
    local = moment.astimezone(context.zone)
    return f"{local:%Y-%m-%d}" if date_only else f"{local:%Y-%m-%d %H:%M}"


def save_entry(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Change what was changed; people and moment are left alone otherwise."""
    from planner.use_cases.touchpoints import change_touchpoint

    values: dict[str, Any] = entered.only_changed(OWN)
    if "note" in values:
        values["note"] = values["note"] or ""
    if "sentiment" in entered.changed:
        mood = entered["sentiment"]
        values["sentiment"] = None if mood is None else int(mood)
    if "two_way" in entered.changed:
        values["two_way"] = entered["two_way"] == YES
    if "when" in entered.changed:
        values["when"] = entered["when"]
    if "who" in entered.changed:
        values["person_ids"] = entered["who"] or ()
    return Call(change_touchpoint, (loaded.records[0],), values)
