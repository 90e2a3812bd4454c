"""The pages of one account."""

from __future__ import annotations

import json
from datetime import date, timedelta

from db.engine import Connection
from db.frame import Frame
from db.health_facts import gather_with
from db.plan_parts_held import PLAN_PARTS
from db.plan_readiness import section_states
from db.queries.accounts import AccountQueries
from db.queries.actions import action_rows
from db.queries.complaints import ComplaintQueries
from db.queries.people import PeopleQueries
from db.queries.timeline import TimelineQueries
from planner.errors import NotFound
from planner.health.score import score_health
from planner.language import gettext as _
from planner.ports import Actor
from planner.views.account import (
    AccountHead,
    AccountPage,
    ActionRow,
    CelebrationRow,
    ContractRow,
    ObjectiveRow,
    PlanRow,
    RiskRow,
    SeatRow,
)
from planner.views.timeline import HAPPENED, TimelineFilter

LAST_ENTRIES = 5

HEAD = """
SELECT a.id, a.name, a.external_id, a.tier, a.stage, a.keep_class, a.keep_reason, a.sector,
  a.country, a.owner_id, c.name, a.parent_id, p.name, a.tags, a.note, a.created_on, a.archived_at
FROM account a LEFT JOIN colleague c ON c.id = a.owner_id LEFT JOIN account p ON p.id = a.parent_id
WHERE a.id = :id"""
CONTRACTS = """
SELECT id, account_id, name, arr_minor, currency, start_on, end_on, notice_days, auto_renew, status,
  forecast, decided_on, cancellation_on
FROM contract WHERE account_id = :id AND archived_at IS NULL ORDER BY end_on NULLS LAST, id"""
MILESTONES = """
SELECT contract_id, offset_days FROM milestone
WHERE account_id = :id AND archived_at IS NULL AND done_on <= :today ORDER BY offset_days DESC"""
TEAM = """
SELECT s.function, s.colleague_id, c.name, c.away_from, c.away_to, s.backup_id, b.name,
  s.responsibility
FROM seat s JOIN colleague c ON c.id = s.colleague_id LEFT JOIN colleague b ON b.id = s.backup_id
WHERE s.account_id = :id AND s.archived_at IS NULL ORDER BY s.function"""
PLAN = """
SELECT p.id, p.account_id, p.size, p.status, p.period_start, p.period_end, p.north_star,
  p.north_star_target, p.next_review_on, p.activated_on, p.started_on, r.plan_readiness
FROM plan p LEFT JOIN account_rollup r ON r.account_id = p.account_id
WHERE p.account_id = :id AND p.archived_at IS NULL AND p.status <> 'closed' ORDER BY p.id DESC"""
OBJECTIVES = """
SELECT o.id, o.objective, o.metric, o.unit, o.baseline, o.target, o.actual, o.priority, o.status,
  o.due_on, c.name, COALESCE(t.name, o.their_owner)
FROM objective o JOIN plan p ON p.id = o.plan_id LEFT JOIN colleague c ON c.id = o.owner_id
LEFT JOIN person t ON t.id = o.their_owner_id
WHERE o.account_id = :id AND o.archived_at IS NULL AND o.status <> 'dropped'
  AND p.archived_at IS NULL AND p.status <> 'closed' ORDER BY o.priority DESC, o.id"""
RISKS = """
SELECT k.id, k.risk, k.likelihood, k.impact_minor, c.name, k.early_sign, k.exit, k.next_check_on
FROM risk k JOIN plan p ON p.id = k.plan_id LEFT JOIN colleague c ON c.id = k.owner_id
WHERE k.account_id = :id AND k.archived_at IS NULL AND k.closed_on IS NULL
  AND p.archived_at IS NULL AND p.status <> 'closed' ORDER BY k.likelihood DESC, k.id"""
CELEBRATIONS = """
SELECT b.id, b.label, p.name, b.on_date, b.yearly FROM celebration b
LEFT JOIN person p ON p.id = b.person_id
WHERE b.account_id = :id AND b.archived_at IS NULL ORDER BY b.on_date, b.id"""


