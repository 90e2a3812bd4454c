"""The forms of what is owed: a follow-up, an action of the plan, another day, another owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import SIDES
from tui.dialogs.loading import (
    about,
    check_one_of_us,
    me,
    record_texts,
    their_words,
    with_actions,
)
from tui.dialogs.pressure_line import with_outreach_line
from tui.dialogs.reading import NO, day_in_full
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = (
    "action", "side", "owner_id", "their_owner_id", "starts_on", "due_on", "depends_on",
    "done_means", "promised", "shared",
)  # fmt: skip
HANDED = ("action_id", "complaint_id", "account_id")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {
        "action": action_form(),
        "plan_action": plan_action_form(),
        "later": later_form(),
        "hand": hand_form(),
    }


def action_form() -> FormSpec:
    """A follow-up of an account (``account_id``), or one to change (``action_id``)."""
    return FormSpec(
        "action",
        _("Follow-up"),
        (
            Field("action", _("What"), required=True),
            Field("side", _("Who owes it"), "choice", SIDES),
            Field("owner_id", _("Ours"), "colleague"),
            Field("their_owner_id", _("Theirs"), "person", hint=_("then it is shared")),
            Field("due_on", _("By"), "day", hint=_("fri, 3d or 1 dec")),
            Field("promised", _("Promised"), "yes_no"),
            Field("done_means", _("Done means"), more=True),
            Field("starts_on", _("Starts"), "day", more=True),
            _depends_on(),
            Field("shared", _("They see it"), "yes_no", more=True),
        ),
        load_action,
        save_action,
        more_words=_("what done means · starts · after which others · whether they see it"),
    )


def plan_action_form() -> FormSpec:
    """An action of the plan (``account_id``), or one to change (``action_id``)."""
    return FormSpec(
        "plan_action",
        _("Action of the plan"),
        (
            Field("action", _("What"), required=True),
            Field("owner_id", _("Owner"), "colleague", required=True, hint=_("one of us")),
            Field("due_on", _("By"), "day", required=True, hint=_("fri, 3d or 1 dec")),
            Field("done_means", _("Done means"), required=True),
            Field("their_owner_id", _("With"), "person", hint=_("then it is shared")),
            Field("side", _("Who owes it"), "choice", SIDES, more=True),
            Field("starts_on", _("Starts"), "day", more=True),
            _depends_on(),
            Field("promised", _("Promised"), "yes_no", more=True),
            Field("shared", _("They see it"), "yes_no", more=True),
        ),
        load_action,
        save_plan_action,
        more_words=_("who owes it · starts · after which others · promised · whether they see it"),
    )


def _depends_on() -> Field:
    hint = _("words of other actions")
    return Field("depends_on", _("After"), "actions", more=True, hint=hint, also=("depends",))


def load_action(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The action's own values; a new one is mine and not promised."""
    action_id = subject.get("action_id")
    if action_id is None:
        filled, details = about(q, context, subject["account_id"])
        filled = with_actions(q, filled, subject["account_id"])
        texts = {"side": "we", "promised": NO, "shared": NO}
        if me(filled):
            texts["owner_id"] = me(filled)
        person_id = subject.get("person_id")
        theirs = next((one.label for one in filled.people if one.id == person_id), "")
        if theirs:
            texts["their_owner_id"] = theirs
        return with_outreach_line(q, Loaded(filled, texts, (), details), subject["account_id"])
    record = q.record("action", action_id)
    filled, details = about(q, context, record.account_id)
    filled = with_actions(q, filled, record.account_id, action_id)
    texts = record_texts(record, NAMES, filled)
    loaded = Loaded(filled, texts, (record,), details, prompts=their_words(record))
    return with_outreach_line(q, loaded, record.account_id)


def save_action(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change the follow-up."""
    from planner.use_cases.mutual_plan import add_follow_up, change_mutual_action

    check_one_of_us(loaded, entered)
    if loaded.records:
        return Call(change_mutual_action, (loaded.records[0],), entered.only_changed(NAMES))
    return Call(add_follow_up, (subject["account_id"],), _new(entered))


def save_plan_action(q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change the action of the plan."""
    from planner.use_cases.mutual_plan import add_mutual_action

    if loaded.records:
        return save_action(q, subject, loaded, entered)
    check_one_of_us(loaded, entered)
    return Call(add_mutual_action, (subject["account_id"],), _new(entered))


def _new(entered: Entered) -> dict[str, Any]:
    values = entered.given(NAMES)
    if "shared" not in entered.changed:
        values.pop("shared", None)
    if values.get("side") == "they" and "owner_id" not in entered.changed:
        values.pop("owner_id", None)
    return values


def later_form() -> FormSpec:
    """Another day for an action (``action_id``), with the reason."""
    return FormSpec(
        "later",
        _("Later"),
        (
            Field("to", _("To"), "day", required=True, also=("due", "due_on")),
            Field("reason", _("Why"), required=True, also=("later_reason",)),
        ),
        load_later,
        save_later,
    )


def load_later(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The day it is due now, as a hint."""
    record = q.record("action", subject["action_id"])
    due = day_in_full(record.due_on) if record.due_on else _("no day yet")
    return Loaded(context, {}, (record,), (record.action,), {"to": _("now {day}").format(day=due)})


def save_later(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Move the action."""
    from planner.use_cases.actions import postpone_action

    values = {"to": entered["to"], "reason": entered["reason"]}
    return Call(postpone_action, (loaded.records[0],), values)


def hand_form() -> FormSpec:
    """Another owner of an action, a complaint or an account (``action_id``, ``complaint_id``,
    ``account_id``)."""
    return FormSpec(
        "hand",
        _("Hand over"),
        (
            Field("owner_id", _("To"), "colleague", required=True, also=("owner",)),
            Field("note", _("Note"), hint=_("what they should know")),
        ),
        load_hand,
        save_hand,
    )


def load_hand(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Who owns it now, as a hint."""
    from tui.dialogs.loading import label, with_colleagues

    filled = with_colleagues(q, context)
    kind = next(name for name in HANDED if subject.get(name) is not None)
    record = q.record(kind.removesuffix("_id"), subject[kind])
    title = {"action_id": "action", "complaint_id": "title", "account_id": "name"}[kind]
    now = label(filled.colleagues, record.owner_id) or _("nobody")
    hints = {"owner_id": _("now {name}").format(name=now)}
    hidden = frozenset() if kind == "complaint_id" else frozenset({"note"})
    return Loaded(filled, {}, (record,), (getattr(record, title),), hints, hidden=hidden)


def save_hand(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Hand it over."""
    from planner.use_cases.accounts import change_account
    from planner.use_cases.actions import hand_over_action
    from planner.use_cases.complaint_handing import hand_complaint

    values = {"owner_id": entered["owner_id"]}
    if subject.get("action_id") is not None:
        return Call(hand_over_action, (loaded.records[0],), values)
    if subject.get("complaint_id") is not None:
        return Call(hand_complaint, (loaded.records[0],), {**values, "note": entered["note"]})
    return Call(change_account, (loaded.records[0],), values)
