"""Gathers the numbers behind each account's row and score, for one account or for a range of them.

The lean sister of ``db.health_facts``: it asks for no name and builds no fact, so a whole book is
made anew in about half the time. What it finds is what ``planner.health.kept.keep`` makes of the
facts; a test compares both on every account. Only what is dated and recorded up to the frame's day
is seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from db.cadence_settings import RULES
from db.engine import Connection
from db.frame import Frame
from db.health_facts import (
    ACTIONS,
    CONTRACT_COLUMNS,
    CONTRACTS,
    MILESTONES,
    PULSES,
    first_live_cancellation,
    moment_of,
    oldest_invoice,
)
from db.local_days import local_days
from db.number_parts import (
    Row,
    Rows,
    active_arr,
    complaints_part,
    maybe,
    ordinal_of,
    people_part,
    pulses_part,
    sections_part,
)
from db.plan_parts_held import PLAN_PARTS
from db.voice_facts import SURVEYS, causes_part, voice_part
from planner.cadence import Cadence
from planner.cadence_rules import CadenceRules, rules_of
from planner.health.kept import Kept
from planner.health.points import ANSWER_DAYS, PULSE_DAYS
from planner.readiness_kept import KeptSections
from planner.renewal_choice import renewal_of
from planner.vocabulary import SEVERITIES

ACCOUNTS = """
SELECT a.id, a.name, a.name_key, a.external_id, a.tier, a.stage, a.keep_class, a.sector, a.country,
  a.tags, a.parent_id, a.owner_id, c.name AS owner, a.cadence_days, a.competitor_on, a.created_on, (
  SELECT n.occurred_on FROM touchpoint n WHERE n.account_id = a.id AND n.two_way = 1
  AND n.occurred_on <= :as_of AND n.recorded_on <= :as_of AND n.archived_at IS NULL
  ORDER BY n.occurred_on DESC LIMIT 1) AS last_two_way_on, a.cadence_max_days
FROM account a LEFT JOIN colleague c ON c.id = a.owner_id
WHERE a.id BETWEEN :lo AND :hi AND a.archived_at IS NULL ORDER BY a.id"""

PEOPLE = """
SELECT m.account_id, m.roles, m.influence, m.stance, m.left_on, m.touched_on, (
  SELECT x.occurred_on FROM participant x WHERE x.account_id = m.account_id
  AND x.person_id = m.person_id AND x.two_way = 1 AND x.occurred_on <= :as_of
  AND x.recorded_on <= :as_of AND x.archived_at IS NULL
  ORDER BY x.occurred_on DESC LIMIT 1) AS last_on
FROM membership m JOIN person p ON p.id = m.person_id
WHERE m.account_id BETWEEN :lo AND :hi AND m.archived_at IS NULL AND p.archived_at IS NULL
ORDER BY m.account_id, m.id"""

COMPLAINTS = """
SELECT account_id, id, number, severity, owner_id, opened_on, resolved_on, satisfied, waiting_since,
  ack_due, acknowledged_at, response_due, answered_at, resolution_due, resolved_at,
  root_cause
FROM complaint WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL AND excluded IS NULL
  AND opened_on <= :as_of AND recorded_on <= :as_of ORDER BY account_id, opened_at, id"""

OBJECTIVES = """
SELECT o.account_id, o.priority, o.status, o.started_on, o.due_on, o.achieved_on, o.owner_id,
  CASE WHEN o.their_owner <> '' OR o.their_owner_id IS NOT NULL THEN 1 ELSE 0 END, o.touched_on
FROM objective o JOIN plan p ON p.id = o.plan_id
WHERE o.account_id BETWEEN :lo AND :hi AND o.archived_at IS NULL AND p.archived_at IS NULL
  AND p.status <> 'closed' AND o.status <> 'dropped' AND o.recorded_on <= :as_of
ORDER BY o.account_id, o.id"""

PLANS = """
SELECT account_id, size, status FROM plan WHERE account_id BETWEEN :lo AND :hi
  AND archived_at IS NULL AND status <> 'closed'"""

_LIVE_PLANS = """(SELECT id FROM plan WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL
  AND status <> 'closed')"""
HELD = f"""
SELECT account_id, 'risks' AS section, SUM(CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END) AS held,
  0 AS qbr, MAX(touched_on) AS touched_on
