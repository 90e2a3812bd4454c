"""Follow-ups as lines under a note: we or they, what, promised, by when. Pure reading.

The text of the field is JSON: ``[[side, what, promised, by], ...]``. Written in one go, a line is
``they: order list by fri`` or ``promise: price list by 25 nov``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.dates import parse_day
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.text import fold, unstorable
from tui.dialogs.spec import Context, Named

WE, THEY = "we", "they"
SIDES = (WE, THEY)


@dataclass(frozen=True, slots=True)
class LineText:
    """One line as typed."""

    side: str = WE
    what: str = ""
    promised: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class LineRead:
    """One line read: what ``planner.use_cases.touchpoints.FollowUp`` takes, by the same names."""

    action: str
    side: str
    owner_id: int | None
    their_owner_id: int | None
    due_on: date | None
    promised: bool


def spread(line: LineText, read_day: Callable[[str], date]) -> LineText:
    """A line written in one go with its parts where they belong; what is no part stays a word."""
    what, side, promised, by = line.what.strip(), line.side, line.promised, line.by
    marks = {"we": WE, fold(_("we")): WE, "they": THEY, fold(_("they")): THEY}
    vows = {"promise", "promised", fold(_("promise")), fold(_("promised"))}
    while True:
        name, rest = named_at_start(what)
        key = fold(name)
        if not rest or not (key in marks or key in vows):
            break
        side, promised, what = marks.get(key, side), promised or key in vows, rest
    words = what.split()
    last = {"by", fold(_("by"))}
    for place in range(len(words) - 1, 0, -1):
        if by.strip() or fold(words[place]) not in last:
            continue
        day = " ".join(words[place + 1 :])
        if _is_day(day, read_day):
            what, by = " ".join(words[:place]), day
    return LineText(side, what, promised, by)


def _is_day(text: str, read_day: Callable[[str], date]) -> bool:
    try:
        read_day(text)
    except Refused:
        return False
    return True


def pack(lines: list[LineText]) -> str:
    """Lines as the text of a field; empty when there are none."""
    kept = [[one.side, one.what, one.promised, one.by] for one in lines if one.what.strip()]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def unpack(text: str) -> list[LineText]:
    """The lines in a text. Text of another kind is one line each, so that nothing is lost."""
    if not text.strip():
        return []
    try:
        found = json.loads(text)
        return [
            LineText(THEY if side == THEY else WE, str(what), bool(promised), str(by))
            for side, what, promised, by in found
        ]
    except (ValueError, TypeError):
        return [LineText(what=line) for line in text.splitlines() if line.strip()]


def read_lines(text: str, context: Context) -> tuple[LineRead, ...]:
    """The lines read. Raises ``Refused`` that names each line at fault."""
    problems: list[FieldProblem] = []
    read: list[LineRead] = []
    for number, line in enumerate(unpack(text), start=1):
        try:
            due = parse_day(line.by, context.today, past=False) if line.by.strip() else None
            _check_words(line.what)
        except Refused as error:
            words = _("line {number}: {problem}").format(number=number, problem=error)
            problems.append(FieldProblem("follow_ups", words, line.by))
            continue
        read.append(_with_owner(line, due, context))
    if problems:
        raise Refused("; ".join(problem.problem for problem in problems), problems)
    return tuple(read)


def _check_words(what: str) -> None:
    """Refuse words that no action holds."""
    from planner.entity import NAME_MAX

    if len(what) > NAME_MAX:
        raise Refused(_("it is longer than {max_length} characters").format(max_length=NAME_MAX))
    reason = unstorable(what)
    if reason is not None:
        raise Refused(reason)


def _with_owner(line: LineText, due: date | None, context: Context) -> LineRead:
    name, rest = named_at_start(line.what)
    known = context.people if line.side == THEY else context.colleagues
    one = _named(name, known)
    if one is None or not rest:
        return LineRead(line.what.strip(), line.side, None, None, due, line.promised)
    ours, theirs = (None, one.id) if line.side == THEY else (one.id, None)
    return LineRead(rest, line.side, ours, theirs, due, line.promised)


def named_at_start(what: str) -> tuple[str, str]:
    """``Maria: order list`` as (name, rest); the name is empty where nobody is named."""
    name, colon, rest = what.partition(":")
    return (name.strip(), rest.strip()) if colon else ("", what.strip())


def _named(name: str, known: tuple[Named, ...]) -> Named | None:
    """The one with this name or with this as a word of the name: a colon may mean nobody."""
    key = fold(name)
    exact = [one for one in known if fold(one.label) == key]
    words = [one for one in known if key and key in fold(one.label).split()]
    found = exact or words
    return found[0] if len(found) == 1 else None
