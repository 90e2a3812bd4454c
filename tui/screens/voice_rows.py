"""The rows behind a figure of surveys: answers, surveys sent, accounts with their revenue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from planner.language import gettext as _
from planner.money import Money, compact
from planner.survey_report import standing
from planner.views.heard import SurveyRow
from planner.views.survey_figures import Face, SendRow, SurveyFacts
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.due_words import NOTHING
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

MOST = 500


class AnswersScreen(RowsScreen[SurveyRow]):
    """The answers that a figure is made of, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.edit")]
    HINTS = ("back", "list.edit", "find")

    def __init__(self, title: str, ids: Sequence[int]) -> None:
        super().__init__()
        self._title, self._ids = title, ids

    def answers(self) -> str:
        return _("Which answers is this figure made of? e puts one right, Enter opens its account.")

    def empty(self) -> str:
        return _("No answer counts here.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("on", _("Answered"), 10, priority=7),
            Column("account", _("Account"), None, priority=8, least=12, most=24),
            Column("who", _("Who"), None, priority=5, least=9, most=18),
            Column("kind", _("Kind"), 4, priority=4),
            Column("score", _("Score"), 7, "right", priority=9),
            Column("standing", "", 9, priority=6),
            Column("comment", _("Comment"), None, priority=3, least=12),
        )

    def drawn(self, row: SurveyRow) -> TableRow:
        nobody = (_("anonymous"), "muted")
        book = (_("the book"), "muted")
        return TableRow(
            row.id,
            (
                row.answered_on,
                book if row.account is None else row.account,
                nobody if row.person is None else row.person,
                row.kind.upper(),
                f"{row.score} / {row.highest}",
                standing(row.kind, row.score, row.highest),
                " ".join((row.comment or "").split()),
            ),
        )

    def key_of(self, row: SurveyRow) -> int:
        return row.id

    def words(self, row: SurveyRow) -> str:
        said = f"{row.kind.upper()} {row.score} / {row.highest}"
        if row.kind == "ces":
            high = _("high is effort") if row.effort_high else _("high is easy")
            said = f"{said} ({high})"
        return f"{said}  {row.comment}" if row.comment else said

    def top_parts(self) -> TopParts:
        words = _("ANSWERS: {figure}").format(figure=self._title)
        return self.frame_parts(words, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[SurveyRow]:
        ids = list(self._ids[: MOST + 1])
        return await self.store.read(lambda q: q.survey_figures.answers(ids))

    def open_row(self, row: SurveyRow) -> None:
        if row.account_id is None:
            self.say(_("This answer belongs to no account. e puts it right."))
            return
        self.open_account(row.account_id, self.account_ids(), "timeline", f"survey:{row.id}")

    def action_list_edit(self) -> None:
        """Put the answer right."""
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, "survey", account_id=row.account_id, survey_id=row.id)


class SurveySendsScreen(RowsScreen[SendRow]):
    """The surveys that were sent, the newest first; ``d`` says that one came back."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.done")]
    HINTS = ("back", "list.done", "find")

    def __init__(self, title: str, facts: SurveyFacts) -> None:
        super().__init__()
        self._title = title
        newest = sorted(facts.sent, key=lambda one: (one.sent_on, one.id), reverse=True)
        self._ids = [one.id for one in newest[: MOST + 1]]

    def answers(self) -> str:
        return _("Which surveys were sent? d says that one came back: it counts as not delivered.")

    def empty(self) -> str:
        return _("No survey was sent. d on a survey under UPKEEP on Today says that one was.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("on", _("Sent"), 10, priority=7),
            Column("account", _("Account"), None, priority=9, least=12, most=26),
            Column("who", _("To"), None, priority=8, least=10, most=22),
            Column("kind", _("Kind"), 4, priority=6),
            Column("for", _("Sent for"), 17, priority=4),
            Column("arrived", _("Arrived"), 9, priority=5),
        )

    def drawn(self, row: SendRow) -> TableRow:
        account = (_("the account"), "muted")
        return TableRow(
            row.id,
            (
                row.sent_on,
                row.account,
                account if row.person is None else row.person,
                row.kind.upper(),
                (NOTHING, "muted") if row.trigger is None else value_words(row.trigger),
                _("yes") if row.delivered else (_("came back"), "warn"),
            ),
        )

    def key_of(self, row: SendRow) -> int:
        return row.id

    def words(self, row: SendRow) -> str:
        whom = row.person or row.account
        return _("{kind} to {whom}, {day}").format(
            kind=row.kind.upper(), whom=whom, day=row.sent_on
        )

    def top_parts(self) -> TopParts:
        words = _("SENT: {figure}").format(figure=self._title)
        return self.frame_parts(words, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[SendRow]:
        ids = self._ids
        return await self.store.read(lambda q: q.survey_figures.sends(ids=ids))

    def action_list_done(self) -> None:
        """Say that the survey came back."""
        from planner.use_cases.survey_sends import bounce_survey

        row = self.current()
        if row is not None and not self.refuse_read_only():
            self.do(bounce_survey, row.id)


class CoverageScreen(RowsScreen[Face]):
    """The accounts with an ARR, those without an answer of 90 days first, the largest first."""

    HINTS = ("back", "log.action", "find")

    def __init__(self, title: str, facts: SurveyFacts) -> None:
        super().__init__()
        self._title = title
        self._covered = facts.covered
        known = [one for one in facts.faces.values() if one.arr_minor]
        known.sort(key=lambda one: (one.account_id in facts.covered, -(one.arr_minor or 0),
                                    one.account_id))  # fmt: skip
        self._faces = known

    def answers(self) -> str:
        return _(
            "Whose revenue has no voice? Accounts without an answer of the last 90 days come first,"
            " the largest first."
        )

    def empty(self) -> str:
        return _("No account has a known ARR.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("account", _("Account"), None, priority=9, least=14),
            Column("arr", _("ARR"), 8, "right", priority=8),
            Column("answered", _("Answer in 90 days"), 17, priority=7),
            Column("owner", _("Owner"), 16, priority=5),
        )

    def drawn(self, row: Face) -> TableRow:
        money = compact(Money(row.arr_minor or 0, row.currency or "EUR"))
        answered = row.account_id in self._covered
        said = _("yes") if answered else (_("no"), "warn")
        return TableRow(row.account_id, (row.name, money, said, row.owner or ""))

    def key_of(self, row: Face) -> int:
        return row.account_id

    def words(self, row: Face) -> str:
        if row.account_id in self._covered:
            return _("{account} answered in the last 90 days").format(account=row.name)
        return _("{account} answered nothing in the last 90 days").format(account=row.name)

    def top_parts(self) -> TopParts:
        words = _("COVERAGE: {figure}").format(figure=self._title)
        return self.frame_parts(words, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[Face]:
        return self._faces[: MOST + 1]
