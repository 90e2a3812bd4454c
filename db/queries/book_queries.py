"""All read-only queries of a book behind one object, one attribute a question."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from db.engine import Connection
from db.frame import Frame
from planner.acting import Actor

if TYPE_CHECKING:
    from db.queries.account_page import AccountPageQueries
    from db.queries.accounts import AccountQueries
    from db.queries.addresses import AddressQueries
    from db.queries.advocacy import AdvocacyQueries
    from db.queries.board import BoardQueries
    from db.queries.cadence import CadenceQueries
    from db.queries.calendars import CalendarQueries
    from db.queries.causes import CauseQueries
    from db.queries.celebrations import CelebrationQueries
    from db.queries.complaint_notes import ComplaintNoteQueries
    from db.queries.complaints import ComplaintQueries
    from db.queries.draft_facts import DraftQueries
    from db.queries.dropoff import DropoffQueries
    from db.queries.find import FindQueries
    from db.queries.growth import GrowthQueries
    from db.queries.handoffs import HandOffQueries
    from db.queries.health import HealthQueries
    from db.queries.heard import HeardQueries
    from db.queries.history import HistoryQueries
    from db.queries.improvements import ImprovementQueries
    from db.queries.incidents import IncidentQueries
    from db.queries.listening import ListeningQueries
    from db.queries.lookalikes import LookAlikeQueries
    from db.queries.loyalty import LoyaltyQueries
    from db.queries.meetings import MeetingQueries
    from db.queries.names import NameQueries
    from db.queries.outcomes import OutcomeQueries
    from db.queries.people import PeopleQueries
    from db.queries.plan_lines import PlanLineQueries
    from db.queries.plan_page import PlanPageQueries
    from db.queries.plan_states import PlanStateQueries
    from db.queries.plan_versions import PlanVersionQueries
    from db.queries.pressure import PressureQueries
    from db.queries.purchases import PurchaseQueries
    from db.queries.radar import RadarQueries
    from db.queries.reasons import ReasonQueries
    from db.queries.renewals import RenewalQueries
    from db.queries.requests import RequestQueries
    from db.queries.review_pack import ReviewPackQueries
    from db.queries.reviews import ReviewQueries
    from db.queries.rules import AlertQueries, CriterionQueries
    from db.queries.said import SaidQueries
    from db.queries.sla_report import SlaQueries
    from db.queries.snapshots import SnapshotQueries
    from db.queries.survey_figures import SurveyFigureQueries
    from db.queries.talks import TalkQueries
    from db.queries.timeline import TimelineQueries
    from db.queries.today import TodayQueries
    from db.queries.touch_matrix import TouchMatrixQueries
    from planner.health.score import HealthScore
    from planner.views.account import ActionRow
    from planner.views.colleagues import ColleagueRow

COLLEAGUES = """
SELECT id, name, email, function, seniority, away_from, away_to, cover_id, retired_on
FROM colleague WHERE archived_at IS NULL ORDER BY name_key, id"""


class BookQueries:
    """Made by ``Book.queries`` for one moment; holds no rows.

    Each question's module loads when it is asked: a list command pays for its own alone.
    """

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self.frame = frame
        self.actor = actor

    @cached_property
    def accounts(self) -> AccountQueries:
        from db.queries.accounts import AccountQueries

        return AccountQueries(self._connection, self.frame, self.actor)

    @cached_property
    def account(self) -> AccountPageQueries:
        from db.queries.account_page import AccountPageQueries

        return AccountPageQueries(self._connection, self.frame, self.actor)

    @cached_property
    def addresses(self) -> AddressQueries:
        from db.queries.addresses import AddressQueries

        return AddressQueries(self._connection)

    @cached_property
    def meetings(self) -> MeetingQueries:
        from db.queries.meetings import MeetingQueries

        return MeetingQueries(self._connection, self.frame, self.actor)

    @cached_property
    def people(self) -> PeopleQueries:
        from db.queries.people import PeopleQueries

        return PeopleQueries(self._connection)

    @cached_property
    def plan(self) -> PlanPageQueries:
        from db.queries.plan_page import PlanPageQueries

        return PlanPageQueries(self._connection, self.frame)

    @cached_property
    def complaints(self) -> ComplaintQueries:
        from db.queries.complaints import ComplaintQueries

        return ComplaintQueries(self._connection, self.frame)

    @cached_property
    def board(self) -> BoardQueries:
        from db.queries.board import BoardQueries

        return BoardQueries(self._connection, self.frame)

    @cached_property
    def calendars(self) -> CalendarQueries:
        from db.queries.calendars import CalendarQueries

        return CalendarQueries(self._connection)

    @cached_property
    def listening(self) -> ListeningQueries:
        from db.queries.listening import ListeningQueries

        return ListeningQueries(self._connection, self.frame)

    @cached_property
    def causes(self) -> CauseQueries:
        from db.queries.causes import CauseQueries

        return CauseQueries(self._connection, self.frame)

    @cached_property
    def improved(self) -> ImprovementQueries:
        from db.queries.improvements import ImprovementQueries

        return ImprovementQueries(self._connection, self.frame)

    @cached_property
    def incidents(self) -> IncidentQueries:
        from db.queries.incidents import IncidentQueries

        return IncidentQueries(self._connection)

    @cached_property
    def complaint_notes(self) -> ComplaintNoteQueries:
        from db.queries.complaint_notes import ComplaintNoteQueries

        return ComplaintNoteQueries(self._connection)

    @cached_property
    def handoffs(self) -> HandOffQueries:
        from db.queries.handoffs import HandOffQueries

        return HandOffQueries(self._connection, self.frame)

    @cached_property
    def outcomes(self) -> OutcomeQueries:
        from db.queries.outcomes import OutcomeQueries

        return OutcomeQueries(self._connection, self.frame)

    @cached_property
    def sla(self) -> SlaQueries:
        from db.queries.sla_report import SlaQueries

        return SlaQueries(self._connection)

    @cached_property
    def review(self) -> ReviewPackQueries:
        from db.queries.review_pack import ReviewPackQueries

        return ReviewPackQueries(self._connection, self.frame, self.actor)

    @cached_property
    def said(self) -> SaidQueries:
        from db.queries.said import SaidQueries

        return SaidQueries(self._connection, self.frame)

    @cached_property
    def plan_states(self) -> PlanStateQueries:
        from db.queries.plan_states import PlanStateQueries

        return PlanStateQueries(self._connection, self.frame, self.actor)

    @cached_property
    def renewals(self) -> RenewalQueries:
        from db.queries.renewals import RenewalQueries

        return RenewalQueries(self._connection, self.frame, self.actor)

    @cached_property
    def lines(self) -> PlanLineQueries:
        from db.queries.plan_lines import PlanLineQueries

        return PlanLineQueries(self._connection)

    @cached_property
    def versions(self) -> PlanVersionQueries:
        from db.queries.plan_versions import PlanVersionQueries

        return PlanVersionQueries(self._connection)

    @cached_property
    def reasons(self) -> ReasonQueries:
        from db.queries.reasons import ReasonQueries

        return ReasonQueries(self._connection, self.frame)

    @cached_property
    def growth(self) -> GrowthQueries:
        from db.queries.growth import GrowthQueries

        return GrowthQueries(self._connection)

    @cached_property
    def loyalty(self) -> LoyaltyQueries:
        from db.queries.loyalty import LoyaltyQueries

        return LoyaltyQueries(self._connection, self.frame)

    @cached_property
    def pressure(self) -> PressureQueries:
        from db.queries.pressure import PressureQueries

        return PressureQueries(self._connection, self.frame)

    @cached_property
    def requests(self) -> RequestQueries:
        from db.queries.requests import RequestQueries

        return RequestQueries(self._connection, self.frame)

    @cached_property
    def criteria(self) -> CriterionQueries:
        from db.queries.rules import CriterionQueries

        return CriterionQueries(self._connection)

    @cached_property
    def alerts(self) -> AlertQueries:
        from db.queries.rules import AlertQueries

        return AlertQueries(self._connection, self.frame, self.actor)

    @cached_property
    def celebrations(self) -> CelebrationQueries:
        from db.queries.celebrations import CelebrationQueries

        return CelebrationQueries(self._connection, self.frame)

    @cached_property
    def advocacy(self) -> AdvocacyQueries:
        from db.queries.advocacy import AdvocacyQueries

        return AdvocacyQueries(self._connection)

    @cached_property
    def cadence(self) -> CadenceQueries:
        from db.queries.cadence import CadenceQueries

        return CadenceQueries(self._connection, self.frame, self.actor)

    @cached_property
    def reviews(self) -> ReviewQueries:
        from db.queries.reviews import ReviewQueries

        return ReviewQueries(self._connection, self.frame)

    @cached_property
    def draft_texts(self) -> DraftQueries:
        from db.queries.draft_facts import DraftQueries

        return DraftQueries(self._connection, self.frame, self.actor.name)

    @cached_property
    def losses(self) -> LookAlikeQueries:
        from db.queries.lookalikes import LookAlikeQueries

        return LookAlikeQueries(self._connection, self.frame)

    @cached_property
    def talks(self) -> TalkQueries:
        from db.queries.talks import TalkQueries

        return TalkQueries(self._connection, self.frame)

    @cached_property
    def dropoff(self) -> DropoffQueries:
        from db.queries.dropoff import DropoffQueries

        return DropoffQueries(self._connection, self.frame)

    @cached_property
    def purchases(self) -> PurchaseQueries:
        from db.queries.purchases import PurchaseQueries

        return PurchaseQueries(self._connection, self.frame)

    @cached_property
    def radar(self) -> RadarQueries:
        from db.queries.radar import RadarQueries

        return RadarQueries(self._connection, self.frame)

    @cached_property
    def timeline(self) -> TimelineQueries:
        from db.queries.timeline import TimelineQueries

        return TimelineQueries(self._connection, self.frame.today)

    @cached_property
    def survey_figures(self) -> SurveyFigureQueries:
        from db.queries.survey_figures import SurveyFigureQueries

        return SurveyFigureQueries(self._connection, self.frame)

    @cached_property
    def snapshots(self) -> SnapshotQueries:
        from db.queries.snapshots import SnapshotQueries

        return SnapshotQueries(self._connection, self.frame)

    @cached_property
    def today(self) -> TodayQueries:
        from db.queries.today import TodayQueries

        return TodayQueries(self._connection, self.frame, self.actor)

    @cached_property
    def history(self) -> HistoryQueries:
        from db.queries.history import HistoryQueries

        return HistoryQueries(self._connection)

    @cached_property
    def names(self) -> NameQueries:
        from db.queries.names import NameQueries

        return NameQueries(self._connection)

    @cached_property
    def heard(self) -> HeardQueries:
        from db.queries.heard import HeardQueries

        return HeardQueries(self._connection)

    @cached_property
    def matrix(self) -> TouchMatrixQueries:
        from db.queries.touch_matrix import TouchMatrixQueries

        return TouchMatrixQueries(self._connection, self.frame)

    @cached_property
    def search(self) -> FindQueries:
        from db.queries.find import FindQueries

        return FindQueries(self._connection)

    @cached_property
    def scores(self) -> HealthQueries:
        from db.queries.health import HealthQueries

        return HealthQueries(self._connection, self.frame)

    def health(self, account_id: int) -> HealthScore | None:
        """The score of an account as of the frame's day; None when it is archived."""
        from db.health_facts import gather
        from planner.health.score import score_health

        frame = self.frame
        found = gather(self._connection, account_id, account_id, frame.today, frame.now, frame.zone)
        return score_health(found[0].inputs, frame.config) if found else None

    def actions(
        self, *, status: str | None = "open", limit: int | None = None
    ) -> tuple[ActionRow, ...]:
        """Actions of all accounts by due day."""
        from db.queries.actions import action_rows

        params: dict[str, Any] = {} if status is None else {"status": status}
        where = "" if status is None else " AND x.status = :status"
        return action_rows(self._connection, where, params, limit)

    def colleagues(self) -> list[ColleagueRow]:
        """Everybody of us by name, retired ones too."""
        from planner.views.colleagues import ColleagueRow

        return [ColleagueRow(*row) for row in self._connection.rows(COLLEAGUES)]

    def settings(self) -> dict[str, str]:
        """The book's settings by key."""
        rows = self._connection.rows(
            "SELECT key, value FROM setting WHERE archived_at IS NULL ORDER BY key"
        )
        return {str(key): str(value) for key, value in rows}

    def record(self, table: str, row_id: int) -> Any:
        """One record as its model, for a form. Raises ``NotFound``. Loads pydantic."""
        from db.records import read_record

        return read_record(self._connection, table, row_id)
