"""What a whole plan shows beyond the account's page: flat rows, no records.

Days and moments are ISO text, money is in minor units. Named tuples: they cost little to be made.
"""

from __future__ import annotations

from typing import NamedTuple

from planner.views.rules import CriterionRow


class PlanHeader(NamedTuple):
    """What the header of the live plan says beyond ``planner.views.account.PlanRow``.

    ``required_roles``: None is all five.
    """

    id: int
    version: int
    template: str | None
    sponsor_id: int | None
    sponsor: str | None
    meeting_rhythm: str | None
    required_roles: tuple[str, ...] | None
    review_every_days: int | None


class SectionRow(NamedTuple):
    """A section that somebody added, refreshed or handed over."""

    id: int
    section: str
    added: bool
    still_true_on: str | None
    owner_id: int | None
    owner: str | None
    offered_to_id: int | None
    offered_to: str | None
    offered_on: str | None


class SignOffRow(NamedTuple):
    """One function's signature; ``content`` is the digest of what it stands for."""

    id: int
    function: str
    colleague_id: int | None
    colleague: str | None
    signed_on: str
    content: str


class EntryRow(NamedTuple):
    """One line of a section; planner.plan_fields lists the fields of each section."""

    id: int
    section: str
    field: str
    entry: str
    source: str
    interview_id: int | None
    person_id: int | None
    person: str | None
    colleague_id: int | None
    colleague: str | None
    function: str | None
    channel: str | None
    topic: str | None
    driver: str | None
    on_date: str | None
    to_date: str | None
    told_on: str | None
    closed_on: str | None


class InterviewRow(NamedTuple):
    """One talk about why they bought, stay or leave."""

    id: int
    kind: str
    touchpoint_id: int | None
    person_id: int | None
    person: str | None
    held_on: str
    reason: str | None
    reason_detail: str | None
    stated_reason: str | None
    root_cause: str | None
    evidence: str | None
    win_back_on: str | None


class ObjectiveMore(NamedTuple):
    """What an objective says beyond ``planner.views.account.ObjectiveRow``, by the same id."""

    id: int
    function: str | None
    shared: bool
    evidence: str | None
    started_on: str | None
    actual_on: str | None
    achieved_on: str | None
    owner_id: int | None
    their_owner_id: int | None
    criterion_id: int | None
    status_by_hand: bool


class MeasurementRow(NamedTuple):
    """What an objective's metric read on a day."""

    id: int
    objective_id: int
    actual: float
    measured_on: str
    confirmed_on: str | None
    confirmed_by: str | None
    note: str | None


class ProofRow(NamedTuple):
    """One point of value delivered."""

    id: int
    proof: str
    on_date: str
    figure: float | None
    unit: str | None
    objective_id: int | None
    confirmed_on: str | None
    confirmed_by_id: int | None
    confirmed_by: str | None
    shared: bool


class RiskMore(NamedTuple):
    """What a risk says beyond ``planner.views.account.RiskRow``, by the same id."""

    id: int
    owner_id: int | None
    evidence: str | None
    mitigation: str | None


class PlanActionRow(NamedTuple):
    """One action of the mutual action plan, open or done; ``depends_on`` are ids of actions."""

    id: int
    plan_id: int | None
    side: str
    action: str
    owner_id: int | None
    owner: str | None
    their_owner_id: int | None
    their_owner: str | None
    starts_on: str | None
    due_on: str | None
    depends_on: tuple[int, ...]
    done_means: str | None
    promised: bool
    shared: bool
    status: str
    done_on: str | None
    later_reason: str | None
    origin: str
    origin_id: int | None
    playbook: str | None
    recorded_on: str


class PlanSeatRow(NamedTuple):
    """Who serves the account in one function, who stands in, and for what they answer."""

    id: int
    function: str
    colleague_id: int
    colleague: str
    away: bool
    backup_id: int | None
    backup: str | None
    responsibility: str | None


class StakeholderMore(NamedTuple):
    """What a person's part says beyond ``planner.views.account.PersonRow``, by the same person."""

    person_id: int
    membership_id: int
    personal_win: str | None
    contact_every_days: int | None
    topics: str | None
    relationship_owner_id: int | None
    relationship_owner: str | None
    since_on: str | None
    learning: str | None
    support_channel: str | None


class ContractRenewal(NamedTuple):
    """What a contract says about its renewal beyond ``ContractRow``, by the contract's id.

    Money is in minor units of the contract's ``currency``.
    """

    contract_id: int
    currency: str
    renew_amount_minor: int | None
    uplift_percent: float | None
    term_months: int | None
    term_options: str | None
    price_position: str | None
    competitor_price: str | None
    discount_history: str | None
    decision_buyer_id: int | None
    decision_buyer: str | None
    decision_criteria: str | None
    decision_process: str | None
    paper_process: str | None
    competition: str | None
    fallback: str | None
    offer_limit_minor: int | None
    forecast_probability: float | None
    forecast_reason: str | None
    paused_to: str | None
    invoice_overdue_since: str | None
    note: str | None


