"""Silent: which accounts say nothing? By revenue, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from planner.cause_words import share_words
from planner.language import gettext as _
from planner.money import Money, compact
from planner.views.listening import Silence, SilentRow
from tui.actions import bindings
from tui.due_words import NOTHING, day_words
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

WINDOWS = (90, 180, 365, 30)
"""Days of silence that ``f`` goes through."""
MOST = 500


class SilentScreen(RowsScreen[SilentRow]):
    """Accounts without a two-way contact, an answer or a complaint; Enter opens the account."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.filter")]
    HINTS = ("list.filter", "log.touchpoint", "find")

    def __init__(self) -> None:
        super().__init__()
        self._window = 0
        self._found: Silence | None = None

    def answers(self) -> str:
        return _(
            "Who says nothing? Accounts without a two-way contact, an answer to a survey or a"
            " complaint, the most ARR first. Silence is not satisfaction. f goes through 90, 180,"
            " 365 and 30 days, t logs a talk, Enter opens the account."
        )

    def empty(self) -> str:
        return _("Nobody has been silent for {days} days.").format(days=WINDOWS[self._window])

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("account", _("Account"), None, priority=9, least=18, most=34),
            Column("tier", _("Tier"), 4, "right", priority=6),
            Column("arr", _("ARR"), 12, "right", priority=8),
            Column("touch", _("Two-way"), 10, priority=7),
            Column("owner", _("Owner"), None, priority=5, least=10, most=20),
        )

    def drawn(self, row: SilentRow) -> TableRow:
        currency = "" if self.trust.facts is None else self.trust.facts.currency
        arr = NOTHING if row.arr_minor is None else compact(Money(row.arr_minor, currency))
        touched = row.last_two_way_on
        return TableRow(
            row.account_id,
            (
                row.account,
                NOTHING if row.tier is None else str(row.tier),
                arr,
                _("never") if touched is None else day_words(date.fromisoformat(touched)),
                row.owner or (NOTHING, "muted"),
            ),
        )

    def key_of(self, row: SilentRow) -> int:
        return row.account_id

    def most(self) -> int | None:
        return MOST

    def words(self, row: SilentRow) -> str:
        found = self._found
        if found is None:
            return ""
        return _(
            "{account} is one of {silent} silent of {accounts} accounts ({share}, {revenue} of ARR)"
        ).format(
            account=row.account,
            silent=found.silent,
            accounts=found.accounts,
            share=_share(found.share),
            revenue=_share(found.revenue_share),
        )

    def top_parts(self) -> TopParts:
        found = self._found
        return self.frame_parts(
            _("SILENT: {days} days").format(days=WINDOWS[self._window]),
            scope=_("accounts: {count}").format(count=0 if found is None else found.silent),
            brief=True,
        )

    async def read(self) -> Sequence[SilentRow]:
        days = WINDOWS[self._window]
        self._found = await self.store.read(lambda q: q.listening.silence(days, MOST + 1))
        return self._found.rows

    def action_list_filter(self) -> None:
        """The next window."""
        self._window = (self._window + 1) % len(WINDOWS)
        self.reload()


def _share(share: float | None) -> str:
    return _("unknown") if share is None else share_words(share)
