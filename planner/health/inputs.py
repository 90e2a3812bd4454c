"""What the health score reads: one account's facts, in the state they had on `as_of`.

The gatherer leaves out rows dated or recorded after `as_of`; the measures skip later dates as well.
Days are local dates of the book's zone. Ids are row ids, kept so that each figure names its rows.
Everything here is the standard library only: it is loaded at start-up.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class PersonFact(NamedTuple):
    """One person at the account (one row of account_person).

    `roles`: any of sponsor, economic_buyer, champion, day_to_day, technical; others do not count.
    `influence`: 1 to 3, None counts as 1.
    `stance`: advocate, supporter, neutral, sceptic, opponent.
    `last_two_way_on`: newest two-way touch with this person at this account.
    """

    id: int
    person_id: int
    name: str
    roles: tuple[str, ...] = ()
    influence: int | None = None
    stance: str | None = None
    department: str | None = None
    active: bool = True
    left_on: date | None = None
    last_two_way_on: date | None = None


class ComplaintFact(NamedTuple):
    """One complaint; a reopened one is open (`resolved_on` None).

    `severity`: low, medium, high, critical. `breached`: any clock ever late, by as_of.
    `confirmed`: the customer confirmed satisfaction. `excluded`: withdrawn or merged.
    `late_from`: the moment (UTC text) after which it is breached if nothing happens until then.
    All complaints of the account are given, old ones too: a repeat looks back without a limit.
    """

    id: int
    number: str
    severity: str
    opened_on: date
    resolved_on: date | None = None
    breached: bool = False
    confirmed: bool = False
    root_cause: str | None = None
    excluded: bool = False
    late_from: str | None = None


class ObjectiveFact(NamedTuple):
    """One objective of the live plan; priority 3 is the highest.

    `status`: not_started, on_track, at_risk, off_track, achieved, dropped.
    """

    id: int
    title: str
    priority: int
    status: str
    started_on: date | None = None
    due_on: date | None = None
    achieved_on: date | None = None


class PulseFact(NamedTuple):
    """One function's pulse, score 1 to 5. `expired`: ended early, as on a change of owner."""

    id: int
    function: str
    score: int
    given_on: date
    expired: bool = False


class MilestoneFact(NamedTuple):
    """One renewal milestone at contract_end - offset_days.

    The shipped offsets (120, 90, 60, 45, 30, 14, 7, 0) without a row count as not done.
    """

    id: int
    offset_days: int
    done_on: date | None = None


class ClockFact(NamedTuple):
    """One clock of a complaint that counts (withdrawn and merged ones have none).

    `late`: it was stopped after its due instant, or runs (or waits) past it, by as_of.
    `due_at`: the due instant (UTC text) of a clock that runs; None once stopped or while it waits.
    """

    complaint_id: int
    due_on: date
    late: bool = False
    stopped_on: date | None = None
    due_at: str | None = None


class BoxFact(NamedTuple):
    """One answer to CSAT or CES; `hit`: in the top boxes (4 and 5 of 5; 5 to 7 of 7, ease)."""

    id: int
    answered_on: date
    hit: bool


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An active person's latest NPS answer, rating 0 to 10; influence None counts as 1."""

    id: int
    rating: int
    influence: int | None
    answered_on: date


@dataclass(frozen=True, slots=True)
class ValueFact:
    """A value metric's latest confirmed figure."""

    id: int
    baseline: float | None
    target: float | None
    actual: float
    measured_on: date


@dataclass(frozen=True, slots=True)
class TrendFact:
    """Change of MRR over 12 months in per cent (+4.0 is four per cent more)."""

    percent: float
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UsageFact:
    """Adoption points 0 to 100 of the newest import."""

    points: float
    imported_on: date
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthInputs:
    """One account on one day. What is left at its default is unknown, not good and not bad.

    `started_on`: start of the earliest contract, else the day it was created or imported.
    `cadence_days`: the account's ideal interval (see planner.cadence), at least 1.
    `required_roles`: None is all five; empty makes R2 missing.
    `starter_known`: 0 to 4 of goal, key people, contract end, next action.
    `contract_end` is the last covered day; `invoice_overdue_since` the oldest unpaid due date.
    """

    account_id: int
    as_of: date
    started_on: date
    cadence_days: int
    lost: bool = False
    stage: str | None = None
    tier: int | None = None
    last_two_way_on: date | None = None
    last_two_way_id: int | None = None
    required_roles: tuple[str, ...] | None = None
    people: tuple[PersonFact, ...] = ()
    complaints: tuple[ComplaintFact, ...] = ()
    objectives: tuple[ObjectiveFact, ...] = ()
    pulses: tuple[PulseFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    contract_end: date | None = None
    contract_id: int | None = None
    renewal_decided: bool = False
    cancellation_on: date | None = None
    cancellation_id: int | None = None
    invoice_overdue_since: date | None = None
    invoice_id: int | None = None
    competitor_on: date | None = None
    competitor_id: int | None = None
    starter_known: int = 0
    clocks: tuple[ClockFact, ...] = ()  # S2
    nps: tuple[AnswerFact, ...] = ()  # V1
    csat: tuple[BoxFact, ...] = ()  # V2
    ces: tuple[BoxFact, ...] = ()  # V3
    # Measures whose tables come later: None or empty is unknown.
    values: tuple[ValueFact, ...] = ()  # O2
    revenue: TrendFact | None = None  # C2
    usage: UsageFact | None = None  # G1
