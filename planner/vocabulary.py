"""The words this field uses, once: every choice a record, a form, a filter and a command share."""

from __future__ import annotations

from typing import Literal, get_args

Function = Literal["marketing", "sales", "success", "service"]
KeepClass = Literal["invest", "protect", "maintain", "let_go"]
Stage = Literal[
    "prospect", "onboarding", "adopting", "established", "renewal", "offboarding", "lost"
]
Role = Literal["sponsor", "economic_buyer", "champion", "day_to_day", "technical"]
Stance = Literal["advocate", "supporter", "neutral", "sceptic", "opponent"]
Seniority = Literal["account_manager", "lead", "admin", "read_only"]
Channel = Literal["phone", "email", "chat", "sms", "meeting", "letter", "social"]
Consent = Literal["unknown", "given", "withdrawn"]
TouchpointKind = Literal[
    "call", "meeting", "email", "chat", "sms", "event", "webinar",
    "qbr", "training", "social", "blog", "letter", "other",
]  # fmt: skip
Direction = Literal["in", "out"]
Intent = Literal["help", "inform", "entertain", "sell"]
Severity = Literal["low", "medium", "high", "critical"]
ComplaintStage = Literal[
    "received", "acknowledged", "assessed", "investigating", "answered", "closed", "reopened"
]
PlanSize = Literal["starter", "standard", "full"]
PlanStatus = Literal["draft", "active", "under_review", "closed"]
ObjectiveStatus = Literal["not_started", "on_track", "at_risk", "off_track", "achieved", "dropped"]
ActionStatus = Literal["open", "done", "dropped"]
Side = Literal["we", "they"]
Origin = Literal[
    "touchpoint", "complaint", "plan", "review", "playbook", "account", "survey", "contract",
    "incident",
]  # fmt: skip
Forecast = Literal["unknown", "certain", "likely", "at_risk", "lost"]
ContractStatus = Literal["active", "ended"]
PlanSection = Literal[
    "header", "team", "why_bought", "why_stay", "goals", "stakeholders", "value", "health",
    "complaints", "contact_plan", "enablement", "renewal", "growth", "risks", "actions", "notes",
    "reviews",
]  # fmt: skip
Source = Literal["customer", "assumed"]
InterviewKind = Literal["bought", "stay", "exit"]
WhitespaceState = Literal["owned", "pipeline", "gap", "competitor", "not_eligible"]
OpportunityStage = Literal["identified", "qualified", "proposed", "won", "lost"]
BenefitKind = Literal["emotional", "behavioural", "service", "financial"]
ProgrammeKind = Literal["points", "tiers", "paid", "value", "partner"]
PricePosition = Literal["below", "at_par", "above"]
SignalKind = Literal["mention", "rumour", "social", "forum", "review", "news", "usage", "other"]
SurveyKind = Literal["nps", "csat", "ces"]
SurveyTrigger = Literal[
    "first_impression", "onboarding_done", "qbr_done", "complaint_closed", "renewal_signed"
]
FeedbackOutcome = Literal["acted_on", "declined"]
MeetingStatus = Literal["planned", "held", "cancelled"]
AdvocacyKind = Literal["reference", "referral", "case_study", "review", "answer", "event", "other"]
PinKind = Literal["touchpoint", "complaint", "signal", "survey"]
RequestKind = Literal["price_list", "quote", "information", "document", "meeting", "other"]
CelebrationKind = Literal["birthday", "anniversary", "achievement", "other"]
InterviewMethod = Literal["call", "meeting", "survey", "none"]
Triage = Literal["self_serve", "human", "critical"]
FeedbackKind = Literal["complaint", "signal", "survey"]
ImprovementStatus = Literal["open", "done", "dropped"]
PurchaseKind = Literal["purchase", "return"]

