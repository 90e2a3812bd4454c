"""The Textual app: owns the store worker, the open screens, and what works from everywhere."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import import_module
from inspect import isawaitable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType

from planner.errors import TrustplanError
from planner.language import gettext as _
from tui import themes
from tui.actions import bindings, registry, use_keys
from tui.background import behind
from tui.keymap import read_keymap
from tui.keys_meant import keys_meant
from tui.news import News
from tui.screens.everywhere import TOP_SCREENS
from tui.store_worker import BookFacts, StoreWorker
from tui.type_ahead import Passed, TypeAhead

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from textual.screen import Screen
    from textual.timer import Timer

    from planner.views.live import ChangeNote
    from tui.composition import Launch
    from tui.line_state import LineState
    from tui.live import Heard, LineMoved, Live
    from tui.screens.frame import FrameScreen
    from tui.widgets.top_line import State

RECENT = 9
KEY_PROBLEM_SECONDS = 15
LINE_SECONDS = 10
NEWS_SECONDS = 0.3
"""How long news is collected before the screen reads again: a burst is one reading."""
FIRST_SCREEN = 1
"""The stack's size with nothing but Textual's own empty screen."""


class TrustplanApp(App[int], inherit_bindings=False):
    """The app. ``change_count`` grows with every change made here; screens compare it.

    A screen with a ``keep_draft`` method is asked to keep it before the app ends.
    """

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "trustplan"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(binding, priority=True) for binding in bindings("quit")
    ]

    def __init__(self, launch: Launch, *, theme: str | None = None, keys: object = None) -> None:
        """``keys``: ``[keys]`` of config.toml as it was read."""
        super().__init__()
        self._take_keymap(keys)
        themes.install(self, themes.choose_theme(theme, os.environ))
        self.launch = launch
        self.store = StoreWorker(launch)
        self.facts: BookFacts | None = None
        self.change_count = 0
        self.mine = True
        self.recent: list[int] = []
        self.failure: TrustplanError | None = None
        self.news = News()
        self.sweeping = ""
        self.line_up = True
        self._heard: list[ChangeNote] = []
        self._news_timer: Timer | None = None
        self._live: Live | None = None
        self._key_at = 0.0
        self._tops: dict[str, FrameScreen] = {}
        self._type_ahead = TypeAhead(self, self._take_key)

    def _take_keymap(self, keys: object) -> None:
        """Use the person's own keys; what is wrong with them is said at the start."""
        keymap = read_keymap(keys, registry())
        use_keys(keymap.keys)
        self._key_problems = keymap.problems
        self.set_keymap(keymap.for_textual())
        for action in registry():
            if not action.keys and action.id in keymap.keys:
                self.bind(",".join(keymap.keys[action.id]), f"screen.{action.method}", show=False)

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for the ones before them; anything else is Textual's own."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._key_at = monotonic()
            await self._type_ahead.take(event)
        else:
            await super().on_event(event)

    async def on_passed(self, event: Passed) -> None:
        """The key before has done its work."""
        await self._type_ahead.passed(event)

    async def _take_key(self, event: events.Key) -> None:
        """Keys of other scripts and Esc with a digit become the keys that were meant."""
        typing = self.focused is not None and self.focused.check_consume_key("1", "1")
        meant = keys_meant(event.key, event.character, typing=typing)
        if meant == [(event.key, event.character)]:
            await super().on_event(event)
            return
        for key, character in meant:
            await super().on_event(events.Key(key, character))

    async def go_top(self, name: str) -> None:
        """Show a top screen; the screens above the one before are left."""
        while len(self.screen_stack) > FIRST_SCREEN + 1:
            await self.pop_screen()
        screen = self._tops.get(name)
        if screen is None:
            module, screen_class = TOP_SCREENS[name]
            screen = self._tops[name] = getattr(import_module(module), screen_class)()
            self.install_screen(screen, name)
        if len(self.screen_stack) == FIRST_SCREEN:
            await self.push_screen(screen)
        elif self.screen is not screen:
            await self.switch_screen(screen)

    async def action_quit(self) -> None:
        """Leave; what somebody was writing is kept first."""
        for screen in reversed(self.screen_stack):
            keep = getattr(screen, "keep_draft", None)
            if keep is not None:
                waiting = keep()
                if isawaitable(waiting):
                    await waiting
        self.exit(0)

    @property
    def today_text(self) -> str | None:
        """The day that ``--today`` gave, for another start of this run."""
        return self.launch.clock.given_day

    async def on_mount(self) -> None:
        """Open the book, or ask how to begin where none was named and none is there."""
        self.set_interval(30, self._tick)
        for problem in self._key_problems:
            self.notify(problem, severity="warning", markup=False, timeout=KEY_PROBLEM_SECONDS)
        if not self.launch.named and not self.launch.exists():
            from tui.screens.first_run import FirstRunScreen

            await self.push_screen(FirstRunScreen())
            return
        await self._open_book()

    async def begin(self, launch: Launch) -> None:
        """Go on with the book that was chosen at the first start."""
        self.launch = launch
        self.store = StoreWorker(launch)
        await self.pop_screen()
        await self._open_book()

    async def _open_book(self) -> None:
        self._watch_line()
        try:
            self.facts = await self.store.facts()
        except TrustplanError as error:
            self.failure = error
            self.exit(error.exit_code)
            return
        self.mine = self.facts.actor.colleague_id is not None
        await self.go_top("today")
        behind(self, self._sweep, "sweep", exclusive=True)
        self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        """Hear from now on what others save."""
        from tui.live import Live

        if self._live is None and self.is_running:
            self._live = Live(self, self.launch, self.store.since)
            self._live.start()

    async def _sweep(self) -> None:
        """Bring stale scores to today behind the screen, slice by slice."""
        if self.facts is None or self.facts.read_only:
            return
        try:
            total = await self.store.stale_count()
            if total:  # a new day: clocks first, since scores read them
                while await self.store.clocks_slice():
                    pass
                total = await self.store.stale_count()
            done = 0
            while total and done < total:
                step = await self.store.rescore_slice()
                if not step:
                    break
                done += step
                self.sweeping = _("scores {done} of {total}").format(done=done, total=total)
                self._refresh_top()
            self.sweeping = ""
            if done:
                self.changed()
                while await self.store.thin_slice():
                    pass
        except TrustplanError as error:
            self.sweeping = ""
            self.notify(str(error), severity="warning", markup=False)

    def _tick(self) -> None:
        if self.news.fade(monotonic(), self._key_at):
            self._reload()
        self._refresh_top()
        if self.facts is not None and self._today() != self.facts.today:
            behind(self, self._new_day, "day", exclusive=True)

    @property
    def front(self) -> Screen[Any] | None:
        """The screen in front; None while the app ends, when news may still arrive."""
        return self.screen_stack[-1] if self.screen_stack else None

    def _refresh_top(self) -> None:
        refresh = getattr(self.front, "refresh_top", None)
        if refresh is not None:
            refresh()

    def _today(self) -> date:
        assert self.facts is not None
        return self.launch.clock.now().astimezone(self.facts.zone).date()

    async def _new_day(self) -> None:
        """The day of the book changed while the app was open: read it and score again."""
        try:
            self.facts = await self.store.facts()
        except TrustplanError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.changed()
        behind(self, self._sweep, "sweep", exclusive=True)

    # What others save

    def on_heard(self, event: Heard) -> None:
        """Collect what was committed; the screen reads once for a burst of it."""
        self._heard.extend(event.notes)
        if self._news_timer is None:
            self._news_timer = self.set_timer(NEWS_SECONDS, self._take_news)

    def _take_news(self) -> None:
        """Read again, but for a screen that reads just now: its reading ends first, or a steady
        stream of saves would leave it without one."""
        from tui.screens.frame import FrameScreen

        front = self.front
        if isinstance(front, FrameScreen) and front.reading:
            self._news_timer = self.set_timer(NEWS_SECONDS, self._take_news)
            return
        self._news_timer = None
        notes, self._heard = self._heard, []
        if self.facts is None:
            return
        others = self.news.take(notes, self.store.made, monotonic(), self.facts.zone)
        if others:
            self.changed()
            self._tell_forms(others, self.facts.zone)

    def _tell_forms(self, notes: list[ChangeNote], zone: ZoneInfo) -> None:
        """Open forms say who changed their records; nothing in them moves."""
        from tui.dialogs.form import FormScreen
        from tui.dialogs.form_news import tell_form

        for screen in self.screen_stack:
            if isinstance(screen, FormScreen):
                tell_form(screen, notes, zone)

    def on_line_moved(self, event: LineMoved) -> None:
        """The line to the book broke, or is back, as whoever listens found it."""
        line = self.store.line
        self.line_up = event.up and not (line is not None and line.offline)
        if line is not None:
            if event.up:
                line.try_now()
            else:
                line.suspect()
        if self.line_up:
            self.changed()
        self._refresh_top()

    def _watch_line(self) -> None:
        """Hear of the store's own line to a server."""
        if self.store.line is not None:
            from tui.line_state import LineState

            self.store.line.moved = lambda: self.post_message(LineState())
            self.store.line.say = lambda words, bad: self.post_message(LineState(words, bad))

    def on_line_state(self, event: LineState) -> None:
        """The store's line is cut or back, or what waits for it changed."""
        if event.words:
            self.notify(
                event.words, severity="warning" if event.bad else "information", markup=False,
                timeout=LINE_SECONDS,
            )  # fmt: skip
        line = self.store.line
        if line is not None and line.offline == self.line_up:
            self.line_up = not line.offline
            self.changed()
        self._refresh_top()

    @property
    def queued(self) -> int:
        """How many changes wait for the line."""
        return 0 if self.store.line is None else self.store.line.queued

    @property
    def copy_age(self) -> str:
        """How old what is read is while the line is cut, in words; empty while it is not."""
        line = self.store.line
        made = line.as_of if line is not None and line.offline else None
        if made is None:
            return ""
        from tui.due_words import span_words

        return span_words(max(0, int((self.launch.clock.real_now() - made).total_seconds() // 60)))

    @property
    def state(self) -> State:
        """The word for the book's state in the top line."""
        if self.facts is None or not self.launch.address.on_server:
            return "read-only" if self.facts is not None and self.facts.read_only else "local"
        if not self.line_up:
            return "offline"
        return "read-only" if self.facts.read_only else "live"

    def changed(self) -> None:
        """Something was saved: the screen in front reads again now, the others when they return."""
        self.change_count += 1
        if self.facts is not None and self.facts.actor.colleague_id is None:
            behind(self, self._meet_me, "me")
        else:
            self._reload()

    async def _meet_me(self) -> None:
        """What was saved may have added me to the book: from now on I am "you" in the lists."""
        try:
            self.facts = await self.store.facts()
        except TrustplanError as error:
            self.notify(str(error), severity="warning", markup=False)
        self._reload()

    def _reload(self) -> None:
        from tui.screens.frame import FrameScreen

        front = self.front
        if isinstance(front, FrameScreen):
            front.reload()

    def remember(self, account_id: int) -> None:
        """Keep an account among the last nine."""
        self.news.seen(account_id)
        if account_id in self.recent:
            self.recent.remove(account_id)
        self.recent.insert(0, account_id)
        del self.recent[RECENT:]

    async def on_unmount(self) -> None:
        """Close the book."""
        if self._live is not None:
            self._live.stop()
        self.store.close()
        if self._live is not None:
            self._live.join()


def run_app(launch: Launch) -> int:
    """Run the app on this terminal; returns the exit code."""
    import sys

    from tui.person import chosen_theme, load_config

    config = load_config()
    app = TrustplanApp(launch, theme=chosen_theme(config), keys=config.get("keys"))
    code = app.run()
    if app.failure is not None:
        print(app.failure, file=sys.stderr)
        return app.failure.exit_code
    return code if isinstance(code, int) else app.return_code or 0
