"""The forms of the interviews: why they bought, why they stay, why they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.plan_fields import (
    PlanField,
    exit_reasons,
    preamble,
    prompts_of,
    reason_words,
)
from planner.vocabulary import INTERVIEW_KINDS, INTERVIEW_METHODS, SOURCES
from planner.vocabulary_words import value_words
from tui.dialogs.likely_talk import likely_people
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import day_in_full
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.use_cases.interviews import Answer
    from planner.views.account import TimelineRow
    from tui.composition import BookQueries

TALKS = ("meeting", "call")
RECENT_TALKS = 10
WHY = (
    "reason", "reason_detail", "stated_reason", "root_cause", "evidence", "win_back_on", "method",
)  # fmt: skip
DRIVER = "_driver"
"""What the name of a driver's field ends with, after that of its prompt."""
BUYER = "real_buyer"


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    found = {f"interview_{kind}": interview_form(kind) for kind in INTERVIEW_KINDS}
    return {**found, "interview": change_form()}


def interview_form(kind: str) -> FormSpec:
    """An interview with people of an account (``account_id``)."""
    prompts = prompts_of(kind)
    return FormSpec(
        f"interview_{kind}",
        _("Interview: {kind}").format(kind=value_words(kind)),
        (
            Field("who", _("Who"), "people", also=("with",)),
            Field("kind", _("How"), "choice", TALKS),
            Field("when", _("When"), "when", also=("at",)),
            Field("source", _("These are"), "choice", SOURCES),
            *(field for prompt in prompts for field in _asked(prompt)),
            *(_why_fields() if kind == "exit" else ()),
            Field("talk", _("Talk"), "choice", ("",), more=True, also=("touchpoint",)),
        ),
        load_interview,
        save_interview,
        more_words=_("the talk in which it was held, if that is logged"),
        start=prompts[0].name,
        describe=describe,
        preamble=preamble(kind),
    )


def _asked(prompt: PlanField) -> Iterable[Field]:
    """The long answer to a prompt, and what it speaks of."""
    yield Field(prompt.name, prompt.label, "note", prompt=prompt.prompt)
    if prompt.person == "buyer":
        yield Field("buyer_id", _("  who"), "person", hint=_("a person of the account"))
    if prompt.driver:
        yield Field(prompt.name + DRIVER, _("  driver"), hint=_("time, cost, risk, any"))


def _why_fields() -> tuple[Field, ...]:
    reasons = exit_reasons()
    details = tuple(
        (detail, words) for _words, below in reasons.values() for detail, words in below.items()
    )
    return (
        Field("reason", _("Reason"), "choice", ("", *reasons),
              labels=(("", "--"), *((one, words) for one, (words, _below) in reasons.items())),
              prompt=_("Which reason is it, and which of its kind?")),
        Field("reason_detail", _("  in detail"), "choice", ("", *(one for one, _w in details)),
              labels=(("", "--"), *details)),
        Field("stated_reason", _("As they say"), "note"),
        Field("root_cause", _("Root cause"), "note", hint=_("as we see it")),
        Field("evidence", _("Evidence"), "note", hint=_("what shows it")),
        Field("win_back_on", _("Win back"), "day", hint=_("when to ask again")),
        Field("method", _("Asked by"), "choice", ("", *INTERVIEW_METHODS), labels=methods(),
              hint=_("empty: as the talk says")),
    )  # fmt: skip


def methods() -> tuple[tuple[str, str], ...]:
    """The ways to ask why they leave, with their words."""
    return (("", "--"), *((one, value_words(one)) for one in INTERVIEW_METHODS))


def describe(name: str, texts: Texts, _context: Context) -> str:
    """What follows from what was chosen: which talk is logged, of which reason a detail is."""
    if name == "source":
        assumed = texts.get("source") == "assumed" and not texts.get("talk")
        return _("no talk is logged") if assumed else ""
    if name == "reason_detail":
        reason = _reason_of(texts.get("reason_detail") or "")
        return "" if reason is None else _("of: {reason}").format(reason=reason_words(reason))
    return ""


