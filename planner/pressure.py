"""Contact pressure: how much a person or an account hears from us, all functions together. Pure.

A window of n days covers the n days that end on the day asked for (rules, Contact). An outreach is
what goes out from us: a group message weighs once for the account and once for each person, an
unanswered call weighs too; planned outreach weighs on its day. Replies in a thread they began and
service's answers to their own complaint do not. It warns and never forbids.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

HORIZON_DAYS = 365
"""Days ahead among which a free day is looked for."""
NO_FUNCTION = "unknown"
"""What an outreach is counted under whose function nobody named."""
VIP_TIER = 1
"""People of accounts of this tier are VIPs: a window of their own holds what sells."""
MOST_CAP, MOST_DAYS = 1000, 365
PERSON_CAPS, ACCOUNT_CAPS, VIP_CAPS, SELL_GUIDE = (
    "pressure.person", "pressure.account", "pressure.vip", "pressure.sell_share",
)  # fmt: skip
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {PERSON_CAPS: "3/7 8/30", ACCOUNT_CAPS: "10/7", VIP_CAPS: "3/30", SELL_GUIDE: "30"}
)
"""The book's settings of contact pressure: caps as contacts/days, the sell share in per cent."""
_WINDOW = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")

Held = Literal["", "cap", "quiet", "opted_out"]


class Window(NamedTuple):
    """At most ``cap`` contacts in ``days`` days; ``selling``: only those that sell count."""

    cap: int
    days: int
    selling: bool = False


class Caps(NamedTuple):
    """The windows of a book, and the share of selling (per cent) that should not be passed."""

    person: tuple[Window, ...]
    account: tuple[Window, ...]
    vip: tuple[Window, ...]
    sell_guide: int


class Touch(NamedTuple):
    """One outreach, done or planned: when, what, by whom, for which function.

    ``source`` is touchpoint, action or entry, ``id`` that row's; 0 for one not saved yet.
    """

    on: date
    what: str
    function: str | None = None
    colleague: str | None = None
    intent: str | None = None
    planned: bool = False
    source: str = "touchpoint"
    id: int = 0
    account_id: int = 0


class Quiet(NamedTuple):
    """Days, both ends included, on which nobody writes to them."""

    first: date
    last: date
    why: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last


class Subject(NamedTuple):
    """A person or an account with all that weighs on them.

    ``opted_out``: they said that they want no outreach. ``channel`` and ``topics`` are what they
    prefer, ``account`` the name of the account that a person belongs to.
    """

    kind: Literal["person", "account"]
    id: int
    name: str
    windows: tuple[Window, ...]
    touches: tuple[Touch, ...] = ()
    quiets: tuple[Quiet, ...] = ()
    opted_out: bool = False
    sell_guide: int = int(DEFAULTS[SELL_GUIDE])
    channel: str | None = None
    topics: tuple[str, ...] = ()
    account: str = ""

    def plus(self, touch: Touch) -> Subject:
        """The same with one outreach more."""
        return self._replace(touches=(*self.touches, touch))

    def without(self, source: str, row_id: int) -> Subject:
        """The same without an outreach that is being changed."""
        kept = tuple(one for one in self.touches if (one.source, one.id) != (source, row_id))
        return self._replace(touches=kept)


class WindowState(NamedTuple):
    """A window on a day: what is in it, what holds the day (nothing, the cap, a quiet time, an
    opt-out), and the earliest day from then on that is free for what the window counts."""

    window: Window
    touches: tuple[Touch, ...]
    held: Held
    next_free: date | None

    @property
    def contacts(self) -> int:
        """How many contacts are in it."""
        return len(self.touches)

    @property
    def room(self) -> int:
        """How many contacts more it takes."""
        return max(0, self.window.cap - self.contacts)

    @property
    def by_function(self) -> dict[str, int]:
        """Contacts by function; functions without one are left out."""
        counted = Counter(one.function or NO_FUNCTION for one in self.touches)
        return dict(sorted(counted.items()))


