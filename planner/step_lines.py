"""Steps of a backward plan as one writes them in a line: what; how long; who; owner; needs.

``write the terms;5d;we;Jon;1`` takes five working days of ours, is Jon's and needs the first step.
Pure; every problem is a ``Refused`` with the field ``step``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.numerals import ascii_digits
from planner.text import fold
from planner.vocabulary import SIDES, Side

PARTS = 6
WEEK = 5
NOTHING = "-"
LONGEST_NUMBER = 9
_LENGTH = re.compile(r"(\d{1,4})\s*([dwc]?)")


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """One step as it was written.

    `days`: working days, or days of the calendar (`working` false). `owner`: a name on the step's
    side, empty where nobody is named. `needs`: places of other steps, the first being 0.
    """

    step: str
    days: int = 1
    working: bool = True
    side: Side = "we"
    owner: str = ""
    needs: tuple[int, ...] = ()
    done_means: str = ""


def read_steps(lines: Sequence[str]) -> tuple[WrittenStep, ...]:
    """The steps of these lines, at least one. Parts are parted by semicolons; only the first is
    needed: what, how long (1d), we or they, owner, needs, what done means.

    Lengths: 5d or 5 are working days, 2w working weeks, 10c days of the calendar, 0d a milestone.
    Needs: numbers or words of other steps, parted by commas; left out, the step before; ``-`` none.
    """
    if not lines:
        raise _refused(_("a plan has at least one step"), "")
    parts = [_parts(line) for line in lines]
    words = [part[0] for part in parts]
    return tuple(_step(place, part, words) for place, part in enumerate(parts))


def _parts(line: str) -> list[str]:
    parts = [part.strip() for part in line.split(";")]
    if not parts[0]:
        raise _refused(_("say first what is to be done"), line)
    if len(parts) > PARTS:
        raise _refused(
            _("a step has at most {count} parts: what; how long; side; owner; needs; done").format(
                count=PARTS
            ),
            line,
        )
    return parts + [""] * (PARTS - len(parts))


def _step(place: int, parts: Sequence[str], words: Sequence[str]) -> WrittenStep:
    step, length, side, owner, needs, done_means = parts
    days, working = _length(length)
    return WrittenStep(
        step, days, working, _side(side), owner, _needs(place, needs, words), done_means
    )


def _length(text: str) -> tuple[int, bool]:
    if not text:
        return 1, True
    found = _LENGTH.fullmatch(ascii_digits(text).casefold())
    if found is None:
        raise _refused(
            _("{text} is no length; write 5d (working days), 2w or 10c (calendar)").format(
                text=repr(text[:40])
            ),
            text,
        )
    count = int(found[1])
    return count * WEEK if found[2] == "w" else count, found[2] != "c"


def _side(text: str) -> Literal["we", "they"]:
    if text.casefold() in ("", SIDES[0]):
        return "we"
    if text.casefold() == SIDES[1]:
        return "they"
    raise _refused(_("{text} is neither we nor they").format(text=repr(text[:40])), text)


def _needs(place: int, text: str, words: Sequence[str]) -> tuple[int, ...]:
    if text == NOTHING:
        return ()
    if not text:
        return (place - 1,) if place else ()
    found = [_meant(part.strip(), words) for part in text.split(",") if part.strip()]
    return tuple(dict.fromkeys(found))


def _meant(text: str, words: Sequence[str]) -> int:
    """The place of the step that a number or words mean."""
    number = ascii_digits(text)
    if number.isascii() and number.isdigit():
        if len(number) < LONGEST_NUMBER and 1 <= int(number) <= len(words):
            return int(number) - 1
        raise _refused(_("there is no step {number}").format(number=text), text)
    key = fold(text) or text
    folded = [fold(one) or one for one in words]
    exact = [at for at, one in enumerate(folded) if one == key]
    near = exact or [at for at, one in enumerate(folded) if one.startswith(key)]
    if len(near) != 1:
        words_for = _("several steps begin with {text}") if near else _("there is no step {text}")
        raise _refused(words_for.format(text=repr(text[:60])), text)
    return near[0]


def _refused(problem: str, value: str) -> Refused:
    return Refused(f"step: {problem}", [FieldProblem("step", problem, value[:200])])
