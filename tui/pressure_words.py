"""Contact pressure in few words, the same in the app and on the command line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from planner.language import gettext as _
from planner.pressure import (
    Clash,
    Pressure,
    Subject,
    Touch,
    Window,
    WindowState,
    held_on,
    in_window,
    intent_share,
    next_free,
    open_to_all,
    pressure_of,
    quiet_on,
)
from planner.vocabulary_words import value_words
from tui.due_words import day_words, weekday_names

MOST_NAMED = 2
"""So many people are named in the quiet line of a form; the rest is counted."""
MOST_CONTACTS = 5
"""So many contacts are listed in a sentence, the newest; the rest is counted."""
WEEK = 7


def free_words(day: date | None, today: date) -> str:
    """A free day: ``now``, ``Thu 26 Nov``, with its year where that is another; none said."""
    if day is None:
        return _("none within a year")
    if day == today:
        return _("now")
    return _day(day, today)


def _day(day: date, today: date) -> str:
    words = day_words(day)
    return words if day.year == today.year else f"{words} {day.year}"


def count_words(window: Window, count: int) -> str:
    """``3 of 3 contacts in 7 days``; of VIPs ``1 of 3 that sell in 30 days``."""
    words = (
        _("{count} of {cap} that sell in {days} days")
        if window.selling
        else _("{count} of {cap} contacts in {days} days")
    )
    return words.format(count=count, cap=window.cap, days=window.days)


def contact_words(touches: Sequence[Touch], today: date, this: Touch | None = None) -> str:
    """Who contacted them when: ``marketing Thu, sales Fri, this one``."""
    shown = touches[-MOST_CONTACTS:]
    words = [_contact(one, today, this) for one in shown]
    left = len(touches) - len(shown)
    return ", ".join([*([_("{count} earlier").format(count=left)] if left else []), *words])


def _contact(touch: Touch, today: date, this: Touch | None) -> str:
    if touch == this:
        return _("this one")
    who = value_words(touch.function) if touch.function else touch.colleague or _("somebody")
    near = abs((today - touch.on).days) < WEEK
    when = weekday_names()[touch.on.weekday()] if near else _day(touch.on, today)
    planned = _("{who} planned {day}") if touch.planned else "{who} {day}"
    return planned.format(who=who, day=when)


def share_words(touches: Iterable[Touch], guide: int) -> str:
    """Selling against helping: ``sell 60 % (guide: at most 30 %), help 20 %``; empty for none."""
    known = list(touches)
    sell, help_ = intent_share(known, "sell"), intent_share(known, "help")
    if sell is None or help_ is None:
        return ""
    return _("sell {sell} % (guide: at most {guide} %), help {help} %").format(
        sell=sell, guide=guide, help=help_
    )


def wish_words(subject: Subject) -> str:
    """What they prefer: ``prefers email; wants to hear of roadmap``; empty where nobody knows."""
    parts = []
    if subject.channel:
        parts.append(_("prefers {channel}").format(channel=value_words(subject.channel)))
    if subject.topics:
        parts.append(_("wants to hear of {topics}").format(topics=", ".join(subject.topics)))
    return "; ".join(parts)


def held_words(subject: Subject, day: date) -> str:
    """Why no outreach belongs to a day, apart from caps: opted out, quiet; empty for nothing."""
    if subject.opted_out:
        return _("opted out of outreach; replies and service go on")
    quiet = quiet_on(subject, day)
    if quiet is None:
        return ""
    if quiet.why.strip():
        why = " ".join(quiet.why.split())
        return _("quiet until {day} ({why})").format(day=_day(quiet.last, day), why=why)
    return _("quiet until {day}").format(day=_day(quiet.last, day))


def short_line(found: Pressure) -> str:
    """A person or an account on one line: ``2 of 3, 3 after what is planned today, free now``."""
    state, today = found.binding, found.on
    done = [one for one in state.touches if not (one.planned and one.on == today)]
    parts = [_("{count} of {cap}").format(count=len(done), cap=state.window.cap)]
    if state.window.days != WEEK:
        parts[0] += _(" in {days} days").format(days=state.window.days)
    if len(done) < state.contacts:
        parts.append(_("{count} after what is planned today").format(count=state.contacts))
    held = held_words(found.subject, today)
    if held:
        parts.append(held)
    if not found.subject.opted_out:
        parts.append(_("free {day}").format(day=free_words(found.next_free, today)))
    return ", ".join(parts)


# The quiet line of a form


def after_contact(subjects: Sequence[Subject], touch: Touch, today: date) -> str:
    """Where people stand once a contact is logged, the most pressed first; empty for nobody."""
    found = sorted(
        (pressure_of(one.plus(touch), today) for one in subjects),
        key=lambda one: (one.binding.window.cap - one.binding.contacts, one.subject.name),
    )
    return _some([_after(one, touch, today) for one in found])


def _after(found: Pressure, touch: Touch, today: date) -> str:
    state = found.binding
    said = _("{name} is now at {count}").format(
        name=first_name(found.subject), count=count_words(state.window, state.contacts)
    )
    listed = contact_words(state.touches, today, touch)
    if listed:
        said += f" ({listed})"
    held = held_words(found.subject, today)
    if found.subject.opted_out:
        return f"{said}; {held}."
    if held:
        said += f"; {held}"
    free = free_words(found.next_free, today)
    return said + "; " + _("next free day for something new: {day}.").format(day=free)


def before_outreach(subjects: Sequence[Subject], touch: Touch, today: date) -> str:
    """What speaks against an outreach on the day of ``touch``; empty where nothing does."""
    return _some([words for one in subjects if (words := _against(one, touch, today))])


def _against(subject: Subject, touch: Touch, today: date) -> str:
    windows = open_to_all(subject)
    held = held_on(subject, touch.on, windows)
    if not held:
        return ""
    why = held_words(subject, touch.on)
    if held == "cap":
        full = [(one, in_window(subject.touches, one, touch.on)) for one in windows]
        window, touches = max(full, key=lambda one: (len(one[1]) - one[0].cap, -one[0].days))
        why = _("has {count} by {day} without this ({list})").format(
            count=count_words(window, len(touches)),
            day=_day(touch.on, today),
            list=contact_words(touches, today),
        )
    words = f"{first_name(subject)}: {why}"
    if subject.opted_out:
        return f"{words}."
    free = free_words(next_free(subject, touch.on), today)
    return words + "; " + _("next free day: {day}.").format(day=free)


def _some(lines: Sequence[str]) -> str:
    shown = list(lines[:MOST_NAMED])
    if len(lines) > MOST_NAMED:
        shown.append(_("And {count} more.").format(count=len(lines) - MOST_NAMED))
    return " ".join(shown)


def first_name(subject: Subject) -> str:
    """What to call somebody in few words: a person's first name, an account's whole one."""
    names = subject.name.split() if subject.kind == "person" else [subject.name]
    return names[0] if names else subject.name


# Clashes and windows


def clash_words(clash: Clash, today: date) -> str:
    """Why a planned day is too much for them."""
    if clash.held != "cap":
        return held_words(clash.subject, clash.on)
    state = clash.state
    listed = contact_words(state.touches, today)
    return f"{count_words(state.window, state.contacts)} ({listed})"


def window_words(state: WindowState, today: date) -> str:
    """A window with its free day where it is full."""
    words = count_words(state.window, state.contacts)
    if state.held == "cap" and state.contacts >= state.window.cap:
        words += "; " + _("full, next free {day}").format(day=free_words(state.next_free, today))
    return words
