"""One call of every use case about growth, value and loyalty on the filled book."""

from __future__ import annotations

from planner.use_cases import benefits, growth, loyalty, objectives, risks, value
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, day


def growth_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    return (
        *_of_value(w, text),
        *_of_growth(w, text),
        *_of_benefits(w, text),
        *_of_loyalty(w, text),
    )


def _of_value(w: World, text: str) -> tuple[Call, ...]:
    measured = call(objectives.measure, w.objective, 3.5, day(1))
    proven = call(value.add_proof, w.account, proof="a day", on_date=day(9))
    return (
        call(objectives.measure, w.objective, 3.5, day(0), note=text, confirmed_by_id=w.maria),
        after(measured, call(objectives.confirm_measurement, -1, w.joe, day(0))),
        after(measured, call(objectives.withdraw_measurement, -1)),
        call(
            value.add_proof,
            w.account,
            proof=text,
            unit=text,
            figure=2.0,
            confirmed_by_id=w.joe,
            objective_id=w.objective,
        ),
        after(proven, call(value.change_proof, -1, proof=f"x{text}", on_date=day(5))),
        after(proven, call(value.confirm_proof, -1, w.maria)),
        after(proven, call(value.withdraw_proof, -1)),
        call(risks.close_risk, w.risk, exit=text, met=text),
    )


def _of_growth(w: World, text: str) -> tuple[Call, ...]:
    cell = call(growth.set_whitespace, w.account, w.product, "HR", state="gap")
    deal = call(growth.add_opportunity, w.account, opportunity="more", stage="lost")
    return (
        call(growth.add_product, name=f"x{text}", note=text),
        call(growth.change_product, w.product, name=f"x{text}", note=text),
        call(growth.archive_product, w.product),
        call(
            growth.set_whitespace,
            w.account,
            w.product,
            f"x{text}",
            band="red",
            state="competitor",
            competitor=f"x{text}",
            note=text,
        ),
        call(growth.set_whitespace_named, w.account, f"x{text}", f"y{text}", state="owned"),
        after(cell, call(growth.clear_whitespace, -1)),
        call(
            growth.add_opportunity,
            w.account,
            opportunity=text,
            centre=text,
            band="red",
            next_step=f"x{text}",
            next_step_on=day(-3),
            stage="proposed",
            value_minor=9,
        ),
        after(deal, call(growth.change_opportunity, -1, stage="won", centre=f"x{text}")),
    )


def _of_benefits(w: World, text: str) -> tuple[Call, ...]:
    had = call(benefits.add_benefit, w.account, kind="financial", benefit="2 % off")
    given = call(benefits.give_gesture, w.account, kind="emotional", gesture="a card")
    wanted = call(benefits.add_behaviour, w.account, behaviour="visits", ends_active=True)
    return (
        call(
            benefits.add_benefit,
            w.account,
            kind="service",
            benefit=text,
            hassle=text,
            person_id=w.maria,
            cost_minor=5,
        ),
        after(had, call(benefits.change_benefit, -1, benefit=f"x{text}")),
        after(had, call(benefits.withdraw_benefit, -1)),
        call(
            benefits.give_gesture,
            w.account,
            kind="emotional",
            gesture=text,
            reason=text,
            approver_id=w.bob,
            complaint_id=w.complaint,
            cost_minor=5,
        ),
        after(given, call(benefits.change_gesture, -1, gesture=f"x{text}")),
        call(
            benefits.add_behaviour,
            w.account,
            behaviour=text,
            metric=text,
            reward=text,
            leads_to=text,
            ends_active=True,
        ),
        after(wanted, call(benefits.change_behaviour, -1, behaviour=f"x{text}")),
        after(wanted, call(benefits.end_behaviour, -1)),
    )


def _of_loyalty(w: World, text: str) -> tuple[Call, ...]:
    return (
        call(
            loyalty.add_programme,
            name=f"x{text}",
            eligibility=text,
            kind="tiers",
            tiers=((f"a{text}", 0), (f"b{text}", 10)),
        ),
        call(loyalty.change_programme, w.programme, name=f"x{text}", ended_on=day(0)),
        call(loyalty.enrol, w.other, w.programme),
        call(loyalty.leave_programme, w.account, w.programme),
        call(loyalty.enter_points, w.account, w.programme, -10, text, day(1)),
        call(loyalty.correct_points, w.account, w.programme, -25, text),
    )
