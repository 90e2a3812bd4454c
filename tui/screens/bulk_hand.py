"""Handing several complaints to one colleague: to whom is asked, then one change does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from planner.errors import TrustplanError
from planner.language import gettext as _
from tui.background import behind
from tui.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from tui.screens.frame import FrameScreen


def hand_together(screen: FrameScreen, ids: list[int], after: Callable[[], object]) -> None:
    """Ask to whom, hand these complaints over, then call ``after``."""
    behind(screen, partial(_ask, screen, ids, after), "bulk", exclusive=True)


async def _ask(screen: FrameScreen, ids: list[int], after: Callable[[], object]) -> None:
    try:
        people = await screen.store.read(lambda queries: queries.colleagues())
    except TrustplanError as error:
        screen.complain(error)
        return
    choices = [
        Choice(str(one.id), one.name, one.function or "")
        for one in people
        if one.retired_on is None
    ]

    def chosen(value: str | None) -> None:
        if value is not None:
            from planner.use_cases.complaint_board import hand_complaints

            screen.do(hand_complaints, ids, int(value), after=lambda _done: _call(after))

    title = _("HAND {count} COMPLAINTS TO").format(count=len(ids))
    screen.app.push_screen(ChoiceDialog(title, choices), chosen)


def _call(after: Callable[[], object]) -> None:
    after()
