"""A long text of a form in the person's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from planner.errors import Refused
from planner.language import gettext as _
from tui.dialogs.text_editor import edit_text, editor_command, real_environment

if TYPE_CHECKING:
    from tui.dialogs.form import FormScreen


def edit_note(form: FormScreen) -> None:
    """Open the note under the cursor, or the first one; what went wrong is said in the form."""
    row = form.fields.note_row()
    if row is None:
        form.say_here(_("No field here holds a long text."))
        return
    try:
        command = editor_command(real_environment())
        with form.app.suspend():
            row.text = edit_text(row.text, command)
    except SuspendNotSupported:
        form.say_here(_("This terminal cannot be lent to an editor."), bad=True)
    except Refused as error:
        form.say_here(str(error), bad=True)
