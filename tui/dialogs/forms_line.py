"""The forms of the lines of a plan's sections: a new one by section, and one to change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.plan_fields import PlanField, driver_words, fields_of, line_sections, plan_field
from planner.vocabulary import CHANNELS, FUNCTIONS, SOURCES
from planner.vocabulary_words import value_words
from tui.dialogs.loading import about, label, options, record_texts
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.composition import BookQueries

OWN = ("source", "person_id", "driver", "told_on", "on_date", "to_date", "function",
       "colleague_id", "channel", "topic")  # fmt: skip
SENT = ("function", "channel", "topic", "colleague_id")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name: ``line_notes`` adds one to the notes, ``line`` changes."""
    new = {f"line_{section}": new_form(section) for section in line_sections()}
    return {**new, "line": change_form()}


def new_form(section: str) -> FormSpec:
    """A line for a section of an account's plan (``account_id``, perhaps preset ``field``)."""
    kinds = [one for one in fields_of(section) if one.interview != "exit"]
    ahead = any(one.dated != "no" and not one.past for one in kinds)
    return FormSpec(
        f"line_{section}",
        _("Line: {section}").format(section=value_words(section)),
        (
            Field("field", _("What"), "choice", tuple(one.name for one in kinds),
                  labels=tuple((one.name, one.label) for one in kinds)),
            *_fields(kinds[0].prompt, ahead=ahead),
        ),
        partial(load_new, section),
        partial(save_new, section),
        start="entry",
        ask=partial(asked, section),
    )  # fmt: skip


def change_form() -> FormSpec:
    """A line that was written (``entry_id``)."""
    return FormSpec(
        "line",
        _("Line of the plan"),
        (
            *_fields("", ahead=True),
            Field("archive", _("Archive"), "yes_no", hint=_("takes it out of the plan")),
        ),
        load_line,
        save_line,
        start="entry",
    )


def _fields(prompt: str, *, ahead: bool) -> tuple[Field, ...]:
    return (
        Field("entry", _("Text"), "note", prompt=prompt),
        Field("source", _("It is"), "choice", SOURCES),
        Field("person_id", _("Person"), "person", also=("with",),
              hint=_("said, bought, told, gets")),
        Field("driver", _("Driver"), hint=_("time, cost, risk, any")),
        Field("told_on", _("Told on"), "past_day", hint=_("when we told them")),
        Field("on_date", _("On"), "day" if ahead else "past_day", also=("on",)),
        Field("to_date", _("To"), "day", hint=_("of a quiet time")),
        Field("function", _("Function"), "choice", options(*FUNCTIONS)),
        Field("colleague_id", _("Sender"), "colleague"),
        Field("channel", _("Channel"), "choice", options(*CHANNELS)),
        Field("topic", _("Topic")),
    )  # fmt: skip


def asked(section: str, _name: str, texts: Texts) -> str:
    """The question behind the kind of line that is chosen."""
    kind = plan_field(section, texts.get("field", "")) or fields_of(section)[0]
    return kind.prompt


def unused(kinds: Iterable[PlanField]) -> frozenset[str]:
    """The fields that none of these kinds of lines has."""
    found = tuple(kinds)
    hidden = set() if len(found) > 1 else {"field"}
    for name, used in (
        ("person_id", any(one.person for one in found)),
        ("driver", any(one.driver for one in found)),
        ("told_on", any(one.told for one in found)),
        ("on_date", any(one.dated != "no" or one.past for one in found)),
        ("to_date", any(one.dated == "span" for one in found)),
        *((name, any(one.sends for one in found)) for name in SENT),
    ):
        if not used:
            hidden.add(name)
    return frozenset(hidden)


def load_new(section: str, q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """What we assume until somebody says that they said it."""
    filled, details = about(q, context, subject["account_id"])
    kinds = [one for one in fields_of(section) if one.interview != "exit"]
    texts = {"source": "assumed", "field": kinds[0].name}
    return Loaded(filled, texts, (), details, hidden=unused(kinds))


def save_new(
    section: str, _q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered
) -> Call:
    """Add the line."""
    from planner.use_cases.plan_lines import add_line

    field = entered["field"] or fields_of(section)[0].name
    return Call(
        add_line,
        (subject["account_id"], section, field, entered["entry"] or ""),
        entered.given(OWN),
    )


def load_line(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The line as it is, with the fields of its kind."""
    record = q.record("entry", subject["entry_id"])
    filled, details = about(q, context, record.account_id)
    kind = plan_field(record.section, record.field)
    texts = {"entry": record.entry, **record_texts(record, OWN, filled), "archive": NO}
    if record.driver is not None:
        texts["driver"] = driver_words(record.driver)
    if record.colleague_id is not None:
        texts["colleague_id"] = label(filled.colleagues, record.colleague_id)
    words = kind.label if kind is not None else record.field
    hidden = unused([kind] if kind is not None else ()) - {"field"}
    return Loaded(filled, texts, (record,), (*details, words), hidden=hidden)


def save_line(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Change what was changed, or take the line out."""
    from planner.use_cases.plan_lines import archive_line, change_line

    if entered["archive"]:
        return Call(archive_line, (loaded.records[0],))
    values: dict[str, Any] = entered.only_changed(OWN)
    if "entry" in entered.changed:
        values["entry"] = entered["entry"] or ""
    return Call(change_line, (loaded.records[0],), values)
