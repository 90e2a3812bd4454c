"""The forms of what comes of feedback: an improvement, its step, and closing an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import FEEDBACK_KINDS, FEEDBACK_OUTCOMES
from tui.dialogs.forms_heard import OPEN
from tui.dialogs.loading import about, check_one_of_us, me, record_texts, with_colleagues
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from planner.improvements import Improvement
    from planner.surveys import Survey
    from tui.composition import BookQueries

IMPROVEMENT = ("improvement", "owner_id", "due_on", "root_cause", "cause_detail", "result")
DONE, DROPPED = "done", "dropped"


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {
        "improvement": improvement_form(),
        "improvement_step": step_form(),
        "survey_close": close_form(),
    }


def improvement_form() -> FormSpec:
    """An improvement (``improvement_id`` to change it), from a piece of feedback or by itself."""
    return FormSpec(
        "improvement",
        _("Improvement"),
        (
            Field("improvement", _("Improvement"), required=True, hint=_("what is changed")),
            Field("owner_id", _("Owner"), "colleague"),
            Field("due_on", _("Due"), "day"),
            Field("root_cause", _("Cause"), hint=_("what it does away with")),
            Field("cause_detail", _("Detail"), more=True),
            Field("result", _("Result"), "note", more=True, hint=_("customers may read it")),
        ),
        load_improvement,
        save_improvement,
        more_words=_("detail of the cause · result"),
    )


def load_improvement(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is mine and takes the cause of the complaint it comes from."""
    context = with_colleagues(q, context)
    improvement_id = subject.get("improvement_id")
    if improvement_id is not None:
        record = q.record("improvement", improvement_id)
        return Loaded(context, record_texts(record, IMPROVEMENT, context), (record,))
    texts = {"owner_id": me(context)}
    details: tuple[str, ...] = ()
    source = _source(subject)
    if source is not None:
        found = q.record(*source)
        context, details = about(q, context, found.account_id)
        if source[0] == "complaint":
            texts |= {
                "root_cause": found.root_cause or "",
                "cause_detail": found.cause_detail or "",
            }
            details = (*details, found.number, found.title)
        else:
            details = (*details, found.signal if source[0] == "signal" else found.comment or "")
    hidden = frozenset({"result"})
    known = {name: text for name, text in texts.items() if text}
    return Loaded(context, known, (), details, hidden=hidden)


def save_improvement(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Keep it or change it."""
    from planner.use_cases.improvements import add_improvement, change_improvement

    check_one_of_us(loaded, entered)
    if loaded.records:
        changed = entered.only_changed(IMPROVEMENT)
        values = {name: one if one != "" else None for name, one in changed.items()}
        if values.get("improvement", "") is None:
            values["improvement"] = ""
        return Call(change_improvement, (loaded.records[0],), values)
    source = _source(subject)
    given: dict[str, Any] = {"improvement": entered["improvement"], **entered.given(IMPROVEMENT)}
    return Call(add_improvement, (), {**given, "sources": () if source is None else (source,)})


def _source(subject: Subject) -> tuple[str, int] | None:
    for kind in FEEDBACK_KINDS:
        row_id = subject.get(f"{kind}_id")
        if row_id is not None:
            return kind, row_id
    return None


def step_form() -> FormSpec:
    """What becomes of an improvement (``improvement_id``)."""
    return FormSpec(
        "improvement_step",
        _("What came of it"),
        (
            Field("status", _("It is"), "choice", (DONE, DROPPED)),
            Field("result", _("Result"), "note",
                  hint=_("customers may read it; of what is given up the reason, for us alone")),
            Field("done_on", _("On"), "past_day", hint=_("empty: today")),
        ),
        load_step,
        save_step,
    )  # fmt: skip


def load_step(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Done; one that is closed can be opened again."""
    record: Improvement = q.record("improvement", subject["improvement_id"])
    details = (record.improvement,)
    if record.status == OPEN:
        texts = {"status": DONE, "result": record.result or ""}
        return Loaded(context, {k: v for k, v in texts.items() if v}, (record,), details)
    again = ((OPEN, _("open it again")),)
    hidden = frozenset({"result", "done_on"})
    return Loaded(
        context, {"status": OPEN}, (record,), details, hidden=hidden, options={"status": again}
    )


def save_step(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Done, given up, or open again."""
    from planner.use_cases.improvements import (
        drop_improvement,
        finish_improvement,
        reopen_improvement,
    )

    record = loaded.records[0]
    if entered["status"] == OPEN:
        return Call(reopen_improvement, (record,))
    if entered["status"] == DROPPED:
        return Call(drop_improvement, (record, entered["result"] or ""))
    return Call(finish_improvement, (record, entered["result"] or "", entered["done_on"]))


def close_form() -> FormSpec:
    """What came of an answer to a survey (``survey_id``)."""
    return FormSpec(
        "survey_close",
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
    record: Survey = q.record("survey", subject["survey_id"])
    details: tuple[str, ...] = (_("the book"),)
    if record.account_id is not None:
        context, details = about(q, context, record.account_id)
    details = (*details, record.comment or "")
    if record.outcome is None:
        return Loaded(context, {"outcome": "acted_on"}, (record,), details)
    again = ((OPEN, _("open it again")),)
    hidden = frozenset({"outcome_note", "closed_on"})
    return Loaded(
        context, {"outcome": OPEN}, (record,), details, hidden=hidden, options={"outcome": again}
    )


def save_close(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Close it, or open it again."""
    from planner.use_cases.feedback import close_survey, reopen_survey

    record = loaded.records[0]
    if entered["outcome"] == OPEN:
        return Call(reopen_survey, (record,))
    return Call(
        close_survey,
        (record, entered["outcome"], entered["outcome_note"] or None, entered["closed_on"]),
    )