class Pressure(NamedTuple):
    """A person's or an account's pressure on a day.

    ``binding`` is the window that binds first. ``next_free`` is the earliest day for something new
    that does not sell; None: none within a year.
    """

    subject: Subject
    on: date
    windows: tuple[WindowState, ...]
    binding: WindowState
    next_free: date | None


class Clash(NamedTuple):
    """A day of planned outreach that would be too much: what is planned, and what holds it.

    The free day of ``state`` is the earliest to which one of the planned could move.
    """

    subject: Subject
    on: date
    planned: tuple[Touch, ...]
    held: Held
    state: WindowState
    quiet: Quiet | None


# Settings


def windows_of(text: str, *, selling: bool = False) -> tuple[Window, ...] | None:
    """``3/7 8/30`` as windows; None for anything else."""
    found = []
    for part in text.replace(",", " ").split():
        read = _WINDOW.fullmatch(part)
        cap, days = (int(read[1]), int(read[2])) if read else (0, 0)
        if not (1 <= cap <= MOST_CAP and 1 <= days <= MOST_DAYS):
            return None
        found.append(Window(cap, days, selling))
    return tuple(dict.fromkeys(found)) or None


def share_of(text: str) -> int | None:
    """A share in per cent, 0 to 100; None for anything else."""
    plain = text.strip().removesuffix("%").strip()
    fits = plain.isascii() and plain.isdigit() and len(plain) <= 3 and int(plain) <= 100
    return int(plain) if fits else None


def usable(key: str, text: str) -> bool:
    """Whether a setting of contact pressure can be read."""
    return (share_of(text) if key == SELL_GUIDE else windows_of(text)) is not None


def caps_of(settings: Mapping[str, str]) -> Caps:
    """The caps of a book; what is not set, or cannot be read, is as the rules say."""

    def windows(key: str, *, selling: bool = False) -> tuple[Window, ...]:
        chosen = windows_of(settings.get(key, ""), selling=selling)
        return chosen or windows_of(DEFAULTS[key], selling=selling) or ()

    guide = share_of(settings.get(SELL_GUIDE, ""))
    return Caps(
        windows(PERSON_CAPS),
        windows(ACCOUNT_CAPS),
        windows(VIP_CAPS, selling=True),
        int(DEFAULTS[SELL_GUIDE]) if guide is None else guide,
    )


def longest(caps: Caps) -> int:
    """The days of the longest window of a book."""
    return max(one.days for one in (*caps.person, *caps.account, *caps.vip))


# What weighs


def weighs(
    direction: str,
    *,
    thread_began: str | None = None,
    function: str | None = None,
    own_complaint: bool = False,
) -> bool:
    """Whether a contact is outreach that weighs on them.

    ``thread_began`` is the direction of the contact that began its thread, if it answers one.
    ``own_complaint``: it speaks of a complaint of theirs.
    """
    if direction != "out" or thread_began == "in":
        return False
    return not (own_complaint and function == "service")


def in_window(touches: Iterable[Touch], window: Window, day: date) -> tuple[Touch, ...]:
    """What of these is in a window that ends on a day, the oldest first."""
    found = [
        one
        for one in touches
        if 0 <= (day - one.on).days < window.days and (not window.selling or one.intent == "sell")
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.planned, one.id == 0, one.id)))


def quiet_on(subject: Subject, day: date) -> Quiet | None:
    """The quiet time that covers a day, the one that ends last."""
    return max(
        (one for one in subject.quiets if one.covers(day)),
        key=lambda one: (one.last, one.first),
        default=None,
    )


def held_on(subject: Subject, day: date, windows: Sequence[Window] | None = None) -> Held:
    """What keeps a day from being free for one more outreach.

    ``windows`` are those that count; by default all that do not ask for selling.
    """
    if subject.opted_out:
        return "opted_out"
    if quiet_on(subject, day) is not None:
        return "quiet"
    chosen = open_to_all(subject) if windows is None else windows
    full = any(len(in_window(subject.touches, one, day)) >= one.cap for one in chosen)
    return "cap" if full else ""


