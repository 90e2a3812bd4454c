"""Two people changed one field: theirs, mine, or another text, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.language import gettext as _
from planner.text import visible_lines
from tui.actions import actions_by_id, bindings, hints
from tui.dialogs.conflict import Choice, Clash, Decided
from tui.dialogs.conflict_words import archived_lines, clash_lines, head_line, row_line
from tui.dialogs.spec import Context
from tui.widgets.document import Document
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine

WIDEST = 76
AROUND_LINES = 4
"""Cells of a line that are the border's, the cursor's and the scroll bar's."""
ARCHIVED = "archived_at"
ORDER: tuple[Choice, ...] = ("theirs", "mine", "edit")
HINTS = (
    "conflict.save", "conflict.next", "dialog.leave", "conflict.theirs", "conflict.mine",
    "conflict.edit",
)  # fmt: skip


class ClashList(Document):
    """The fields; Enter saves, a click on the line under the cursor changes its choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.conflict_save", show=False),
        Binding("pageup", "screen.show_more(-1)", show=False),
        Binding("pagedown", "screen.show_more(1)", show=False),
    ]


class ClashDetail(Document):
    """One field in full; Enter saves here too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.conflict_save", show=False),
    ]


class ConflictDialog(ModalScreen[Decided | None]):
    """Decide every field, then save; Esc leaves everything as it was.

    ``archived``: the record was taken away by ``who``; to bring it back with my change is the
    default, ``changes`` are (label, words) of it. ``said`` stands above the fields.
    """

    CSS = """
    ConflictDialog { align: center middle; }
    ConflictDialog > #box {
        width: 76; max-width: 100%; height: 90%; min-height: 22; max-height: 100%;
        background: $surface; border: round $primary;
    }
    ConflictDialog #said { height: auto; max-height: 4; padding: 0 1; }
    ConflictDialog #clashes { height: auto; max-height: 40%; min-height: 2; }
    ConflictDialog #detail { height: 1fr; }
    ConflictDialog #left { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "conflict.next", "conflict.previous", "conflict.theirs", "conflict.mine",
            "conflict.edit", "dialog.leave", "help",
        )
    ]  # fmt: skip

    def __init__(
        self,
        clashes: Sequence[Clash],
        said: str,
        context: Context,
        *,
        archived: tuple[str, str] | None = None,
        changes: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        gone = [] if archived is None else [Clash(ARCHIVED, "", None, "", "", "", *archived)]
        self._clashes = {one.name: one for one in (*gone, *clashes)}
        self._said = said
        self._against = context
        self._changes = tuple(changes)
        self._choices: dict[str, Choice] = dict.fromkeys(self._clashes, "")
        self._edited: dict[str, str] = {}
        if archived is not None:
            self._choices[ARCHIVED] = "mine"

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            title = TextLine(id="title")
            title.set_text((_("CHANGED BY TWO"), "title"))
            yield title
            yield Static(visible_lines(self._said), markup=False, id="said")
            yield Rule()
            yield ClashList(id="clashes")
            yield Rule()
            yield ClashDetail(id="detail")
            yield TextLine(id="left")
            keys = [*hints(HINTS), ("↑↓", _("field")), (_("PgDn"), _("more"))]
            yield KeyLine(keys, last=(), id="keys")

    def on_mount(self) -> None:
        """Start at the first field."""
        self.query_one(ClashList).focus()

    def on_resize(self, _event: Resize) -> None:
        """The columns follow the width."""
        self._show()

    # What is chosen

    @property
    def choices(self) -> Mapping[str, Choice]:
        """What is chosen, by field; empty where nothing is."""
        return dict(self._choices)

    @property
    def undecided(self) -> list[Clash]:
        """The fields that still need a choice."""
        if self._choices.get(ARCHIVED) == "theirs":
            return []
        return [
            clash
            for name, clash in self._clashes.items()
            if not self._choices[name]
            or (self._choices[name] == "edit" and name not in self._edited)
        ]

    def mine_of(self, clash: Clash) -> str:
        """What would be saved of mine: the text written here, else the form's."""
        return self._edited.get(clash.name, clash.mine)

    @property
    def _here(self) -> Clash:
        return self._clashes[str(self.query_one(ClashList).cursor_key)]

    def _choose(self, choice: Choice) -> None:
        here = self._here
        if choice not in self._open_choices(here):
            self._show(
                _("There is no text to write for this one.")
                if here.name == ARCHIVED
                else _("This goes with the whole form: m saves it over theirs, Esc leaves theirs.")
            )
            return
        if choice != "edit":
            self._edited.pop(here.name, None)
        self._choices[here.name] = choice
        self._show()

    def _open_choices(self, clash: Clash) -> tuple[Choice, ...]:
        if clash.name == ARCHIVED:
            return ("theirs", "mine")
        return ORDER if clash.field is not None else ("mine",)

    # Keys

    def action_conflict_theirs(self) -> None:
        """Theirs for this field."""
        self._choose("theirs")

    def action_conflict_mine(self) -> None:
        """Mine for this field."""
        self._choose("mine")

    def action_conflict_edit(self) -> None:
        """Another text for this field."""
        here = self._here
        if here.field is None:
            self._choose("edit")
            return
        from tui.dialogs.conflict_edit import ConflictEditDialog

        def written(text: str | None) -> None:
            if text is not None:
                self._edited[here.name] = text
                self._choices[here.name] = "edit"
            self._show()

        dialog = ConflictEditDialog(here, self.mine_of(here), self._against)
        self.app.push_screen(dialog, written)

    def action_conflict_next(self) -> None:
        """The choice after this one."""
        self._step(1)

    def action_conflict_previous(self) -> None:
        """The choice before this one."""
        self._step(-1)

    def _step(self, by: int) -> None:
        here = self._here
        possible = self._open_choices(here)
        now = self._choices[here.name]
        at = possible.index(now) + by if now in possible else 0 if by > 0 else len(possible) - 1
        self._choose(possible[max(0, min(len(possible) - 1, at))])

    @on(Document.LineSelected)
    def _clicked(self) -> None:
        here = self._here
        possible = self._open_choices(here)
        now = self._choices[here.name]
        at = possible.index(now) + 1 if now in possible else 0
        self._choose(possible[at % len(possible)])

    def action_conflict_save(self) -> None:
        """Save what is chosen; with a field undecided say which."""
        here = self._here
        if self._choices[here.name] == "edit" and here.name not in self._edited:
            self.action_conflict_edit()
            return
        missing = self.undecided
        if missing:
            self.query_one(ClashList).move_to_key(missing[0].name)
            self._show()
            self.app.bell()
            return
        self.dismiss(self._decided())

    def _decided(self) -> Decided:
        shown = [one for one in self._clashes.values() if one.field is not None]
        theirs = frozenset(one.name for one in shown if self._choices[one.name] == "theirs")
        texts = {one.name: one.theirs if one.name in theirs else self.mine_of(one) for one in shown}
        return Decided(texts, theirs, self._choices.get(ARCHIVED) == "theirs")

    def action_dialog_leave(self) -> None:
        """Back to the form; nothing was saved."""
        self.dismiss(None)

    def action_ids(self) -> frozenset[str]:
        """The actions that work here, for help."""
        return frozenset((*HINTS, "conflict.previous", "help"))

    def answers(self) -> str:
        """What this dialog is for."""
        return _("Two people changed one field: which text is kept?")

    def action_help(self) -> None:
        """The keys of this dialog."""
        from tui.dialogs.help import HelpDialog

        async def run(action_id: str | None) -> None:
            if action_id in self.action_ids() - {"help"}:
                await self.run_action(actions_by_id()[action_id].method)

        self.app.push_screen(HelpDialog(self), run)

    def action_show_more(self, step: int) -> None:
        """A page on in what is shown of the field."""
        self.query_one(ClashDetail).action_page(step)

    # Showing

    @on(Document.LineHighlighted)
    def _moved(self) -> None:
        self._show_detail()
        self.query_one(ClashDetail).scroll_to(y=0, animate=False, force=True)

    def _show(self, words: str = "") -> None:
        width = min(WIDEST, self.app.size.width) - AROUND_LINES
        lines = [head_line(width)]
        for name, clash in self._clashes.items():
            lines.append(row_line(clash, self._choices[name], self.mine_of(clash), width))
        self.query_one(ClashList).set_lines(lines)
        self._show_detail()
        self.query_one("#left", TextLine).set_text(words or self._left_words())

    def _left_words(self) -> str:
        left = self.undecided
        if not left:
            discard = self._choices.get(ARCHIVED) == "theirs"
            return _("Enter discards your change.") if discard else _("Enter saves.")
        names = ", ".join(dict.fromkeys(one.label for one in left))
        done = len(self._clashes) - len(left)
        return _("{done} of {all} decided. Not yet: {fields}").format(
            done=done, all=len(self._clashes), fields=names
        )

    def _show_detail(self) -> None:
        here = self._here
        choice = self._choices[here.name]
        width = min(WIDEST, self.app.size.width) - AROUND_LINES
        if here.name == ARCHIVED:
            lines = archived_lines(here, choice, self._changes, self._against)
        else:
            lines = clash_lines(here, choice, self.mine_of(here), self._against, width)
        self.query_one(ClashDetail).set_lines(lines)

    def detail(self) -> Iterable[str]:
        """What is shown of the field, line by line."""
        for line in self.query_one(ClashDetail).lines:
            yield "".join(span if isinstance(span, str) else span[0] for span in line.spans)
