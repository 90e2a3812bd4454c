"""Gathers what the score reads, for one account or for a range of them, with the same SQL.

Every query takes ``:lo`` and ``:hi`` (a range of account ids, both ends included) and ``:as_of``,
and leaves out rows dated or recorded after it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from db.cadence_settings import RULES
from db.complaint_clocks import breached, late_from
from db.engine import Connection, Params
from db.local_days import LocalDays, local_days
from db.voice_facts import SURVEYS, answers_of, clocks_of
from planner.cadence_rules import CadenceRules, rules_of
from planner.health.inputs import (
    ComplaintFact,
    HealthInputs,
    MilestoneFact,
    ObjectiveFact,
    PersonFact,
    PulseFact,
)
from planner.health.points import ANSWER_DAYS, PULSE_DAYS
from planner.renewal_choice import renewal_of

ACCOUNTS = """
SELECT a.id, a.name, a.name_key, a.external_id, a.tier, a.stage, a.keep_class, a.sector, a.country,
  a.tags, a.parent_id, a.owner_id, c.name AS owner, a.cadence_days, a.competitor_on, a.lost_on,
  a.created_on, t.id AS last_two_way_id, t.occurred_on AS last_two_way_on
FROM account a LEFT JOIN colleague c ON c.id = a.owner_id LEFT JOIN touchpoint t ON t.id = (
  SELECT n.id FROM touchpoint n WHERE n.account_id = a.id AND n.two_way = 1
  AND n.occurred_on <= :as_of AND n.recorded_on <= :as_of AND n.archived_at IS NULL
  ORDER BY n.occurred_on DESC, n.id DESC LIMIT 1)
WHERE a.id BETWEEN :lo AND :hi AND a.archived_at IS NULL ORDER BY a.id"""

PEOPLE = """
SELECT m.account_id, m.id, m.person_id, p.name, p.email, p.phone, p.department, m.roles,
  m.influence, m.stance, m.left_on, m.touched_on, (
  SELECT x.occurred_on FROM participant x WHERE x.account_id = m.account_id
  AND x.person_id = m.person_id AND x.two_way = 1 AND x.occurred_on <= :as_of
  AND x.recorded_on <= :as_of AND x.archived_at IS NULL
  ORDER BY x.occurred_on DESC LIMIT 1) AS last_on
FROM membership m JOIN person p ON p.id = m.person_id
WHERE m.account_id BETWEEN :lo AND :hi AND m.archived_at IS NULL AND p.archived_at IS NULL
ORDER BY m.account_id, m.id"""

COMPLAINTS = """
SELECT account_id, id, number, title, severity, stage, owner_id, opened_on, resolved_on, ack_due,
  acknowledged_at, response_due, answered_at, resolution_due, resolved_at, waiting_since, satisfied,
  root_cause, excluded
FROM complaint WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL
  AND opened_on <= :as_of AND recorded_on <= :as_of ORDER BY account_id, opened_at, id"""

OBJECTIVES = """
SELECT o.account_id, o.id, o.objective, o.priority, o.status, o.started_on, o.due_on,
  o.achieved_on, o.owner_id, o.their_owner, o.their_owner_id, o.touched_on
FROM objective o JOIN plan p ON p.id = o.plan_id
WHERE o.account_id BETWEEN :lo AND :hi AND o.archived_at IS NULL AND p.archived_at IS NULL
  AND p.status <> 'closed' AND o.recorded_on <= :as_of ORDER BY o.account_id, o.id"""

# Older ones have run out, and a function whose newest has run out has no live pulse.
PULSES = """
SELECT account_id, id, function, score, given_on FROM pulse
WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL
  AND given_on BETWEEN :pulses_from AND :as_of AND recorded_on <= :as_of"""

CONTRACT_COLUMNS = (
    "account_id", "id", "arr_minor", "currency", "start_on", "end_on", "notice_days", "status",
    "decided_on", "cancellation_on", "cancellation_withdrawn_on", "invoice_overdue_since",
    "forecast", "touched_on",
)  # fmt: skip
CONTRACTS = f"""
SELECT {", ".join(CONTRACT_COLUMNS)}
FROM contract WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL
ORDER BY account_id, id"""

MILESTONES = """
SELECT account_id, id, contract_id, offset_days, done_on FROM milestone
WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL AND done_on <= :as_of
ORDER BY account_id, id"""

# COALESCE keeps the search on the account's rows: by status it would read all that is open.
# A survey to send is upkeep and no next step.
ACTIONS = """
SELECT account_id, id, action, due_on, owner_id, side, plan_id, done_means, touched_on FROM action
WHERE account_id BETWEEN :lo AND :hi AND archived_at IS NULL
  AND COALESCE(status, '') = 'open' AND recorded_on <= :as_of AND survey_trigger IS NULL"""

PLANS = """
SELECT p.account_id, p.id, p.size, p.status, p.north_star, p.next_review_on,
  (SELECT COUNT(*) FROM risk r WHERE r.account_id = p.account_id AND r.plan_id = p.id
   AND r.archived_at IS NULL AND r.closed_on IS NULL) AS risks,
  (SELECT MAX(r.touched_on) FROM risk r WHERE r.account_id = p.account_id
   AND r.plan_id = p.id AND r.archived_at IS NULL) AS risks_touched_on
