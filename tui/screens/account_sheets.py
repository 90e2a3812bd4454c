"""Which builder makes which tab, and what the tabs are called. Pure."""

from __future__ import annotations

from collections.abc import Callable

from planner.language import gettext as _
from tui.screens import (
    account_beside,
    account_complaints,
    account_health,
    account_history,
    account_money,
    account_overview,
    account_people,
    account_plan,
    account_timeline,
)
from tui.screens.account_view import TABS, AccountView, Sheet, Space
from tui.widgets.tab_bar import Tab

GO_LETTERS = dict(zip("optechmy", TABS, strict=True))
"""The letter after ``g`` to the tab."""
SHARES = {"overview": 0.53, "health": 0.5, "plan": 0.56, "people": 0.64}
"""How much of a wide screen the left column gets; 0.6 for the others."""
BUILDERS: dict[str, Callable[[AccountView, Space], Sheet]] = {
    "overview": account_overview.sheet,
    "plan": account_plan.sheet,
    "timeline": account_timeline.sheet,
    "people": account_people.sheet,
    "complaints": account_complaints.sheet,
    "health": account_health.sheet,
    "money": account_money.sheet,
    "history": account_history.sheet,
}


def build(tab: str, view: AccountView, space: Space) -> Sheet:
    """The lines of a tab. Raises KeyError for a tab that does not exist."""
    if tab == "overview" and space.wide:
        return account_beside.sheet(view, space)
    return BUILDERS[tab](view, space)


def tabs_of(view: AccountView) -> tuple[Tab, ...]:
    """The tabs with their names; the open complaints are counted."""
    names = {
        "overview": _("overview"),
        "plan": _("plan"),
        "timeline": _("timeline"),
        "people": _("people"),
        "complaints": _("complaints"),
        "health": _("health"),
        "money": _("money"),
        "history": _("history"),
    }
    counts = {"complaints": account_complaints.open_count(view)}
    letters = {tab: letter for letter, tab in GO_LETTERS.items()}
    return tuple(Tab(key, names[key], counts.get(key, 0), letters[key]) for key in TABS)
