"""The risk radar: who might be on the way out, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.radar import all_reasons
from planner.views.radar import LostRow, RadarPage, RadarRow
from tui.actions import bindings
from tui.background import behind
from tui.screens.radar_rows import losses_line, radar_columns, radar_row, reasons_lines
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts


class RadarScreen(RowsScreen[RadarRow]):
    """Accounts for which a reason holds, those with most of them first."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.rang")]
    HINTS = ("log.touchpoint", "log.action", "list.rang", "scope", "find")

    def __init__(self) -> None:
        super().__init__()
        self._page: RadarPage | None = None

    def answers(self) -> str:
        return _(
            "Who might be on the way out, and why? Contact past its maximum, requests past their"
            " day, key roles that nobody holds, nothing bought for twice their usual interval, and"
            " accounts like those that were lost: signs a"
            " month before the loss, with both sample sizes. The order is not calibrated."
        )

    def compose_body(self) -> Iterable[Widget]:
        yield from super().compose_body()
        yield TextLine(id="losses")

    def empty(self) -> str:
        return _("Nobody is on the radar. S shows everybody's accounts.")

    def columns(self) -> tuple[Column, ...]:
        return radar_columns()

    def drawn(self, row: RadarRow) -> TableRow:
        facts = self.trust.facts
        return radar_row(row, self.today, None if facts is None else facts.actor.colleague_id)

    def key_of(self, row: RadarRow) -> int:
        return row.account_id

    def words(self, row: RadarRow) -> str:
        return all_reasons(row.risks, self.today)

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.trust.mine else _("all: {count}")
        count = 0 if self._page is None else self._page.total
        return self.frame_parts(_("RADAR"), scope=scope.format(count=count))

    async def read(self) -> Sequence[RadarRow]:
        owner = self.owner()
        page = self._page = await self.store.read(lambda q: q.radar.page(owner_id=owner))
        self.query_one("#losses", TextLine).set_text((losses_line(page.losses), "muted"))
        return page.rows

    # The row under the cursor

    def text_to_copy(self) -> str:
        row = self.current()
        if row is None:
            return ""
        return f"{row.account}: {all_reasons(row.risks, self.today, '; ')}"

    def action_list_rang(self) -> None:
        """Log a call that nobody answered, at once."""
        self.rang(self.current_account())

    def open_row(self, row: RadarRow) -> None:
        behind(self, partial(self._show_reasons, row), "reasons", exclusive=True)

    async def _show_reasons(self, row: RadarRow) -> None:
        page = self._page
        if page is None:
            return
        ids = page.losses.losses_with(row.risks.alike) if row.risks.alike else ()
        lost: tuple[LostRow, ...] = ()
        try:
            if ids:
                lost = await self.store.read(lambda q: q.radar.lost_like(ids))
        except TrustplanError as error:
            self.complain(error)
            return
        from tui.dialogs.radar_reasons import RadarReasonsDialog

        lines = reasons_lines(row, lost, self.today)
        self.app.push_screen(RadarReasonsDialog(row.account, lines), self._chosen)

    def _chosen(self, key: str | None) -> None:
        row, page = self.current(), self._page
        if key is None or row is None or page is None:
            return
        kind, _colon, name = key.partition(":")
        ids = [one.account_id for one in page.rows]
        if kind == "lost":
            self.open_account(int(name))
        elif kind == "tab":
            self.open_account(row.account_id, ids, tab=name)
        else:
            tab = "people" if kind == "person" else "overview"
            self.open_account(row.account_id, ids, tab=tab, seek=key)
