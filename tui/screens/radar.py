"""The risk radar: who might be on the way out, and why?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.radar import all_reasons
from planner.views.radar import LostRow, RadarPage, RadarRow
from tui.actions import bindings
from tui.background import behind
from tui.screens.frame import FrameScreen
from tui.screens.radar_rows import losses_line, radar_columns, radar_row, reasons_lines
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable


class RadarScreen(FrameScreen):
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
            " day, key roles that nobody holds, and accounts like those that were lost: signs a"
            " month before the loss, with both sample sizes. The order is not calibrated."
        )

    def compose_body(self) -> Iterable[Widget]:
        empty = _("Nobody is on the radar. S shows everybody's accounts.")
        yield WindowedTable(radar_columns(), gap=1, empty=empty, id="body")
        yield Rule()
        yield TextLine(id="reason")
        yield TextLine(id="losses")

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.trust.mine else _("all: {count}")
        count = 0 if self._page is None else self._page.total
        return self.frame_parts(_("RADAR"), scope=scope.format(count=count))

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    async def load(self) -> None:
        facts = self.trust.facts
        owner = None
        if facts is not None and self.trust.mine:
            owner = facts.actor.colleague_id
        key = self.table.cursor_key
        page = self._page = await self.store.read(lambda q: q.radar.page(owner_id=owner))
        index = next((i for i, row in enumerate(page.rows) if row.account_id == key), None)
        self.table.set_total(len(page.rows))
        self.table.invalidate(key, index)
        self.query_one("#losses", TextLine).set_text((losses_line(page.losses), "muted"))
        self._show_reason()
        self.refresh_top()

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        facts = self.trust.facts
        if facts is None or self._page is None:
            return
        wanted = self._page.rows[event.offset : event.offset + event.count]
        me = facts.actor.colleague_id
        drawn = [self.marked(radar_row(one, facts.today, me), one.account_id) for one in wanted]
        self.table.put_rows(event.offset, drawn, event.epoch)

    @on(WindowedTable.RowHighlighted)
    def _show_reason(self) -> None:
        row, facts = self._current(), self.trust.facts
        words = ""
        if row is not None and facts is not None:
            words = all_reasons(row.risks, facts.today)
        self.query_one("#reason", TextLine).set_text(words)

    # The row under the cursor

    def _current(self) -> RadarRow | None:
        page, index = self._page, self.table.cursor_index
        return page.rows[index] if page is not None and 0 <= index < len(page.rows) else None

    def current_account(self) -> int | None:
        row = self._current()
        return None if row is None else row.account_id

    def text_to_copy(self) -> str:
        row, facts = self._current(), self.trust.facts
        if row is None or facts is None:
            return ""
        return f"{row.account}: {all_reasons(row.risks, facts.today, '; ')}"

    def action_list_rang(self) -> None:
        """Log a call that nobody answered, at once."""
        self.rang(self.current_account())

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        behind(self, self._show_reasons, "reasons", exclusive=True)

    async def _show_reasons(self) -> None:
        row, page, facts = self._current(), self._page, self.trust.facts
        if row is None or page is None or facts is None:
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

        lines = reasons_lines(row, lost, facts.today)
        self.app.push_screen(RadarReasonsDialog(row.account, lines), self._chosen)

    def _chosen(self, key: str | None) -> None:
        row, page = self._current(), self._page
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
