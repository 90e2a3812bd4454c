"""A file that a person writes, as tables to read: every finding in words, none stops the reading.

The file comes as TOML gives it, a mapping; nothing here opens one. A reader asks for the keys it
knows, by their kind, and in the end which others stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.language import gettext as _
from planner.spelling import did_you_mean
from planner.text import fold, unstorable, visible

LINE_MAX = 1_000
"""The longest text of one line, as records keep it."""
PROSE_MAX = 20_000
"""The longest text of several lines."""
SHOWN_MAX = 60
MOST = 1e15
"""Numbers stay below this one, as in records."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One finding. ``table`` is ``[header]`` or ``[[tasks]] 2``, empty at the top of the file;
    ``key`` is empty where the whole table is meant."""

    file: str
    table: str
    key: str
    problem: str

    @property
    def sentence(self) -> str:
        """The finding with where it is, for people."""
        where = ", ".join(part for part in (self.file, self.table, self.key) if part)
        return f"{where}: {self.problem}"


@dataclass(slots=True)
class Table:
    """One table of a file. What is asked for is taken, what is wrong is noted in ``problems``."""

    file: str
    content: Mapping[str, object]
    where: str = ""
    problems: list[FileProblem] = field(default_factory=list)
    _asked: list[str] = field(default_factory=list)

    def note(self, key: str, problem: str) -> None:
        """Note what is wrong with a key of this table."""
        self.problems.append(FileProblem(self.file, self.where, key, problem))

    def _take(self, key: str, needed: bool) -> object:
        self._asked.append(key)
        value = self.content.get(key)
        if value is None and needed:
            self.note(key, _("it is missing."))
        return value

    def text(self, key: str, *, needed: bool = False) -> str | None:
        """One line of text; an empty one counts as missing."""
        value = self._take(key, needed)
        if value is None:
            return None
        problem = line_problem(value)
        if problem:
            self.note(key, problem)
            return None
        return str(value)

    def prose(self, key: str, *, needed: bool = False) -> str | None:
        """Text of several lines; an empty one counts as missing."""
        value = self._take(key, needed)
        if value is None:
            return None
        problem = line_problem(value, PROSE_MAX)
        if problem:
            self.note(key, problem)
            return None
        return str(value)

    def word(self, key: str, known: Sequence[str], *, needed: bool = False) -> str | None:
        """One of the words that are known."""
        value = self._take(key, needed)
        return None if value is None else self._known(key, value, known)

    def words(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        """A list of words that are known, each once."""
        found = [self._known(key, one, known) for one in self._list(key)]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _known(self, key: str, value: object, known: Sequence[str]) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        near = did_you_mean(value, known) if isinstance(value, str) else ""
        self.note(
            key,
            _("{value} is none of {known}.").format(value=shown(value), known=", ".join(known))
            + near,
        )
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of lines of text."""
        found = []
        for one in self._list(key):
            problem = line_problem(one)
            if problem:
                self.note(key, problem)
            else:
                found.append(str(one))
        return tuple(found)

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers from ``low`` to ``high``, each once."""
        found = [self._whole(key, one, low, high) for one in self._list(key)]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def whole(self, key: str, low: int, high: int, *, needed: bool = False) -> int | None:
        """A whole number from ``low`` to ``high``."""
        value = self._take(key, needed)
        return None if value is None else self._whole(key, value, low, high)

    def _whole(self, key: str, value: object, low: int, high: int) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.note(
            key,
            _("{value} is no whole number from {low} to {high}.").format(
                value=shown(value), low=low, high=high
            ),
        )
        return None

    def number(self, key: str) -> float | None:
        """A number that can be counted with."""
        value = self._take(key, False)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST:
            return float(value)
        self.note(key, _("{value} is no usable number.").format(value=shown(value)))
        return None

    def yes_no(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self._take(key, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.note(key, _("{value} is neither true nor false.").format(value=shown(value)))
        return False

    def table(self, key: str) -> Table:
        """The table of this name, an empty one when it is not there."""
        value = self._take(key, False)
        where = f"[{key}]"
        if value is not None and not isinstance(value, Mapping):
            self.note(key, _("it is no table; write {table} on a line of its own.").format(
                table=where))  # fmt: skip
        content = value if isinstance(value, Mapping) else {}
        return Table(self.file, content, where, self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables of this name, in the order of the file."""
        value = self._take(key, False)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            self.note(key, _("it is no list of tables; write {table} above each.").format(
                table=f"[[{key}]]"))  # fmt: skip
            return []
        return [
            Table(self.file, one, f"[[{key}]] {number}", self.problems)
            for number, one in enumerate(value, 1)
        ]

    def _list(self, key: str) -> Iterable[object]:
        value = self._take(key, False)
        if value is None:
            return ()
        if isinstance(value, list):
            return value
        self.note(key, _("{value} is no list; write it in square brackets.").format(
            value=shown(value)))  # fmt: skip
        return ()

    def end(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.content:
            if key not in self._asked:
                self.note(
                    visible(key)[:SHOWN_MAX],
                    _("there is no such key here.") + did_you_mean(key, self._asked),
                )


def line_problem(value: object, max_length: int = LINE_MAX) -> str:
    """Why a value is no line of text; empty when it is one."""
    if not isinstance(value, str):
        return _("{value} is no text; put it in quotes.").format(value=shown(value))
    if not fold(value):
        return _("it is empty.")
    if len(value) > max_length:
        return _("it is longer than {max_length} characters.").format(max_length=max_length)
    reason = unstorable(value)
    if reason is not None:
        return f"{reason}."
    return ""


def shown(value: object) -> str:
    """A value of a file as a sentence may hold it: short, in quotes when it is a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return _("a table")
    if isinstance(value, list):
        return _("a list")
    if isinstance(value, int) and abs(value) >= MOST:
        return _("a huge number")
    text = visible(str(value))
    cut = text if len(text) <= SHOWN_MAX else text[: SHOWN_MAX - 1] + "…"
    return f'"{cut}"' if isinstance(value, str) else cut
