"""Everything that a whole plan shows beyond the account's page, asked in one go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from db.engine import Connection
from db.frame import Frame
from db.queries.growth import OPPORTUNITY, PRODUCTS
from db.queries.rules import CRITERIA
from planner.views import plan as rows
from planner.views.rules import CriterionRow

R = TypeVar("R")


def _person(alias: str) -> str:
    return f"COALESCE(NULLIF({alias}.name, ''), {alias}.email, {alias}.phone)"


LIVE_PLAN = (
    "(SELECT id FROM plan WHERE account_id = :id AND archived_at IS NULL AND status <> 'closed')"
)
QUESTIONS: dict[str, tuple[type[Any], str]] = {
    "header": (rows.PlanHeader, """
SELECT p.id, p.version, p.template, p.sponsor_id, c.name AS sponsor, p.meeting_rhythm,
  p.required_roles, p.review_every_days
FROM plan p LEFT JOIN colleague c ON c.id = p.sponsor_id
WHERE p.account_id = :id AND p.archived_at IS NULL AND p.status <> 'closed'"""),
    "sections": (rows.SectionRow, f"""
SELECT s.id, s.section, s.added, s.still_true_on, s.owner_id, c.name AS owner, s.offered_to_id,
  o.name AS offered_to, s.offered_on
FROM section s LEFT JOIN colleague c ON c.id = s.owner_id
LEFT JOIN colleague o ON o.id = s.offered_to_id
WHERE s.account_id = :id AND s.archived_at IS NULL AND s.plan_id = {LIVE_PLAN} ORDER BY s.id"""),
    "sign_offs": (rows.SignOffRow, f"""
SELECT s.id, s.function, s.colleague_id, c.name AS colleague, s.signed_on, s.content
FROM sign_off s LEFT JOIN colleague c ON c.id = s.colleague_id
WHERE s.account_id = :id AND s.archived_at IS NULL AND s.plan_id = {LIVE_PLAN}
ORDER BY s.signed_on, s.id"""),
    "entries": (rows.EntryRow, f"""
SELECT e.id, e.section, e.field, e.entry, e.source, e.interview_id, e.person_id,
  {_person("p")} AS person, e.colleague_id, c.name AS colleague, e.function, e.channel, e.topic,
  e.driver, e.on_date, e.to_date, e.told_on, e.closed_on
FROM entry e LEFT JOIN person p ON p.id = e.person_id LEFT JOIN colleague c ON c.id = e.colleague_id
WHERE e.account_id = :id AND e.archived_at IS NULL
  AND (e.plan_id IS NULL OR e.plan_id = {LIVE_PLAN}) ORDER BY e.id"""),
    "interviews": (rows.InterviewRow, f"""
SELECT i.id, i.kind, i.touchpoint_id, i.person_id, {_person("p")} AS person, i.held_on, i.reason,
  i.reason_detail, i.stated_reason, i.root_cause, i.evidence, i.win_back_on
FROM interview i LEFT JOIN person p ON p.id = i.person_id
WHERE i.account_id = :id AND i.archived_at IS NULL ORDER BY i.held_on, i.id"""),
    "objectives": (rows.ObjectiveMore, f"""
SELECT o.id, o.function, o.shared, o.evidence, o.started_on, o.actual_on, o.achieved_on, o.owner_id,
  o.their_owner_id, o.criterion_id, o.status_by_hand
FROM objective o WHERE o.account_id = :id AND o.archived_at IS NULL AND o.status <> 'dropped'
  AND o.plan_id = {LIVE_PLAN} ORDER BY o.priority DESC, o.id"""),
    "measurements": (rows.MeasurementRow, f"""
SELECT m.id, m.objective_id, m.actual, m.measured_on, m.confirmed_on,
  {_person("p")} AS confirmed_by, m.note
FROM measurement m JOIN objective o ON o.id = m.objective_id
LEFT JOIN person p ON p.id = m.confirmed_by_id
WHERE m.account_id = :id AND m.archived_at IS NULL AND o.archived_at IS NULL
  AND o.plan_id = {LIVE_PLAN} ORDER BY m.measured_on, m.id"""),
    "proofs": (rows.ProofRow, f"""
SELECT f.id, f.proof, f.on_date, f.figure, f.unit, f.objective_id, f.confirmed_on,
  f.confirmed_by_id, {_person("p")} AS confirmed_by, f.shared
