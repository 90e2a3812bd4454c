"""Asks for the name of a file to write."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from planner.language import gettext as _
from planner.text import visible
from tui.actions import bindings, hints
from tui.dialogs.one_line_input import OneLineInput
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine


class FileNameDialog(ModalScreen[str | None]):
    """Ends with the name, or with None when it is left. ``about`` stands under the field."""

    DEFAULT_CSS = """
    FileNameDialog { align: center middle; }
    FileNameDialog > #box {
        width: 76; max-width: 100%; height: auto; background: $surface; border: round $primary;
    }
    FileNameDialog Input, FileNameDialog Input:focus {
        border: none; height: 1; padding: 0 1; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog.leave")]

    def __init__(self, title: str, name: str, about: str) -> None:
        super().__init__()
        self._title = title
        self._name = visible(name)
        self._about = about

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            title = TextLine(id="title")
            title.set_text((self._title, "title"))
            yield title
            yield OneLineInput(self._name, id="name", select_on_focus=False)
            about = TextLine(id="about")
            about.set_text((self._about, "muted"))
            yield about
            yield Rule()
            yield KeyLine([(_("Enter"), _("writes")), *hints(("dialog.leave",))], last=())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)

    def action_dialog_leave(self) -> None:
        """Leave without writing."""
        self.dismiss(None)
