"""The forms of a complaint: opening or changing one, and its next stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.vocabulary import CHANNELS, SEVERITIES
from tui.dialogs.loading import about, label, me, options, record_texts
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = (
    "title", "severity", "person_id", "channel", "detail", "owner_id", "remedy_sought", "promised",
)  # fmt: skip
TARGETS = ("ack_target", "response_target", "resolution_target")
FOUND = ("root_cause", "remedy_given", "satisfied")
WAITS, GOES_ON = "waits", "goes_on"


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"complaint": complaint_form(), "complaint_step": step_form()}


def complaint_form() -> FormSpec:
    """A new complaint of an account (``account_id``), or one to change (``complaint_id``)."""
    more = True
    length = _("2h or 3d of working time")
    return FormSpec(
        "complaint",
        _("Complaint"),
        (
            Field("title", _("Title"), required=True),
            Field("severity", _("Severity"), "choice", SEVERITIES),
            Field("person_id", _("Who"), "person", also=("with",)),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("channel", _("Channel"), "choice", options(*CHANNELS)),
            Field("detail", _("Detail"), "note"),
            Field("owner_id", _("Owner"), "colleague", more=more),
            Field("remedy_sought", _("They want"), "note", more=more),
            Field("promised", _("We promised"), "note", more=more),
            Field("ack_target", _("Confirm in"), "duration", more=more, hint=length),
            Field("response_target", _("Answer in"), "duration", more=more, hint=length),
            Field("resolution_target", _("Solve in"), "duration", more=more, hint=length),
        ),
        load_complaint,
        save_complaint,
        more_words=_("owner · what they want · promised · targets"),
    )


def load_complaint(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The complaint's own values; a new one is of now and mine."""
    complaint_id = subject.get("complaint_id")
    if complaint_id is None:
        filled, details = about(q, context, subject["account_id"])
        who = label(filled.people, subject.get("person_id"))
        texts = {"severity": "medium", "when": _("now"), "owner_id": me(filled), "person_id": who}
        return Loaded(filled, {k: v for k, v in texts.items() if v}, (), details)
    record = q.record("complaint", complaint_id)
    filled, details = about(q, context, record.account_id)
    texts = record_texts(record, NAMES, filled)
    hidden = frozenset({"when", *TARGETS})
    return Loaded(filled, texts, (record,), (record.number, *details), hidden=hidden)


def save_complaint(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log or change the complaint."""
    from planner.use_cases.complaints import change_complaint, log_complaint

    if loaded.records:
        return Call(change_complaint, (loaded.records[0],), entered.only_changed(NAMES))
    values = {**entered.given((*NAMES, *TARGETS)), "when": entered["when"]}
    return Call(log_complaint, (subject["account_id"],), values)


def step_form() -> FormSpec:
    """The next stage of a complaint (``complaint_id``)."""
    return FormSpec(
        "complaint_step",
        _("Complaint, next step"),
        (
            Field("stage", _("Now"), "choice", ("closed",)),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("root_cause", _("Cause"), hint=_("what was found")),
            Field("remedy_given", _("Remedy"), "note"),
            Field("satisfied", _("Satisfied"), "choice", options(YES, NO), hint=_("they say")),
        ),
        load_step,
        save_step,
    )


def load_step(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The stages that may follow, waiting or going on among them."""
    from planner.vocabulary import NEXT_STAGES

    record = q.record("complaint", subject["complaint_id"])
    filled, details = about(q, context, record.account_id)
    stages = list(NEXT_STAGES[record.stage])
    if record.is_open:
        stages.append(GOES_ON if record.waiting_since else WAITS)
    words = {WAITS: _("waits for them"), GOES_ON: _("goes on")}
    choices = tuple((stage, words.get(stage, stage)) for stage in stages)
    texts = {**record_texts(record, FOUND, filled), "stage": stages[0], "when": _("now")}
    hints = {"stage": _("was {stage}").format(stage=record.stage)}
    return Loaded(
        filled, texts, (record,), (record.number, *details), hints, options={"stage": choices}
    )


def save_step(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Take the step."""
    from planner.use_cases.complaint_clocks import pause_complaint, resume_complaint
    from planner.use_cases.complaints import move_complaint

    record, stage, when = loaded.records[0], entered["stage"], entered["when"]
    if stage == WAITS:
        return Call(pause_complaint, (record, when))
    if stage == GOES_ON:
        return Call(resume_complaint, (record, when))
    found = entered.only_changed(FOUND)
    if "satisfied" in found and found["satisfied"] is not None:
        found["satisfied"] = found["satisfied"] == YES
    return Call(move_complaint, (record, stage, when), found)
