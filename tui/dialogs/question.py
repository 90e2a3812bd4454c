"""One question before something that hurts. No is the answer unless somebody says yes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.language import gettext as _
from planner.text import visible_lines
from tui.dialogs.editors import Chooser, Entered
from tui.dialogs.reading import NO, YES
from tui.widgets.key_line import KeyLine


class QuestionDialog(ModalScreen[bool]):
    """Asks ``question``; ends with True only for yes. ``detail`` says what would be lost."""

    CSS = """
    QuestionDialog { align: center middle; }
    #question { width: 60; max-width: 90%; height: auto; padding: 1 2; background: $panel; }
    #question Static { height: auto; }
    #question Chooser { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "no", show=False)]

    def __init__(self, question: str, detail: str = "") -> None:
        super().__init__()
        self._question = question
        self._detail = detail

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(visible_lines(self._question), markup=False, id="asked")
            if self._detail:
                yield Static(visible_lines(self._detail), markup=False, id="detail")
            yield Chooser((NO, YES), (_("no"), _("yes")), NO)
            yield KeyLine([(_("Enter"), _("answers")), (_("Esc"), _("no"))], last=())

    def on_entered(self, _event: Entered) -> None:
        """Answer with what is chosen."""
        self.dismiss(self.query_one(Chooser).text == YES)

    def action_no(self) -> None:
        """No."""
        self.dismiss(False)
