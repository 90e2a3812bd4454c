"""Where a duty of Today stands in its account, and how its line goes away. Pure."""

from __future__ import annotations

from planner.language import gettext as _
from planner.views.today import Duty

LINES = {"risk": "risk", "opportunity": "opportunity", "measure": "objective"}
"""Kinds of duties to the lines of the plan that they stand on."""


def place_of(duty: Duty) -> tuple[str, str | None]:
    """The tab and the line that Enter goes to."""
    if duty.kind == "milestone":
        return "money", f"contract:{duty.row_id}"
    if duty.kind in LINES:
        return "plan", f"{LINES[duty.kind]}:{duty.row_id}"
    if duty.section is not None:
        return "plan", f"section:{duty.section}"
    return ("plan" if duty.kind in ("review", "starter") else "overview"), None


def how_to_end(duty: Duty) -> str:
    """What to do about a duty that is no action."""
    decided = _("This line goes when the contract says what was decided: Enter opens it.")
    return {
        "complaint": _("A complaint moves on its own page: Enter opens the account."),
        "contact": _(
            "This line goes when you log a two-way touchpoint: t logs one; z lets it rest."
        ),
        "notice": decided,
        "renewal": decided,
        "starter": _("This line goes when the four facts are there: Enter asks for them."),
        "milestone": _("Enter opens the contract; d on its step there says it is done."),
        "risk": _("This line goes when the risk has a later check, or is closed: Enter opens it."),
        "opportunity": _(
            "This line goes when the opportunity has a later step, or is closed: Enter opens it."
        ),
        "qbr": _("This line goes when a quarterly review is logged, or planned: Enter opens them."),
        "review": _("This line goes when the review is held: Enter opens the plan."),
        "offer": _("Enter opens the section; the menu (:) accepts or declines it from here."),
        "handed": _("d takes it over; the menu (:) declines it, and its owner reads why."),
        "section": _("x says that the section is still true; Enter opens it to fill it in."),
        "measure": _("This line goes when the goal was measured: Enter opens it."),
        "sign": _("Enter opens the signatures; the menu (:) signs from here."),
        "interview": _("This line goes when they were asked: Enter opens why they stay."),
        "celebration": _("d says that it was celebrated; the line comes back when it is next."),
        "improvement": _("This line goes when it is done or given up: d asks which."),
        "incident": _("d says that they were told; the menu (:) shows the incidents."),
        "survey": _("d says that the survey was sent; z another day, o hands it over."),
        "alert": _("z sets this alert aside until a day; Enter opens the account."),
        "gap": _("This line goes when the function has a person: Enter opens the team."),
    }.get(duty.kind, _("Enter opens the account."))
