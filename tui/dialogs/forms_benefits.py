"""The forms of what a customer has for staying: a benefit, a gesture, the behaviour wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.selling import gesture_warning
from planner.vocabulary import BENEFIT_KINDS
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

BENEFIT = ("benefit", "kind", "hassle", "given_on", "cost_minor", "person_id", "programme_id")
GESTURE = (
    "gesture", "kind", "given_on", "cost_minor", "reason", "approver_id", "person_id",
    "complaint_id",
)  # fmt: skip
BEHAVIOUR = ("behaviour", "metric", "reward", "budget_minor", "leads_to", "ended_on")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"benefit": benefit_form(), "gesture": gesture_form(), "behaviour": behaviour_form()}


# A benefit


def benefit_form() -> FormSpec:
    """What they have for being our customer (``account_id``), or one to change (``benefit_id``)."""
    return FormSpec(
        "benefit",
        _("Benefit"),
        (
            Field("benefit", _("What"), required=True),
            Field("kind", _("Kind"), "choice", BENEFIT_KINDS),
            Field("hassle", _("Spares them"), hint=_("what it takes off their hands")),
            Field("given_on", _("Since"), "past_day"),
            Field("cost_minor", _("Cost"), "money"),
            Field("person_id", _("For"), "person", also=("with",)),
            Field("programme_id", _("Programme"), "choice", ("",)),
            Field("withdraw", _("Take it away"), "yes_no", more=True),
        ),
        load_benefit,
        save_benefit,
        more_words=_("take it away"),
    )


def load_benefit(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is a service, which is what most lack."""
    benefit_id = subject.get("benefit_id")
    record = None if benefit_id is None else q.record("benefit", benefit_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    known = [(str(one.id), one.name) for one in q.loyalty.programmes()]
    options = {"programme_id": (("", "--"), *known)}
    if record is None:
        hidden = frozenset({"withdraw"})
        return Loaded(filled, {"kind": "service"}, (), details, hidden=hidden, options=options)
    texts = {**record_texts(record, BENEFIT, filled), "withdraw": NO}
    return Loaded(filled, texts, (record,), details, options=options)


def save_benefit(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add it, change it, or take it away."""
    from planner.use_cases.benefits import add_benefit, change_benefit, withdraw_benefit

    if entered["withdraw"]:
        return Call(withdraw_benefit, (loaded.records[0].id,))
    values = entered.only_changed(BENEFIT) if loaded.records else entered.given(BENEFIT)
    if "programme_id" in values:
        values["programme_id"] = int(values["programme_id"]) if values["programme_id"] else None
    if loaded.records:
        return Call(change_benefit, (loaded.records[0],), values)
    return Call(add_benefit, (subject["account_id"],), values)


# A gesture


def gesture_form() -> FormSpec:
    """Something given once (``account_id``), or one to change (``gesture_id``)."""
    return FormSpec(
        "gesture",
        _("Gesture"),
        (
            Field("gesture", _("What"), required=True),
            Field("kind", _("Kind"), "choice", BENEFIT_KINDS),
            Field("reason", _("Why")),
            Field("given_on", _("On"), "past_day", required=True),
            Field("cost_minor", _("Cost"), "money"),
            Field("approver_id", _("Approved by"), "colleague"),
            Field("person_id", _("For"), "person", also=("with",)),
            Field("complaint_id", _("Answers"), "choice", ("",), also=("complaint",)),
        ),
        load_gesture,
        save_gesture,
    )


def load_gesture(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is given today. What warns against one stands above it."""
    from planner.giving import gesture_limit
    from planner.money import Money, compact

    gesture_id = subject.get("gesture_id")
    record = None if gesture_id is None else q.record("gesture", gesture_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    rows = q.complaints.of_account(account_id)
    options = {
        "complaint_id": (("", "--"), *((str(one.id), f"{one.number} {one.title}") for one in rows))
    }
    limit = gesture_limit(q.settings())
    hints = {}
    if limit is not None:
        hints["approver_id"] = _("above {amount} {currency}").format(
            amount=compact(Money(limit, context.currency)), currency=context.currency
        )
    if record is not None:
        texts = record_texts(record, GESTURE, filled)
        return Loaded(filled, texts, (record,), details, hints, options=options)
    warning = gesture_warning(
        [one.number for one in rows if one.severity == "critical" and one.resolved_on is None]
    )
    prompts = {"gesture": warning} if warning else {}
    texts = {"kind": "emotional", "given_on": _("today")}
    return Loaded(filled, texts, (), details, hints, options=options, prompts=prompts)


def save_gesture(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log it or change it; nobody is added to approve it."""
    from planner.use_cases.benefits import change_gesture, give_gesture

    values = entered.only_changed(GESTURE) if loaded.records else entered.given(GESTURE)
    if isinstance(values.get("approver_id"), str):
        words = _("no colleague answers to {name}").format(name=repr(values["approver_id"][:60]))
        raise Refused(words, [FieldProblem("approver_id", words, values["approver_id"])])
    if "complaint_id" in values:
        values["complaint_id"] = int(values["complaint_id"]) if values["complaint_id"] else None
    if loaded.records:
        return Call(change_gesture, (loaded.records[0],), values)
    return Call(give_gesture, (subject["account_id"],), values)


# The behaviour that is wanted


def behaviour_form() -> FormSpec:
    """How they should be loyal (``account_id``), or one to change (``behaviour_id``)."""
    return FormSpec(
        "behaviour",
        _("Behaviour wanted"),
        (
            Field("behaviour", _("What"), required=True, hint=_("one action to do more of")),
            Field("metric", _("Counted by")),
            Field("reward", _("Reward")),
            Field("budget_minor", _("Budget"), "money"),
            Field("leads_to", _("Leads to"), hint=_("the action after it")),
            Field("ends_active", _("Ends"), "yes_no"),
            Field("ended_on", _("Ended"), "past_day"),
        ),
        load_behaviour,
        save_behaviour,
    )


def load_behaviour(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; beside a new one stands what it would end."""
    behaviour_id = subject.get("behaviour_id")
    if behaviour_id is not None:
        record = q.record("behaviour", behaviour_id)
        filled, details = about(q, context, record.account_id)
        texts = record_texts(record, BEHAVIOUR, filled)
        return Loaded(filled, texts, (record,), details, hidden=frozenset({"ends_active"}))
    filled, details = about(q, context, subject["account_id"])
    (rows,) = q.plan.some(subject["account_id"], "behaviours")
    active = next((one.behaviour for one in rows if one.ended_on is None), None)
    if active is None:
        return Loaded(filled, {}, (), details, hidden=frozenset({"ends_active", "ended_on"}))
    hints = {"ends_active": active}
    texts = {"ends_active": NO}
    return Loaded(filled, texts, (), details, hints, frozenset({"ended_on"}))


def save_behaviour(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Set it, or change it."""
    from planner.use_cases.benefits import add_behaviour, change_behaviour

    if loaded.records:
        return Call(change_behaviour, (loaded.records[0],), entered.only_changed(BEHAVIOUR))
    values = {**entered.given(BEHAVIOUR), "ends_active": bool(entered["ends_active"])}
    return Call(add_behaviour, (subject["account_id"],), values)
