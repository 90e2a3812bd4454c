"""The four starter facts of an account and a risk on one screen: saved, its plan is active."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.readiness import STARTER_FACTS, starter_missing
from planner.vocabulary import ROLES
from tui.dialogs.loading import about, check_one_of_us, me, options
from tui.dialogs.names import match
from tui.dialogs.reading import candidates
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject, Texts

if TYPE_CHECKING:
    from tui.composition import BookQueries

GOAL = {"objective": "objective", "metric": "metric", "baseline": "baseline", "target": "target",
        "goal_due_on": "due_on"}  # fmt: skip
CONTRACT = {"end_on": "end_on", "arr_minor": "arr_minor"}
ACTION = {"action": "action", "due_on": "due_on", "done_means": "done_means"}
"""Fields of the form to those of the record that they make."""
FIELDS_OF = {
    "goal": tuple(GOAL),
    "key_people": ("person", "role"),
    "contract_end": tuple(CONTRACT),
    "next_action": tuple(ACTION),
}
"""The fields that ask for each of the four facts."""


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"starter": starter_form()}


def starter_form() -> FormSpec:
    """What the account (``account_id``) lacks of the four facts, and a risk."""
    return FormSpec(
        "starter",
        _("Starter plan"),
        (
            Field("objective", _("Goal"), required=True, also=("goal", "goals"),
                  hint=_("what they want to reach")),
            Field("metric", _("  metric"), hint=_("what it is measured by")),
            Field("baseline", _("  from"), "number", hint=_("where it stands now")),
            Field("target", _("  target"), "number", required=True, hint=_("the number to reach")),
            Field("goal_due_on", _("  by"), "day", hint=_("30 jun or 2026-06-30")),
            Field("person", _("Key person"), required=True, also=("name", "stakeholders")),
            Field("role", _("  role"), "choice", options(*ROLES), required=True),
            Field("end_on", _("Contract end"), "day", required=True, also=("renewal",),
                  hint=_("its last day")),
            Field("arr_minor", _("  a year"), "money", required=True,
                  hint=_("revenue of one year")),
            Field("action", _("Next action"), required=True, also=("actions",)),
            Field("due_on", _("  by"), "day", required=True, hint=_("fri, 3d or 1 dec")),
            Field("done_means", _("  done means"), required=True,
                  hint=_("how we know that it is done")),
            Field("owner_id", _("Ours"), "colleague", required=True,
                  hint=_("who of us keeps it")),
            Field("risk", _("Risk"), hint=_("in a sentence, optional")),
        ),
        load_starter,
        save_starter,
        describe=who_is_meant,
    )  # fmt: skip


def load_starter(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Hide what is known already. Refused for an active plan that lacks nothing."""
    account_id = subject["account_id"]
    filled, details = about(q, context, account_id)
    people = [one for one in q.people.of_account(account_id) if not one.left_on]
    here = {one.id for one in people}
    filled = replace(filled, people=tuple(one for one in filled.people if one.id in here))
    plan, contracts = q.account.plan(account_id), q.account.contracts(account_id)
    active = [one for one in contracts if one.status == "active"]
    missing = starter_missing(
        goals=len(q.account.objectives(account_id)),
        key_people=sum(1 for one in people if one.roles),
        contract_end=next((date.fromisoformat(one.end_on) for one in active if one.end_on), None),
        next_actions=len(q.account.open_actions(account_id)),
    )
    if plan is not None and plan.status != "draft" and not missing:
        raise Refused(_("The plan is active and lacks none of the four facts."))
    known = set(STARTER_FACTS) - set(missing)
    hidden = {name for fact in known for name in FIELDS_OF[fact]}
    lacking = next((one for one in active if not one.end_on), None)
    hints = {}
    if lacking is not None:
        hidden.add("arr_minor")
        hints["end_on"] = _("last day of {contract}").format(contract=lacking.name)
    texts = {"owner_id": me(filled)} if me(filled) else {}
    return Loaded(filled, texts, (), details, hints=hints, hidden=frozenset(hidden))


def who_is_meant(name: str, texts: Texts, context: Context) -> str:
    """Whether the key person is one of the account's, or is added."""
    typed = texts.get("person", "")
    if name != "person":
        return ""
    if not typed.strip():
        known = candidates(context.people)
        return _("there: {people}").format(people=known) if known else _("their name")
    found = match(typed, context.people)
    if not found.found:
        return _("not known: is added")
    return found.one.label if found.one is not None else candidates(found.found)


def save_starter(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Start, fill and activate the plan in one step."""
    from planner.use_cases.starter import start_and_fill

    check_one_of_us(loaded, entered)
    return Call(
        start_and_fill,
        (subject["account_id"],),
        {
            "goal": _record(entered, GOAL),
            "person": _person(entered, loaded.context),
            "contract": _record(entered, CONTRACT),
            "action": _record(entered, ACTION),
            "risk": entered["risk"],
            "owner_id": entered["owner_id"],
        },
    )


def _record(entered: Entered, names: dict[str, str]) -> dict[str, Any]:
    return {names[name]: value for name, value in entered.given(names).items()}


def _person(entered: Entered, context: Context) -> dict[str, Any]:
    typed = entered["person"]
    if not typed:
        return {}
    found = match(typed, context.people)
    if found.one is not None:
        return {"person_id": found.one.id, "roles": (entered["role"],)}
    if found.found:
        words = _("{name} can be {candidates}; write more of the name").format(
            name=repr(found.typed[:60]), candidates=candidates(found.found)
        )
        raise Refused(words, [FieldProblem("person", words, typed)])
    return {"name": typed, "roles": (entered["role"],)}