def open_to_all(subject: Subject) -> tuple[Window, ...]:
    """The windows that hold for every outreach, whether it sells or not."""
    return tuple(one for one in subject.windows if not one.selling)


def next_free(subject: Subject, day: date, windows: Sequence[Window] | None = None) -> date | None:
    """The earliest day from ``day`` on that is free for one more outreach.

    None where there is none within a year.
    """
    if subject.opted_out:
        return None
    chosen = open_to_all(subject) if windows is None else windows
    counted = [(one, _days_of(subject.touches, one)) for one in chosen]
    last = day + timedelta(days=min(HORIZON_DAYS, (date.max - day).days))
    while day <= last:
        quiet = quiet_on(subject, day)
        if quiet is not None:
            if quiet.last >= last:
                return None
            day = quiet.last
        elif all(_count(days, window, day) < window.cap for window, days in counted):
            return day
        if day == date.max:
            return None
        day += timedelta(days=1)
    return None


def _days_of(touches: Iterable[Touch], window: Window) -> list[int]:
    return sorted(
        one.on.toordinal() for one in touches if not window.selling or one.intent == "sell"
    )


def _count(days: list[int], window: Window, day: date) -> int:
    end = day.toordinal()
    return bisect_right(days, end) - bisect_left(days, end - window.days + 1)


def pressure_of(subject: Subject, on: date) -> Pressure:
    """Where a person or an account stands on a day."""
    general = open_to_all(subject)
    states = []
    for window in subject.windows:
        counted = (*general, window) if window.selling else (window,)
        states.append(
            WindowState(
                window,
                in_window(subject.touches, window, on),
                held_on(subject, on, counted),
                next_free(subject, on, counted),
            )
        )
    binding = min((one for one in states if not one.window.selling), key=_binds_first)
    return Pressure(subject, on, tuple(states), binding, next_free(subject, on))


def _binds_first(state: WindowState) -> tuple[int, int, int]:
    """A full window before one with room; of full ones that which is free last."""
    free = state.next_free.toordinal() if state.next_free else date.max.toordinal()
    return (state.room, 0 if state.room else -free, state.window.days)


# Selling against helping


def intent_share(touches: Iterable[Touch], intent: str) -> int | None:
    """The share of an intent in per cent among the contacts whose intent is known; None for none.

    Half a per cent is rounded up.
    """
    known = [one.intent for one in touches if one.intent]
    if not known:
        return None
    return (200 * known.count(intent) + len(known)) // (2 * len(known))


# Clashes


def clashes(subject: Subject, first: date, days: int) -> list[Clash]:
    """The days, from ``first`` on, on which what is planned would be too much for them."""
    ahead = sorted({one.on for one in subject.touches if one.planned})
    last = first + timedelta(days=days - 1)
    found = []
    for day in ahead:
        if first <= day <= last:
            clash = _clash(subject, day)
            if clash is not None:
                found.append(clash)
    return found


def _clash(subject: Subject, day: date) -> Clash | None:
    planned = tuple(one for one in subject.touches if one.planned and one.on == day)
    sells = any(one.intent == "sell" for one in planned)
    asked = [one for one in subject.windows if sells or not one.selling]
    filled = [(one, in_window(subject.touches, one, day)) for one in asked]
    window, touches = max(filled, key=lambda one: (len(one[1]) - one[0].cap, one[0].days))
    quiet = quiet_on(subject, day)
    if subject.opted_out:
        held: Held = "opted_out"
    elif quiet is not None:
        held = "quiet"
    elif len(touches) > window.cap:
        held = "cap"
    else:
        return None
    without = tuple(one for one in subject.touches if one not in planned)
    free = next_free(subject._replace(touches=without), day, asked)
    state = WindowState(window, touches, held, free)
    return Clash(subject, day, planned, held, state, quiet)
