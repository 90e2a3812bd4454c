"""The account under the cursor beside a list of accounts, where the terminal is wide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.errors import TrustplanError
from tui.background import behind
from tui.newest_read import NewestRead, Superseded
from tui.widgets.document import Document
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from tui.store_worker import StoreWorker

LEAST_WIDTH = 140
"""Cells of the terminal from which on the account stands beside the list."""


class AccountBesideList(Document, can_focus=False):
    """The overview of one account, for reading; Enter in the list opens it."""

    DEFAULT_CSS = """
    AccountBesideList { width: 64; }
    """

    _reads: NewestRead | None = None

    def show(self, store: StoreWorker, account_id: int | None) -> None:
        """Show an account as soon as it is read; an older question is given up."""
        if self._reads is None:
            self._reads = NewestRead(store)
        if account_id is not None:
            behind(self, partial(self._read, self._reads, account_id), "beside", exclusive=True)

    async def _read(self, reads: NewestRead, account_id: int) -> None:
        from tui.screens.account_sheets import build
        from tui.screens.account_view import Space, read_view

        try:
            view = await reads.read(lambda q: read_view(q, account_id, "overview"))
        except Superseded:
            return
        except TrustplanError as error:
            self.set_lines([Line((str(error),), wrap=True)])
            return
        sheet = build("overview", view, Space(self.size.width, self.size.height))
        name = Line(((view.page.head.name, "title"),))
        rest = (Line(line.spans, None, line.wrap, line.hang) for line in sheet.left)
        self.set_lines((name, *rest))
