"""The forms of what was reached: a figure of an objective, value delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import NO, day_in_full, number_text
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

CONFIRMED = ("confirmed_by_id", "confirmed_on")
PROOF = ("proof", "on_date", "figure", "unit", "objective_id", *CONFIRMED, "shared")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"measurement": measurement_form(), "proof": proof_form()}


def measurement_form() -> FormSpec:
    """A figure of an objective (``objective_id``, or chosen among those of ``account_id``), or one
    to confirm or take back (``measurement_id``)."""
    return FormSpec(
        "measurement",
        _("Figure"),
        (
            Field("objective_id", _("Objective"), "choice", ("",), required=True),
            Field("actual", _("Reads"), "number", required=True),
            Field("measured_on", _("On"), "past_day"),
            Field("confirmed_by_id", _("Confirmed by"), "person", hint=_("somebody of theirs")),
            Field("confirmed_on", _("  on"), "past_day", hint=_("empty: today")),
            Field("note", _("Note"), "note"),
            Field("withdraw", _("Take it back"), "yes_no"),
        ),
        load_measurement,
        save_measurement,
    )


def load_measurement(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The objectives to choose from and today; what was measured then."""
    measurement_id, objective_id = subject.get("measurement_id"), subject.get("objective_id")
    if measurement_id is not None:
        record = q.record("measurement", measurement_id)
        goal = q.record("objective", record.objective_id)
        filled, details = about(q, context, record.account_id)
        said = _("{objective}: {actual} on {day}").format(
            objective=goal.objective,
            actual=number_text(record.actual),
            day=day_in_full(record.measured_on),
        )
        texts = {**record_texts(record, CONFIRMED, filled), "withdraw": NO}
        hidden = frozenset({"objective_id", "actual", "measured_on", "note"})
        return Loaded(filled, texts, (record,), (*details, said), hidden=hidden)
    account_id = subject.get("account_id")
    if objective_id is not None:
        account_id = q.record("objective", objective_id).account_id
    if account_id is None:
        raise KeyError("account_id")
    filled, details = about(q, context, account_id)
    goals = [(str(one.id), one.objective) for one in q.account.objectives(account_id)]
    chosen = str(objective_id) if objective_id is not None else (goals[0][0] if goals else "")
    texts = {"measured_on": _("today"), "objective_id": chosen}
    return Loaded(
        filled,
        {name: text for name, text in texts.items() if text},
        (),
        details,
        {} if goals else {"objective_id": _("the plan has none yet")},
        frozenset({"withdraw"}),
        {"objective_id": tuple(goals) or (("", "--"),)},
    )


def save_measurement(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Measure, confirm, or take back."""
    from planner.use_cases.objectives import confirm_measurement, measure, withdraw_measurement

    who, day = entered["confirmed_by_id"], entered["confirmed_on"]
    if not loaded.records:
        values = {"note": entered["note"] or None, "confirmed_by_id": who, "confirmed_on": day}
        arguments = (int(entered["objective_id"]), entered["actual"], entered["measured_on"])
        return Call(measure, arguments, values)
    record = loaded.records[0]
    if entered["withdraw"]:
        return Call(withdraw_measurement, (record.id,))
    if who is None:
        words = _("say who of theirs confirmed it")
        raise Refused(words, [FieldProblem("confirmed_by_id", words)])
    return Call(confirm_measurement, (record, who, day))


def proof_form() -> FormSpec:
    """Value delivered under the plan (``account_id``), or one to change (``proof_id``)."""
    return FormSpec(
        "proof",
        _("Value delivered"),
        (
            Field("proof", _("What"), required=True, hint=_("what they gained, in a sentence")),
            Field("figure", _("Figure"), "number"),
            Field("unit", _("Unit")),
            Field("on_date", _("On"), "past_day", required=True),
            Field("objective_id", _("Serves"), "choice", ("",)),
            Field("confirmed_by_id", _("Confirmed by"), "person", hint=_("somebody of theirs")),
            Field("confirmed_on", _("  on"), "past_day", hint=_("empty: today")),
            Field("shared", _("They see it"), "yes_no"),
            Field("withdraw", _("Take it out"), "yes_no", more=True),
        ),
        load_proof,
        save_proof,
        more_words=_("take it out of the plan"),
    )


def load_proof(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is of today."""
    proof_id = subject.get("proof_id")
    record = None if proof_id is None else q.record("proof", proof_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    goals = [(str(one.id), one.objective) for one in q.account.objectives(account_id)]
    options = {"objective_id": (("", "--"), *goals)}
    if record is None:
        texts = {"on_date": _("today"), "shared": NO}
        hidden = frozenset({"withdraw"})
        return Loaded(filled, texts, (), details, hidden=hidden, options=options)
    texts = {**record_texts(record, PROOF, filled), "withdraw": NO}
    return Loaded(filled, texts, (record,), details, options=options)


def save_proof(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add, change or take out."""
    from planner.use_cases.value import add_proof, change_proof, withdraw_proof

    if entered["withdraw"]:
        return Call(withdraw_proof, (loaded.records[0].id,))
    values = entered.only_changed(PROOF) if loaded.records else entered.given(PROOF)
    if "objective_id" in values:
        values["objective_id"] = int(values["objective_id"]) if values["objective_id"] else None
    if loaded.records:
        return Call(change_proof, (loaded.records[0],), values)
    return Call(add_proof, (subject["account_id"],), values)