FROM proof f LEFT JOIN person p ON p.id = f.confirmed_by_id
WHERE f.account_id = :id AND f.archived_at IS NULL AND f.plan_id = {LIVE_PLAN}
ORDER BY f.on_date DESC, f.id"""),
    "risks": (rows.RiskMore, f"""
SELECT k.id, k.owner_id, k.evidence, k.mitigation
FROM risk k WHERE k.account_id = :id AND k.archived_at IS NULL AND k.closed_on IS NULL
  AND k.plan_id = {LIVE_PLAN} ORDER BY k.likelihood DESC, k.id"""),
    "actions": (rows.PlanActionRow, f"""
SELECT x.id, x.plan_id, x.side, x.action, x.owner_id, c.name AS owner, x.their_owner_id,
  COALESCE({_person("t")}, x.their_owner) AS their_owner, x.starts_on, x.due_on, x.depends_on,
  x.done_means, x.promised, x.shared, x.status, x.done_on, x.later_reason, x.origin, x.origin_id,
  x.playbook, x.recorded_on
FROM action x LEFT JOIN colleague c ON c.id = x.owner_id
LEFT JOIN person t ON t.id = x.their_owner_id
WHERE x.account_id = :id AND x.archived_at IS NULL AND x.status <> 'dropped'
  AND (x.status = 'open' OR x.plan_id = {LIVE_PLAN} OR (x.shared = 1 AND x.done_on >= (
    SELECT started_on FROM plan
    WHERE account_id = :id AND archived_at IS NULL AND status <> 'closed')))
ORDER BY COALESCE(x.due_on, '9999'), x.id"""),
    "seats": (rows.PlanSeatRow, """
SELECT s.id, s.function, s.colleague_id, c.name AS colleague,
  CASE WHEN c.away_from <= :today AND COALESCE(c.away_to, c.away_from) >= :today
  THEN 1 ELSE 0 END AS away, s.backup_id, b.name AS backup, s.responsibility
FROM seat s JOIN colleague c ON c.id = s.colleague_id LEFT JOIN colleague b ON b.id = s.backup_id
WHERE s.account_id = :id AND s.archived_at IS NULL ORDER BY s.function"""),
    "stakeholders": (rows.StakeholderMore, """
SELECT m.person_id, m.id AS membership_id, m.personal_win, m.contact_every_days, m.topics,
  m.relationship_owner_id, c.name AS relationship_owner, m.since_on, p.learning, p.support_channel
FROM membership m JOIN person p ON p.id = m.person_id
LEFT JOIN colleague c ON c.id = m.relationship_owner_id
WHERE m.account_id = :id AND m.archived_at IS NULL AND p.archived_at IS NULL ORDER BY m.id"""),
    "renewals": (rows.ContractRenewal, f"""
SELECT k.id AS contract_id, k.currency, k.renew_amount_minor, k.uplift_percent, k.term_months,
  k.term_options, k.price_position, k.competitor_price, k.discount_history, k.decision_buyer_id,
  {_person("p")} AS decision_buyer, k.decision_criteria, k.decision_process, k.paper_process,
  k.competition, k.fallback, k.offer_limit_minor, k.forecast_probability, k.forecast_reason,
  k.paused_to, k.invoice_overdue_since, k.note
FROM contract k LEFT JOIN person p ON p.id = k.decision_buyer_id
WHERE k.account_id = :id AND k.archived_at IS NULL ORDER BY COALESCE(k.end_on, '9999'), k.id"""),
    "milestones": (rows.MilestoneRow, """
SELECT id, contract_id, offset_days, done_on FROM milestone
WHERE account_id = :id AND archived_at IS NULL AND done_on <= :today
ORDER BY offset_days DESC, id"""),
    "products": (rows.ProductRow, PRODUCTS),
    "whitespace": (rows.WhitespaceRow, """
SELECT w.id, w.product_id, d.name AS product, w.centre, w.state, w.potential_minor, w.competitor,
  w.note
FROM whitespace w JOIN product d ON d.id = w.product_id
WHERE w.account_id = :id AND w.archived_at IS NULL AND d.archived_at IS NULL ORDER BY w.id"""),
    "opportunities": (rows.OpportunityRow, OPPORTUNITY.format(more="") + """
WHERE o.account_id = :id AND o.archived_at IS NULL
ORDER BY COALESCE(o.value_minor, 0) DESC, o.id"""),
    "benefits": (rows.BenefitRow, f"""
SELECT b.id, b.kind, b.benefit, b.given_on, b.cost_minor, b.hassle, b.programme_id,
  g.name AS programme, b.person_id, {_person("p")} AS person
