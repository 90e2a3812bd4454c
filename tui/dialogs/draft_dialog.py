"""A draft text to be read and copied. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from planner.language import gettext as _
from planner.text import visible
from tui.actions import KeyHint, bindings, hints
from tui.dialogs.list_dialog import ListDialog
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from tui.draft_words import DraftFound


class DraftDialog(ListDialog[str]):
    """Subject and text, under them what is not known and contact pressure; ``y`` copies."""

    TALL = True
    ACTIONS: ClassVar[tuple[str, ...]] = ("copy",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ACTIONS)]

    def __init__(self, found: DraftFound, whom: str) -> None:
        super().__init__(
            _("DRAFT: {name}, for {whom}").format(
                name=visible(found.draft.name), whom=visible(whom)
            )
        )
        self._found = found

    def key_hints(self) -> list[KeyHint]:
        return hints(("copy", "dialog.leave"))

    def lines(self) -> Iterable[Line]:
        draft = self._found.draft
        subject = _("Subject: {subject}").format(subject=draft.subject)
        yield Line(((subject, "strong"),), wrap=True)
        yield Line()
        for text in draft.text.split("\n"):
            yield Line((visible(text),) if text else (), wrap=True)
        if self._found.notes:
            yield Line()
        for note in self._found.notes:
            yield Line(((visible(note), "warn"),), wrap=True)

    def chosen(self, key: str) -> str | None:
        return key

    def action_copy(self) -> None:
        """Copy subject and text to the clipboard of the terminal (OSC 52)."""
        self.app.copy_to_clipboard(self._found.draft.whole)
        self.say_title("   ", (_("copied"), "muted"))
