"""Start a playbook, or a plan from a template, chosen from a list; what fits comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

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

T = TypeVar("T", "PlanTemplate", "Playbook")
NAME_WIDTH = 16
CLOSED = "closed"


def choose_playbook(screen: Opening) -> None:
    """Ask which playbook to start at the account of the screen, and start it."""
    from planner.use_cases.playbooks import start_playbook
    from tui.plan_files import playbooks

    def ask(view: AccountView, found: dict[str, Playbook]) -> Asked:
        tab = "plan" if view.page.plan else "overview"
        choices = playbook_choices(list(found.values()), now_at(view))
        return Asked(_("WHICH PLAYBOOK?"), choices, start_playbook, (), tab)

    behind(screen, partial(_choose, screen, playbooks, ask), "starters", exclusive=True)


def choose_template(screen: Opening) -> None:
    """Ask which template the plan of the account of the screen starts from, and start it."""
    from planner.use_cases.playbooks import start_from_template
    from tui.plan_files import templates

    def ask(view: AccountView, found: dict[str, PlanTemplate]) -> Asked:
        head = view.page.head
        choices = template_choices(list(found.values()), head.tier, head.stage)
        title = _("START THE PLAN FROM WHICH TEMPLATE?")
        return Asked(title, choices, start_from_template, ([],), "plan")

    behind(screen, partial(_choose, screen, templates, ask), "starters", exclusive=True)


class Asked(NamedTuple):
    """A question with its choices, and the use case of the chosen one with what follows it.

    ``tab`` is in front afterwards.
    """

    title: str
    choices: list[Choice]
    use_case: Callable[..., Any]
    more: tuple[Any, ...]
    tab: str


async def _choose(
    screen: Opening,
    read: Callable[[], list[PlanFile[T]]],
    ask: Callable[[AccountView, dict[str, T]], Asked],
) -> None:
    from tui.dialogs.choice import ChoiceDialog
    from tui.plan_files import usable

    found = await asyncio.to_thread(read)
    view = screen.view
    if view is None:
        return
    by_name = {one.name: one for one in usable(found)}
    asked = ask(view, by_name)

    def chosen(name: str | None) -> None:
        if name is not None:
            screen.do(
                asked.use_case,
                view.page.head.id,
                by_name[name],
                *asked.more,
                after=lambda _done: _show(screen, asked.tab),
            )

    said = [problem.sentence for one in found for problem in one.problems]
    before = [Line(((visible(words), "warn"),)) for words in said]
    screen.app.push_screen(ChoiceDialog(asked.title, asked.choices, before=before), chosen)


def _show(screen: Opening, tab: str) -> None:
    """Read the account anew with a tab in front: the rows of that tab alone would be too little."""
    screen.tab = tab
    screen.reload()


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
