"""The forms of the customer plan: its header, its objectives and its risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, OBJECTIVE_STATUSES, PLAN_SIZES
from tui.dialogs.loading import (
    about,
    check_one_of_us,
    me,
    numbers,
    options,
    record_texts,
    their_words,
)
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

PLAN = (
    "size", "period_start", "period_end", "north_star", "north_star_target", "next_review_on",
)  # fmt: skip
OBJECTIVE = (
    "objective", "metric", "unit", "baseline", "target", "actual", "priority", "status", "due_on",
    "owner_id", "their_owner_id", "started_on", "function", "evidence",
    "shared",
)  # fmt: skip
RISK = (
    "risk", "likelihood", "impact_minor", "owner_id", "evidence", "early_sign", "mitigation",
    "exit", "next_check_on",
)  # fmt: skip
LEVELS = ("1", "2", "3")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"plan": plan_form(), "objective": objective_form(), "risk": risk_form()}


def plan_form() -> FormSpec:
    """Start the plan of an account (``account_id``), or change its header."""
    return FormSpec(
        "plan",
        _("Customer plan"),
        (
            Field("size", _("Size"), "choice", PLAN_SIZES),
            Field("period_start", _("From"), "past_day"),
            Field("period_end", _("To"), "day"),
            Field("north_star", _("North star"), hint=_("the one figure that counts")),
            Field("north_star_target", _("  target")),
            Field("next_review_on", _("Next review"), "day"),
        ),
        load_plan,
        save_plan,
    )


def load_plan(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The header of the live plan; a starter when there is none."""
    filled, details = about(q, context, subject["account_id"])
    row = q.account.plan(subject["account_id"])
    if row is None:
        return Loaded(filled, {"size": "starter"}, (), details)
    record = q.record("plan", row.id)
    return Loaded(filled, record_texts(record, PLAN, filled), (record,), details)


def save_plan(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Start the plan, or change it."""
    from planner.use_cases.plans import change_plan, start_plan

    if loaded.records:
        return Call(change_plan, (loaded.records[0],), entered.only_changed(PLAN))
    return Call(start_plan, (subject["account_id"],), entered.given(PLAN))


def objective_form() -> FormSpec:
    """A goal for the plan (``account_id``), or one to change (``objective_id``)."""
    return FormSpec(
        "objective",
        _("Objective"),
        (
            Field("objective", _("Objective"), required=True, hint=_("what they want to reach")),
            Field("metric", _("Metric")),
            Field("unit", _("Unit")),
            Field("baseline", _("From"), "number"),
            Field("target", _("Target"), "number"),
            Field("actual", _("Now"), "number"),
            Field("due_on", _("By"), "day", hint=_("30 jun or 2026-06-30")),
            Field("status", _("Status"), "choice", OBJECTIVE_STATUSES),
            Field("priority", _("Priority"), "choice", LEVELS, hint=_("3 is highest")),
            Field("owner_id", _("Ours"), "colleague"),
            Field("their_owner_id", _("Theirs"), "person"),
            Field("started_on", _("Started"), "past_day", more=True),
            Field("function", _("Function"), "choice", options(*FUNCTIONS), more=True,
                  hint=_("whose goal it is with us")),
            Field("evidence", _("Evidence"), "note", more=True, hint=_("how we know they want it")),
            Field("shared", _("They see it"), "yes_no", more=True,
                  hint=_("in the customer's view")),
        ),
        load_objective,
        save_objective,
        more_words=_("started · function · evidence · they see it"),
    )  # fmt: skip


def load_objective(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The goal's own values; a new one is on track and mine."""
    objective_id = subject.get("objective_id")
    if objective_id is None:
        filled, details = about(q, context, subject["account_id"])
        texts = {"status": "on_track", "priority": "2", "owner_id": me(filled), "shared": NO}
        return Loaded(filled, _filled(texts), (), details)
    record = q.record("objective", objective_id)
    filled, details = about(q, context, record.account_id)
    texts = record_texts(record, OBJECTIVE, filled)
    return Loaded(filled, texts, (record,), details, prompts=their_words(record))


def save_objective(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change the goal."""
    from planner.use_cases.plans import add_objective, change_objective

    check_one_of_us(loaded, entered)
    if loaded.records:
        values = numbers(entered.only_changed(OBJECTIVE), "priority")
        return Call(change_objective, (loaded.records[0],), values)
    values = numbers(entered.given(OBJECTIVE), "priority")
    return Call(add_objective, (subject["account_id"],), values)


def risk_form() -> FormSpec:
    """A risk for the plan (``account_id``), or one to change (``risk_id``)."""
    return FormSpec(
        "risk",
        _("Risk"),
        (
            Field("risk", _("Risk"), required=True, hint=_("in a sentence")),
            Field("likelihood", _("Likely"), "choice", LEVELS, hint=_("3 is most")),
            Field("impact_minor", _("Impact"), "money", hint=_("revenue of a year")),
            Field("owner_id", _("Owner"), "colleague"),
            Field("next_check_on", _("Next check"), "day"),
            Field("evidence", _("Evidence"), "note", hint=_("what speaks for it")),
            Field("early_sign", _("Early sign"), "note"),
            Field("mitigation", _("What we do"), "note"),
            Field("exit", _("Out when"), "note"),
            Field("closed", _("Out of it"), "yes_no", hint=_("what it says above is met")),
        ),
        load_risk,
        save_risk,
    )


def load_risk(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The risk's own values; a new one is mine."""
    risk_id = subject.get("risk_id")
    if risk_id is None:
        filled, details = about(q, context, subject["account_id"])
        texts = _filled({"likelihood": "2", "owner_id": me(filled)})
        return Loaded(filled, texts, (), details, hidden=frozenset({"closed"}))
    record = q.record("risk", risk_id)
    filled, details = about(q, context, record.account_id)
    texts = {**record_texts(record, RISK, filled), "closed": NO}
    return Loaded(filled, texts, (record,), details)


def save_risk(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change the risk; one whose exit criteria are met is closed today."""
    from planner.use_cases.plans import add_risk, change_risk
    from planner.use_cases.risks import close_risk

    check_one_of_us(loaded, entered)
    if not loaded.records:
        return Call(add_risk, (subject["account_id"],), numbers(entered.given(RISK), "likelihood"))
    values = numbers(entered.only_changed(RISK), "likelihood")
    if entered["closed"]:
        return Call(close_risk, (loaded.records[0],), values)
    return Call(change_risk, (loaded.records[0],), values)


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}
