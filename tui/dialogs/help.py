"""Help for where I am: what the screen answers, and its keys by group, from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from tui.actions import ACCOUNT, ANYWHERE, CLASHES, FORMS, LISTS
from tui.dialogs.list_dialog import ListDialog
from tui.dialogs.menu import KEYS_WIDTH, actions_here, keys_of
from tui.widgets.cells import fit
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from textual.screen import Screen


class HelpDialog(ListDialog[str]):
    """Reading only: Esc leaves, Enter on a line runs it as in the menu."""

    TALL = True

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__(_("HELP"))
        self._actions = actions_here(screen)
        self._answers: str = getattr(screen, "answers", lambda: "")()

    def lines(self) -> Iterable[Line]:
        if self._answers:
            yield Line(((self._answers, "strong"),), wrap=True)
            yield Line()
        for group, title in (
            (CLASHES, _("two changed one field")),
            (FORMS, _("this form")),
            (LISTS, _("this list")),
            (ACCOUNT, _("this account")),
            (ANYWHERE, _("everywhere")),
        ):
            own = [action for action in self._actions if action.group == group]
            if own:
                yield Line(((title, "head"),))
                for action in own:
                    yield Line(((fit(keys_of(action), KEYS_WIDTH), "key"), action.words), action.id)
                yield Line()
        yield Line(((_("moving"), "head"),))
        for keys, words in (
            (_("arrows, j k"), _("up and down")),
            (_("Home End"), _("first and last")),
            (_("Enter"), _("open what is under the cursor")),
            (_("Space"), _("mark, in a list")),
            (_("Tab"), _("next part of the screen")),
        ):
            yield Line(((fit(keys, KEYS_WIDTH), "key"), words))

    def chosen(self, key: str) -> str | None:
        return key
