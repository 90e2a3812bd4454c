"""The plan of an account as one JSON document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.cli.output import identity, money_document

if TYPE_CHECKING:
    from planner.views.account import (
        AccountPage,
        ActionRow,
        ContractRow,
        ObjectiveRow,
        PersonRow,
        RiskRow,
    )
    from planner.views.plan import PlanPage

LISTS = ("sections", "sign_offs", "entries", "interviews", "measurements", "proofs", "seats",
         "milestones", "whitespace", "opportunities", "benefits", "gestures", "behaviours",
         "enrolments", "advocacy")  # fmt: skip
"""What the plan's page adds as lists of its own; the rest goes to the record it belongs to."""


def plan_document(
    page: AccountPage, plan: PlanPage | None, today: date, currency: str
) -> dict[str, Any]:
    """The whole plan with the records that it is made of."""
    document = _of_account(page, today, currency)
    if plan is None:
        return document
    document["plan"] |= _row(plan.header, currency)
    document["objectives"] = _joined(document["objectives"], plan.objectives, "id", currency)
    document["people"] = _joined(document["people"], plan.stakeholders, "person_id", currency)
    document["contracts"] = _joined(document["contracts"], plan.renewals, "contract_id", currency)
    document["risks"] = _joined(document["risks"], plan.risks, "id", currency)
    document["actions"] = _joined(document["actions"], plan.actions, "id", currency)
    known = {row["id"] for row in document["actions"]}
    document["done_actions"] = [
        _row(row, currency)
        for row in plan.actions
        if row.status == "done" and identity(row.id) not in known
    ]
    document |= {name: [_row(row, currency) for row in getattr(plan, name)] for name in LISTS}
    document["last_shared_on"] = plan.share.shared_on if plan.share else None
    return document


def _joined(
    records: list[dict[str, Any]], more: Iterable[Any], key: str, currency: str
) -> list[dict[str, Any]]:
    """Each record with what the plan's page adds to it; what it says already stays."""
    added = {identity(getattr(row, key)): _row(row, currency) for row in more}
    for found in added.values():
        found.pop("person_id" if key == "person_id" else "contract_id", None)
    return [{**added.get(record["id"], {}), **record} for record in records]


def _row(row: Any, currency: str) -> dict[str, Any]:
    """A row by its field names: ids are text, money has its currency."""
    money = getattr(row, "currency", None) or currency
    document: dict[str, Any] = {}
    for name, value in row._asdict().items():
        if name.endswith("_minor"):
            document[name.removesuffix("_minor")] = money_document(value, money)
        elif name == "id" or name.endswith("_id"):
            document[name] = identity(value)
        elif name == "depends_on":
            document[name] = [identity(one) for one in value]
        else:
            document[name] = list(value) if isinstance(value, tuple) else value
    if hasattr(row, "tier"):
        document["tier"] = row.tier
    return document


def _of_account(page: AccountPage, today: date, currency: str) -> dict[str, Any]:
    return {
        "account": {"id": identity(page.head.id), "name": page.head.name},
        "as_of": today.isoformat(),
        "plan": _header(page),
        "objectives": [_objective(row) for row in page.objectives],
        "people": [_person(row) for row in _key_people(page)],
        "team": {seat.function: seat.colleague for seat in page.team},
        "contracts": [_contract(row) for row in page.contracts],
        "risks": [_risk(row, currency) for row in page.risks],
        "actions": [_action(row) for row in page.actions],
    }


def _header(page: AccountPage) -> dict[str, Any] | None:
    plan = page.plan
    if plan is None:
        return None
    names = ("size", "status", "period_start", "period_end", "north_star", "north_star_target",
             "next_review_on", "started_on", "activated_on", "readiness")  # fmt: skip
    return {"id": identity(plan.id), **{name: getattr(plan, name) for name in names}}


def _key_people(page: AccountPage) -> list[PersonRow]:
    return [row for row in page.people if row.roles and row.left_on is None]


def _objective(row: ObjectiveRow) -> dict[str, Any]:
    names = ("objective", "metric", "unit", "baseline", "target", "actual", "priority", "status",
             "due_on", "owner", "their_owner")  # fmt: skip
    return {"id": identity(row.id), **{name: getattr(row, name) for name in names}}


def _person(row: PersonRow) -> dict[str, Any]:
    return {
        "id": identity(row.id),
        "name": row.name,
        "title": row.title,
        "roles": list(row.roles),
        "influence": row.influence,
        "stance": row.stance,
        "last_two_way": row.last_two_way_on,
    }


def _contract(row: ContractRow) -> dict[str, Any]:
    names = ("name", "start_on", "end_on", "notice_on", "auto_renew", "status", "forecast",
             "decided_on")  # fmt: skip
    return {
        "id": identity(row.id),
        **{name: getattr(row, name) for name in names},
        "arr": money_document(row.arr_minor, row.currency),
    }


def _risk(row: RiskRow, currency: str) -> dict[str, Any]:
    names = ("risk", "likelihood", "owner", "early_sign", "exit", "next_check_on")
    return {
        "id": identity(row.id),
        **{name: getattr(row, name) for name in names},
        "impact": money_document(row.impact_minor, currency),
    }


def _action(row: ActionRow) -> dict[str, Any]:
    names = ("action", "side", "owner", "their_owner", "due_on", "done_means", "promised",
             "shared", "status", "origin")  # fmt: skip
    return {"id": identity(row.id), **{name: getattr(row, name) for name in names}}