class AccountPageQueries:
    """Reads everything that one account's pages show."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._accounts = AccountQueries(connection, frame, actor)
        self._people = PeopleQueries(connection)
        self._complaints = ComplaintQueries(connection, frame)
        self._timeline = TimelineQueries(connection, frame.today)

    def head(self, account_id: int) -> AccountHead:
        """The account itself, archived or not. Raises ``NotFound``."""
        row = self._connection.one(HEAD, {"id": account_id})
        if row is None:
            raise NotFound(_("There is no account with the id {id}.").format(id=account_id))
        return AccountHead(
            *[*row[:13], tuple(json.loads(row[13])), row[14], row[15], bool(row[16])]
        )

    def page(self, account_id: int, last: int = LAST_ENTRIES) -> AccountPage:
        """Everything for the overview, with the ``last`` entries. Raises ``NotFound``."""
        head = self.head(account_id)
        rows = self._accounts.by_ids([account_id])
        frame = self._frame
        found, (parts,) = gather_with(
            self._connection, account_id, account_id, frame.today, frame.now, frame.zone,
            (PLAN_PARTS,), {},
        )  # fmt: skip
        facts = found[0] if found else None
        newest = TimelineFilter(HAPPENED, until=frame.today)
        return AccountPage(
            head=head,
            row=rows[0] if rows else None,
            health=None if facts is None else score_health(facts.inputs, frame.config),
            contracts=self.contracts(account_id),
            people=tuple(self._people.of_account(account_id)),
            team=self.team(account_id),
            plan=self.plan(account_id),
            objectives=self.objectives(account_id),
            risks=self.risks(account_id),
            actions=self.open_actions(account_id),
            complaints=tuple(self._complaints.of_account(account_id)),
            last=tuple(self._timeline.of_account(account_id, newest, limit=last)),
            celebrations=self.celebrations(account_id),
            inputs=None if facts is None else facts.inputs,
            sections=() if facts is None else tuple(section_states(facts, frame.today, parts)),
        )

    def contracts(self, account_id: int) -> tuple[ContractRow, ...]:
        """Live contracts by their end, with the milestones reached."""
        done: dict[int, list[int]] = {}
        today = self._frame.today.isoformat()
        for contract_id, offset in self._connection.rows(
            MILESTONES, {"id": account_id, "today": today}
        ):
            done.setdefault(contract_id, []).append(offset)
        return tuple(
            ContractRow(
                *[
                    *row[:8],
                    _notice(row[6], row[7]),
                    bool(row[8]),
                    *row[9:],
                    tuple(done.get(row[0], ())),
                ]
            )
            for row in self._connection.rows(CONTRACTS, {"id": account_id})
        )

    def team(self, account_id: int) -> tuple[SeatRow, ...]:
        """The filled seats; ``away`` when the colleague is away today."""
        today = self._frame.today.isoformat()
        return tuple(
            SeatRow(
                *[row[0], row[1], row[2], bool(row[3] and row[3] <= today <= (row[4] or row[3]))],
                *row[5:],
            )
            for row in self._connection.rows(TEAM, {"id": account_id})
        )

    def plan(self, account_id: int) -> PlanRow | None:
        """The live plan's header."""
        row = self._connection.one(PLAN, {"id": account_id})
        return PlanRow(*row) if row else None

    def objectives(self, account_id: int) -> tuple[ObjectiveRow, ...]:
        """Live objectives of the live plan, the most important first."""
        rows = self._connection.rows(OBJECTIVES, {"id": account_id})
        return tuple(ObjectiveRow(*row) for row in rows)

    def risks(self, account_id: int) -> tuple[RiskRow, ...]:
        """Open risks of the live plan, the likeliest first."""
        return tuple(RiskRow(*row) for row in self._connection.rows(RISKS, {"id": account_id}))

    def open_actions(self, account_id: int) -> tuple[ActionRow, ...]:
        """Open actions of the account by due day."""
        return action_rows(
            self._connection,
            " AND x.account_id = :id AND x.status = 'open'",
            {"id": account_id},
        )

    def celebrations(self, account_id: int) -> tuple[CelebrationRow, ...]:
        """Dates to celebrate."""
        return tuple(
            CelebrationRow(*[*row[:4], bool(row[4])])
            for row in self._connection.rows(CELEBRATIONS, {"id": account_id})
        )


def _notice(end: str | None, days: int | None) -> str | None:
    if end is None or days is None:
        return None
    return (date.fromisoformat(end) - timedelta(days=days)).isoformat()
