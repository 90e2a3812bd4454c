"""A plan at its largest: 5 objectives, 12 stakeholders, 40 actions, 20 risks, 200 versions."""

from __future__ import annotations

from typing import Any

from db.book import Book
from planner.use_cases.accounts import add_account
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import (
    add_objective,
    add_plan_action,
    add_risk,
    change_risk,
    start_plan,
)
from planner.use_cases.team import add_colleague, name_team
from planner.use_cases.touchpoints import log_touchpoint
from planner.vocabulary import FUNCTIONS, ROLES, STANCES
from tests.makers import at, day

OBJECTIVES, STAKEHOLDERS, ACTIONS, RISKS, VERSIONS = 5, 12, 40, 20, 200


def full_plan(book: Book, owner: str = "Ann") -> int:
    """Fill an account with such a plan; returns its id."""

    def run(use_case: Any, *args: Any, **fields: Any) -> Any:
        return book.run(use_case, *args, **fields).result

    ann = run(add_colleague, name=owner, function="success").id
    account: int = run(add_account, name="Whole Plan AB", tier=1, owner_id=ann).id
    run(name_team, account, dict.fromkeys(FUNCTIONS, ann))
    run(add_contract, account, arr_minor=24_000_000, start_on=day(300), end_on=day(-65),
        notice_days=30)  # fmt: skip
    run(log_complaint, account, title="wrong parts", when=at(2), response_target=240)
    run(start_plan, account, "full", north_star="on-time deliveries", north_star_target="97 %",
        period_start=day(100), period_end=day(-265))  # fmt: skip
    boss = None
    for number in range(STAKEHOLDERS):
        boss = run(
            add_person, account, name=f"Person {number}", department=f"Department {number % 3}",
            part={"roles": (ROLES[number % 5],), "influence": number % 3 + 1,
                  "stance": STANCES[number % 5], "reports_to_id": boss if number % 4 else None},
        )[0].id  # fmt: skip
    run(log_touchpoint, account, kind="call", when=at(1), person_ids=[boss], note="savings")
    for number in range(OBJECTIVES):
        run(add_objective, account, objective=f"Fewer returns at site {number}", owner_id=ann,
            baseline=4.0, target=2.0, actual=3.0, due_on=day(-30 - number),
            function=FUNCTIONS[number % 4] if number else None)  # fmt: skip
    for number in range(ACTIONS):
        run(add_plan_action, account, action=f"Show the savings of site {number}", owner_id=ann,
            due_on=day(-1 - number), done_means="they say so in writing")  # fmt: skip
    risks = [
        run(add_risk, account, risk=f"Finance asks for proof at site {number}", owner_id=ann,
            early_sign="two meetings skipped", exit="the buyer confirmed", impact_minor=10_000_00)
        for number in range(RISKS)
    ]  # fmt: skip
    made = len(book.queries().versions.history(account).versions)
    for number in range(VERSIONS - made):
        run(change_risk, risks[number % RISKS].id, likelihood=(number // RISKS) % 3 + 1)
    return account
