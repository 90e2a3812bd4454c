"""Opening a form by its name. What a form needs is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from planner.language import gettext as _

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.screens.book_screen import BookScreen

FORMS = {
    "touchpoint": "log_touchpoint",
    "entry": "forms_entry",
    "meeting": "forms_meeting",
    "account": "forms_account",
    "cadence": "forms_cadence",
    "snooze": "forms_cadence",
    "team": "forms_account",
    "person": "forms_person",
    "contract": "forms_contract",
    "forecast": "forms_forecast",
    "plan": "forms_plan",
    "starter": "forms_starter",
    "objective": "forms_plan",
    "plan_action": "forms_action",
    "action": "forms_action",
    "later": "forms_action",
    "hand": "forms_action",
    "risk": "forms_plan",
    "interview_bought": "forms_interview",
    "interview_stay": "forms_interview",
    "interview_exit": "forms_interview",
    "interview": "forms_interview",
    "line": "forms_line",
    "line_why_bought": "forms_line",
    "line_why_stay": "forms_line",
    "line_contact_plan": "forms_line",
    "line_growth": "forms_line",
    "line_notes": "forms_line",
    "line_reviews": "forms_line",
    "measurement": "forms_value",
    "proof": "forms_value",
    "product": "forms_growth",
    "whitespace": "forms_growth",
    "opportunity": "forms_growth",
    "benefit": "forms_benefits",
    "gesture": "forms_benefits",
    "request": "forms_request",
    "celebration": "forms_celebration",
    "advocacy": "forms_celebration",
    "purchase": "forms_purchase",
    "behaviour": "forms_benefits",
    "programme": "forms_loyalty",
    "enrolment": "forms_loyalty",
    "renewal": "forms_renewal",
    "offer_section": "forms_section",
    "pulse": "forms_pulse",
    "signal": "forms_heard",
    "signal_close": "forms_heard",
    "survey": "forms_heard",
    "survey_close": "forms_improvement",
    "improvement": "forms_improvement",
    "improvement_step": "forms_improvement",
    "calendar": "forms_calendar",
    "criterion": "forms_rules",
    "alert_rule": "forms_rules",
    "alert_answer": "forms_rules",
    "incident": "forms_incident",
    "incident_touch": "forms_incident",
    "incident_told": "forms_incident",
    "incident_message": "forms_incident",
    "incident_end": "forms_incident",
    "complaint": "forms_complaint",
    "complaint_step": "forms_complaint",
    "complaint_note": "forms_complaint_more",
    "complaint_decline": "forms_complaint_more",
    "complaint_withdraw": "forms_complaint_more",
    "complaint_merge": "forms_complaint_more",
}
"""Form by name to the module whose ``specs`` hold it."""


def open_form(
    screen: BookScreen,
    name: str,
    *,
    preset: Mapping[str, str] | None = None,
    then: Callable[[Done], None] | None = None,
    **subject: int | None,
) -> None:
    """Open a form over a screen. Subjects are ids: ``account_id=`` for a new record of an account,
    the record's own (``person_id=``, ``contract_id=``, ``action_id=``, ...) to change one.

    ``preset`` are texts carried over, by field; ``then`` hears of what was saved. In a read-only
    book nothing opens, and a line says why. Raises ``KeyError`` for a name that no form has.
    """
    facts = screen.trust.facts
    if facts is None:
        return
    if facts.read_only:
        screen.say(_("This book is read-only: nothing can be saved."), warn=True)
        return
    from tui.dialogs.form import FormScreen
    from tui.dialogs.spec import Subject

    spec = import_module(f"tui.dialogs.{FORMS[name]}").specs()[name]
    if name == "complaint" and subject.get("complaint_id") is None and then is None:
        from tui.screens.incident_offer import offer_incident

        then = partial(offer_incident, screen)
    ids = {key: value for key, value in subject.items() if value is not None}
    screen.app.push_screen(FormScreen(spec, Subject(ids, dict(preset or {})), then))