FROM plan p WHERE p.account_id BETWEEN :lo AND :hi AND p.archived_at IS NULL
  AND p.status <> 'closed' ORDER BY p.account_id"""


QUESTIONS = (
    ACCOUNTS, PEOPLE, COMPLAINTS, OBJECTIVES, PULSES, CONTRACTS, MILESTONES, ACTIONS, PLANS,
    SURVEYS,
)  # fmt: skip
ASKED = (
    "people", "complaints", "objectives", "pulses", "contracts", "milestones", "actions", "plans",
    "surveys",
)  # fmt: skip
"""What the questions after the first answer."""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One account's rows as gathered: what the score reads and what its list row shows."""

    account: dict[str, Any]
    inputs: HealthInputs
    people: tuple[dict[str, Any], ...]
    contracts: tuple[dict[str, Any], ...]
    renewal: dict[str, Any] | None
    complaints: tuple[dict[str, Any], ...]
    objectives: tuple[dict[str, Any], ...]
    actions: tuple[dict[str, Any], ...]
    plan: dict[str, Any] | None
    notice_on: date | None


def gather(
    connection: Connection, lo: int, hi: int, as_of: date, now: datetime, zone: ZoneInfo
) -> list[AccountFacts]:
    """The facts of the live accounts with ids from ``lo`` to ``hi``, in order of id.

    A complaint's clock is read at ``now`` when that falls on ``as_of``, else at its day's end.
    """
    return gather_with(connection, lo, hi, as_of, now, zone, (), {})[0]


def gather_with(
    connection: Connection,
    lo: int,
    hi: int,
    as_of: date,
    now: datetime,
    zone: ZoneInfo,
    also: Sequence[str],
    more: Params,
) -> tuple[list[AccountFacts], list[list[dict[str, Any]]]]:
    """``gather``, and the answers to other questions about the range asked in the same go."""
    params = {
        **more,
        "lo": lo,
        "hi": hi,
        "as_of": as_of.isoformat(),
        "pulses_from": (as_of - timedelta(days=PULSE_DAYS)).isoformat(),
        "answers_from": (as_of - timedelta(days=ANSWER_DAYS)).isoformat(),
    }
    moment = moment_of(as_of, now, zone)
    settings, accounts, *found = connection.maps_of((RULES, *QUESTIONS, *also), params)
    rules = rules_of((row["key"], row["value"]) for row in settings)
    by = {name: _by_account(rows) for name, rows in zip(ASKED, found, strict=False)}
    # Sorted here: the engine would build a tree for a handful of rows.
    for actions in by["actions"].values():
        actions.sort(key=lambda row: (row["due_on"] or "9999", row["id"]))
    for pulses in by["pulses"].values():
        pulses.sort(key=lambda row: (row["given_on"], row["id"]))
    facts = [
        _facts(account, {name: rows.get(account["id"], []) for name, rows in by.items()}, as_of,
               moment, rules, local_days(zone, as_of))
        for account in accounts
    ]  # fmt: skip
    return facts, found[len(ASKED) :]


