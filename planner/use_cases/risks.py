"""The end of a risk: its exit criteria are written down and met."""

from __future__ import annotations

from datetime import date

from planner.language import gettext as _
from planner.plans import Risk
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_day_not_future, refuse


def close_risk(
    uow: UnitOfWork,
    record: Risk | int,
    *,
    exit: str | None = None,  # noqa: A002 - the field's name
    evidence: str | None = None,
    on: date | None = None,
) -> Risk:
    """Close a risk whose exit criteria are met, today by default.

    Refused while nobody wrote down when it is over; ``exit`` does that in the same step.
    ``evidence``: how one can tell that they are met; it is added to the evidence of the risk.
    """
    before = uow.risks.get(record) if isinstance(record, int) else record
    if before.closed_on is not None:
        raise refuse("risk", _("it is closed already"))
    criteria = exit if exit is not None else before.exit
    if not (criteria or "").strip():
        raise refuse("exit", _("say when the risk is over before it is closed"))
    day = on or uow.today
    check_day_not_future(uow, day, "closed_on")
    fields = {"closed_on": day, "exit": criteria, "next_check_on": None}
    if evidence is not None and evidence.strip():
        fields["evidence"] = "\n".join(part for part in (before.evidence, evidence) if part)
    after = change(uow.risks, before, fields)[1]
    uow.say(_("closed the risk: {risk}").format(risk=after.risk), after.account_id)
    return after
