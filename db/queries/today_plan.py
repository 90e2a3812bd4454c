"""What the plans put on Today, asked of the accounts that come first: a fixed number of statements.

Of my accounts (those I own, have a seat at, or keep a section of) or of everybody's the first
``LOOKED`` by tier are looked at, and the sections of the first ``SECTIONS_OF`` active plans that
are not busy. Nothing reads the whole book; what was left out is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.acting import Actor
from planner.readiness import STALE_AFTER_DAYS
from planner.today_plan import (
    Keeper,
    dated_duty,
    interview_duty,
    measure_duty,
    milestone_duty,
    offer_duty,
    section_duties,
    sign_duty,
)
from planner.views.today import LATER_DAYS, Duty

LOOKED = 500
SECTIONS_OF = 25
MOST = 300
"""How many rows of one kind, the most urgent first."""
FIRST_STEP_DAYS = 120
"""A renewal's first step is so many days before the contract's end."""

SCOPE = """
SELECT r.account_id, r.owner_id, r.owner, r.plan_status, COALESCE(r.tier, 9), r.plan_readiness
FROM account_rollup r WHERE """
MINE = f"""{SCOPE} r.account_id IN (
  SELECT account_id FROM seat WHERE colleague_id = :me AND archived_at IS NULL
  UNION SELECT id FROM account WHERE owner_id = :me
  UNION SELECT account_id FROM section WHERE owner_id = :me AND archived_at IS NULL)
ORDER BY COALESCE(r.tier, 9), r.account_id LIMIT :looked"""
TIERED = f"{SCOPE} r.tier IS NOT NULL ORDER BY r.tier, r.account_id LIMIT :looked"
UNTIERED = f"{SCOPE} r.tier IS NULL ORDER BY r.account_id LIMIT :looked"
"""Apart, so that the index gives the order."""

LIVE = "p.archived_at IS NULL AND p.status <> 'closed'"
WHO = "COALESCE(c.id, r.owner_id), COALESCE(c.name, r.owner)"
ASKED = """
JOIN account_rollup r ON r.account_id = x.account_id
LEFT JOIN colleague c ON c.id = x.owner_id
WHERE x.account_id IN ({names}) AND x.archived_at IS NULL"""
OWNED = " AND COALESCE(x.owner_id, r.owner_id) = :me"
RISKS = f"""
SELECT x.account_id, x.id, x.risk, x.next_check_on, {WHO}
FROM risk x JOIN plan p ON p.id = x.plan_id{ASKED} AND {LIVE} AND x.closed_on IS NULL
  AND x.next_check_on <= :until{{mine}} ORDER BY x.next_check_on, x.id LIMIT :most"""
OPPORTUNITIES = f"""
SELECT x.account_id, x.id, COALESCE(x.next_step, x.opportunity), x.next_step_on, {WHO}
FROM opportunity x{ASKED} AND x.closed_on IS NULL
  AND x.next_step_on <= :until{{mine}} ORDER BY x.next_step_on, x.id LIMIT :most"""
REVIEWS = """
SELECT x.account_id, x.id, '', x.next_review_on, r.owner_id, r.owner
FROM plan x JOIN account_rollup r ON r.account_id = x.account_id
WHERE x.account_id IN ({names}) AND x.archived_at IS NULL
  AND x.status IN ('active', 'under_review') AND x.next_review_on <= :until{lead}
ORDER BY x.next_review_on, x.id LIMIT :most"""
DATED = {"risk": RISKS, "opportunity": OPPORTUNITIES, "review": REVIEWS}
OBJECTIVES = f"""
SELECT x.account_id, x.id, x.objective, x.actual_on, COALESCE(x.started_on, x.recorded_on), {WHO}
FROM objective x JOIN plan p ON p.id = x.plan_id{ASKED} AND {LIVE} AND p.status <> 'draft'
  AND x.status NOT IN ('achieved', 'dropped') AND x.target IS NOT NULL
  AND COALESCE(x.actual_on, x.started_on, x.recorded_on) < :old{{mine}}
ORDER BY COALESCE(x.actual_on, x.started_on, x.recorded_on), x.id LIMIT :most"""
KEEPER = """
LEFT JOIN plan p ON p.account_id = r.account_id AND p.archived_at IS NULL AND p.status <> 'closed'
LEFT JOIN section k ON k.plan_id = p.id AND k.section = '{section}' AND k.archived_at IS NULL
LEFT JOIN seat s ON s.account_id = r.account_id AND s.function = '{function}'
  AND s.archived_at IS NULL
