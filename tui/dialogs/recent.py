"""The last nine accounts: a digit or Enter opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.views.accounts import AccountRow
from tui.dialogs.list_dialog import DigitDialog
from tui.widgets.health_cell import health_cell
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from tui.app import TrustplanApp


class RecentDialog(DigitDialog[int]):
    """Accounts opened last, the newest first. ``ids`` of accounts that are gone are left out."""

    def __init__(self, ids: tuple[int, ...]) -> None:
        super().__init__(_("RECENT ACCOUNTS"))
        self._ids = ids

    async def on_mount(self) -> None:
        """Read their names."""
        store = cast("TrustplanApp", self.app).store
        try:
            rows = await store.read(lambda queries: queries.accounts.by_ids(self._ids))
        except TrustplanError as error:
            self.say_title(f"  {error}")
            return
        self.document.set_lines(_line(number, row) for number, row in enumerate(rows, 1))

    def chosen(self, key: str) -> int | None:
        return int(key)


def _line(number: int, row: AccountRow) -> Line:
    badge = health_cell(row.band, row.shown, row.coverage, uncertain=row.uncertain)
    return Line(((f"{number} ", "key"), badge, "  ", row.name), str(row.id))
