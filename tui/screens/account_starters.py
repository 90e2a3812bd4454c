"""Start a playbook, or a plan from a template, chosen from a list; what fits comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.text import visible
from tui.background import behind
from tui.widgets.cells import fit
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from planner.plan_templates import PlanTemplate
    from planner.playbooks import Circumstances, Playbook
    from tui.dialogs.choice import Choice
    from tui.plan_files import PlanFile
    from tui.screens.account_opening import Opening
    from tui.screens.account_view import AccountView

NAME_WIDTH = 16
CLOSED = "closed"


def choose_playbook(screen: Opening) -> None:
    """Ask which playbook to start at the account of the screen, and start it."""
    behind(screen, partial(_playbooks, screen), "starters", exclusive=True)


def choose_template(screen: Opening) -> None:
    """Ask which template the plan of the account of the screen starts from, and start it."""
    behind(screen, partial(_templates, screen), "starters", exclusive=True)


async def _playbooks(screen: Opening) -> None:
    from planner.use_cases.playbooks import start_playbook
    from tui.plan_files import playbooks, usable

    found = await asyncio.to_thread(playbooks)
    view = screen.view
    if view is None:
        return
    by_name = {one.name: one for one in usable(found)}

    def start(name: str) -> None:
        screen.do(
            start_playbook,
            view.page.head.id,
            by_name[name],
            after=lambda _done: _show(screen, "plan" if view.page.plan else "overview"),
        )

    title = _("WHICH PLAYBOOK?")
    _ask(screen, title, playbook_choices(list(by_name.values()), now_at(view)), found, start)


async def _templates(screen: Opening) -> None:
    from planner.use_cases.playbooks import start_from_template
    from tui.plan_files import templates, usable

    found = await asyncio.to_thread(templates)
    view = screen.view
    if view is None:
        return
    by_name = {one.name: one for one in usable(found)}

    def start(name: str) -> None:
        screen.do(
            start_from_template,
            view.page.head.id,
            by_name[name],
            [],
            after=lambda _done: _show(screen, "plan"),
        )

    head = view.page.head
    choices = template_choices(list(by_name.values()), head.tier, head.stage)
    _ask(screen, _("START THE PLAN FROM WHICH TEMPLATE?"), choices, found, start)


def _show(screen: Opening, tab: str) -> None:
    """Read the account anew with a tab in front: the rows of that tab alone would be too little."""
    screen.tab = tab
    screen.reload()


def _ask(
    screen: Opening,
    title: str,
    choices: list[Choice],
    found: Sequence[PlanFile[PlanTemplate]] | Sequence[PlanFile[Playbook]],
    start: Callable[[str], None],
) -> None:
    from tui.dialogs.choice import ChoiceDialog

    def chosen(name: str | None) -> None:
        if name is not None:
            start(name)

    said = [problem.sentence for one in found for problem in one.problems]
    before = [Line(((visible(words), "warn"),)) for words in said]
    screen.app.push_screen(ChoiceDialog(title, choices, before=before), chosen)


def now_at(view: AccountView) -> Circumstances:
    """How the account stands, as triggers ask."""
    from planner.playbooks import Circumstances

    page = view.page
    end = page.row.renewal_on if page.row else None
    return Circumstances(
        page.head.stage,
        (date.fromisoformat(end) - view.today).days if end else None,
        page.row.band if page.row else None,
        tuple(one.severity for one in page.complaints if one.stage != CLOSED),
    )


def playbook_choices(found: Sequence[Playbook], now: Circumstances) -> list[Choice]:
    """A line for each playbook; those that the account calls for come first and say why."""
    from tui.dialogs.choice import Choice

    called = [one for one in found if one.trigger.calls(now)]
    others = [one for one in found if one not in called]
    return [
        *(
            _choice(Choice, one.name, _("now, {trigger}").format(trigger=one.trigger), one.about)
            for one in called
        ),
        *(_choice(Choice, one.name, "", one.about) for one in others),
    ]


def template_choices(
    found: Sequence[PlanTemplate], tier: int | None, stage: str | None
) -> list[Choice]:
    """A line for each template; the one of the tier and stage comes first."""
    from planner.plan_templates import template_for
    from tui.dialogs.choice import Choice

    best = template_for(found, tier, stage)
    lines = [
        _choice(Choice, one.name, _("fits") if one is best else "", one.about) for one in found
    ]
    return sorted(lines, key=lambda line: best is None or line.value != best.name)


def _choice(made: type[Choice], name: str, why: str, about: str | None) -> Choice:
    note = " · ".join(visible(part) for part in (why, about or "") if part)
    return made(name, fit(visible(name), NAME_WIDTH), note)