LEFT JOIN colleague c ON c.id = COALESCE(k.owner_id, s.colleague_id, r.owner_id)"""
"""Who keeps a section: whoever took it over, else the seat of its function, else the lead."""
CONTRACTS = f"""
SELECT x.account_id, x.id, x.end_on, c.id, c.name
FROM contract x JOIN account_rollup r ON r.account_id = x.account_id
{KEEPER.format(section="renewal", function="sales")}
WHERE x.account_id IN ({{names}}) AND x.archived_at IS NULL AND x.status = 'active'
  AND x.decided_on IS NULL AND x.end_on BETWEEN :today AND :ahead
  AND (r.stage IS NULL OR r.stage <> 'lost'){{keeper}}
ORDER BY x.end_on, x.id LIMIT :most"""
MILESTONES = """
SELECT m.contract_id, m.offset_days FROM milestone m
WHERE m.account_id IN ({names}) AND m.archived_at IS NULL AND m.done_on <= :today"""
OFFERS = f"""
SELECT x.account_id, x.section, x.offered_on, c.id, c.name
FROM section x JOIN plan p ON p.id = x.plan_id JOIN colleague c ON c.id = x.offered_to_id
WHERE {{offered}} AND x.archived_at IS NULL AND {LIVE}
ORDER BY x.offered_on, x.id LIMIT :most"""
SIGNED = f"""
SELECT x.account_id, x.plan_id, x.function, x.signed_on, x.content, x.colleague_id, c.id, c.name
FROM sign_off x JOIN plan p ON p.id = x.plan_id
LEFT JOIN seat s ON s.account_id = x.account_id AND s.function = x.function
  AND s.archived_at IS NULL
