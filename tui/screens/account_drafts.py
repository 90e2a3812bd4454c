"""Choose a draft text for an account or one of its people, and read it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.text import visible
from tui.background import behind
from tui.widgets.cells import fit
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from planner.views.account import PersonRow
    from tui.composition import BookQueries
    from tui.draft_words import DraftFound
    from tui.screens.account_opening import Opening

NAME_WIDTH = 18


def choose_draft(screen: Opening) -> None:
    """Ask which text, and show it for the person under the cursor, else who talked to us last."""
    behind(screen, partial(_choose, screen), "drafts", exclusive=True)


def person_meant(screen: Opening) -> PersonRow | None:
    """The person under the cursor, else who talked to us last and has not left."""
    view = screen.view
    if view is None:
        return None
    kind, rest = screen.cursor()
    there = [one for one in view.page.people if not one.left_on]
    if kind == "person":
        there = [one for one in there if str(one.id) == rest] or there
    return max(there, key=lambda one: (one.last_two_way_on or "", -one.id), default=None)


async def _choose(screen: Opening) -> None:
    from tui.dialogs.choice import Choice, ChoiceDialog
    from tui.plan_files import drafts, usable

    found = await asyncio.to_thread(drafts)
    by_name = {one.name: one for one in usable(found)}
    choices = [
        Choice(name, fit(visible(name), NAME_WIDTH), visible(one.about or ""))
        for name, one in by_name.items()
    ]

    def chosen(name: str | None) -> None:
        if name is not None:
            behind(screen, partial(_show, screen, name), "drafts", exclusive=True)

    async def _show(screen: Opening, name: str) -> None:
        from tui.dialogs.draft_dialog import DraftDialog

        person = person_meant(screen)

        def ask(queries: BookQueries) -> DraftFound:
            from tui.draft_words import filled_draft

            person_id = None if person is None else person.id
            return filled_draft(queries, by_name[name], screen.account_id, person_id)

        filled = await screen.store.read(ask)
        whom = person.name if person is not None and person.name else _("the account")
        screen.app.push_screen(DraftDialog(filled, whom))

    said = [problem.sentence for one in found for problem in one.problems]
    before = [Line(((visible(words), "warn"),)) for words in said]
    screen.app.push_screen(ChoiceDialog(_("WHICH DRAFT?"), choices, before=before), chosen)