FROM benefit b LEFT JOIN programme g ON g.id = b.programme_id
LEFT JOIN person p ON p.id = b.person_id
WHERE b.account_id = :id AND b.archived_at IS NULL
  AND (b.plan_id IS NULL OR b.plan_id = {LIVE_PLAN}) ORDER BY b.id"""),
    "gestures": (rows.GestureRow, f"""
SELECT g.id, g.kind, g.gesture, g.given_on, g.cost_minor, g.reason, g.approver_id,
  c.name AS approver, g.person_id, {_person("p")} AS person, g.complaint_id,
  k.number AS complaint
FROM gesture g LEFT JOIN colleague c ON c.id = g.approver_id
LEFT JOIN person p ON p.id = g.person_id LEFT JOIN complaint k ON k.id = g.complaint_id
WHERE g.account_id = :id AND g.archived_at IS NULL ORDER BY g.given_on DESC, g.id"""),
    "behaviours": (rows.BehaviourRow, f"""
SELECT b.id, b.behaviour, b.metric, b.reward, b.budget_minor, b.leads_to, b.ended_on
FROM behaviour b WHERE b.account_id = :id AND b.archived_at IS NULL
  AND (b.plan_id IS NULL OR b.plan_id = {LIVE_PLAN}) ORDER BY b.id"""),
    "enrolments": (rows.EnrolmentRow, """
SELECT e.id, e.programme_id, g.name AS programme, g.kind, g.tiers, e.since_on, e.left_on,
  (SELECT COALESCE(SUM(t.points), 0) FROM points t WHERE t.account_id = e.account_id
  AND t.programme_id = e.programme_id AND t.archived_at IS NULL AND t.on_date <= :today) AS points
FROM enrolment e JOIN programme g ON g.id = e.programme_id
WHERE e.account_id = :id AND e.archived_at IS NULL ORDER BY e.id"""),
    "advocacy": (rows.AdvocacyLine, f"""
SELECT x.id, x.kind, x.advocacy, {_person("p")} AS person, x.on_date, x.link
FROM advocacy x LEFT JOIN person p ON p.id = x.person_id
WHERE x.account_id = :id AND x.archived_at IS NULL ORDER BY x.on_date DESC, x.id DESC"""),
    "criteria": (CriterionRow, CRITERIA),
    "share": (rows.ShareRow, f"""
SELECT s.id, s.shared_on, s.shared_at, s.content FROM share s
WHERE s.account_id = :id AND s.archived_at IS NULL AND s.plan_id = {LIVE_PLAN}
ORDER BY s.shared_at DESC, s.id DESC LIMIT 1"""),
}  # fmt: skip
"""By field of ``PlanPage``: the row's type and the statement whose columns are its fields."""
YES_OR_NO = ("added", "shared", "promised", "away", "less_is_better", "status_by_hand")
JSON = ("required_roles", "depends_on", "tiers")


class PlanPageQueries:
    """Reads everything that a plan holds, with one statement for each kind of row."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def page(self, account_id: int) -> rows.PlanPage | None:
        """The live plan of an account; None where it has none."""
        answers = self._connection.maps_of(
            [sql for _kind, sql in QUESTIONS.values()],
            {"id": account_id, "today": self._frame.today.isoformat()},
        )
        found: dict[str, Any] = {
            name: _made(kind, answer)
            for (name, (kind, _sql)), answer in zip(QUESTIONS.items(), answers, strict=True)
        }
        for single in ("header", "share"):
            found[single] = next(iter(found[single]), None)
        return rows.PlanPage(**found) if found["header"] is not None else None

    def some(self, account_id: int, *names: str) -> tuple[tuple[Any, ...], ...]:
        """The rows of some fields of ``PlanPage``, with a live plan or without one."""
        answers = self._connection.maps_of(
            [QUESTIONS[name][1] for name in names],
            {"id": account_id, "today": self._frame.today.isoformat()},
        )
        return tuple(
            _made(QUESTIONS[name][0], answer) for name, answer in zip(names, answers, strict=True)
        )


def _made(kind: type[R], answer: Iterable[dict[str, Any]]) -> tuple[R, ...]:
    return tuple(kind(**{name: _value(name, value) for name, value in row.items()})
                 for row in answer)  # fmt: skip


def _value(name: str, value: Any) -> Any:
    if name in YES_OR_NO:
        return bool(value)
    if name in JSON and value is not None:
        return tuple(tuple(one) if isinstance(one, list) else one for one in json.loads(value))
    if name == "points":
        return int(value)
    return value
