"""One call of every use case about success criteria and rule alerts on the filled book."""

from __future__ import annotations

from planner.use_cases import alerts, plans, success_criteria
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, day


def rule_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    levels = {"metric": text, "unit": text, "good": 3.0, "poor": 1.0, "note": text}
    name = f"first {ascii(text)[:80]}"
    stored = {**levels, "metric": "m", "unit": None, "note": None}
    first = call(success_criteria.add_criterion, name=name, segment="tier:1,2", **stored)
    rule = call(alerts.add_alert_rule, name=name, segment="complaints>0", function="sales")
    fits = call(success_criteria.add_criterion, name=name, **{**stored, "metric": "returns"})
    by_hand = call(plans.change_objective, w.objective, metric="returns", actual=0.5,
                   status="on_track")  # fmt: skip
    return (
        call(success_criteria.add_criterion, name=f"x{text}", **levels),
        after(first, call(success_criteria.change_criterion, -1, name=f"y{text}", poor=None)),
        after(first, call(success_criteria.archive_criterion, -1)),
        Call(success_criteria.apply_criteria, (w.account,), {"by_hand": True}, (fits, by_hand)),
        call(alerts.add_alert_rule, name=f"x{text}", segment="-touch<9 tier:1", advice=text),
        after(rule, call(alerts.change_alert_rule, -1, name=f"y{text}", advice=text)),
        after(rule, call(alerts.archive_alert_rule, -1)),
        after(rule, call(alerts.answer_alert, w.account, -1, until=day(-5), reason=f"x{text}")),
    )  # fmt: skip