FROM risk WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL AND plan_id IN {_LIVE_PLANS}
GROUP BY account_id UNION ALL {PLAN_PARTS}"""
"""By account and section: live rows, QBR dates, newest edit or "still true"."""

SEVERITY_RANK = {name: rank for rank, name in enumerate(SEVERITIES, start=1)}

BEGINNINGS = (
    "start_on", "cancellation_on", "cancellation_withdrawn_on", "invoice_overdue_since",
)  # fmt: skip
"""Days of a contract from which it counts otherwise."""


class Numbers(NamedTuple):
    """One account. ``account``: the columns of ``ACCOUNTS``; days are ISO text.

    ``waiting``: the open complaints, rows of ``COMPLAINTS``; ``action``: the open one due first.
    ``coming``: later days on which something that is known already begins or ends;
    ``met_later``: a clock was stopped at a later moment than this one.
    """

    account: Row
    kept: Kept
    sections: KeptSections | None
    cadence: Cadence
    arr: tuple[int | None, int]
    contract_end: str | None
    notice_on: str | None
    worst_severity: int
    plan: Row | None
    starter_known: int
    waiting: Rows
    action: Row | None
    coming: list[str]
    met_later: bool


def gather_numbers(
    connection: Connection,
    lo: int,
    hi: int,
    frame: Frame,
    also: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> tuple[list[Numbers], list[list[tuple[Any, ...]]]]:
    """The numbers of the live accounts of a range in order of id, and the answers to ``also``."""
    as_of = frame.today.isoformat()
    params = {
        **(more or {}),
        "lo": lo,
        "hi": hi,
        "as_of": as_of,
        "pulses_from": (frame.today - timedelta(days=PULSE_DAYS)).isoformat(),
        "answers_from": (frame.today - timedelta(days=ANSWER_DAYS)).isoformat(),
    }
    lean = (
        ACCOUNTS,
        CONTRACTS,
        PEOPLE,
        COMPLAINTS,
        OBJECTIVES,
        PULSES,
        MILESTONES,
        ACTIONS,
        SURVEYS,
        PLANS,
        HELD,
    )
    asked = (RULES, *lean, *also)
    if lo == hi:
        asked = tuple([of_one(sql) for sql in asked])
    settings, accounts, agreed, *found = connection.rows_of(asked, params)
    rules = rules_of(settings)
    contracts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in agreed:
        contracts[row[0]].append(dict(zip(CONTRACT_COLUMNS, row, strict=True)))
    by = [_by_account(rows) for rows in found[: len(lean) - 2]]
    moment = moment_of(frame.today, frame.now, frame.zone)
    numbers = [
        _numbers(account, [rows.get(account[0], ()) for rows in by],
                 contracts.get(account[0], []), frame, moment, rules)
        for account in accounts
    ]  # fmt: skip
    return numbers, found[len(lean) - 2 :]


@lru_cache(maxsize=100)
def of_one(question: str) -> str:
    """A question of a range as one of a single account: a server plans that once and for all,
    where a range of unknown width is planned anew each time."""
    return question.replace("BETWEEN :lo AND :hi", "= :lo")


def _by_account(rows: Rows) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped


def _numbers(
    account: Row,
    rows: list[Rows],
    contracts: list[dict[str, Any]],
    frame: Frame,
    moment: str,
    rules: CadenceRules,
) -> Numbers:
    people, complaints, objectives, pulses, milestones, actions, surveys, plans, held = rows
    as_of = frame.today.isoformat()
    renewal = renewal_of(contracts) if contracts else None
    end = renewal["end_on"] if renewal else None
    coming = _coming(contracts, as_of)
    competitor = account[14]
    if competitor is not None and competitor > as_of:
        coming.append(competitor)
    touched, stances, gone = people_part(people, as_of, coming)
    burdens, waiting, later = complaints_part(complaints, as_of, moment, coming)
    if complaints:
        burdens = burdens._replace(causes=causes_part(complaints, frame.today))
    starts = [row["start_on"] for row in contracts if row["start_on"]]
    cadence = rules.own_cadence(account[4], account[5], account[13], account[17])
    cancelled = first_live_cancellation(contracts, as_of)
    invoice = oldest_invoice(contracts, as_of)
    kept = Kept(
        ordinal_of(min(starts) if starts else account[15]),
        cadence.ideal,
        account[5],
        account[4],
        maybe(account[16]),
        touched,
        stances,
        burdens,
        tuple(
            [(one[1], one[2], maybe(one[3]), maybe(one[4]), maybe(one[5])) for one in objectives]
        ),
        _milestones_of(milestones, renewal),
        pulses_part(pulses),
        maybe(end),
        bool(renewal and renewal["decided_on"]),
        gone,
        ordinal_of(cancelled["cancellation_on"]) if cancelled else None,
        ordinal_of(invoice["invoice_overdue_since"]) if invoice else None,
        ordinal_of(competitor) if competitor and competitor <= as_of else None,
        voice=voice_part(
            surveys, complaints, frame.today, moment, local_days(frame.zone, frame.today)
        ),
    )
    plan = plans[0] if plans else None
    notice = None
    if renewal and end is not None and renewal["notice_days"] is not None:
        notice = date.fromordinal(ordinal_of(end) - renewal["notice_days"]).isoformat()
    there = [row for row in people if row[4] is None]
    known = (bool(objectives), any(row[1] != "[]" for row in there), end is not None, bool(actions))
    return Numbers(
        account,
        kept,
        None if plan is None else sections_part(plan[1], objectives, there, actions, renewal, held),
        cadence,
        active_arr(contracts, as_of, frame.currency),
        end,
        notice,
        max([SEVERITY_RANK[row[3]] for row in waiting]) if waiting else 0,
        plan,
        sum(known),
        waiting,
        min(actions, key=lambda row: (row[3] or "9999", row[1])) if actions else None,
        coming,
        later,
    )


def _milestones_of(milestones: Rows, renewal: dict[str, Any] | None) -> tuple[tuple[int, int], ...]:
    """The milestones of the contract that is up for renewal: offset and day done."""
    if renewal is None:
        return ()
    wanted = renewal["id"]
    return tuple([(one[3], ordinal_of(one[4])) for one in milestones if one[2] == wanted])


def _coming(contracts: Iterable[dict[str, Any]], today: str) -> list[str]:
    """The days after ``today`` on which something of a contract begins or ends."""
    found: list[str] = []
    for contract in contracts:
        for name in BEGINNINGS:
            day = contract[name]
            if day is not None and day > today:
                found.append(day)
        end = contract["end_on"]
        if end is not None and end >= today and contract["decided_on"] is not None:
            found.append((date.fromisoformat(end) + timedelta(days=1)).isoformat())
    return found
