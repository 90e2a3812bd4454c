"""The forms of what is heard without a talk: a signal, how it is closed, an answer to a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.vocabulary import (
    FEEDBACK_OUTCOMES,
    FUNCTIONS,
    SENTIMENTS,
    SIGNAL_KINDS,
    SURVEY_KINDS,
    SURVEY_TRIGGERS,
)
from tui.dialogs.loading import about, label, numbers, options, record_texts
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject, Texts

if TYPE_CHECKING:
    from tui.composition import BookQueries

SIGNAL = ("signal", "kind", "heard_from", "sentiment", "person_id", "link", "function")
SURVEY = ("kind", "score", "comment", "highest", "effort_high", "trigger")
MOODS = options(*(str(one) for one in SENTIMENTS))
OPEN = "open"
NAMED, ANONYMOUS = "named", "anonymous"


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"signal": signal_form(), "signal_close": close_form(), "survey": survey_form()}


def signal_form() -> FormSpec:
    """A signal about an account (``account_id``), or one to change (``signal_id``)."""
    return FormSpec(
        "signal",
        _("Signal"),
        (
            Field("signal", _("Heard"), required=True, hint=_("what was said, in their words")),
            Field("kind", _("Kind"), "choice", SIGNAL_KINDS),
            Field("heard_from", _("From"), hint=_("where, or from whom"), also=("from",)),
            Field("sentiment", _("Mood"), "choice", MOODS),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("person_id", _("Who"), "person", more=True, also=("with",)),
            Field("link", _("Link"), more=True),
            Field("function", _("Function"), "choice", options(*FUNCTIONS), more=True),
        ),
        load_signal,
        save_signal,
        more_words=_("whom of theirs · link · function"),
    )


def load_signal(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The signal's own values; a new one is a mention of now, heard by my function."""
    signal_id = subject.get("signal_id")
    if signal_id is None:
        filled, details = about(q, context, subject["account_id"])
        texts = {"kind": "mention", "when": _("now"), "function": context.actor.function or ""}
        return Loaded(filled, {name: one for name, one in texts.items() if one}, (), details)
    record = q.record("signal", signal_id)
    filled, details = about(q, context, record.account_id)
    local = record.heard_at.astimezone(context.zone)
    when = record.heard_on.isoformat() if record.date_only else f"{local:%Y-%m-%d %H:%M}"
    texts = {**record_texts(record, SIGNAL, filled), "when": when}
    return Loaded(filled, texts, (record,), details)


