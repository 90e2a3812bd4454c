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
"""How long a sign stands at least; after that it goes when a key was pressed since."""
MOST_MARKS = 5_000
LINE_SECONDS = 10.0


class News:
    """Collects notes of changes; those of this app itself are no news."""

    def __init__(self) -> None:
        self.marked: dict[int, float] = {}
        """The accounts whose rows carry the sign, each with since when."""
        self._line = ""
        self._line_at = 0.0

    def take(
        self, notes: Iterable[ChangeNote], own: Container[int | None], now: float, zone: ZoneInfo
    ) -> list[ChangeNote]:
        """Take notes in at a moment (seconds of any steady clock); those that are not of ``own``.

        What I saved in another terminal is news here too.
        """
        others = [note for note in notes if note.change_id not in own]
        for note in others:
            for account_id in note.account_ids:
                self.marked.pop(account_id, None)
                self.marked[account_id] = now
        for account_id in list(self.marked)[: max(0, len(self.marked) - MOST_MARKS)]:
            del self.marked[account_id]
        if others:
            self._line, self._line_at = words_of(others, zone), now
        return others

    def seen(self, account_id: int) -> None:
        """The account was opened: its sign goes."""
        self.marked.pop(account_id, None)

    def line(self, now: float) -> str:
        """The newest news in words; empty when it is old."""
        return self._line if self._line and now - self._line_at < LINE_SECONDS else ""

    def fade(self, now: float, key_at: float) -> bool:
        """Take off the signs that stood long enough and that somebody was there to see, whose
        last key came at ``key_at``; whether any went."""
        old = [one for one, at in self.marked.items() if now - at >= MARK_SECONDS and at < key_at]
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