def moment_of(as_of: date, now: datetime, zone: ZoneInfo) -> str:
    """The moment at which clocks are read on a day: ``now`` on its own day, else the day's end."""
    if now.astimezone(zone).date() == as_of:
        moment = now
    else:
        moment = datetime.combine(as_of + timedelta(days=1), time(), zone)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _by_account(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["account_id"]].append(row)
    return grouped


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _facts(
    account: dict[str, Any],
    rows: dict[str, list[dict[str, Any]]],
    as_of: date,
    moment: str,
    rules: CadenceRules,
    days: LocalDays,
) -> AccountFacts:
    renewal = renewal_of(rows["contracts"])
    plan = rows["plans"][0] if rows["plans"] else None
    end = _day(renewal["end_on"]) if renewal else None
    starts = [row["start_on"] for row in rows["contracts"] if row["start_on"]]
    started = date.fromisoformat(min(starts) if starts else account["created_on"])
    cancelled = first_live_cancellation(rows["contracts"], as_of.isoformat())
    invoice = oldest_invoice(rows["contracts"], as_of.isoformat())
    answers, satisfied, easy = answers_of(rows["surveys"], as_of)
    inputs = HealthInputs(
        account_id=account["id"],
        as_of=as_of,
        started_on=started,
        cadence_days=rules.own_cadence(
            account["tier"], account["stage"], account["cadence_days"], None
        ).ideal,
        lost=account["stage"] == "lost",
        stage=account["stage"],
        tier=account["tier"],
        last_two_way_on=_day(account["last_two_way_on"]),
        last_two_way_id=account["last_two_way_id"],
        people=tuple(_person(row, as_of) for row in rows["people"]),
        complaints=tuple(_complaint(row, as_of, moment) for row in rows["complaints"]),
        objectives=tuple(_objective(row) for row in rows["objectives"]),
        pulses=tuple(
            PulseFact(row["id"], row["function"], row["score"], date.fromisoformat(row["given_on"]))
            for row in rows["pulses"]
        ),
        milestones=tuple(
            MilestoneFact(row["id"], row["offset_days"], _day(row["done_on"]))
            for row in rows["milestones"]
            if renewal is not None and row["contract_id"] == renewal["id"]
        ),
        contract_end=end,
        contract_id=renewal["id"] if renewal else None,
        renewal_decided=bool(renewal and renewal["decided_on"]),
        cancellation_on=_day(cancelled["cancellation_on"]) if cancelled else None,
        cancellation_id=cancelled["id"] if cancelled else None,
        invoice_overdue_since=_day(invoice["invoice_overdue_since"]) if invoice else None,
        invoice_id=invoice["id"] if invoice else None,
        competitor_on=_day(account["competitor_on"]),
        competitor_id=account["id"] if account["competitor_on"] else None,
        starter_known=_starter_known(rows, end),
        clocks=clocks_of(rows["complaints"], moment, days, as_of),
        nps=answers,
        csat=satisfied,
        ces=easy,
    )
    notice = None
    if renewal and end is not None and renewal["notice_days"] is not None:
        notice = end - timedelta(days=renewal["notice_days"])
    return AccountFacts(
        account,
        inputs,
        tuple(rows["people"]),
        tuple(rows["contracts"]),
        renewal,
        tuple(rows["complaints"]),
        tuple(rows["objectives"]),
        tuple(rows["actions"]),
        plan,
        notice,
    )


def first_live_cancellation(contracts: list[dict[str, Any]], today: str) -> dict[str, Any] | None:
    """The contract whose cancellation came first and stands on a day."""
    live = [
        row
        for row in contracts
        if row["cancellation_on"]
        and row["cancellation_on"] <= today
        and row["status"] == "active"
        and not (row["cancellation_withdrawn_on"] and row["cancellation_withdrawn_on"] <= today)
    ]
    return min(live, key=lambda row: row["cancellation_on"]) if live else None


def oldest_invoice(contracts: list[dict[str, Any]], today: str) -> dict[str, Any] | None:
    """The contract with the invoice that is overdue longest on a day."""
    late = [
        row
        for row in contracts
        if row["invoice_overdue_since"] and row["invoice_overdue_since"] <= today
    ]
    return min(late, key=lambda row: row["invoice_overdue_since"]) if late else None


@lru_cache(maxsize=256)
def _roles(text: str) -> tuple[str, ...]:
    """The roles in a stored list; few lists differ."""
    return tuple(json.loads(text))


def _person(row: dict[str, Any], as_of: date) -> PersonFact:
    left = _day(row["left_on"])
    return PersonFact(
        row["id"],
        row["person_id"],
        row["name"] or row["email"] or row["phone"] or "",
        _roles(row["roles"]),
        row["influence"],
        row["stance"],
        row["department"],
        left is None or left > as_of,
        left,
        _day(row["last_on"]),
    )


def _complaint(row: dict[str, Any], as_of: date, moment: str) -> ComplaintFact:
    resolved = _day(row["resolved_on"])
    return ComplaintFact(
        row["id"],
        row["number"],
        row["severity"],
        date.fromisoformat(row["opened_on"]),
        resolved if resolved is not None and resolved <= as_of else None,
        breached(row, moment),
        bool(row["satisfied"]),
        row["root_cause"],
        row["excluded"] is not None,
        late_from(row, moment),
    )


def _objective(row: dict[str, Any]) -> ObjectiveFact:
    return ObjectiveFact(
        row["id"],
        row["objective"],
        row["priority"],
        row["status"],
        _day(row["started_on"]),
        _day(row["due_on"]),
        _day(row["achieved_on"]),
    )


def _starter_known(rows: dict[str, list[dict[str, Any]]], end: date | None) -> int:
    """How many of the four starter facts are known: goal, key people, contract end, next action."""
    key_people = any(row["roles"] != "[]" and not row["left_on"] for row in rows["people"])
    goal = any(row["status"] != "dropped" for row in rows["objectives"])
    return sum((goal, key_people, end is not None, bool(rows["actions"])))
