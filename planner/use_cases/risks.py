"""The end of a risk: its exit criteria are written down and met."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.language import gettext as _
from planner.plans import Risk
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_day_not_future, refuse


def close_risk(
    uow: UnitOfWork,
    record: Risk | int,
    *,
    met: str | None = None,
    on: date | None = None,
    **fields: Any,
) -> Risk:
    """Close a risk whose exit criteria are met, today by default.

    Refused while nobody wrote down when it is over; ``fields`` are other changes of the same step,
    so ``exit`` too. ``met``: how one can tell; it is added to the evidence of the risk.
    """
    before = uow.risks.get(record) if isinstance(record, int) else record
    if before.closed_on is not None:
        raise refuse("risk", _("it is closed already"))
    if not (fields.get("exit", before.exit) or "").strip():
        raise refuse("exit", _("say when the risk is over before it is closed"))
    day = on or uow.today
    check_day_not_future(uow, day, "closed_on")
    if met is not None and met.strip():
        known = fields.get("evidence", before.evidence)
        fields["evidence"] = "\n".join(part for part in (known, met) if part)
    after = change(uow.risks, before, {**fields, "closed_on": day, "next_check_on": None})[1]
    uow.say(_("closed the risk: {risk}").format(risk=after.risk), after.account_id)
    return after
