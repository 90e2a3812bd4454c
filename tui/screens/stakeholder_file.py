"""Write the stakeholder map of an account to a file: Mermaid, Graphviz or text, by its ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from planner.errors import Refused
from planner.language import gettext as _
from planner.text import visible

if TYPE_CHECKING:
    from planner.stakeholders import Stakeholder
    from tui.screens.account_opening import Opening
    from tui.screens.account_view import AccountView

TEXT_WIDTH = 100


def ask_for_file(screen: Opening) -> None:
    """Ask for a file's name and write the map of the account of the screen to it."""
    from tui.dialogs.file_name import FileNameDialog
    from tui.document_files import file_name

    view = screen.view
    if view is None:
        return
    dialog = FileNameDialog(
        _("WRITE THE STAKEHOLDER MAP"),
        file_name(view.page.head.name, view.today.isoformat(), ".mmd"),
        _("the ending says how: .mmd Mermaid, .dot Graphviz, .txt text"),
    )
    screen.app.push_screen(dialog, partial(_write, screen, view))


def map_text(account: str, people: Sequence[Stakeholder], name: str, today: date) -> str:
    """The map as the file's name asks for it: ``.dot`` or ``.gv``, ``.txt``, else Mermaid."""
    from planner.stakeholder_export import dot, mermaid
    from planner.stakeholder_text import stakeholder_map_lines

    ending = name.lower().rpartition(".")[2]
    if ending in ("dot", "gv"):
        return dot(people, today)
    if ending == "txt":
        return "\n".join(stakeholder_map_lines(account, people, TEXT_WIDTH, today)) + "\n"
    return mermaid(people, today)


def _write(screen: Opening, view: AccountView, name: str | None) -> None:
    from planner.plan_rows import stakeholders
    from tui.document_files import in_home, write_new

    if name is None:
        return
    path = in_home(name)
    text = map_text(view.page.head.name, stakeholders(view.page.people), path, view.today)
    try:
        write_new(path, text)
    except Refused as error:
        screen.complain(error)
        return
    screen.say(_("Written to {path}.").format(path=visible(path)))