class MilestoneRow(NamedTuple):
    """A renewal milestone that was reached."""

    id: int
    contract_id: int
    offset_days: int
    done_on: str


class ProductRow(NamedTuple):
    """Something we sell."""

    id: int
    name: str
    note: str | None


class WhitespaceRow(NamedTuple):
    """One cell of the grid of products by buying centres."""

    id: int
    product_id: int
    product: str
    centre: str
    state: str
    potential_minor: int | None
    competitor: str | None
    note: str | None


class OpportunityRow(NamedTuple):
    """A deal to grow the account; open while it has no ``closed_on``."""

    id: int
    opportunity: str
    product_id: int | None
    product: str | None
    centre: str | None
    value_minor: int | None
    stage: str
    next_step: str | None
    next_step_on: str | None
    owner_id: int | None
    owner: str | None
    closed_on: str | None


class BenefitRow(NamedTuple):
    """Something the account has for being a customer."""

    id: int
    kind: str
    benefit: str
    given_on: str | None
    cost_minor: int | None
    hassle: str | None
    programme_id: int | None
    programme: str | None
    person_id: int | None
    person: str | None


class GestureRow(NamedTuple):
    """Something given once; ``complaint`` is the number of the complaint it answers."""

    id: int
    kind: str
    gesture: str
    given_on: str
    cost_minor: int | None
    reason: str | None
    approver_id: int | None
    approver: str | None
    person_id: int | None
    person: str | None
    complaint_id: int | None
    complaint: str | None


class BehaviourRow(NamedTuple):
    """How the customer should be loyal; the active one has no ``ended_on``."""

    id: int
    behaviour: str
    metric: str | None
    reward: str | None
    budget_minor: int | None
    leads_to: str | None
    ended_on: str | None


class EnrolmentRow(NamedTuple):
    """The account in a loyalty programme, with the sum of its points up to today."""

    id: int
    programme_id: int
    programme: str
    kind: str
    tiers: tuple[tuple[str, int], ...]
    since_on: str
    left_on: str | None
    points: int

    @property
    def tier(self) -> str | None:
        """The highest tier that the points reach; None below the first."""
        return next((name for name, level in reversed(self.tiers) if self.points >= level), None)


class AdvocacyLine(NamedTuple):
    """Something they did for us."""

    id: int
    kind: str
    advocacy: str
    person: str | None
    on_date: str
    link: str | None


class ShareRow(NamedTuple):
    """What the customer was given last; ``content`` is JSON."""

    id: int
    shared_on: str
    shared_at: str
    content: str


class PlanPage(NamedTuple):
    """Everything a whole plan shows beyond ``AccountPage``, read in one go.

    ``actions`` are those of the plan and all open ones of the account, and the shared ones done
    since the plan was started; dropped ones are left out.
    """

    header: PlanHeader
    sections: tuple[SectionRow, ...] = ()
    sign_offs: tuple[SignOffRow, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    interviews: tuple[InterviewRow, ...] = ()
    objectives: tuple[ObjectiveMore, ...] = ()
    measurements: tuple[MeasurementRow, ...] = ()
    proofs: tuple[ProofRow, ...] = ()
    risks: tuple[RiskMore, ...] = ()
    actions: tuple[PlanActionRow, ...] = ()
    seats: tuple[PlanSeatRow, ...] = ()
    stakeholders: tuple[StakeholderMore, ...] = ()
    renewals: tuple[ContractRenewal, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    products: tuple[ProductRow, ...] = ()
    whitespace: tuple[WhitespaceRow, ...] = ()
    opportunities: tuple[OpportunityRow, ...] = ()
    benefits: tuple[BenefitRow, ...] = ()
    gestures: tuple[GestureRow, ...] = ()
    behaviours: tuple[BehaviourRow, ...] = ()
    enrolments: tuple[EnrolmentRow, ...] = ()
    advocacy: tuple[AdvocacyLine, ...] = ()
    criteria: tuple[CriterionRow, ...] = ()
    share: ShareRow | None = None

    def entries_of(self, section: str, field: str | None = None) -> tuple[EntryRow, ...]:
        """The lines of a section, or those of one of its fields; closed ones too."""
        return tuple(
            row for row in self.entries if row.section == section and field in (None, row.field)
        )

    def measured(self, objective_id: int) -> tuple[MeasurementRow, ...]:
        """What one objective's metric read, oldest first."""
        return tuple(row for row in self.measurements if row.objective_id == objective_id)
