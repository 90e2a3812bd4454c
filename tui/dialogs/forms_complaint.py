"""The forms of a complaint: opening or changing one, and its next stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.vocabulary import CHANNELS, SEVERITIES, TRIAGES
from planner.vocabulary_words import value_words
from tui.dialogs.loading import about, label, me, options, record_texts
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = (
    "title", "severity", "person_id", "channel", "detail", "owner_id", "triage", "remedy_sought",
    "promised",
)  # fmt: skip
TARGETS = ("ack_target", "response_target", "resolution_target")
LEARNED = ("root_cause", "cause_detail", "remedy_given")
FOUND = (*LEARNED, "satisfied")
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
            Field(
                "triage",
                _("Triage"),
                "choice",
                ("", *TRIAGES),
                more=more,
                labels=(("", "--"), *((one, value_words(one)) for one in TRIAGES)),
            ),
            Field("remedy_sought", _("They want"), "note", more=more),
            Field("promised", _("We promised"), "note", more=more),
            Field("ack_target", _("Confirm in"), "duration", more=more, hint=length),
            Field("response_target", _("Answer in"), "duration", more=more, hint=length),
            Field("resolution_target", _("Solve in"), "duration", more=more, hint=length),
        ),
        load_complaint,
        save_complaint,
        more_words=_("owner · triage · what they want · promised · targets"),
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
    hidden = frozenset({"when", "owner_id", *TARGETS})  # o hands it over, and they accept
    return Loaded(filled, texts, (record,), (record.number, *details), hidden=hidden)


def save_complaint(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log or change the complaint."""
    from planner.use_cases.complaints import change_complaint, log_complaint

    if loaded.records:
        changed = entered.only_changed(NAMES)
        if "triage" in changed:
            changed["triage"] = changed["triage"] or None
        return Call(change_complaint, (loaded.records[0],), changed)
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
            Field("reopen_reason", _("Why"), "note", hint=_("why it is open again")),
            Field("root_cause", _("Cause"), hint=_("what was found")),
            Field("cause_detail", _("  in detail"), hint=_("the second level of the cause")),
            Field("whys", _("Whys"), "note", hint=_("one a line, up to five: why, and why that?")),
            Field("remedy_given", _("Remedy"), "note", hint=_("wanted at closing")),
            Field("satisfied", _("Satisfied"), "choice", options(YES, NO), hint=_("they say")),
        ),
        load_step,
        save_step,
    )


def load_step(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The stages that may follow, waiting or going on among them."""
    from planner.use_cases.complaint_closing import LEARNED_FROM
    from planner.vocabulary import NEXT_STAGES

    record = q.record("complaint", subject["complaint_id"])
    filled, details = about(q, context, record.account_id)
    stages = list(NEXT_STAGES[record.stage])
    if record.is_open:
        stages.append(GOES_ON if record.waiting_since else WAITS)
    words = {WAITS: _("waits for them"), GOES_ON: _("goes on")}
    choices = tuple((stage, words.get(stage, stage)) for stage in stages)
    texts = {**record_texts(record, FOUND, filled), "stage": stages[0], "when": _("now")}
    if record.whys:
        texts["whys"] = "\n".join(record.whys)
    hidden = {"reopen_reason"} if record.is_open else {*FOUND, "whys"}
    if record.severity not in LEARNED_FROM:
        hidden |= {"whys"}
    return Loaded(
        filled, texts, (record,), (record.number, *details),
        {"stage": _("was {stage}").format(stage=record.stage)},
        options={"stage": choices}, hidden=frozenset(hidden),
    )  # fmt: skip


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
    if "whys" in entered.changed:
        found["whys"] = tuple(filter(None, map(str.strip, (entered["whys"] or "").splitlines())))
    if stage == "reopened":
        found = {"reopen_reason": entered["reopen_reason"]}
    return Call(move_complaint, (record, stage, when), found)
