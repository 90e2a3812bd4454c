"""The board in figures, for the lead: open, late, at risk, waiting and not accepted, by function
and by owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.language import gettext as _
from planner.views.board import OwnerTally, Whose, tallies
from planner.vocabulary import FUNCTIONS
from planner.vocabulary_words import value_words
from tui.screens.rows_screen import RowsScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

STYLES = ("strong", "late", "warn", "", "warn")


class BoardOwnersScreen(RowsScreen[OwnerTally]):
    """Everybody, each function, each owner; ``show`` shows the complaints of one on the board."""

    HINTS = ("back", "find")

    def __init__(self, show: Callable[[Whose, str], None]) -> None:
        super().__init__()
        self._show = show

    def answers(self) -> str:
        return _(
            "Who has how many open complaints, and how many are late, at risk, waiting for the"
            " customer, or handed over and not accepted yet? Enter shows them on the board."
        )

    def empty(self) -> str:
        return _("No open complaint.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("who", _("Who"), None, priority=9, least=14, most=30),
            Column("open", _("Open"), 6, "right", priority=8),
            Column("late", _("Late"), 6, "right", priority=7),
            Column("risk", _("At risk"), 7, "right", priority=6),
            Column("waiting", _("Waiting"), 7, "right", priority=5),
            Column("handed", _("Not accepted"), 12, "right", priority=4),
        )

    def drawn(self, row: OwnerTally) -> TableRow:
        figures: list[Cell] = [
            (str(count), style if count else "muted")
            for count, style in zip(row.tally, STYLES, strict=True)
        ]
        name = tally_words(row)
        who: Cell = f"  {name}" if row.level == "owner" else (name, "strong")
        return TableRow(row.key, (who, *figures))

    def key_of(self, row: OwnerTally) -> int:
        return row.key

    def words(self, row: OwnerTally) -> str:
        return _(
            "{who}: {open} open, {late} late, {risk} at risk, {waiting} waiting, {handed} not"
            " accepted"
        ).format(who=tally_words(row), **row.tally._asdict())

    def top_parts(self) -> TopParts:
        return self.frame_parts(_("COMPLAINTS BY OWNER"))

    async def read(self) -> Sequence[OwnerTally]:
        counts = await self.store.read(lambda q: q.board.counts())
        return tallies(counts, FUNCTIONS) if counts else []

    def open_row(self, row: OwnerTally) -> None:
        words = tally_words(row)
        self.app.pop_screen()
        self._show(row.whose, words)


def tally_words(row: OwnerTally) -> str:
    """Whom a line counts."""
    if row.level == "all":
        return _("everybody")
    if row.level == "function":
        return value_words(row.words or "")
    return row.words or _("nobody's")
