"""What works on every screen: going places, logging, undo, recent accounts, copying, leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.text import visible_lines
from tui import themes
from tui.actions import ACCOUNT, ANYWHERE, Action, actions_by_id, all_actions, key_text
from tui.background import behind
from tui.screens.book_screen import BookScreen

if TYPE_CHECKING:
    from tui.dialogs.find import Found

TOP_SCREENS = {
    "today": ("tui.screens.today", "TodayScreen"),
    "accounts": ("tui.screens.accounts", "AccountsScreen"),
    "complaints": ("tui.screens.complaints", "ComplaintsScreen"),
    "renewals": ("tui.screens.renewals", "RenewalsScreen"),
    "signals": ("tui.screens.signals", "SignalsScreen"),
    "feedback": ("tui.screens.improvements", "FeedbackScreen"),
    "improvements": ("tui.screens.improvements", "ImprovementsScreen"),
    "causes": ("tui.screens.causes", "CausesScreen"),
    "voice": ("tui.screens.voice", "VoiceScreen"),
    "silent": ("tui.screens.silent", "SilentScreen"),
    "calendars": ("tui.screens.calendars", "CalendarsScreen"),
    "incidents": ("tui.screens.incidents", "IncidentsScreen"),
    "requests": ("tui.screens.requests", "RequestsScreen"),
    "validation": ("tui.screens.validation", "ValidationScreen"),
    "radar": ("tui.screens.radar", "RadarScreen"),
    "cadence": ("tui.screens.cadence", "CadenceScreen"),
    "rules": ("tui.screens.rules", "RulesScreen"),
    "activity": ("tui.screens.activity", "ActivityScreen"),
}
"""Top screens by name: module and class. Each is made once and kept."""

TAB_OF = {
    "person": "people", "complaint": "complaints", "touchpoint": "timeline", "survey": "timeline",
    "signal": "timeline",
}  # fmt: skip
"""The tab of an account that shows what was found."""

Chosen = Callable[[int], None]


class Everywhere(BookScreen):
    """The actions of every screen. A screen says what they act on."""

    TOP: ClassVar[bool] = False
    """Whether this is a top screen: ``q`` quits there and goes back elsewhere."""

    def current_account(self) -> int | None:
        """The account under the cursor or shown; None without one."""
        return None

    def text_to_copy(self) -> str:
        """What ``y`` copies; empty when there is nothing."""
        return ""

    # Going places

    async def action_go_today(self) -> None:
        """To Today."""
        await self.trust.go_top("today")

    async def action_go_accounts(self) -> None:
        """To the list of accounts."""
        await self.trust.go_top("accounts")

    async def action_go_complaints(self) -> None:
        """To the open complaints."""
        await self.trust.go_top("complaints")

    async def action_go_renewals(self) -> None:
        """To the renewals."""
        await self.trust.go_top("renewals")

    async def action_go_activity(self) -> None:
        """To the audit."""
        await self.trust.go_top("activity")

    async def action_go_signals(self) -> None:
        """To what was heard without a talk."""
        await self.trust.go_top("signals")

    async def action_go_feedback(self) -> None:
        """To the inbox of what customers said."""
        await self.trust.go_top("feedback")

    async def action_go_improvements(self) -> None:
        """To what was changed because of feedback."""
        await self.trust.go_top("improvements")

    async def action_go_voice(self) -> None:
        """To what customers say in surveys, in figures."""
        await self.trust.go_top("voice")

    async def action_go_silent(self) -> None:
        """To the accounts that say nothing."""
        await self.trust.go_top("silent")

    async def action_go_causes(self) -> None:
        """To the Pareto of causes."""
        await self.trust.go_top("causes")

    async def action_go_calendars(self) -> None:
        """Show the calendars."""
        await self.trust.go_top("calendars")

    async def action_go_incidents(self) -> None:
        """To the incidents."""
        await self.trust.go_top("incidents")

    async def action_go_requests(self) -> None:
        """To what they asked for."""
        await self.trust.go_top("requests")

    async def action_go_validation(self) -> None:
        """To what became of the scores."""
        await self.trust.go_top("validation")

    async def action_go_radar(self) -> None:
        """To the accounts that might be on the way out."""
        await self.trust.go_top("radar")

    async def action_go_rules(self) -> None:
        """Accounts that meet an alert rule, the rules, and the success criteria."""
        await self.trust.go_top("rules")

    async def action_go_cadence(self) -> None:
        """To the lists of contact: overdue, due, coming, losing touch, quarterly reviews."""
        await self.trust.go_top("cadence")

    async def action_go_journey(self) -> None:
        """To the touchpoints by journey stage and channel."""
        from tui.screens.touch_matrix import JourneyScreen

        await self.app.push_screen(JourneyScreen())

    async def action_go_talk_time(self) -> None:
        """To how long we talked with customers."""
        from tui.screens.touch_matrix import TalkTimeScreen

        await self.app.push_screen(TalkTimeScreen())

    async def action_go_dropoff(self) -> None:
        """To where customers are lost and where they stop buying."""
        from tui.screens.dropoff import DropoffScreen

        await self.app.push_screen(DropoffScreen())

    def action_back(self) -> None:
        """Back to the screen before; a top screen stays."""
        if not self.TOP:
            self.app.pop_screen()

    async def action_close(self) -> None:
        """Back; on a top screen quit."""
        if self.TOP:
            await self.trust.action_quit()
        else:
            self.action_back()

    def open_account(
        self,
        account_id: int,
        neighbours: Sequence[int] = (),
        tab: str = "overview",
        seek: str | None = None,
    ) -> None:
        """Open an account; ``neighbours`` are the ids of the list it was opened from, ``seek`` is
        the key of the line to put the cursor on."""
        from tui.screens.account import AccountScreen

        self.trust.remember(account_id)
        self.app.push_screen(AccountScreen(account_id, neighbours, tab, seek))

    # Dialogs

    def action_find(self) -> None:
        """Find as you type; Enter opens."""
        from tui.dialogs.find import FindDialog

        def chosen(found: Found | None) -> None:
            if found is not None:
                tab = TAB_OF.get(found.kind, "overview")
                seek = f"{found.kind}:{found.id}" if found.kind in TAB_OF else None
                self.open_account(found.account_id, tab=tab, seek=seek)

        self.app.push_screen(FindDialog(), chosen)

    def action_menu(self) -> None:
        """Everything that works here, then all."""
        from tui.dialogs.menu import MenuDialog

        self.app.push_screen(MenuDialog(self), self.run_chosen)

    def action_help(self) -> None:
        """The keys of this place, by group."""
        from tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(self), self.run_chosen)

    def action_recent(self) -> None:
        """The last nine accounts; a digit or Enter opens."""
        if not self.trust.recent:
            self.say(_("No account was opened yet. / finds one."))
            return
        from tui.dialogs.recent import RecentDialog

        def chosen(account_id: int | None) -> None:
            if account_id is not None:
                self.open_account(account_id)

        self.app.push_screen(RecentDialog(tuple(self.trust.recent)), chosen)

    async def run_chosen(self, action_id: str | None) -> None:
        """Run the action that was chosen in the menu; one that works elsewhere goes there first."""
        if action_id is None:
            return
        action = actions_by_id()[action_id]
        if action_id in self.action_ids() or action.group == ANYWHERE:
            await self.run_action(action.method)
        elif action.group == ACCOUNT:
            self.with_account(lambda account_id: self._run_in_account(account_id, action))
        else:
            await self.trust.go_top("accounts")
            self.say(_("{key} works in this list.").format(key=key_text(action.keys[0])))

    def _run_in_account(self, account_id: int, action: Action) -> None:
        self.open_account(account_id)
        screen = self.app.screen
        screen.call_after_refresh(screen.run_action, action.method)

    def action_ids(self) -> frozenset[str]:
        """The ids of the actions that work here."""
        bound = self._bindings.key_to_bindings.values()
        return frozenset(
            {binding.id for same_key in bound for binding in same_key if binding.id}
            | {action.id for action in all_actions() if action.group == ANYWHERE}
        )

    def own_actions(self) -> tuple[Action, ...]:
        """What the menu lists besides, which only this place has; ``run_chosen`` runs it."""
        return ()

    def answers(self) -> str:
        """The question that this screen answers, for help."""
        return ""

    # Logging

    def with_account(self, then: Chosen) -> None:
        """Call ``then`` with the account of this place, asked for when there is none."""
        here = self.current_account()
        if here is not None:
            then(here)
            return
        from tui.dialogs.find import FindDialog

        def chosen(found: Found | None) -> None:
            if found is not None:
                then(found.account_id)

        self.app.push_screen(FindDialog(_("Which account?"), accounts_only=True), chosen)

    def log_form(self, name: str) -> None:
        """Open a form about the account of this place."""
        if self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        self.with_account(lambda account_id: open_form(self, name, account_id=account_id))

    def refuse_read_only(self) -> bool:
        """Whether nothing can be saved here; says so."""
        if self.trust.facts is None or not self.trust.facts.read_only:
            return False
        self.say(_("This book is read-only: nothing can be saved."), warn=True)
        return True

    def action_log_touchpoint(self) -> None:
        """Log a touchpoint."""
        self.log_form("touchpoint")

    def action_log_complaint(self) -> None:
        """Log a complaint."""
        self.log_form("complaint")

    def action_log_action(self) -> None:
        """Add a follow-up."""
        self.log_form("action")

    def action_log_signal(self) -> None:
        """Log a signal."""
        self.log_form("signal")

    def action_log_survey(self) -> None:
        """Log an answer to a survey."""
        self.log_form("survey")

    def rang(self, account_id: int | None) -> None:
        """Log a call to an account that nobody answered, at once."""
        facts = self.trust.facts
        if account_id is None or facts is None:
            self.say(_("Put the cursor on an account first."))
            return
        if self.refuse_read_only():
            return
        from planner.dates import When
        from planner.use_cases.touchpoints import rang_without_answer

        now = self.trust.launch.clock.now()
        day = now.astimezone(facts.zone).date()
        self.do(rang_without_answer, account_id, When(day, now, False))

    def action_log_meeting(self) -> None:
        """Plan a meeting."""
        self.log_form("meeting")

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted outside a field opens the form that it fills."""
        from tui.pasting import take_paste

        event.stop()
        take_paste(self, event.text)

    # Undo, copy, scope, theme

    def action_undo(self) -> None:
        """Take back my newest change."""
        from tui.composition import undo

        self.do(undo, hint=_("U redoes it"))

    def action_redo(self) -> None:
        """Repeat what I undid."""
        from tui.composition import redo

        self.do(redo)

    def action_copy(self) -> None:
        """Copy what is under the cursor to the clipboard of the terminal (OSC 52)."""
        text = visible_lines(self.text_to_copy()).strip()
        if not text:
            self.say(_("There is nothing to copy here."))
            return
        self.app.copy_to_clipboard(text)
        first = text.splitlines()[0]
        shown = first if first == text and len(first) < MOST_SHOWN else first[:MOST_SHOWN] + "…"
        self.say(_("copied: {text}").format(text=shown))

    def action_scope(self) -> None:
        """Show what is mine, or everybody's."""
        facts = self.trust.facts
        if facts is None or facts.actor.colleague_id is None:
            self.say(_("You are nobody's colleague in this book, so it shows everybody's."))
            return
        self.trust.mine = not self.trust.mine
        self.say(_("showing mine") if self.trust.mine else _("showing everybody's"))
        self.trust.changed()

    def action_theme(self) -> None:
        """The next theme: dark, light, terminal."""
        names = themes.THEME_NAMES
        now = self.app.theme
        name = names[(names.index(now) + 1) % len(names)] if now in names else names[0]
        self.app.theme = name
        self.say(_("theme: {name}").format(name=name))
        behind(self, partial(self._keep_theme, name), "theme", exclusive=True)

    async def _keep_theme(self, name: str) -> None:
        """Write the choice to config.toml, so that the next start looks the same."""
        from tui.person import save_config

        try:
            await asyncio.to_thread(save_config, "screen", {"theme": name})
        except (OSError, TrustplanError, ValueError) as error:
            self.say(_("The theme could not be kept: {why}").format(why=error), warn=True)


MOST_SHOWN = 60
