"""The fields of a form on their scroll: filled, folded, read, and told what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.widgets import Static

from planner.errors import FieldProblem
from tui.dialogs.editors import LineEditor, NoteEditor
from tui.dialogs.follow_ups import FollowUps
from tui.dialogs.form_rows import FieldRow, MoreLine
from tui.dialogs.spec import FormSpec, Loaded, Texts

ROOM_FOR_ALL = 34
"""From this many lines on a form that changes a record is shown unfolded."""


def starts(label: str, character: str) -> bool:
    """Whether a label begins with a letter, however it is written."""
    return bool(character) and label.casefold().startswith(character.casefold())


class FormFields(VerticalScroll, can_focus=False):
    """All fields of one form."""

    def __init__(self, spec: FormSpec) -> None:
        super().__init__(id="fields")
        self._spec = spec
        self._loaded: Loaded | None = None

    async def fill(self, loaded: Loaded, start: Texts, *, room: int) -> None:
        """Show the fields holding ``start``; those under More are folded unless one of them is
        other than loaded, or ``room`` (lines) lets a record be shown whole."""
        self._loaded = loaded
        fields = loaded.fields_of(self._spec)
        widest = max(len(field.label) for field in fields) + 2
        rows = [
            FieldRow(
                field,
                start.get(field.name, ""),
                loaded.context,
                loaded.hints.get(field.name, ""),
                label_width=widest,
            )
            for field in fields
        ]
        plain = [row for row in rows if not row.field.more]
        folded = [row for row in rows if row.field.more]
        more = [MoreLine(self._spec.more_words, self.open_more)] if folded else []
        words = self._spec.preamble
        above = [Static(words, markup=False, classes="preamble")] if words else []
        await self.mount_all([*above, *plain, *more, *folded])
        whole = bool(loaded.records) and room >= ROOM_FOR_ALL
        if whole or any(row.text != loaded.texts.get(row.field.name, "") for row in folded):
            self.open_more(focus=False)
        else:
            for row in folded:
                row.display = False
        first = next((row for row in rows if row.field.name == self._spec.start), rows[0])
        first.target.focus()

    @property
    def rows(self) -> list[FieldRow]:
        """The rows, from the top; empty until the form stands."""
        return list(self.query(FieldRow))

    def row(self, name: str) -> FieldRow:
        """The row of a field. Raises ``KeyError``."""
        for row in self.rows:
            if row.field.name == name:
                return row
        raise KeyError(name)

    @property
    def texts(self) -> dict[str, str]:
        """What the fields hold as typed."""
        return {row.field.name: row.text for row in self.rows}

    def focused_row(self) -> FieldRow | None:
        """The row with the focus."""
        node = self.screen.focused
        above = node.ancestors if node is not None else ()
        return next((one for one in above if isinstance(one, FieldRow)), None)

    def note_row(self) -> FieldRow | None:
        """The row of the note with the focus, else of the first note."""
        notes = [row for row in self.rows if isinstance(row.editor, NoteEditor)]
        here = self.focused_row()
        return here if here in notes else next(iter(notes), None)

    def refresh_sides(self, texts: Texts) -> None:
        """Show beside each field what is understood of it now."""
        for row in self.rows:
            if self._spec.describe is not None and self._loaded is not None:
                row.live_hint = self._spec.describe(row.field.name, texts, self._loaded.context)
                if row.live_hint:
                    row.side.add_class("-used")
            if self._spec.ask is not None and row.field.prompt:
                row.ask(self._spec.ask(row.field.name, texts))
            row.refresh_side(texts)

    def settle(self) -> None:
        """Write out the names that are clear."""
        for row in self.rows:
            if isinstance(row.editor, LineEditor | FollowUps):
                row.editor.settle()

    def go_to_more(self) -> bool:
        """The cursor on the line of More, also where it is unfolded; whether there is one."""
        for line in self.query(MoreLine):
            line.display = True
            line.focus()
            return True
        return False

    def open_more(self, *, focus: bool = True, first: str = "") -> None:
        """Unfold what is under More; the cursor goes to the field that begins with ``first``."""
        for line in self.query(MoreLine):
            line.display = False
        folded = [row for row in self.rows if row.field.more]
        for row in folded:
            row.display = True
        if focus and folded:
            begins = [row for row in folded if starts(row.field.label, first)]
            chosen = (begins or folded)[0]
            chosen.target.focus()
            self.call_after_refresh(chosen.scroll_visible, animate=False)

    def take_in(self, before: Texts, after: Texts) -> list[str]:
        """Show ``after`` where nothing was typed since ``before``; returns the labels of the
        fields that keep what was typed. A choice that the record decides stays as it is."""
        mine = []
        decided = self._loaded.options if self._loaded is not None else {}
        for row in self.rows:
            name = row.field.name
            if name in decided:
                continue
            if row.text == before.get(name, ""):
                row.text = after.get(name, "")
            elif row.text != after.get(name, ""):
                mine.append(row.field.label)
        return mine

    # What is wrong

    def show_problems(self, problems: Sequence[FieldProblem]) -> tuple[bool, list[FieldProblem]]:
        """Say under each field what is wrong with it, the cursor on the first.

        Returns whether any was placed, and those that belong to no field shown.
        """
        by_row: dict[FieldRow, list[str]] = {}
        rest: list[FieldProblem] = []
        for problem in problems:
            row = self._row_for(problem.field)
            if row is None:
                rest.append(problem)
            else:
                by_row.setdefault(row, []).append(problem.problem)
        for row, said in by_row.items():
            row.show_problem("; ".join(said))
        if any(row.field.more for row in by_row):
            self.open_more(focus=False)
        first = next((row for row in self.rows if row in by_row), None)
        if first is not None:
            first.target.focus()
        return bool(by_row), rest

    def clear_problems(self) -> None:
        """Nothing is wrong any more."""
        for row in self.rows:
            row.show_problem("")

    def _row_for(self, name: str) -> FieldRow | None:
        field = self._spec.field_for(name)
        return next((row for row in self.rows if field and row.field.name == field.name), None)
