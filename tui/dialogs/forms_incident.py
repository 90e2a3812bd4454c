"""The forms of an incident: what it is, whom it touches, its log, who was told, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import CHANNELS, SEVERITIES, TOUCHPOINT_KINDS
from tui.dialogs.loading import (
    about,
    check_one_of_us,
    me,
    options,
    record_texts,
    with_colleagues,
)
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = ("title", "severity", "owner_id", "detail", "root_cause")
US, CUSTOMERS = "us", "customers"


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    found = (incident_form(), touch_form(), told_form(), message_form(), end_form())
    return {spec.name: spec for spec in found}


def incident_form() -> FormSpec:
    """A new incident, or one to change (``incident_id``)."""
    return FormSpec(
        "incident",
        _("Incident"),
        (
            Field("title", _("Title"), required=True, hint=_("what is disturbed")),
            Field("severity", _("Severity"), "choice", SEVERITIES),
            Field("owner_id", _("Owner"), "colleague"),
            Field("when", _("Since"), "when", required=True, also=("at",)),
            Field("detail", _("Detail"), "note"),
            *_whom(),
            Field("root_cause", _("Cause"), more=True),
        ),
        load_incident,
        save_incident,
        more_words=_("cause"),
    )


def _whom() -> tuple[Field, ...]:
    return (
        Field("account", _("Account"), hint=_("one by name")),
        Field("segment", _("All that fit"), hint=_("such as tier:1,2 or tag:cloud")),
        Field("complaint", _("Complaints"), hint=_("numbers, such as C-7, C-9")),
    )


def load_incident(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is of now and mine."""
    context = with_colleagues(q, context)
    incident_id = subject.get("incident_id")
    if incident_id is None:
        texts = {"severity": "high", "when": _("now"), "owner_id": me(context)}
        return Loaded(context, {name: text for name, text in texts.items() if text})
    record = q.record("incident", incident_id)
    hidden = frozenset({"when", "account", "segment", "complaint"})
    return Loaded(context, record_texts(record, NAMES, context), (record,), hidden=hidden)


def save_incident(q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Open it or change it."""
    from planner.use_cases.incidents import change_incident, open_incident

    check_one_of_us(loaded, entered)
    if loaded.records:
        changed = entered.only_changed(NAMES)
        values = {
            name: None if one == "" and name != "title" else one for name, one in changed.items()
        }
        return Call(change_incident, (loaded.records[0],), values)
    given: dict[str, Any] = {"title": entered["title"], **entered.given(NAMES)}
    return Call(open_incident, (), {**given, "when": entered["when"], **_named(q, entered)})


def touch_form() -> FormSpec:
    """Accounts that an incident (``incident_id``) touches too."""
    return FormSpec("incident_touch", _("It touches too"), _whom(), load_touch, save_touch)


def load_touch(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Nothing is filled in."""
    record = q.record("incident", subject["incident_id"])
    return Loaded(context, {}, (record,), (record.title,))


def save_touch(q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Touch them."""
    from planner.use_cases.incidents import touch_accounts

    return Call(touch_accounts, (subject["incident_id"],), _named(q, entered))


def _named(q: BookQueries, entered: Entered) -> dict[str, list[int]]:
    """The ids of what is named. Raises for what is not known or understood."""
    ids: list[int] = []
    if entered["account"]:
        ids.append(q.names.account(entered["account"]))
    if entered["segment"]:
        from planner.segments import parse

        ids += q.accounts.ids(parts=parse(entered["segment"]))
    numbers = (entered["complaint"] or "").replace(",", " ").split()
    return {"account_ids": ids, "complaint_ids": [q.names.complaint(one) for one in numbers]}


def told_form() -> FormSpec:
    """An account (``account_id``) that was told of an incident (``incident_id``)."""
    return FormSpec(
        "incident_told",
        _("They were told"),
        (
            Field("person_id", _("Who"), "person", also=("with",)),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("kind", _("Log it as"), "choice", options(*TOUCHPOINT_KINDS),
                  hint=_("none: no touchpoint is logged")),
            Field("note", _("Note"), "note", hint=_("of that touchpoint")),
        ),
        load_told,
        save_told,
    )  # fmt: skip


def load_told(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Now."""
    record = q.record("incident", subject["incident_id"])
    context, details = about(q, context, subject["account_id"])
    return Loaded(context, {"when": _("now")}, (), (*details, record.title))


def save_told(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Mark them as told."""
    from planner.use_cases.incidents import mark_told

    args = (subject["incident_id"], [subject["account_id"]], entered["when"])
    values = {name: entered[name] or None for name in ("person_id", "kind", "note")}
    return Call(mark_told, args, values)


def message_form() -> FormSpec:
    """A line for the log of an incident (``incident_id``)."""
    labels = ((US, _("us")), (CUSTOMERS, _("customers")))
    return FormSpec(
        "incident_message",
        _("Message"),
        (
            Field("message", _("Message"), "note", required=True),
            Field("told", _("For"), "choice", (US, CUSTOMERS), labels=labels),
            Field("channel", _("Channel"), "choice", options(*CHANNELS)),
            Field("when", _("When"), "when", required=True, also=("at",)),
        ),
        load_message,
        save_message,
    )


def load_message(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Now, among us."""
    record = q.record("incident", subject["incident_id"])
    return Loaded(context, {"told": US, "when": _("now")}, (), (record.title,))


def save_message(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Write it down."""
    from planner.use_cases.incidents import log_message

    values = {
        "message": entered["message"] or "",
        "told": entered["told"] == CUSTOMERS,
        "channel": entered["channel"] or None,
        "when": entered["when"],
    }
    return Call(log_message, (subject["incident_id"],), values)


def end_form() -> FormSpec:
    """The end of an incident (``incident_id``)."""
    return FormSpec(
        "incident_end",
        _("It ends"),
        (
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("root_cause", _("Cause"), hint=_("what was found")),
        ),
        load_end,
        save_end,
    )


def load_end(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Now; how many were not told stands above."""
    record = q.record("incident", subject["incident_id"])
    row = q.incidents.one(record.id)
    texts = {"when": _("now"), "root_cause": record.root_cause or ""}
    untold = 0 if row is None else row.accounts - row.told
    words = _("{count} accounts were not told yet").format(count=untold)
    return Loaded(
        context,
        {name: text for name, text in texts.items() if text},
        (record,),
        (record.title,),
        prompts={"when": words} if untold else {},
    )


def save_end(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """End it."""
    from planner.use_cases.incidents import end_incident

    return Call(end_incident, (loaded.records[0], entered["when"], entered["root_cause"] or None))
