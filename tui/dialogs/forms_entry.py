"""The form that changes a logged contact."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import DIRECTIONS, FUNCTIONS, INTENTS, SENTIMENTS, TOUCHPOINT_KINDS
from tui.dialogs.likely_talk import duty_choices, goals, open_cases
from tui.dialogs.loading import about, options, record_texts
from tui.dialogs.names import match
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

MOMENT = ("at", "occurred_at", "occurred_on", "date_only")
"""What the one field of a moment fills."""
OWN = ("kind", "note", "verbatim", "topic", "intent", "link", "minutes", "direction", "function")
ABOUT = ("complaint_id", "objective_id", "action_id")
"""What a contact is about: ids of the account's records."""


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
            Field("complaint_id", _("Complaint"), "choice", ("",), more=more),
            Field("objective_id", _("Goal"), "choice", ("",), more=more),
            Field("action_id", _("Action"), "choice", ("",), more=more),
            Field("topic", _("Topic"), more=more),
            Field("intent", _("Intent"), "choice", options(*INTENTS), more=more),
            Field("link", _("Link"), more=more),
            Field("minutes", _("Minutes"), "whole", more=more),
            Field("direction", _("Direction"), "choice", DIRECTIONS, more=more),
            Field("function", _("Function"), "choice", options(*FUNCTIONS), more=more),
        ),
        load_entry,
        save_entry,
        more_words=_("their words · complaint · goal · action · minutes · link"),
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
    names = q.timeline.people_of([record.id]).get(record.id, [])
    known = [found.label for name in names if (found := match(name, filled.people).one)]
    if known:
        texts["who"] = ", ".join(known)
    texts |= {name: str(value) for name in ABOUT if (value := getattr(record, name)) is not None}
    choices = {
        "complaint_id": open_cases(q, record.account_id),
        "objective_id": goals(q, record.account_id),
        "action_id": duty_choices(q.talks.open_actions(record.account_id)),
    }
    listed = {name: with_own(found, texts.get(name)) for name, found in choices.items()}
    hidden = frozenset(name for name, found in listed.items() if len(found) == 1)
    return Loaded(filled, texts, (record,), details, hidden=hidden, options=listed)


def with_own(found: tuple[tuple[str, str], ...], own: str | None) -> tuple[tuple[str, str], ...]:
    """The choices with nothing as the first, and with what is chosen although it is closed."""
    kept = () if own is None or own in dict(found) else ((own, _("the one it has")),)
    return (("", "--"), *kept, *found)


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
    for name in ABOUT:
        if name in entered.changed:
            values[name] = None if entered[name] is None else int(entered[name])
    if "two_way" in entered.changed:
        values["two_way"] = entered["two_way"] == YES
    if "when" in entered.changed:
        values["when"] = entered["when"]
    if "who" in entered.changed:
        values["person_ids"] = entered["who"] or ()
    return Call(change_touchpoint, (loaded.records[0],), values)