def _reason_of(detail: str) -> str | None:
    return next((one for one, (_w, below) in exit_reasons().items() if detail in below), None)


def load_interview(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The people of the last talk, a meeting now; the last talks to choose from."""
    import planner.use_cases.interviews  # noqa: F401 - loaded here, not on the screen's thread

    account_id = subject["account_id"]
    filled, details = about(q, context, account_id)
    rows = q.timeline.touchpoints(account_id=account_id, limit=RECENT_TALKS)
    who, source = likely_people(rows, filled, subject)
    texts = {"who": who, "kind": "meeting", "when": _("now"), "source": "customer"}
    talks = [(str(row.id), _talk_words(row)) for row in rows]
    return Loaded(
        filled,
        {name: text for name, text in texts.items() if text},
        (),
        details,
        {"who": source} if source else {},
        frozenset() if talks else frozenset({"talk"}),
        {"talk": (("", _("logged with this")), *talks)},
    )


def _talk_words(row: TimelineRow) -> str:
    from datetime import date

    said = (value_words(row.what), day_in_full(date.fromisoformat(row.occurred_on)), row.people)
    return " ".join(part for part in said if part)


def save_interview(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Record it: with its talk, or without one where we only assume."""
    from planner.use_cases.interviews import record_interview

    kind = _kind_of(entered)
    talk = entered["talk"]
    asked = bool(talk) or entered["source"] != "assumed"
    if asked and not talk and entered["when"] is None:
        raise Refused(_("it is needed"), [FieldProblem("when", _("it is needed"))])
    values: dict[str, Any] = entered.given(WHY)
    if "reason" not in values and "reason_detail" in values:
        values["reason"] = _reason_of(values["reason_detail"])
    return Call(
        record_interview,
        (subject["account_id"], kind),
        {
            "answers": _answers(kind, loaded, entered),
            "when": None if talk or not asked else entered["when"],
            "person_ids": (entered["who"] or ()) if asked else (),
            "touchpoint_id": int(talk) if talk else None,
            "talk": entered["kind"],
            **values,
        },
    )


def _kind_of(entered: Entered) -> str:
    """Which interview the fields are of."""
    return next(
        kind
        for kind in INTERVIEW_KINDS
        if all(one.name in entered.values for one in prompts_of(kind))
    )


def _answers(kind: str, loaded: Loaded, entered: Entered) -> list[Answer]:
    from planner.use_cases.interviews import Answer

    buyer = entered["buyer_id"]
    found = []
    for prompt in prompts_of(kind):
        text = entered[prompt.name] or ""
        if prompt.name == BUYER and buyer is not None and not text.strip():
            text = next(one.label for one in loaded.context.people if one.id == buyer)
        if text.strip():
            found.append(
                Answer(
                    prompt.name,
                    text,
                    entered["source"],
                    entered[prompt.name + DRIVER],
                    buyer if prompt.name == BUYER else None,
                )
            )
    return found


# An exit interview that was held


def change_form() -> FormSpec:
    """What an exit interview says of why they leave (``interview_id``)."""
    return FormSpec(
        "interview",
        _("Why they leave"),
        _why_fields(),
        load_change,
        save_change,
        describe=describe,
    )


def load_change(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its reason and what stands beside it; the answers are lines of their own."""
    record = q.record("interview", subject["interview_id"])
    if record.kind != "exit":
        raise Refused(_("Its answers are lines of their own: open one of them."))
    filled, details = about(q, context, record.account_id)
    return Loaded(filled, record_texts(record, WHY, filled), (record,), details)


def save_change(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Change what was changed; another reason drops the detail of the old one."""
    from planner.use_cases.interviews import change_interview

    values = entered.only_changed(WHY)
    if "method" in values:
        values["method"] = values["method"] or None
    detail = entered["reason_detail"]
    if "reason" in values and "reason_detail" not in values and detail:
        values["reason_detail"] = detail if _reason_of(detail) == values["reason"] else None
    return Call(change_interview, (loaded.records[0],), values)
