"""Another text for a field that two people changed: the field as its form has it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from planner.errors import Refused
from planner.language import gettext as _
from tui.actions import bindings, hints
from tui.dialogs.conflict import Clash
from tui.dialogs.editors import Chooser, Edited, Entered, LineEditor
from tui.dialogs.form_rows import FieldRow
from tui.dialogs.reading import NO, YES, read_field
from tui.dialogs.spec import Context
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine


class ConflictEditDialog(ModalScreen[str | None]):
    """Write a text; gives it when it can be read, None for Esc. The clash has a field."""

    CSS = """
    ConflictEditDialog { align: center middle; }
    ConflictEditDialog > #box {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary;
    }
    ConflictEditDialog .row { height: auto; padding: 0 1; }
    ConflictEditDialog .line { height: auto; }
    ConflictEditDialog .label { height: 1; }
    ConflictEditDialog .beside { display: none; }
    ConflictEditDialog Input { height: 1; border: none; padding: 0; width: 1fr; }
    ConflictEditDialog TextArea {
      height: auto; min-height: 3; max-height: 10; border: none; padding: 0; width: 1fr;
    }
    ConflictEditDialog .problem { color: $error; height: auto; padding: 0 0 0 2; }
    ConflictEditDialog #box > Chooser { margin: 1 1 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.save", "dialog.leave")]
    AUTO_FOCUS = None

    def __init__(self, clash: Clash, text: str, context: Context) -> None:
        super().__init__()
        assert clash.field is not None
        self._field = clash.field
        self._against = context
        label = len(self._field.label) + 2
        self.row = FieldRow(self._field, text, context, "", label_width=label)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            title = TextLine(id="title")
            title.set_text((_("ANOTHER TEXT"), "title"))
            yield title
            yield Rule()
            yield self.row
            yield Chooser((YES, NO), (_("use it"), _("back")), YES, classes="chooser")
            yield TextLine(id="understood")
            yield KeyLine([(_("Tab"), _("next")), *hints(("form.save", "dialog.leave"))], last=())

    def on_mount(self) -> None:
        """The cursor is in the field."""
        self.row.target.focus()
        self._show_understood()

    def on_edited(self, _event: Edited) -> None:
        """Say what is understood now."""
        self.row.show_problem("")
        self._show_understood()

    def _show_understood(self) -> None:
        texts = {self._field.name: self.row.text}
        self.query_one("#understood", TextLine).set_text((self.row.understood(texts), "muted"))

    def on_entered(self, _event: Entered) -> None:
        """Enter in the line, or on the answer."""
        answer = self.query(Chooser).last()
        if self.focused is answer and answer.text == NO:
            self.dismiss(None)
        else:
            self.action_form_save()

    def action_form_save(self) -> None:
        """Use the text, if it can be read."""
        if isinstance(self.row.editor, LineEditor):
            self.row.editor.settle()
        text = self.row.text
        try:
            read_field(self._field, text, self._against, {self._field.name: text})
        except Refused as error:
            said = [one.problem for one in error.problems] or [str(error)]
            self.row.show_problem("; ".join(said))
            self.row.target.focus()
            return
        self.dismiss(text)

    def action_dialog_leave(self) -> None:
        """Back without a text."""
        self.dismiss(None)
