"""What the tabs of an account are built from, read in one go off the screen's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.views.account import AccountPage, SnapshotRow, TimelineRow
from planner.views.cadence import AccountCadence
from planner.views.history import ChangeRow
from planner.views.timeline import EVERYTHING, TimelineFilter
from tui.widgets.document import Line

if TYPE_CHECKING:
    from planner.plan_history import SignOffState
    from planner.pressure import Subject
    from planner.views.plan import PlanPage
    from planner.views.plan_sections import PlanSections
    from planner.views.purchases import AccountBuying
    from tui.composition import BookQueries

TABS = ("overview", "plan", "timeline", "people", "complaints", "health", "money", "history")
WIDE = 110
"""From so many columns on a tab has two columns."""
OWN_CELLS = 2
"""Cells of a document that are not its lines': the cursor and the scroll bar."""
LAST = 12
"""Entries that the overview has at hand for a wide screen."""
PINNED = "pin:"
"""What the key of an entry begins with where it stands among the pinned ones."""
PAGE = 50
"""Entries of the timeline, and changes, that are read at once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab as lines: ``left`` alone, or beside ``right`` on a wide screen."""

    left: tuple[Line, ...]
    right: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Space:
    """The cells there are for a tab: ``width`` and ``height`` of the body.

    ``share`` is the part of the width that the left one of two columns gets.
    """

    width: int
    height: int = 18
    share: float = 0.6

    @property
    def wide(self) -> bool:
        """Whether there are two columns."""
        return self.width >= WIDE

    @property
    def left_cells(self) -> int:
        """The cells of the left column, all of them where there is one."""
        return int(self.width * self.share) if self.wide else self.width

    @property
    def left(self) -> int:
        """The cells of a line's text in the left column, or in the only one."""
        return self.left_cells - OWN_CELLS

    @property
    def right(self) -> int:
        """The cells of a line's text in the right column; as ``left`` where there is one."""
        return self.width - self.left_cells - 1 - OWN_CELLS if self.wide else self.left


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account at one moment, and what its tabs need beside the page.

    ``me`` is my id as a colleague. ``unfolded`` are the keys of parts that are open.
    ``more_entries`` and ``more_changes`` tell whether older ones are left.
    ``wanted`` is the filter of the timeline, ``pins`` what is pinned on top of it.
    ``plan`` is all of the live plan, ``plan_version`` its newest version, ``signatures`` how each
    function stands to it, ``plan_sections`` how full and fresh its sections are and whose.
    ``pressure`` is everybody there now with all contacts that weigh on them, and the account itself
    as the last.
    """

    page: AccountPage
    today: date
    now: datetime
    zone: ZoneInfo
    currency: str
    me: int | None = None
    entries: tuple[TimelineRow, ...] = ()
    more_entries: bool = False
    wanted: TimelineFilter = EVERYTHING
    pins: tuple[TimelineRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    more_changes: bool = False
    snapshots: tuple[SnapshotRow, ...] = ()
    unfolded: frozenset[str] = frozenset()
    plan: PlanPage | None = None
    plan_version: int | None = None
    signatures: tuple[SignOffState, ...] = ()
    plan_sections: PlanSections | None = None
    pressure: tuple[Subject, ...] = ()
    buying: AccountBuying | None = None
    """How it buys, for the money."""
    cadence: AccountCadence | None = None
    """How contact stands, for overview and people of an account that is not archived."""


def read_view(
    queries: BookQueries,
    account_id: int,
    tab: str,
    entries: int = PAGE,
    changes: int = PAGE,
    wanted: TimelineFilter = EVERYTHING,
) -> AccountView:
    """Read an account for one tab; ``entries`` and ``changes`` are how many are wanted.

    ``wanted`` is the filter of the timeline.

    Raises ``NotFound``.
    """
    frame = queries.frame
    view = AccountView(
        page=queries.account.page(account_id, last=LAST),
        today=frame.today,
        now=frame.now,
        zone=frame.zone,
        currency=frame.currency,
        me=queries.actor.colleague_id,
        wanted=wanted,
    )
    return read_more(queries, view, tab, entries, changes)


def read_more(
    queries: BookQueries, view: AccountView, tab: str, entries: int = PAGE, changes: int = PAGE
) -> AccountView:
    """The view with what only this tab shows."""
    account_id = view.page.head.id
    if tab == "timeline":
        rows = queries.timeline.of_account(account_id, view.wanted, limit=entries + 1)
        pins = queries.timeline.pinned(account_id)
        return replace(view, entries=tuple(rows[:entries]), more_entries=len(rows) > entries,
                       pins=tuple(pins))  # fmt: skip
    if tab == "history":
        found = queries.history.changes(account_id, limit=changes + 1)
        return replace(view, changes=tuple(found[:changes]), more_changes=len(found) > changes)
    if tab == "money":
        return replace(view, buying=queries.purchases.of_account(account_id))
    if tab == "plan":
        return _with_plan(queries, view, account_id)
    if tab in ("overview", "health"):
        view = replace(view, snapshots=queries.snapshots.of_account(account_id))
    if tab in ("overview", "people") and view.page.row is not None:
        view = replace(view, cadence=queries.cadence.of_account(account_id))
    if tab == "overview":
        here = [one.id for one in view.page.people if not one.left_on]
        heard = (*queries.pressure.people(here), *queries.pressure.accounts([account_id]))
        return replace(view, pressure=heard)
    return view


def _with_plan(queries: BookQueries, view: AccountView, account_id: int) -> AccountView:
    plan = queries.plan.page(account_id)
    found = queries.plan_states.of_account(account_id)
    if plan is None or found is None:
        return replace(view, plan=None, plan_version=None, signatures=(), plan_sections=None)
    history = queries.versions.history(account_id)
    return replace(
        view,
        page=replace(view.page, sections=found.states),
        plan=plan,
        plan_version=len(history.versions) or None,
        signatures=history.sign_offs,
        plan_sections=found,
    )


def older_entries(queries: BookQueries, view: AccountView) -> AccountView:
    """The view with the next page of the timeline."""
    last = view.entries[-1]
    rows = queries.timeline.of_account(
        view.page.head.id, view.wanted, before=last.place, limit=PAGE + 1
    )
    return replace(view, entries=(*view.entries, *rows[:PAGE]), more_entries=len(rows) > PAGE)


def older_changes(queries: BookQueries, view: AccountView) -> AccountView:
    """The view with the next page of the history."""
    rows = queries.history.changes(view.page.head.id, limit=PAGE + 1, before=view.changes[-1].id)
    return replace(view, changes=(*view.changes, *rows[:PAGE]), more_changes=len(rows) > PAGE)