def save_signal(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log it or change it."""
    from planner.use_cases.signals import change_signal, log_signal

    if not loaded.records:
        values = numbers(entered.given(SIGNAL), "sentiment")
        return Call(log_signal, (subject["account_id"],), {**values, "when": entered["when"]})
    values = {name: one or None for name, one in entered.only_changed(SIGNAL).items()}
    values = numbers(values, "sentiment")
    if "when" in entered.changed:
        values["when"] = entered["when"]
    if values.get("signal", "") is None:
        values["signal"] = ""
    return Call(change_signal, (loaded.records[0],), values)


def close_form() -> FormSpec:
    """What came of a signal (``signal_id``)."""
    return FormSpec(
        "signal_close",
        _("What came of it"),
        (
            Field("outcome", _("Outcome"), "choice", FEEDBACK_OUTCOMES),
            Field("outcome_note", _("Note"), hint=_("what was done; why it was declined")),
            Field("closed_on", _("On"), "past_day", hint=_("empty: today")),
        ),
        load_close,
        save_close,
    )


def load_close(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Acted on; one that is closed can be opened again."""
    record = q.record("signal", subject["signal_id"])
    filled, details = about(q, context, record.account_id)
    about_it = (*details, record.signal)
    if record.outcome is None:
        return Loaded(filled, {"outcome": "acted_on"}, (record,), about_it)
    again = ((OPEN, _("open it again")),)
    hidden = frozenset({"outcome_note", "closed_on"})
    return Loaded(
        filled, {"outcome": OPEN}, (record,), about_it, hidden=hidden, options={"outcome": again}
    )


def save_close(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Close it, or open it again."""
    from planner.use_cases.signals import close_signal, reopen_signal

    record = loaded.records[0]
    if entered["outcome"] == OPEN:
        return Call(reopen_signal, (record,))
    return Call(
        close_signal,
        (record, entered["outcome"], entered["outcome_note"] or None, entered["closed_on"]),
    )


def survey_form() -> FormSpec:
    """An answer of an account (``account_id``), or one to put right (``survey_id``)."""
    return FormSpec(
        "survey",
        _("Answer to a survey"),
        (
            Field("kind", _("Kind"), "choice", SURVEY_KINDS),
            Field("score", _("Score"), "whole", required=True),
            Field("whose", _("Answered"), "choice", (NAMED, ANONYMOUS),
                  labels=((NAMED, _("by a person")), (ANONYMOUS, _("anonymously")))),
            Field("person_id", _("Who"), "person", also=("with",)),
            Field("comment", _("Comment"), "note", hint=_("in their words")),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("trigger", _("Sent for"), "choice", options(*SURVEY_TRIGGERS), more=True),
            Field("highest", _("Highest"), "whole", more=True, hint=_("the top of its scale")),
            Field("effort_high", _("High is hard"), "yes_no", more=True, hint=_("for CES")),
        ),
        load_survey,
        save_survey,
        more_words=_("what it was sent for · its scale"),
        describe=describe,
        start="score",
    )  # fmt: skip


def describe(name: str, texts: Texts, _context: Context) -> str:
    """What follows from the kind and from who answered."""
    from planner.surveys import HIGHEST

    if name == "score" and texts.get("kind") in HIGHEST:
        kind = texts["kind"]
        low = 0 if kind == "nps" else 1
        top = texts.get("highest", "").strip() or HIGHEST[kind]
        return _("{low} to {top}").format(low=low, top=top)
    if name == "person_id" and texts.get("whose") == ANONYMOUS:
        return _("nobody is stored")
    return ""


def load_survey(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """An NPS answer of now by a person; of a stored one whose it is stays as it is."""
    survey_id = subject.get("survey_id")
    if survey_id is None:
        filled, details = about(q, context, subject["account_id"])
        texts = {"kind": "nps", "whose": NAMED, "when": _("now"), "effort_high": NO}
        return Loaded(filled, texts, (), details)
    record = q.record("survey", survey_id)
    filled, details = context, (_("the book"),)
    if record.account_id is not None:
        filled, details = about(q, context, record.account_id)
    local = record.answered_at.astimezone(context.zone)
    when = record.answered_on.isoformat() if record.date_only else f"{local:%Y-%m-%d %H:%M}"
    texts = {**record_texts(record, SURVEY, filled), "when": when}
    texts["effort_high"] = YES if record.effort_high else NO
    who = label(filled.people, record.person_id) or _("anonymous")
    hidden = frozenset({"whose", "person_id"})
    return Loaded(filled, texts, (record,), (*details, who), hidden=hidden)


def save_survey(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log it or put it right; anonymous, no person goes along."""
    from planner.use_cases.surveys import change_survey, log_survey

    if loaded.records:
        values: dict[str, Any] = entered.only_changed(SURVEY)
        if "trigger" in values:
            values["trigger"] = values["trigger"] or None
        if "when" in entered.changed:
            values["when"] = entered["when"]
        return Call(change_survey, (loaded.records[0],), values)
    person = entered["person_id"]
    if entered["whose"] == ANONYMOUS and person is not None:
        raise _problem("person_id", _("an anonymous answer names nobody; leave it empty"))
    if entered["whose"] == NAMED and person is None:
        raise _problem("person_id", _("say who answered, or that it is anonymous"))
    values = {**entered.given((*SURVEY, "person_id")), "when": entered["when"]}
    return Call(log_survey, (subject["account_id"],), values)


def _problem(field: str, words: str) -> Refused:
    return Refused(words, [FieldProblem(field, words)])
