"""What the pages of one account show: flat rows, no records. Days and moments are ISO text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planner.health.inputs import HealthInputs
from planner.health.score import HealthScore
from planner.readiness import SectionState
from planner.views.accounts import AccountRow
from planner.views.timeline import KINDS, Place
from planner.views.work import ActionRow as ActionRow
from planner.views.work import ComplaintRow as ComplaintRow


@dataclass(frozen=True, slots=True)
class AccountHead:
    """The account itself, with the names of its owner and parent."""

    id: int
    name: str
    external_id: str | None
    tier: int | None
    stage: str | None
    keep_class: str | None
    keep_reason: str | None
    sector: str | None
    country: str | None
    owner_id: int | None
    owner: str | None
    parent_id: int | None
    parent: str | None
    tags: tuple[str, ...]
    note: str | None
    created_on: str
    archived: bool


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract; money in minor units of ``currency``."""

    id: int
    account_id: int
    name: str
    arr_minor: int
    currency: str
    start_on: str | None
    end_on: str | None
    notice_days: int | None
    notice_on: str | None
    auto_renew: bool
    status: str
    forecast: str
    decided_on: str | None
    cancellation_on: str | None
    milestones_done: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in one account."""

    id: int
    membership_id: int
    account_id: int
    account: str
    name: str
    email: str | None
    phone: str | None
    title: str | None
    department: str | None
    language: str | None
    preferred_channel: str | None
    consent: str
    roles: tuple[str, ...]
    influence: int | None
    stance: str | None
    power: int | None
    reports_to_id: int | None
    reports_to: str | None
    left_on: str | None
    last_two_way_on: str | None
    relationship_owner: str | None = None
    community_since_on: str | None = None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Who serves an account in one function, who stands in, and what the seat looks after."""

    function: str
    colleague_id: int
    colleague: str
    away: bool
    backup_id: int | None = None
    backup: str | None = None
    responsibility: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The header of the live plan; ``readiness`` in per cent."""

    id: int
    account_id: int
    size: str
    status: str
    period_start: str | None
    period_end: str | None
    north_star: str | None
    north_star_target: str | None
    next_review_on: str | None
    activated_on: str | None
    started_on: str
    readiness: float | None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One goal of the customer."""

    id: int
    objective: str
    metric: str | None
    unit: str | None
    baseline: float | None
    target: float | None
    actual: float | None
    priority: int
    status: str
    due_on: str | None
    owner: str | None
    their_owner: str | None


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk of the plan."""

    id: int
    risk: str
    likelihood: int
    impact_minor: int | None
    owner: str | None
    early_sign: str | None
    exit: str | None
    next_check_on: str | None


class TimelineRow(NamedTuple):
    """One entry of the stream of an account or of a person, whatever its kind.

    ``kind`` is one of ``planner.views.timeline.KINDS``; ``what`` the kind of the touchpoint, the
    survey, the signal or the meeting, the complaint's number, the use case of a change.
    ``occurred_at`` is when it happened, ``logged_at`` when it was written down. ``sentiment`` is
    the mood, the score of a survey or of a pulse; ``status`` the meeting's, the complaint's
    severity, the outcome of a survey or a signal, and do, undo or redo of a change.
    ``thread_id`` is the contact that began its thread, ``replies`` how many answer this one.
    """

    kind: str
    id: int
    account_id: int
    account: str
    occurred_at: str
    occurred_on: str
    date_only: bool
    logged_at: str
    what: str
    direction: str | None
    two_way: bool
    function: str | None
    colleague: str | None
    people: str | None
    sentiment: int | None
    text: str
    status: str | None = None
    thread_id: int | None = None
    replies: int = 0
    pinned: bool = False

    @property
    def place(self) -> Place:
        """Where it stands in the stream."""
        return Place(self.occurred_at, KINDS.index(self.kind), self.id)


@dataclass(frozen=True, slots=True)
class CelebrationRow:
    """A date to celebrate."""

    id: int
    label: str
    person: str | None
    on_date: str
    yearly: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything the account's overview shows, read in one go.

    ``row``, ``health`` and ``inputs`` are None for an archived account; ``team`` lists the filled
    seats only. ``inputs`` is what the score was made from, ``sections`` how full and fresh the
    plan's sections are, whether there is a plan or not.
    """

    head: AccountHead
    row: AccountRow | None
    health: HealthScore | None
    contracts: tuple[ContractRow, ...]
    people: tuple[PersonRow, ...]
    team: tuple[SeatRow, ...]
    plan: PlanRow | None
    objectives: tuple[ObjectiveRow, ...]
    risks: tuple[RiskRow, ...]
    actions: tuple[ActionRow, ...]
    complaints: tuple[ComplaintRow, ...]
    last: tuple[TimelineRow, ...]
    celebrations: tuple[CelebrationRow, ...]
    inputs: HealthInputs | None = None
    sections: tuple[SectionState, ...] = ()


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """The score that was stored on a day; ``shown`` is None while nothing was known."""

    on_date: str
    shown: int | None
    band: str
    config_version: str
