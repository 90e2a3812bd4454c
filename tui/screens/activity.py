"""Activity: who did what? The audit in plain words, the newest first, read page by page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from textual import on
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.views.history import ChangeRow
from tui.background import behind
from tui.due_words import day_words
from tui.screens.frame import FrameScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

PAGE = 200


def change_columns() -> tuple[Column, ...]:
    """The columns of the audit."""
    return (
        Column("when", _("When"), 10, priority=7),
        Column("who", _("Who"), 10, priority=6),
        Column("what", _("What"), None, priority=9, least=20),
        Column("account", _("Account"), None, priority=4, least=14, most=24),
        Column("rows", _("Rows"), 4, "right", priority=2),
    )


def change_row(row: ChangeRow, zone: ZoneInfo, today: date) -> TableRow:
    """One change; what was undone or redone is said by its own words, muted."""
    style = "" if row.kind == "do" else "muted"
    cells: tuple[Cell, ...] = (
        (moment_words(row.at, zone, today), "muted"),
        row.actor,
        (row.summary, style),
        row.account or "",
        (str(row.rows), "muted"),
    )
    return TableRow(row.id, cells)


def moment_words(at: str, zone: ZoneInfo, today: date) -> str:
    """A moment in the book's zone: ``14:05`` today, ``Mon 23 Nov`` this year, else the ISO day."""
    local = datetime.fromisoformat(at).astimezone(zone)
    if local.date() == today:
        return f"{local:%H:%M}"
    return day_words(local) if local.year == today.year else local.date().isoformat()


class ActivityScreen(FrameScreen):
    """Every change of the book. The list grows as the cursor nears its end."""

    TOP = True
    HINTS = ("undo", "redo", "log.touchpoint", "find")

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[int | None] = [None]
        """What each page of ``PAGE`` changes is read before: the id of the last one before it."""
        self._length = 0
        self._complete = False
        self._accounts: dict[int, int | None] = {}

    def answers(self) -> str:
        return _("Who did what?")

    def compose_body(self) -> Iterable[Widget]:
        yield WindowedTable(
            change_columns(), gap=1, empty=_("Nothing was changed in this book yet."), id="body"
        )

    def top_parts(self) -> TopParts:
        more = "" if self._complete else "+"
        scope = _("changes: {count}").format(count=f"{self._length}{more}")
        return self.frame_parts(_("ACTIVITY"), scope=scope)

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    async def load(self) -> None:
        self._starts, self._length, self._complete = [None], 0, False
        await self._grow()
        self.table.invalidate()

    async def _grow(self) -> None:
        """Read the page after the last one that is known."""
        if self._complete:
            return
        page = len(self._starts) - 1
        rows = await self._page(page)
        self._length = page * PAGE + len(rows)
        self._complete = len(rows) < PAGE
        if not self._complete:
            self._starts.append(rows[-1].id)
        self.table.set_total(self._length)
        self._put(page * PAGE, rows)
        self.refresh_top()

    async def _page(self, page: int) -> list[ChangeRow]:
        before = self._starts[page]
        return await self.store.read(lambda q: q.history.changes(limit=PAGE, before=before))

    def _put(self, offset: int, rows: list[ChangeRow], epoch: int | None = None) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        self._accounts |= {row.id: row.account_id for row in rows}
        drawn = [change_row(row, facts.zone, facts.today) for row in rows]
        self.table.put_rows(offset, drawn, epoch)

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        last = (event.offset + event.count - 1) // PAGE
        pages = range(event.offset // PAGE, min(last + 1, len(self._starts)))
        behind(self, partial(self._fetch, pages, event.epoch), "rows", exclusive=True)

    async def _fetch(self, pages: Iterable[int], epoch: int) -> None:
        try:
            for page in pages:
                self._put(page * PAGE, await self._page(page), epoch)
        except TrustplanError as error:
            self.complain(error)

    @on(WindowedTable.RowHighlighted)
    def _moved(self, event: WindowedTable.RowHighlighted) -> None:
        if event.index + PAGE // 2 > self._length and not self._complete:
            behind(self, self._guarded_grow, "grow", exclusive=True)

    async def _guarded_grow(self) -> None:
        try:
            await self._grow()
        except TrustplanError as error:
            self.complain(error)

    def current_account(self) -> int | None:
        key = self.table.cursor_key
        return self._accounts.get(key) if isinstance(key, int) else None

    def text_to_copy(self) -> str:
        row = self.table.row_at(self.table.cursor_index)
        if row is None:
            return ""
        return "  ".join(cell if isinstance(cell, str) else cell[0] for cell in row.cells)

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        account_id = self.current_account()
        if account_id is None:
            self.say(_("This change is about no single account."))
        else:
            self.open_account(account_id, tab="history")
