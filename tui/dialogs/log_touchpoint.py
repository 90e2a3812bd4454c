"""Logging in ten seconds: who, what kind, when, note, mood; all but the note filled in."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import DIRECTIONS, FUNCTIONS, INTENTS, SENTIMENTS, TOUCHPOINT_KINDS
from planner.vocabulary_words import value_words
from tui.dialogs.forms_pulse import SCORES, last_pulse, last_words, run_out
from tui.dialogs.loading import about, label, options
from tui.dialogs.names import match, split_names
from tui.dialogs.pressure_line import with_contact_line
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
LONGEST_WORDS = 40
PLAIN = (
    "note", "verbatim", "topic", "intent", "link", "direction", "function",
)  # fmt: skip
FOLLOWS = "follows"


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
            Field("kind", _("What"), "choice", TOUCHPOINT_KINDS),
            Field("when", _("When"), "when", required=True, also=("at",)),
            Field("note", _("Note"), "note"),
            Field("sentiment", _("Mood"), "choice", moods),
            Field("follow_ups", _("Follow-ups"), "follow_ups", also=("action",)),
            Field("verbatim", _("Their words"), "note", more=more),
            Field("objective_id", _("Goal"), "choice", ("",), more=more),
            Field("thread_id", _("Answers"), "choice", ("",), more=more, also=("reply_to",)),
            Field("complaint_id", _("Complaint"), "choice", ("",), more=more),
            Field("topic", _("Topic"), more=more),
            Field("intent", _("Intent"), "choice", options(*INTENTS), more=more),
            Field("link", _("Link"), more=more),
            Field("direction", _("Direction"), "choice", DIRECTIONS, more=more),
            Field("two_way", _("Two-way"), "choice", (FOLLOWS, YES, NO), more=more),
            Field("function", _("Function"), "choice", options(*FUNCTIONS), more=more),
            Field("pulse", _("Pulse"), "choice", SCORES, more=more, also=("score",)),
            Field("pulse_reason", _("  why"), more=more, also=("reason",)),
        ),
        load_touchpoint,
        save_touchpoint,
        more_words=_("their words · goal · topic · intent · link · two-way · pulse"),
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
    who, source = likely_people(rows, filled, subject)
    texts = {
        "who": who,
        "kind": usual_kind(rows),
        "when": _("now"),
        "direction": "out",
        "two_way": FOLLOWS,
        "function": context.actor.function or "",
    }
    hints = {"who": source, "sentiment": last_mood(rows)}
    hidden = set()
    function = context.actor.function
    last = last_pulse(q, account_id, function) if function else None
    if function and run_out(last, context.today):
        hints["pulse"] = last_words(last) if last else _("none yet; 5 is best")
    else:
        hidden |= {"pulse", "pulse_reason"}
    goals = tuple((str(one.id), one.objective) for one in q.account.objectives(account_id))
    if not goals:
        hidden.add("objective_id")
    asked, cases = answerable(rows, context), open_cases(q, account_id)
    hidden |= {name for name, found in (("thread_id", asked), ("complaint_id", cases)) if not found}
    loaded = Loaded(
        filled,
        {name: text for name, text in texts.items() if text},
        (),
        details,
        {name: hint for name, hint in hints.items() if hint},
        frozenset(hidden),
        {
            "objective_id": (("", "--"), *goals),
            "thread_id": (("", "--"), *asked),
            "complaint_id": (("", "--"), *cases),
        },
    )
    return with_contact_line(q, loaded, account_id)


def answerable(rows: list[TimelineRow], context: Context) -> tuple[tuple[str, str], ...]:
    """(id, words) of what came in lately and this may answer, the newest first."""
    found = []
    for row in rows:
        on = date.fromisoformat(row.occurred_on)
        if row.direction == "in" and 0 <= (context.today - on).days <= ANSWER_DAYS:
            words = " ".join(part for part in (row.people, *row.text.split()) if part)
            found.append((str(row.id), cut(f"{day_words(on)} {words}", LONGEST_WORDS)))
    return tuple(found)


def open_cases(q: BookQueries, account_id: int) -> tuple[tuple[str, str], ...]:
    """(id, words) of the account's open complaints."""
    return tuple(
        (str(row.id), cut(f"{row.number} {row.title}", LONGEST_WORDS))
        for row in q.complaints.of_account(account_id)
        if row.stage != "closed"
    )


def likely_people(rows: list[TimelineRow], context: Context, subject: Subject) -> tuple[str, str]:
    """(names, where they are from): the person asked for, else those of the last talk."""
    asked = label(context.people, subject.get("person_id"))
    if asked:
        return asked, ""
    for row in rows:
        names = split_names(row.people or "", context.people)
        known = [one.label for name in names if (one := match(name, context.people).one)]
        if known:
            return ", ".join(dict.fromkeys(known)), _("taken from the last talk")
    only = context.people[0].label if len(context.people) == 1 else ""
    return only, ""


def usual_kind(rows: list[TimelineRow]) -> str:
    """The kind that is most frequent lately; a call when there is none."""
    counted = Counter(row.what for row in rows if row.what in TOUCHPOINT_KINDS)
    return counted.most_common(1)[0][0] if counted else "call"


def last_mood(rows: list[TimelineRow]) -> str:
    """The last mood that was noted, in words."""
    mood = next((row.sentiment for row in rows if row.sentiment is not None), None)
    return "" if mood is None else _("last time {mood}").format(mood=f"{mood:+d}" if mood else "0")


def describe(name: str, texts: Texts, context: Context) -> str:
    """What follows from the kind: two-way or one way, who logs it, for which function."""
    if name != "kind":
        return ""
    from planner.touchpoints import two_way_by_default

    said = texts.get("two_way", FOLLOWS)
    follows = two_way_by_default(texts.get("kind", ""), texts.get("direction", "out"))
    both = said == YES if said in (YES, NO) else follows
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


def save_touchpoint(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Log the contact with its follow-ups and, where it was asked for, the pulse."""
    from planner.use_cases.touchpoints import FollowUp, log_touchpoint

    values: dict[str, Any] = entered.given(PLAIN)
    for name in ("sentiment", "pulse", "objective_id", "complaint_id"):
        if entered[name] is not None:
            values[name] = int(entered[name])
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
