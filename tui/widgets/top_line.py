"""The top line of every screen: where I am, in which book, as whom, and in which state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from planner.cell_width import clean
from planner.language import gettext as _
from tui.widgets.cells import Cell, cut, width_of
from tui.widgets.paint import OneLine

State: TypeAlias = Literal["local", "live", "offline", "read-only"]

_GAP = 2
_LEAST_TITLE = 8


@dataclass(frozen=True, slots=True)
class TopParts:
    """What the top line says. Empty texts are left out.

    ``details`` replaces book, who, function and scope on screens about one thing (an account);
    the last of them goes first when there is no room. ``news`` stands for a while in place of all
    of these.
    """

    screen: str
    book: str = ""
    who: str = ""
    function: str = ""
    scope: str = ""
    state: State = "local"
    queued: int = 0
    age: str = ""
    day: str = ""
    time: str = ""
    details: tuple[str, ...] = ()
    news: str = ""


# What goes first when the line is too narrow. The screen's name and the state stay.
_DROPPED: tuple[str, ...] = ("function", "day", "who", "time", "age", "scope", "book")


def state_words(state: State, queued: int = 0, age: str = "") -> tuple[str, str]:
    """(words, style name) of a state; ``queued`` is the number of changes waiting to be sent,
    ``age`` how old the copy is that is read."""
    if state == "offline":
        words = _("OFFLINE {count} queued").format(count=queued)
        if age:
            words = _("{words}, {age} old").format(words=words, age=age)
        return words, "state.warn"
    if state == "read-only":
        return _("READ-ONLY"), "state.warn"
    if state == "live":
        return _("LIVE"), "state.ok"
    return _("LOCAL"), "muted"


def top_spans(parts: TopParts, width: int) -> tuple[Cell, ...]:
    """The spans of the top line in ``width`` cells: left part, state, day and time at the right."""
    for tried in _narrower(parts):
        left = _left(tried)
        right = _right(tried)
        room = width - 2 - _GAP - _length(right)
        if _length(left) <= room:
            return _joined(left, right, width)
    room = max(_LEAST_TITLE, width - 2 - _GAP - _length(right))
    if parts.news:
        whole = f"{clean(parts.screen)}  {clean(parts.news)}"
        return _joined([(cut(whole, room), "news")], right, width)
    return _joined([(cut(parts.screen, room), "title")], right, width)


def _narrower(parts: TopParts) -> Iterable[TopParts]:
    """The parts, then the parts with less and less."""
    if parts.news:
        parts = TopParts(
            parts.screen, state=parts.state, queued=parts.queued, age=parts.age, day=parts.day,
            time=parts.time, news=parts.news,
        )  # fmt: skip
    yield parts
    while parts.details:
        parts = replace(parts, details=parts.details[:-1])
        yield parts
    for name in _DROPPED:
        if getattr(parts, name):
            empty: dict[str, Any] = {name: ""}
            parts = replace(parts, **empty)
            yield parts


def _left(parts: TopParts) -> list[tuple[str, str]]:
    person = ", ".join(text for text in (parts.who, parts.function) if text)
    if parts.news:
        return [(clean(parts.screen), "title"), ("  " + clean(parts.news), "news")]
    words = [text for text in (parts.book, person, parts.scope, *parts.details) if text]
    spans = [(clean(parts.screen), "title")]
    if words:
        spans.append(("  " + " · ".join(clean(word) for word in words), ""))
    return spans


def _right(parts: TopParts) -> list[tuple[str, str]]:
    moment = " ".join(text for text in (parts.day, parts.time) if text)
    spans = [state_words(parts.state, parts.queued, parts.age)]
    if moment:
        spans.append(("  " + clean(moment), "muted"))
    return spans


def _length(spans: Sequence[tuple[str, str]]) -> int:
    return sum(width_of(text) for text, _name in spans)


def _joined(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], width: int
) -> tuple[Cell, ...]:
    space = max(1, width - 2 - _length(left) - _length(right))
    return (" ", *left, " " * space, *right, " ")


class TopLine(OneLine):
    """Shows TopParts; ``set_parts`` changes them."""

    def __init__(
        self,
        parts: TopParts | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._parts = parts or TopParts("")

    @property
    def parts(self) -> TopParts:
        """What the line says now."""
        return self._parts

    def set_parts(self, parts: TopParts) -> None:
        """Show other parts; the same ones again cost nothing."""
        if parts != self._parts:
            self._parts = parts
            self.changed()

    def spans(self, width: int) -> Iterable[Cell]:
        """The parts that fit."""
        return top_spans(self._parts, width)
