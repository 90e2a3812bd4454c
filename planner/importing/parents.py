"""Parents named in a file: they may stand later in it, be in the book, or be wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.importing.accounts import AccountRecord
from planner.importing.problems import Problem
from planner.language import gettext as _
from planner.text import name_key


@dataclass(frozen=True, slots=True)
class ParentLinks:
    """``order`` has every record, parents before their children.

    ``in_file`` is the child's line to the parent's record; ``in_book`` the child's line to the
    parent's name or external id as written, to be looked up in the book. Children in neither keep
    no parent from this file; if one was named, ``problems`` says why.
    """

    order: tuple[AccountRecord, ...]
    in_file: Mapping[int, AccountRecord]
    in_book: Mapping[int, str]
    problems: tuple[Problem, ...]


def link_parents(
    records: Sequence[AccountRecord],
    in_book: Callable[[str], bool],
    column: str = "parent",
) -> ParentLinks:
    """Find each record's parent: by external id in the file, by folded name there, in the book.

    Every record of a circle loses its parent. ``column`` is what problems call the column.
    """
    by_id = {str(r.values["external_id"]): r for r in records if "external_id" in r.values}
    by_name: dict[str, AccountRecord] = {}
    for record in records:
        by_name.setdefault(name_key(str(record.values["name"])), record)
    in_file: dict[int, AccountRecord] = {}
    looked_up: dict[int, str] = {}
    problems: list[Problem] = []
    for record in records:
        if "parent" not in record.values:
            continue
        wanted = str(record.values["parent"])
        parent = by_id.get(wanted.strip()) or by_name.get(name_key(wanted))
        if parent is not None:
            in_file[record.line] = parent
        elif in_book(wanted):
            looked_up[record.line] = wanted
        else:
            said = _("no account is called {name}; the parent stays empty").format(name=wanted)
            problems.append(Problem(record.line, column, wanted, said, True))
    for circle in _circles(records, in_file):
        names = " → ".join(str(r.values["name"]) for r in (*circle, circle[0]))
        said = _("its parents run in a circle ({names}); the parent stays empty")
        for record in circle:
            del in_file[record.line]
            wanted = str(record.values["parent"])
            words = said.format(names=names)
            problems.append(Problem(record.line, column, wanted, words, True))
    problems.sort(key=lambda problem: problem.line)
    return ParentLinks(_parents_first(records, in_file), in_file, looked_up, tuple(problems))


def _circles(
    records: Sequence[AccountRecord], parents: Mapping[int, AccountRecord]
) -> list[list[AccountRecord]]:
    """The circles among the links; each record has one parent at most, so they never share one."""
    done: set[int] = set()
    circles: list[list[AccountRecord]] = []
    for record in records:
        path: dict[int, int] = {}
        walked: list[AccountRecord] = []
        current: AccountRecord | None = record
        while current is not None and current.line not in done and current.line not in path:
            path[current.line] = len(walked)
            walked.append(current)
            current = parents.get(current.line)
        if current is not None and current.line in path:
            circles.append(walked[path[current.line] :])
        done.update(path)
    return circles


def _parents_first(
    records: Sequence[AccountRecord], parents: Mapping[int, AccountRecord]
) -> tuple[AccountRecord, ...]:
    ordered: dict[int, AccountRecord] = {}
    for record in records:
        above: list[AccountRecord] = []
        current: AccountRecord | None = record
        while current is not None and current.line not in ordered:
            above.append(current)
            current = parents.get(current.line)
        ordered.update((one.line, one) for one in reversed(above))
    return tuple(ordered.values())
