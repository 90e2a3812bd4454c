"""Voice: what do customers say in surveys? Each figure with its sample; Enter shows its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType

from planner.language import gettext as _
from planner.survey_report import (
    Reported,
    answers_behind,
    grouped,
    left_out,
    report,
    voice_of,
)
from planner.views.survey_figures import GROUPINGS, SurveyFacts
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.due_words import NOTHING
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

if TYPE_CHECKING:
    from tui.composition import BookQueries

WINDOWS: tuple[int | None, ...] = (None, 365, 90, 30)
"""Days of the windows that ``f`` goes through; None is everything."""
OF_GROUPS = ("nps", "weighted_nps", "csat", "ces", "response_rate", "coverage")
"""The figures that are shown of each group."""


class FigureRow(NamedTuple):
    """One figure of everything, or of a group of accounts."""

    number: int
    group: str
    reported: Reported
    facts: SurveyFacts


class VoiceScreen(RowsScreen[FigureRow]):
    """The figures of all answers or of a window; by tier, owner, stage or month with ``s``."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.filter", "list.sort", "list.new")]
    HINTS = ("list.filter", "list.sort", "list.new", "scope", "find")

    def __init__(self) -> None:
        super().__init__()
        self._window = 0
        self._by: str | None = None
        self._left_out = ""

    def answers(self) -> str:
        return _(
            "What do customers say in surveys? NPS plain and weighted by revenue, CSAT, CES, each"
            " with how many answered. A person's latest answer counts once, anonymous ones each;"
            " what nobody answered is unknown. f goes through the windows, s through tier, owner"
            " and stage, Enter shows the rows behind a figure, n logs an answer."
        )

    def empty(self) -> str:
        return _("Nobody was asked and nobody answered here. n logs an answer to a survey.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("figure", _("Figure"), None, priority=9, least=15, most=22),
            Column("value", _("Value"), 7, "right", priority=8),
            Column("sample", _("Of"), None, priority=6, least=20),
        )

    def drawn(self, row: FigureRow) -> TableRow:
        one = row.reported
        value = (NOTHING, "muted") if one.value is None else (one.value, "strong")
        name = f"{row.group}: {one.name}" if row.group else one.name
        return TableRow(row.number, (name, value, one.sample))

    def key_of(self, row: FigureRow) -> int:
        return row.number

    def account_of(self, row: FigureRow) -> int | None:  # noqa: ARG002
        return None

    def words(self, row: FigureRow) -> str:
        one = row.reported
        said = f"{one.name}: {one.method}"
        return f"{said}. {self._left_out}" if self._left_out else said

    def text_to_copy(self) -> str:
        row = self.current()
        if row is None:
            return ""
        one = row.reported
        return f"{one.name} {one.value or NOTHING} ({one.sample}), {self._window_words()}"

    def top_parts(self) -> TopParts:
        scope = _("mine") if self.owner() is not None else _("all")
        return self.frame_parts(
            _("VOICE: {window}").format(window=self._window_words()), scope=scope, brief=True
        )

    def _window_words(self) -> str:
        days = WINDOWS[self._window]
        return _("all answers") if days is None else _("last {days} days").format(days=days)

    async def read(self) -> Sequence[FigureRow]:
        days = WINDOWS[self._window]
        first = None if days is None else self.today - timedelta(days=days - 1)
        ask = partial(_figures, first=first, owner_id=self.owner(), by=self._by)
        rows, self._left_out = await self.store.read(ask)
        return rows

    def action_list_filter(self) -> None:
        """The next window."""
        self._window = (self._window + 1) % len(WINDOWS)
        self.reload()

    def action_list_sort(self) -> None:
        """The next way to put answers together."""
        ways = (None, *GROUPINGS)
        self._by = ways[(ways.index(self._by) + 1) % len(ways)]
        self.reload()

    def action_list_new(self) -> None:
        """Log an answer to a survey."""
        self.action_log_survey()

    def open_row(self, row: FigureRow) -> None:
        from tui.screens.voice_rows import AnswersScreen, CoverageScreen, SurveySendsScreen

        one = row.reported
        title = f"{one.name}, {row.group}" if self._by else one.name
        if one.key == "coverage":
            self.app.push_screen(CoverageScreen(title, row.facts))
        elif one.key == "response_rate":
            self.app.push_screen(SurveySendsScreen(title, row.facts))
        else:
            ids = [each.id for each in answers_behind(row.facts, one.key)]
            self.app.push_screen(AnswersScreen(title, ids))


def _figures(
    queries: BookQueries, *, first: date | None, owner_id: int | None, by: str | None
) -> tuple[list[FigureRow], str]:
    """The rows of the screen, and what counts in no figure."""
    facts = queries.survey_figures.facts(first=first, owner_id=owner_id)
    made = voice_of(facts)
    if by is None:
        rows = [("", one, facts) for one in report(made)]
    else:
        rows = [
            (_group_words(by, group.group), one, part)
            for group, part in grouped(facts, by)
            for one in report(group.voice)
            if one.key in OF_GROUPS
        ]
    return [
        FigureRow(number, group, one, part) for number, (group, one, part) in enumerate(rows, 1)
    ], left_out(made)


def _group_words(by: str, group: str | None) -> str:
    if group is None:
        return _("none")
    if by == "tier":
        return _("tier {number}").format(number=group)
    return value_words(group) if by == "stage" else group
