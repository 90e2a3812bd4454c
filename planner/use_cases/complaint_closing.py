"""How a complaint ends and comes back: what is wanted at closing, when it may be reopened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.complaints import Complaint
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import refuse

LEARNED_FROM = ("high", "critical")
"""Severities of which a closed complaint names its cause and why."""
MOST_WHYS = 5
REOPEN_DAYS = 365
"""Days after closing up to which a complaint is reopened; later a new one is logged and linked."""


def check_closing(complaint: Complaint, values: Mapping[str, Any]) -> None:
    """Refuse to close a complaint of which it is not said what its customer was given.

    High and critical ones also name a cause and at least one why. ``values``: what the closing
    changes. Raises ``Refused`` that names the first field that is missing.
    """
    if len(values.get("whys") or ()) > MOST_WHYS:
        raise refuse("whys", _("five at most: keep those that lead to the cause"))
    after = complaint.changed(**values)
    if not (after.remedy_given or "").strip():
        raise refuse("remedy_given", _("say what they were given, or why nothing was"))
    if after.severity not in LEARNED_FROM:
        return
    if not (after.root_cause or "").strip():
        raise refuse("root_cause", _("a high or critical complaint is closed with its cause"))
    if not after.whys:
        raise refuse("whys", _("ask why at least once, up to five times, each on its own line"))


def check_reopening(uow: UnitOfWork, complaint: Complaint, reason: str | None) -> str:
    """The reason for a reopening. Raises ``Refused`` without one, or long after the closing."""
    said = (reason or "").strip()
    if not said:
        raise refuse("reopen_reason", _("say why it is open again"))
    closed = complaint.resolved_on
    if closed is not None and (uow.today - closed).days > REOPEN_DAYS:
        words = _(
            "{number} was closed on {day}, over {days} days ago: log a new one and link it to this"
        )
        raise refuse(
            "stage",
            words.format(number=complaint.number, day=closed.isoformat(), days=REOPEN_DAYS),
        )
    return said
