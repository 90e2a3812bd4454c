"""The forms of success criteria and alert rules, and of setting an alert aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS
from tui.dialogs.loading import about, options, record_texts
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

CRITERION = ("name", "segment", "metric", "unit", "good", "poor", "less_is_better", "note")
RULE = ("name", "segment", "function", "advice")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {
        "criterion": criterion_form(),
        "alert_rule": rule_form(),
        "alert_answer": answer_form(),
    }


def criterion_form() -> FormSpec:
    """A success criterion, or one to change (``success_criterion_id``)."""
    return FormSpec(
        "criterion",
        _("Success criterion"),
        (
            Field("name", _("Name"), required=True),
            Field("metric", _("Metric"), required=True, hint=_("as the goals name it")),
            Field("segment", _("Accounts"), hint=_("tier:1 stage:adopting; empty: every one")),
            Field("good", _("On track at"), "number", required=True),
            Field("poor", _("Off track at"), "number", hint=_("empty: whatever is not good")),
            Field("less_is_better", _("Less is better"), "yes_no"),
            Field("unit", _("Unit"), more=True),
            Field("note", _("Note"), "note", more=True),
            Field("withdraw", _("Take it out"), "yes_no", more=True),
        ),
        load_criterion,
        save_criterion,
        more_words=_("unit · note · take it out"),
    )


def load_criterion(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values."""
    criterion_id = subject.get("success_criterion_id")
    if criterion_id is None:
        return Loaded(context, {"less_is_better": NO}, hidden=frozenset({"withdraw"}))
    record = q.record("success_criterion", criterion_id)
    texts = {**record_texts(record, CRITERION, context), "withdraw": NO}
    texts["less_is_better"] = YES if record.less_is_better else NO
    return Loaded(context, texts, (record,))


def save_criterion(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Keep it, change it, or take it out; its goals are judged at once."""
    from planner.use_cases.success_criteria import (
        add_criterion,
        archive_criterion,
        change_criterion,
    )

    if not loaded.records:
        return Call(add_criterion, (), entered.given(CRITERION))
    if entered["withdraw"]:
        return Call(archive_criterion, (loaded.records[0].id,))
    values = entered.only_changed(CRITERION)
    if "segment" in values:
        values["segment"] = values["segment"] or ""
    return Call(change_criterion, (loaded.records[0],), values)


def rule_form() -> FormSpec:
    """An alert rule, or one to change (``alert_rule_id``)."""
    return FormSpec(
        "alert_rule",
        _("Alert rule"),
        (
            Field("name", _("Name"), required=True),
            Field("segment", _("Accounts"), required=True, hint=_("tier:1 touch>45")),
            Field("function", _("For"), "choice", options(*FUNCTIONS),
                  hint=_("its seat; empty: the owner")),
            Field("advice", _("Advice"), "note", hint=_("what to do")),
            Field("withdraw", _("Take it out"), "yes_no", more=True),
        ),
        load_rule,
        save_rule,
        more_words=_("take it out"),
    )  # fmt: skip


def load_rule(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values."""
    rule_id = subject.get("alert_rule_id")
    if rule_id is None:
        return Loaded(context, hidden=frozenset({"withdraw"}))
    record = q.record("alert_rule", rule_id)
    return Loaded(context, {**record_texts(record, RULE, context), "withdraw": NO}, (record,))


def save_rule(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Keep it, change it, or take it out."""
    from planner.use_cases.alerts import add_alert_rule, archive_alert_rule, change_alert_rule

    if not loaded.records:
        return Call(add_alert_rule, (), entered.given(RULE))
    if entered["withdraw"]:
        return Call(archive_alert_rule, (loaded.records[0].id,))
    values = {name: value or None for name, value in entered.only_changed(RULE).items()}
    return Call(change_alert_rule, (loaded.records[0],), values)


def answer_form() -> FormSpec:
    """Set the alert of a rule (``alert_rule_id``) about an account (``account_id``) aside."""
    return FormSpec(
        "alert_answer",
        _("Set the alert aside"),
        (
            Field("until", _("Until"), "day", required=True),
            Field("reason", _("Why"), required=True),
        ),
        load_answer,
        save_answer,
    )


def load_answer(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The account, and which rule it is."""
    filled, details = about(q, context, subject["account_id"])
    rule = q.record("alert_rule", subject["alert_rule_id"])
    return Loaded(filled, {}, (), (*details, rule.name))


def save_answer(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Set it aside until that day."""
    from planner.use_cases.alerts import answer_alert

    values = {"until": entered["until"], "reason": entered["reason"]}
    return Call(answer_alert, (subject["account_id"], subject["alert_rule_id"]), values)
