"""What others did while the app is open: which accounts are marked, and the line that says it.

Pure but for the clock that it is given; the app asks it what to show.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.language import gettext as _
from planner.text import visible

if TYPE_CHECKING:
    from planner.views.live import ChangeNote

SIGN = "~"
"""Stands before a row that somebody else changed."""
MARK_SECONDS = 30.0
LINE_SECONDS = 10.0


class News:
    """Collects notes of changes; those of this app itself are no news."""

    def __init__(self) -> None:
        self.marked: dict[int, float] = {}
        """The accounts whose rows carry the sign, each with since when."""
        self._line = ""
        self._line_at = 0.0
        self.newest: dict[int, ChangeNote] = {}
        """The newest change of each of them."""

    def take(
        self, notes: Iterable[ChangeNote], own: Container[int | None], now: float, zone: ZoneInfo
    ) -> bool:
        """Take notes in at a moment (seconds of any steady clock); whether one is not of ``own``.

        What I saved in another terminal is news here too.
        """
        others = [note for note in notes if note.change_id not in own]
        for note in others:
            for account_id in note.account_ids:
                self.marked[account_id] = now
                self.newest[account_id] = note
        if others:
            self._line, self._line_at = words_of(others, zone), now
        return bool(others)

    def seen(self, account_id: int) -> None:
        """The account was opened: its sign goes."""
        self.marked.pop(account_id, None)
        self.newest.pop(account_id, None)

    def line(self, now: float) -> str:
        """The newest news in words; empty when it is old."""
        return self._line if self._line and now - self._line_at < LINE_SECONDS else ""

    def fade(self, now: float) -> bool:
        """Take off the signs that stood long enough; whether any went."""
        old = [one for one, since in self.marked.items() if now - since >= MARK_SECONDS]
        for account_id in old:
            self.seen(account_id)
        return bool(old)


def words_of(notes: list[ChangeNote], zone: ZoneInfo) -> str:
    """Who did what, and when: the newest of several, and how many more there were."""
    newest = notes[-1]
    moment = datetime.fromisoformat(newest.at).astimezone(zone)
    words = _("{who}: {what}, {time}").format(
        who=visible(newest.actor), what=visible(newest.summary), time=f"{moment:%H:%M}"
    )
    if len(notes) > 1:
        words += " " + _("and {count} more").format(count=len(notes) - 1)
    return words


def form_words(note: ChangeNote, zone: ZoneInfo) -> str:
    """What a form says when somebody else changed what it is about."""
    moment = datetime.fromisoformat(note.at).astimezone(zone)
    return _("{who} changed this account at {time}; Ctrl+R takes it in.").format(
        who=visible(note.actor), time=f"{moment:%H:%M}"
    )