LEFT JOIN colleague c ON c.id = COALESCE(s.colleague_id, x.colleague_id)
WHERE x.account_id IN ({{names}}) AND x.archived_at IS NULL AND {LIVE}{{signs}}
ORDER BY x.signed_on, x.id LIMIT :most"""
SIGNS = " AND x.function = :function AND (c.id IS NULL OR c.id = :me OR x.colleague_id = :me)"
CONTENT = (
    "SELECT * FROM objective WHERE account_id IN ({names}) AND archived_at IS NULL",
    "SELECT * FROM contract WHERE account_id IN ({names}) AND archived_at IS NULL",
    "SELECT * FROM risk WHERE account_id IN ({names}) AND archived_at IS NULL",
)
INTERVIEWERS = f"""
SELECT r.account_id, c.id, c.name FROM account_rollup r
{KEEPER.format(section="why_stay", function="success")}
WHERE r.account_id IN ({{names}})"""


class TodayPlanQueries:
    """Reads what plans ask of one colleague, or of everybody (``me`` is None).

    ``clipped`` and ``upkeep_clipped`` say whether there is more than was looked at.
    """

    def __init__(self, connection: Connection, frame: Frame, actor: Actor, me: int | None) -> None:
        self._connection = connection
        self._today = frame.today
        self._frame = frame
        self._actor = actor
        self._me = me
        self._accounts = self._scope()
        self._names, self._params = placeholders("a", [row[0] for row in self._accounts])
        self.clipped = self.upkeep_clipped = len(self._accounts) == LOOKED

    def _scope(self) -> list[tuple[Any, ...]]:
        if self._me is not None:
            return self._connection.rows(MINE, {"me": self._me, "looked": LOOKED})
        found = self._connection.rows_of((TIERED, UNTIERED), {"looked": LOOKED})
        return [*found[0], *found[1]][:LOOKED]

    @property
    def account_ids(self) -> list[int]:
        """The accounts that are looked at."""
        return [row[0] for row in self._accounts]

    def dated(self) -> list[Duty]:
        """What has a day, and what was offered."""
        asked = (*DATED.values(), CONTRACTS, MILESTONES, OFFERS)
        *dated, contracts, milestones, offers = found = self._asked(asked)
        self.clipped |= any(len(rows) == MOST for rows in found if rows is not milestones)
        duties = [
            dated_duty(kind, account_id, row_id, words, due_on, Keeper(*who))
            for kind, rows in zip(DATED, dated, strict=True)
            for account_id, row_id, words, due_on, *who in rows
        ]
        duties += self._steps(contracts, milestones)
        duties += [
            offer_duty(account_id, section, offered_on, Keeper(*who), self._today,
                       mine=who[0] == self._actor.colleague_id)
            for account_id, section, offered_on, *who in offers
        ]  # fmt: skip
        return duties

    def _steps(
        self, contracts: Sequence[tuple[Any, ...]], milestones: Sequence[tuple[Any, ...]]
    ) -> list[Duty]:
        done: dict[int, list[int]] = defaultdict(list)
        for contract_id, offset in milestones:
            done[contract_id].append(offset)
        found = (
            milestone_duty(account_id, contract_id, date.fromisoformat(end_on), done[contract_id],
                           self._today, Keeper(*who))
            for account_id, contract_id, end_on, *who in contracts
        )  # fmt: skip
        return [duty for duty in found if duty is not None]

    def upkeep(self, busy: Collection[int]) -> list[Duty]:
        """What plans need; the sections of ``busy`` accounts are left alone."""
        objectives, signed = self._asked((OBJECTIVES, SIGNED))
        found = (
            measure_duty(account_id, row_id, words, measured, begun, self._today, Keeper(*who))
            for account_id, row_id, words, measured, begun, *who in objectives
        )
        duties = [duty for duty in found if duty is not None]
        self.upkeep_clipped |= MOST in (len(objectives), len(signed))
        return duties + self._signatures(signed) + self._interviews() + self._sections(busy)

    def _signatures(self, signed: Sequence[tuple[Any, ...]]) -> list[Duty]:
        if not signed:
            return []
        from planner.plan_signing import signed_content

        names, params = placeholders("a", sorted({row[0] for row in signed}))
        answers = self._connection.maps_of([sql.format(names=names) for sql in CONTENT], params)
        duties = []
        for account_id, plan_id, function, signed_on, content, _signer, *who in signed:
            objectives, contracts, risks = (
                [row for row in rows
                 if row["account_id"] == account_id and row.get("plan_id", plan_id) == plan_id]
                for rows in answers
            )  # fmt: skip
            now = signed_content(objectives, contracts, risks)
            if now and now != content:
                duties.append(sign_duty(account_id, function, signed_on, Keeper(*who)))
        return duties

    def _interviews(self) -> list[Duty]:
        from db.queries.interviews_due import interviews_due

        due = interviews_due(self._connection, self._today, [row[0] for row in self._accounts])
        if not due:
            return []
        names, params = placeholders("a", list(due))
        rows = self._connection.rows(INTERVIEWERS.format(names=names), params)
        return [
            interview_duty(account_id, one.kind, one.why, Keeper(*who))
            for account_id, *who in rows
            if self._me is None or who[0] == self._me
            for one in due[account_id]
        ]

    def _sections(self, busy: Collection[int]) -> list[Duty]:
        from db.queries.plan_states import PlanStateQueries

        active = [row for row in self._accounts if row[3] == "active" and row[0] not in busy]
        active.sort(key=lambda row: (row[4], row[5] or 0.0, row[0]))
        self.upkeep_clipped |= len(active) > SECTIONS_OF
        leads = {row[0]: Keeper(row[1], row[2]) for row in active[:SECTIONS_OF]}
        plans = PlanStateQueries(self._connection, self._frame, self._actor)
        found = {one.account_id: one for one in plans.of_accounts(list(leads))}
        return [
            duty
            for account_id, lead in leads.items()
            if account_id in found
            for duty in section_duties(
                found[account_id], self._today, mine=self._me is not None, me=self._me, lead=lead
            )
        ]

    def _asked(self, questions: Sequence[str]) -> list[list[tuple[Any, ...]]]:
        """Several statements about the accounts looked at, in one go."""
        mine = self._me is not None
        parts = {
            "names": self._names,
            "mine": OWNED if mine else "",
            "lead": " AND r.owner_id = :me" if mine else "",
            "keeper": " AND c.id = :me" if mine else "",
            "offered": "x.offered_to_id = :me" if mine else "x.offered_to_id IS NOT NULL",
            "signs": SIGNS if mine else "",
        }
        today = self._today
        params = {
            **self._params,
            "today": today.isoformat(),
            "until": (today + timedelta(days=LATER_DAYS)).isoformat(),
            "ahead": (today + timedelta(days=FIRST_STEP_DAYS + LATER_DAYS)).isoformat(),
            "old": (today - timedelta(days=STALE_AFTER_DAYS["goals"])).isoformat(),
            "me": self._me,
            "function": self._actor.function,
            "most": MOST,
        }
        return self._connection.rows_of([sql.format(**parts) for sql in questions], params)
