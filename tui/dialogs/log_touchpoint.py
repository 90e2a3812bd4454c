"""Logging in ten seconds: who, what kind, when, note, mood; all but the note filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import DIRECTIONS, FUNCTIONS, INTENTS, SENTIMENTS
from planner.vocabulary_words import value_words
from tui.dialogs.forms_pulse import SCORES, last_pulse, last_words, run_out
from tui.dialogs.forms_request import (
    answer_choices,
    answer_hint,
    asking_fields,
    asking_values,
)
from tui.dialogs.likely_talk import (
    FOLLOWS,
    KINDS,
    LONGEST_WORDS,
    Closing,
    both_lines,
    counts_two_way,
    duty_choices,
    goals,
    likely_talk,
    meeting_words,
    open_cases,
)
from tui.dialogs.loading import about, options
from tui.dialogs.pressure_line import PressureLine, with_contact_line
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject, Texts
from tui.due_words import day_words
from tui.widgets.cells import cut

if TYPE_CHECKING:
    from planner.views.account import TimelineRow
    from tui.composition import BookQueries

LAST_TALKS = 10
ANSWER_DAYS = 30
"""What came in within so many days may be answered."""
PLAIN = (
    "note", "verbatim", "topic", "intent", "link", "minutes", "direction", "function",
)  # fmt: skip
NUMBERS = ("sentiment", "pulse", "objective_id", "complaint_id", "action_id")
"""Choices whose values are numbers."""
CLOSES = (
    "kind", "when", "direction", "two_way", "meeting_id", "action_id", "action_done",
)  # fmt: skip
"""The fields that what is closed follows from."""


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"touchpoint": touchpoint_form()}


def touchpoint_form() -> FormSpec:
    """A contact with an account (``account_id``), with ``person_id`` when somebody is meant."""
    more = True
    moods = options(*(str(mood) for mood in SENTIMENTS))
    return FormSpec(
        "touchpoint",
        _("Log a touchpoint"),
        (
            Field("who", _("Who"), "people", also=("with",)),
            Field("kind", _("What"), "choice", KINDS),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("note", _("Note"), "note"),
            Field("sentiment", _("Mood"), "choice", moods),
            Field("answers_id", _("Answers"), "choice", ("",), also=("answers",)),
            Field("follow_ups", _("Follow-ups"), "follow_ups"),
            Field("verbatim", _("Their words"), "note", more=more),
            Field("complaint_id", _("Complaint"), "choice", ("",), more=more),
            Field("objective_id", _("Goal"), "choice", ("",), more=more),
            Field("action_id", _("Action"), "choice", ("",), more=more),
            Field("action_done", _("  is done"), "yes_no", more=more),
            Field("thread_id", _("Reply to"), "choice", ("",), more=more, also=("reply_to",)),
            *asking_fields(),
            Field("topic", _("Topic"), more=more),
            Field("intent", _("Intent"), "choice", options(*INTENTS), more=more),
            Field("link", _("Link"), more=more),
            Field("minutes", _("Minutes"), "whole", more=more),
            Field("direction", _("Direction"), "choice", DIRECTIONS, more=more),
            Field("meeting_id", _("Meeting"), "choice", ("",), more=more),
            Field("two_way", _("Two-way"), "choice", (FOLLOWS, YES, NO), more=more),
            Field("function", _("Function"), "choice", options(*FUNCTIONS), more=more),
            Field("pulse", _("Pulse"), "choice", SCORES, more=more, also=("score",)),
            Field("pulse_reason", _("  why"), more=more, also=("reason",)),
        ),
        load_touchpoint,
        save_touchpoint,
        more_words=_("their words · complaint · goal · action · they ask · link"),
        start="note",
        describe=describe,
        carry=carry,
    )


def load_touchpoint(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """What is likely: the people of the last talk, the usual kind, now."""
    import planner.use_cases.touchpoints  # noqa: F401 - loaded here, not on the screen's thread

    account_id = subject["account_id"]
    filled, details = about(q, context, account_id)
    rows = q.timeline.touchpoints(account_id=account_id, limit=LAST_TALKS)
    likely = likely_talk(q, rows, subject, filled)
    texts = {
        **likely.texts,
        "action_done": NO,
        "thread_id": str(subject.get("reply_to") or ""),
        "direction": "out",
        "two_way": FOLLOWS,
        "function": context.actor.function or "",
    }
    source = "" if "who" in subject.preset else likely.source
    hints = {"who": source, "sentiment": last_mood(rows)}
    hidden = set()
    function = context.actor.function
    last = last_pulse(q, account_id, function) if function else None
    if function and run_out(last, context.today):
        hints["pulse"] = last_words(last) if last else _("none yet; 5 is best")
    else:
        hidden |= {"pulse", "pulse_reason"}
    duties = tuple(q.talks.open_actions(account_id))
    found = {
        "objective_id": goals(q, account_id),
        "action_id": duty_choices(duties),
        "thread_id": answerable(answered(q, subject) + rows, context, subject.get("reply_to")),
        "complaint_id": open_cases(q, account_id),
        "meeting_id": (),
        "answers_id": answer_choices(q, account_id),
    }
    hints["answers_id"] = answer_hint(q, account_id, likely.texts.get("who", ""))
    if likely.meeting is not None:
        words = meeting_words(likely.meeting, filled)
        found["meeting_id"] = ((str(likely.meeting.id), words),)
    hidden |= {name for name, listed in found.items() if not listed}
    if not duties:
        hidden.add("action_done")
    loaded = Loaded(
        filled,
        {name: text for name, text in texts.items() if text},
        (),
        details,
        {name: hint for name, hint in hints.items() if hint},
        frozenset(hidden),
        {name: (("", "--"), *listed) for name, listed in found.items()},
    )
    closing = Closing(likely.meeting, q.talks.owed_contact(account_id), duties, filled)
    pressed = with_contact_line(q, loaded, account_id)
    return replace(pressed, below=both_lines(pressed.below, PressureLine(CLOSES, closing.words)))


def answered(q: BookQueries, subject: Subject) -> list[TimelineRow]:
    """What was chosen to be answered, if it was."""
    found = q.timeline.entry("touchpoint", subject.get("reply_to") or 0)
    return [] if found is None else [found]


def answerable(
    rows: list[TimelineRow], context: Context, chosen: int | None = None
) -> tuple[tuple[str, str], ...]:
    """(id, words) of what came in lately and this may answer, the newest first, and the chosen."""
    found = {}
    for row in rows:
        on = date.fromisoformat(row.occurred_on)
        late = row.direction == "in" and 0 <= (context.today - on).days <= ANSWER_DAYS
        if late or row.id == chosen:
            words = " ".join(part for part in (row.people, *row.text.split()) if part)
            found[str(row.id)] = cut(f"{day_words(on)} {words}", LONGEST_WORDS)
    return tuple(found.items())


def last_mood(rows: list[TimelineRow]) -> str:
    """The last mood that was noted, in words."""
    mood = next((row.sentiment for row in rows if row.sentiment is not None), None)
    return "" if mood is None else _("last time {mood}").format(mood=f"{mood:+d}" if mood else "0")


def describe(name: str, texts: Texts, context: Context) -> str:
    """What follows from the kind: two-way or one way, who logs it, for which function."""
    if name != "kind":
        return ""
    both = counts_two_way(texts)
    parts = [_("two-way") if both else _("one way")]
    if not both:
        parts[0] += _(", in") if texts.get("direction") == "in" else _(", out")
    parts += [part for part in (context.actor.name, value_words(texts.get("function", ""))) if part]
    return " · ".join(parts)


def carry(texts: Texts) -> tuple[str, dict[str, str]]:
    """The form of a complaint with the person, the moment and the note of this talk."""
    preset = {
        "person_id": texts.get("who", "").partition(",")[0].strip(),
        "when": texts.get("when", ""),
        "detail": texts.get("note", ""),
    }
    return "complaint", {name: text for name, text in preset.items() if text}


def held_meeting(q: BookQueries, entered: Entered) -> int | None:
    """The meeting that is logged: as long as its kind and its day stand, or where it was chosen."""
    if entered["meeting_id"] is None:
        return None
    meeting = q.talks.meeting(int(entered["meeting_id"]))
    if meeting is None:
        return int(entered["meeting_id"])
    same = entered["kind"] == meeting.kind and entered["when"].on == meeting.starts_on
    return meeting.id if same or "meeting_id" in entered.changed else None


def save_touchpoint(q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Log the contact with its follow-ups and, where it was asked for, the pulse."""
    from planner.use_cases.touchpoints import FollowUp, log_touchpoint

    values: dict[str, Any] = entered.given(PLAIN)
    for name in NUMBERS:
        if entered[name] is not None:
            values[name] = int(entered[name])
    if values.get("action_id") is not None and entered["action_done"]:
        values["action_done"] = True
    meeting_id = held_meeting(q, entered)
    if meeting_id is not None:
        values["meeting_id"] = meeting_id
    values |= asking_values(entered)
    if entered["thread_id"] is not None:
        values["reply_to"] = int(entered["thread_id"])
    if entered["two_way"] in (YES, NO):
        values["two_way"] = entered["two_way"] == YES
    if entered["pulse_reason"]:
        values["pulse_reason"] = entered["pulse_reason"]
    lines = [
        FollowUp(
            action=line.action,
            side=line.side,
            owner_id=line.owner_id,
            their_owner_id=line.their_owner_id,
            due_on=line.due_on,
            promised=line.promised,
        )
        for line in entered["follow_ups"] or ()
    ]
    use_case: Any = log_touchpoint
    if subject.preset.get("external_id"):
        from planner.use_cases.mails import log_mail

        use_case = log_mail
        values["message_id"] = subject.preset["external_id"]
        values["answers"] = subject.preset.get("answers", "").splitlines()
    return Call(
        use_case,
        (subject["account_id"],),
        {
            "kind": entered["kind"],
            "when": entered["when"],
            "person_ids": entered["who"] or (),
            "follow_ups": lines,
            **values,
        },
    )