FUNCTIONS: tuple[Function, ...] = get_args(Function)
KEEP_CLASSES: tuple[KeepClass, ...] = get_args(KeepClass)
STAGES: tuple[Stage, ...] = get_args(Stage)
ROLES: tuple[Role, ...] = get_args(Role)
STANCES: tuple[Stance, ...] = get_args(Stance)
SENIORITIES: tuple[Seniority, ...] = get_args(Seniority)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
CONSENTS: tuple[Consent, ...] = get_args(Consent)
TOUCHPOINT_KINDS: tuple[TouchpointKind, ...] = get_args(TouchpointKind)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
INTENTS: tuple[Intent, ...] = get_args(Intent)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
COMPLAINT_STAGES: tuple[ComplaintStage, ...] = get_args(ComplaintStage)
PLAN_SIZES: tuple[PlanSize, ...] = get_args(PlanSize)
PLAN_STATUSES: tuple[PlanStatus, ...] = get_args(PlanStatus)
OBJECTIVE_STATUSES: tuple[ObjectiveStatus, ...] = get_args(ObjectiveStatus)
ACTION_STATUSES: tuple[ActionStatus, ...] = get_args(ActionStatus)
SIDES: tuple[Side, ...] = get_args(Side)
ORIGINS: tuple[Origin, ...] = get_args(Origin)
PLAN_SECTIONS: tuple[PlanSection, ...] = get_args(PlanSection)
SOURCES: tuple[Source, ...] = get_args(Source)
INTERVIEW_KINDS: tuple[InterviewKind, ...] = get_args(InterviewKind)
WHITESPACE_STATES: tuple[WhitespaceState, ...] = get_args(WhitespaceState)
OPPORTUNITY_STAGES: tuple[OpportunityStage, ...] = get_args(OpportunityStage)
BENEFIT_KINDS: tuple[BenefitKind, ...] = get_args(BenefitKind)
PROGRAMME_KINDS: tuple[ProgrammeKind, ...] = get_args(ProgrammeKind)
PRICE_POSITIONS: tuple[PricePosition, ...] = get_args(PricePosition)
FORECASTS: tuple[Forecast, ...] = get_args(Forecast)
SIGNAL_KINDS: tuple[SignalKind, ...] = get_args(SignalKind)
SURVEY_KINDS: tuple[SurveyKind, ...] = get_args(SurveyKind)
SURVEY_TRIGGERS: tuple[SurveyTrigger, ...] = get_args(SurveyTrigger)
FEEDBACK_OUTCOMES: tuple[FeedbackOutcome, ...] = get_args(FeedbackOutcome)
MEETING_STATUSES: tuple[MeetingStatus, ...] = get_args(MeetingStatus)
ADVOCACY_KINDS: tuple[AdvocacyKind, ...] = get_args(AdvocacyKind)
PIN_KINDS: tuple[PinKind, ...] = get_args(PinKind)
REQUEST_KINDS: tuple[RequestKind, ...] = get_args(RequestKind)
CELEBRATION_KINDS: tuple[CelebrationKind, ...] = get_args(CelebrationKind)
INTERVIEW_METHODS: tuple[InterviewMethod, ...] = get_args(InterviewMethod)
TRIAGES: tuple[Triage, ...] = get_args(Triage)
FEEDBACK_KINDS: tuple[FeedbackKind, ...] = get_args(FeedbackKind)
IMPROVEMENT_STATUSES: tuple[ImprovementStatus, ...] = get_args(ImprovementStatus)
PURCHASE_KINDS: tuple[PurchaseKind, ...] = get_args(PurchaseKind)

TIERS = (1, 2, 3)
SENTIMENTS = (-2, -1, 0, 1, 2)
PULSES = (1, 2, 3, 4, 5)
LEVELS = (1, 2, 3)
MILESTONE_OFFSETS = (120, 90, 60, 45, 30, 14, 7, 0)

NEXT_STAGES: dict[str, tuple[str, ...]] = {
    "received": ("acknowledged", "assessed", "investigating", "answered", "closed"),
    "acknowledged": ("assessed", "investigating", "answered", "closed"),
    "assessed": ("investigating", "answered", "closed"),
    "investigating": ("answered", "closed"),
    "answered": ("investigating", "closed"),
    "closed": ("reopened",),
    "reopened": ("assessed", "investigating", "answered", "closed"),
}
"""Which stage may follow which; going on may skip stages, never go back but by reopening."""
