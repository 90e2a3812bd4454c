"""The forms of loyalty programmes: a programme, an account in one, a line of its points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.points_ledger import level
from planner.vocabulary import PROGRAMME_KINDS
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

PROGRAMME = ("name", "kind", "eligibility", "cost_minor", "ended_on")
TIERS = "tiers"
LONGEST_NUMBER = 15


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"programme": programme_form(), "enrolment": enrolment_form()}


# A programme


def programme_form() -> FormSpec:
    """A loyalty programme of the book, or one to change (``programme_id``)."""
    return FormSpec(
        "programme",
        _("Loyalty programme"),
        (
            Field("name", _("Name"), required=True),
            Field("kind", _("Kind"), "choice", PROGRAMME_KINDS),
            Field(TIERS, _("Levels"), "tags", hint=_("silver 0, gold 100")),
            Field("eligibility", _("Who may"), "note"),
            Field("cost_minor", _("Cost"), "money", hint=_("of a year")),
            Field("ended_on", _("Ended"), "past_day", more=True),
        ),
        load_programme,
        save_programme,
        more_words=_("its last day"),
    )


def load_programme(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one counts points."""
    programme_id = subject.get("programme_id")
    if programme_id is None:
        return Loaded(context, {"kind": "points"})
    record = q.record("programme", programme_id)
    texts = record_texts(record, PROGRAMME, context)
    if record.tiers:
        texts[TIERS] = ", ".join(f"{name} {points}" for name, points in record.tiers)
    return Loaded(context, texts, (record,))


def save_programme(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add it or change it."""
    from planner.use_cases.loyalty import add_programme, change_programme

    values = entered.only_changed(PROGRAMME) if loaded.records else entered.given(PROGRAMME)
    if TIERS in entered.changed:
        values[TIERS] = tuple(_tier(text) for text in entered[TIERS])
    if loaded.records:
        return Call(change_programme, (loaded.records[0],), values)
    return Call(add_programme, (), values)


def _tier(text: str) -> tuple[str, int]:
    name, _space, points = text.rpartition(" ")
    if not (name.strip() and points.isascii() and points.isdigit()) or len(points) > LONGEST_NUMBER:
        words = _("{text} is no level; write a name and its points").format(text=repr(text[:40]))
        raise Refused(words, [FieldProblem(TIERS, words, text)])
    return name.strip(), int(points)


# An account in a programme


def enrolment_form() -> FormSpec:
    """An account to be taken into a programme (``account_id``); for one that is in it
    (``enrolment_id``) a line of its points, or its end."""
    return FormSpec(
        "enrolment",
        _("Loyalty programme of the account"),
        (
            Field("programme_id", _("Programme"), "choice", ("",), required=True,
                  also=("programme",)),
            Field("since_on", _("Since"), "past_day"),
            Field("points", _("Points"), "whole", hint=_("below 0 they redeem")),
            Field("reason", _("Why")),
            Field("on_date", _("On"), "past_day", hint=_("empty: today")),
            Field("correct", _("A correction"), "yes_no"),
            Field("left_on", _("Left it"), "past_day"),
        ),
        load_enrolment,
        save_enrolment,
    )  # fmt: skip


def load_enrolment(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The programmes that it is not in; what can be spent now and which level that is."""
    enrolment_id = subject.get("enrolment_id")
    if enrolment_id is None:
        account_id = subject["account_id"]
        filled, details = about(q, context, account_id)
        there = q.loyalty.of_account(account_id)
        known = [
            (str(one.id), one.name)
            for one in q.loyalty.programmes()
            if one.id not in there and one.ended_on is None
        ]
        texts = {"since_on": _("today"), **({"programme_id": known[0][0]} if known else {})}
        hints = {} if known else {"programme_id": _("the book has no other")}
        hidden = frozenset({"points", "reason", "on_date", "correct", "left_on"})
        options = {"programme_id": tuple(known) or (("", "--"),)}
        return Loaded(filled, texts, (), details, hints, hidden, options)
    record = q.record("enrolment", enrolment_id)
    filled, details = about(q, context, record.account_id)
    programme = q.record("programme", record.programme_id)
    balance = q.loyalty.balance(record.account_id, record.programme_id)
    at = level(programme.tiers, balance)
    said = _("{name}: {points} to spend").format(name=programme.name, points=max(0, balance))
    words = f"{said}, {at.tier}" if at.tier else said
    texts = {"correct": NO, **record_texts(record, ("left_on",), filled)}
    hidden = frozenset({"programme_id", "since_on"})
    return Loaded(filled, texts, (record,), (*details, words), hidden=hidden)


def save_enrolment(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Take it in, add a line to its points, or take it out."""
    from planner.use_cases.loyalty import correct_points, enrol, enter_points, leave_programme

    if not loaded.records:
        programme_id = int(entered["programme_id"])
        return Call(enrol, (subject["account_id"], programme_id, entered["since_on"]))
    record = loaded.records[0]
    of: tuple[Any, ...] = (record.account_id, record.programme_id)
    points = entered["points"]
    if points is not None and "left_on" in entered.changed:
        raise _problem("left_on", _("save the points first"))
    if "left_on" in entered.changed:
        return Call(leave_programme, (*of, entered["left_on"]))
    if points is None:
        raise _problem("points", _("say how many, or when they left it"))
    use_case = correct_points if entered["correct"] else enter_points
    return Call(use_case, (*of, points, entered["reason"] or "", entered["on_date"]))


def _problem(field: str, words: str) -> Refused:
    return Refused(words, [FieldProblem(field, words)])
