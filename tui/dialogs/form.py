"""The form engine: one screen for every form, made from a spec.

Nothing typed is ever lost: every change is kept as a draft, errors leave the fields as they are,
and only a saved or discarded form forgets its draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Static

from planner.errors import Conflict, FieldProblem, Refused, TrustplanError
from planner.language import gettext as _
from planner.text import visible_lines
from tui.actions import actions_by_id, bindings, hints
from tui.dialogs.below_line import BelowLine, feet
from tui.dialogs.editors import Edited, Entered
from tui.dialogs.form_draft import FormDraft, changed, restored_words
from tui.dialogs.form_fields import FormFields
from tui.dialogs.form_rows import FieldRow
from tui.dialogs.form_style import FORM_CSS
from tui.dialogs.reading import read_all
from tui.dialogs.settling import settle, settle_draft
from tui.dialogs.side_text import SideText
from tui.dialogs.spec import Call, Context, FormSpec, Loaded, Subject
from tui.due_words import day_words
from tui.screens.book_screen import BookScreen
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.top_line import TopLine, TopParts

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.composition import BookQueries, Draft

KEEP_AFTER = 0.5
"""Seconds of quiet after which what was typed is kept."""
HINTS = ("form.save", "form.leave", "form.editor", "form.discard")


class FormScreen(BookScreen):
    """One form about one subject. ``loaded`` is None until its fields stand."""

    AUTO_FOCUS = None
    CSS = FORM_CSS
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-normal"), (110, "-wide")]
    ACTIONS: ClassVar[tuple[str, ...]] = (
        "form.save", "form.leave", "form.editor", "form.discard", "form.reload",
        "form.complaint", "form.more",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ACTIONS, "quit", "menu", "help")]

    def __init__(
        self, spec: FormSpec, subject: Subject, then: Callable[[Done], None] | None = None
    ) -> None:
        super().__init__(classes=f"form form-{spec.name}")
        self.spec = spec
        self.subject = subject
        self.loaded: Loaded | None = None
        self.message = ""
        self.told = ""
        self.restored: Draft | None = None
        self._then = then
        self._draft: FormDraft | None = None
        self._saving = False
        self._leave_anyway = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TopLine(TopParts(self.spec.title.upper()), id="top")
        yield Rule()
        yield FormFields(self.spec)
        yield from feet()
        keys = [(_("Tab"), _("next")), *hints(HINTS)]
        yield KeyLine(keys, last=hints(("menu",)), id="keys")

    def on_mount(self) -> None:
        """Read what the form is about and show it."""
        self.run_worker(self._open(), group="form")

    # Opening

    async def _open(self) -> None:
        try:
            loaded = await self.load_newest()
        except TrustplanError as error:
            self.complain(error)
            self.dismiss()
            return
        self._draft = FormDraft(self.store.drafts, self.spec.name, self.subject)
        start = {**loaded.texts, **self.subject.preset}
        words = ""
        try:
            self.restored = await self._draft.load()
        except TrustplanError as error:
            words = str(error)
        if self.restored is not None:
            start |= self.restored.values
            words = restored_words(self.restored, self.spec, loaded.texts, loaded.context)
        await self._show_rows(loaded, start)
        self.say_here("\n".join([words, *self.store.drafts.take_notices()]).strip())

    async def load_newest(self) -> Loaded:
        """What the form is about as it is stored now. Raises ``TrustplanError``."""
        facts, now = self.trust.facts, self.trust.launch.clock.now()
        if facts is None:
            raise Refused(_("The book is not open."))
        context = Context(now, facts.zone, facts.currency, facts.actor)
        return await self.store.read(lambda q: self.spec.load(q, self.subject, context))

    async def _show_rows(self, loaded: Loaded, start: dict[str, str]) -> None:
        self.loaded = loaded
        self.refresh_top()
        await self.fields.fill(loaded, start, room=self.size.height)
        if not any(field.kind == "note" for field in loaded.fields_of(self.spec)):
            keys = hints(key for key in HINTS if key != "form.editor")
            self.query_one("#keys", KeyLine).set_keys([(_("Tab"), _("next")), *keys])
        self._show_understood()

    def refresh_top(self) -> None:
        """Show the top line anew."""
        if (loaded := self.loaded) is None or not self.query("#top"):
            return
        local = loaded.context.now.astimezone(loaded.context.zone)
        self.query_one("#top", TopLine).set_parts(
            TopParts(
                self.spec.title.upper(),
                state=self.trust.state,
                queued=self.trust.queued,
                day=day_words(local.date()),
                details=loaded.details,
            )
        )

    # What the fields hold

    @property
    def opening(self) -> bool:
        """Whether keys have no field to go to yet."""
        return self.loaded is None or self.focused is None

    @property
    def fields(self) -> FormFields:
        """The fields."""
        return self.query_one(FormFields)

    @property
    def rows(self) -> list[FieldRow]:
        """The rows, from the top; empty until the form stands."""
        return self.fields.rows

    def row(self, name: str) -> FieldRow:
        """The row of a field. Raises ``KeyError``."""
        return self.fields.row(name)

    @property
    def texts(self) -> dict[str, str]:
        """What the fields hold as typed."""
        return self.fields.texts

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return self.loaded is not None and bool(changed(self.texts, self.loaded.texts))

    def on_edited(self, _event: Edited) -> None:
        """Show what is understood now, and keep the draft after a moment of quiet."""
        self._leave_anyway = False
        self._show_understood()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER, self._keep_soon)

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """The line at the bottom speaks of the field with the focus."""
        self._show_understood()

    def _show_understood(self) -> None:
        texts = self.texts
        self.fields.refresh_sides(texts)
        self.query_one(BelowLine).show(self.loaded, texts)
        here = self.fields.focused_row()
        words = here.understood(texts) if here is not None else ""
        self.query_one("#understood", SideText).show(" " + words if words else "")

    # Moving

    def on_entered(self, _event: Entered) -> None:
        """Enter: the next field; on the last, save."""
        if self._at_end():
            self.action_form_save()
        else:
            self.focus_next()

    def _at_end(self) -> bool:
        shown = [widget for widget in self.focus_chain if widget.display]
        return bool(shown) and self.focused is shown[-1]

    # Saving

    def action_form_save(self) -> None:
        """Save; a second press while that runs does nothing."""
        if self.loaded is None or self._saving:
            return
        self._saving = True
        self.run_worker(self._save(self.loaded, decided=False), group="form")

    def save_decided(self, loaded: Loaded) -> None:
        """Save on top of the records of ``loaded``, which bring back what was archived."""
        if self.loaded is None or self._saving:
            return
        self._saving = True
        self.run_worker(self._save(loaded, decided=True), group="form")

    async def _save(self, loaded: Loaded, *, decided: bool) -> None:
        try:
            self._clear_problems()
            if not decided and settle_draft(self, loaded):
                return
            done = await self._run(loaded, restore=decided)
        except Conflict as error:
            await self._keep()
            await settle(self, error, self.loaded or loaded, again=decided)
        except Refused as error:
            self._show_problems(error.problems, str(error))
            await self._keep()
        except TrustplanError as error:
            self.say_here(str(error), bad=True)
            await self._keep()
        else:
            await self._saved(done, decided=decided)
        finally:
            self._saving = False

    async def _run(self, loaded: Loaded, *, restore: bool) -> Done:
        from planner.use_cases.naming import with_named_owners
        from planner.use_cases.restoring import restoring

        shown = [row.field for row in self.rows]
        self.fields.settle()
        entered, problems = read_all(shown, self.texts, loaded.texts, loaded.context)
        if problems:
            raise Refused(_("Some fields need a look."), problems)

        def prepare(q: BookQueries) -> Call:
            return self.spec.save(q, self.subject, loaded, entered)

        call = await self.store.read(prepare)
        use_case = restoring(call.use_case) if restore else call.use_case
        return await self.store.write(with_named_owners(use_case), *call.args, **call.values)

    async def _saved(self, done: Done, *, decided: bool) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._draft is not None:
            try:
                await self._draft.drop()
            except TrustplanError as error:
                self.complain(error)
        self.loaded = None
        if decided and done.change_id is None:
            self.say(_("Theirs stands: nothing of yours was left to save."))
        else:
            self.tell_done(done)
        self.trust.changed()
        self.dismiss()
        if self._then is not None:
            self._then(done)

    # What went wrong

    def say_here(self, words: str, *, bad: bool = False) -> None:
        """A message above the keys that stays."""
        self.message = words
        line = self.query_one("#message", Static)
        line.update(visible_lines(words))
        line.set_class(bad, "-bad")
        line.display = bool(words)

    def _show_problems(self, problems: Sequence[FieldProblem], words: str) -> None:
        placed, rest = self.fields.show_problems(problems)
        said = [f"{one.field}: {one.problem}" if one.field else words for one in rest]
        if placed and not said:
            said = [_("Nothing was saved: see the lines in the fields.")]
        self.say_here("; ".join(said) or words, bad=True)

    def _clear_problems(self) -> None:
        self.say_here("")
        self.fields.clear_problems()

    def action_form_reload(self) -> None:
        """Take in what others saved since; what I typed stays."""
        if self.loaded is not None:
            self.run_worker(self._reload(self.loaded), group="form")

    async def _reload(self, before: Loaded) -> None:
        try:
            after = await self.load_newest()
        except TrustplanError as error:
            self.say_here(str(error), bad=True)
            return
        mine = self.fields.take_in(before.texts, after.texts)
        lost = await self.show_newest(after)
        words = _("This is the newest version.")
        if mine:
            words += " " + _("Yours are kept in: {fields}.").format(fields=", ".join(mine))
        if lost:
            words += " " + _("The choices changed of: {fields}.").format(fields=", ".join(lost))
        self.say_here(words)

    async def show_newest(self, loaded: Loaded) -> list[str]:
        """Go on from what is stored now; returns the labels of fields that could not keep what
        they held, because their choices are others."""
        texts, before = self.texts, self.loaded
        self.loaded = loaded
        self._clear_problems()
        if before is None or before.fields_of(self.spec) == loaded.fields_of(self.spec):
            return []
        await self.fields.remove_children()
        await self._show_rows(loaded, texts)
        return [row.field.label for row in self.rows if texts.get(row.field.name) != row.text]

    # Drafts and leaving

    def _keep_soon(self) -> None:
        self.run_worker(self._keep(), group="draft")

    async def _keep(self) -> bool:
        """Keep the draft; returns whether that worked. What went wrong is said."""
        if self._draft is None or self.loaded is None:
            return True
        try:
            now = self.trust.launch.clock.real_now()
            await self._draft.keep(self.texts, self.loaded.texts, now)
        except TrustplanError as error:
            self.say_here(str(error), bad=True)
            return False
        return True

    async def action_form_leave(self) -> None:
        """Back, with the draft kept. Where it cannot be kept, a second Esc leaves without it."""
        if self._saving:
            return
        dirty = self.dirty
        if not await self._keep() and not self._leave_anyway:
            self._leave_anyway = True
            self.say_here(self.message + " " + _("Esc again leaves without it."), bad=True)
            return
        if dirty and not self._leave_anyway:
            self.say(_("The draft is kept: it is back when you open this form again."))
        self.dismiss()

    async def keep_draft(self) -> None:
        """Keep what was typed before the app ends."""
        await self._keep()

    async def action_quit(self) -> None:
        """Quit with the draft kept."""
        await self._keep()
        await self.trust.action_quit()

    def action_form_discard(self) -> None:
        """Ask, then throw away what was typed and leave."""
        from tui.dialogs.question import QuestionDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._discard(), group="form")

        if self.dirty or self.restored is not None:
            self.app.push_screen(QuestionDialog(_("Throw away what you typed here?")), answered)
        else:
            self.dismiss()

    def discard_now(self, words: str) -> None:
        """Throw away what was typed, leave, and say so."""
        self.run_worker(self._discard(words), group="form")

    async def _discard(self, words: str = "") -> None:
        self.loaded = None
        if self._timer is not None:
            self._timer.stop()
        try:
            if self._draft is not None:
                await self._draft.drop()
        except TrustplanError as error:
            self.complain(error)
        if words:
            self.say(words)
        self.dismiss()

    # Another form, the person's own editor, menu, help

    def action_form_complaint(self) -> None:
        """Open the form that carries on from here, with what fits of this one."""
        if self.spec.carry is None:
            return
        from tui.dialogs.opening import open_form

        name, preset = self.spec.carry(self.texts)
        open_form(self, name, preset=preset, account_id=self.subject.get("account_id"))

    def action_form_more(self) -> None:
        """Go to the line of More, from wherever the cursor is."""
        if not self.fields.go_to_more():
            self.say_here(_("Nothing is folded here."))

    def action_form_editor(self) -> None:
        """Open the note under the cursor, or the first one, in $EDITOR."""
        from tui.dialogs.form_editor import edit_note

        edit_note(self)

    def action_menu(self) -> None:
        """Everything that works here."""
        from tui.dialogs.menu import MenuDialog

        self.app.push_screen(MenuDialog(self), self._run_chosen)

    def action_ids(self) -> frozenset[str]:
        """The actions that work here, for the menu and help."""
        unfit = set() if self.spec.carry else {"form.complaint"}
        return frozenset((*self.ACTIONS, "quit", "menu", "help")) - unfit

    async def _run_chosen(self, action_id: str | None) -> None:
        if action_id is None:
            return
        if action_id in self.action_ids():
            await self.run_action(actions_by_id()[action_id].method)
        else:
            self.say_here(_("Leave this form first: Esc keeps what you typed."))

    def action_help(self) -> None:
        """The keys of forms."""
        from tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(self), self._run_chosen)
