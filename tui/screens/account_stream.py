"""What the keys and the menu do in the Timeline tab: filter, pin, reply, archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.views.timeline import EVERYTHING, TimelineFilter
from planner.vocabulary import PIN_KINDS
from tui.screens.account_filter_line import FilterLine
from tui.screens.account_plan_forms import PlanForms

if TYPE_CHECKING:
    from tui.composition import BookQueries


class StreamKeys(PlanForms):
    """The part of the account's screen that acts on its timeline. ``wanted`` is its filter."""

    OF_STREAM: ClassVar[tuple[str, ...]] = (
        "list.filter", "list.remove", "account.pin", "account.reply", "account.person_timeline",
        "account.person_everywhere",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.wanted = EVERYTHING
        self.filter_text = ""

    async def action_list_filter(self) -> None:
        """Open the filter line of the timeline."""
        view = self.view
        if view is None or self.query(FilterLine):
            return
        if self.tab != "timeline":
            self.set_tab("timeline")
        from planner.timeline_filter import timeline_fields

        known = {"person": [one.name for one in view.page.people]}
        example = _("kind:complaint,survey function:sales person:maria from:2026-01-31 to:fri")
        line = FilterLine(self.filter_text, known, timeline_fields(), example)
        await self.mount(line, before="#body")

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """The filter was typed: show what fits."""
        from planner.timeline_filter import read_filter

        if self.view is None:
            return
        people = [(one.id, one.name) for one in self.view.page.people]
        try:
            wanted = read_filter(event.parts, people, self.view.today)
        except TrustplanError as error:
            self.complain(error)
            return
        self._want(wanted, event.text)

    async def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """Back to the timeline; Esc takes the filter off."""
        await self.query(FilterLine).remove()
        if not event.text:
            self._want(EVERYTHING, "")
        self.query_one("#left").focus()

    def _want(self, wanted: TimelineFilter, text: str) -> None:
        """Read the timeline as the filter wants it, where that is another one."""
        self.filter_text = text
        if wanted != self.wanted:
            self.wanted = wanted
            self.reload()

    def no_filter(self) -> None:
        """Forget the filter: another account is shown."""
        self.wanted, self.filter_text = EVERYTHING, ""

    def action_back(self) -> None:
        """Esc takes the filter off first."""
        if self.tab == "timeline" and self.wanted != EVERYTHING:
            self._want(EVERYTHING, "")
            return
        super().action_back()

    def action_account_person_timeline(self) -> None:
        """The timeline of the person under the cursor."""
        kind, rest = self.cursor()
        view = self.view
        person = next(
            (one for one in view.page.people if kind == "person" and rest == str(one.id)), None
        ) if view else None  # fmt: skip
        if person is None:
            self.say(_("Put the cursor on a person of the People tab."))
            return
        self.tab = "timeline"
        quoted = person.name.replace("\\", "\\\\").replace('"', '\\"')
        self._want(TimelineFilter(person_id=person.id), f'person:"{quoted}"')

    def action_account_person_everywhere(self) -> None:
        """All that was said with the person under the cursor, in all of their accounts."""
        kind, rest = self.cursor()
        people = () if self.view is None else self.view.page.people
        person = next((one for one in people if kind == "person" and rest == str(one.id)), None)
        if person is None:
            self.say(_("Put the cursor on a person of the People tab."))
            return
        from tui.screens.person_timeline import PersonTimelineScreen

        self.app.push_screen(PersonTimelineScreen(person.id, person.name))

    # The entry under the cursor

    def action_account_pin(self) -> None:
        """Pin the entry under the cursor on top of the timeline, or take its pin off."""
        kind, rest = self.cursor()
        if self.refuse_read_only():
            return
        if self.tab != "timeline" or kind not in PIN_KINDS or self.view is None:
            self.say(_("A touchpoint, a complaint, a signal or a survey can be pinned; put the "
                       "cursor on one in the timeline."))  # fmt: skip
            return
        from planner.use_cases.entries import pin_entry, unpin_entry

        held = any((one.kind, str(one.id)) == (kind, rest) for one in self.view.pins)
        self.do(unpin_entry if held else pin_entry, self.account_id, kind, int(rest))

    def action_account_reply(self) -> None:
        """Log the answer to the touchpoint under the cursor."""
        kind, rest = self.cursor()
        if kind != "touchpoint":
            self.say(_("A reply answers a touchpoint; put the cursor on one."))
            return
        self.form("touchpoint", reply_to=int(rest))

    async def action_list_remove(self) -> None:
        """Archive the touchpoint under the cursor, after a question that names it."""
        kind, rest = self.cursor()
        if self.refuse_read_only():
            return
        if kind != "touchpoint" or self.tab != "timeline":
            self.say(_("Del archives a touchpoint of the timeline; put the cursor on one."))
            return
        await ask_to_archive(self, int(rest))


async def ask_to_archive(screen: StreamKeys, row_id: int) -> None:
    """Ask before a touchpoint is archived; the question says which it is."""
    from tui.dialogs.choice import Choice, ChoiceDialog
    from tui.screens.account_timeline import what_words
    from tui.screens.account_words import first_line

    def read(queries: BookQueries) -> str:
        found = queries.timeline.entry("touchpoint", row_id)
        if found is None:
            return ""
        said = first_line(found.text)
        return ", ".join(part for part in (what_words(found), found.occurred_on, said) if part)

    name = await screen.store.read(read)
    if not name:
        return

    def chosen(answer: str | None) -> None:
        if answer == "archive":
            from planner.use_cases.entries import archive_touchpoint

            screen.do(archive_touchpoint, row_id)

    choices = [
        Choice("keep", _("keep it")),
        Choice("archive", _("archive it"), _("u brings it back")),
    ]
    screen.app.push_screen(ChoiceDialog(_("Archive {name}?").format(name=name), choices), chosen)
