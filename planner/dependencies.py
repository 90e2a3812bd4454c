"""What needs what: cycles refused in words, order in which things can be done.

A graph is a mapping from an id to the ids it needs. Nothing here recurses: chains may be long.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.text import visible

DEPENDS = "depends"
"""The field at fault, as ``planner.entity.spoken_name`` says ``depends_on``."""

Needs = Mapping[int, Sequence[int]]


def check_dependencies(names: Mapping[int, str], needs: Needs) -> None:
    """Refuse what cannot be done in any order.

    ``names``: id to words, of everything there is. ``needs``: id to the ids it depends on.
    Raises ``Refused`` (field ``depends``) for an id that is not among the names, for what depends
    on itself, and for a cycle, which is told in words: "A needs B needs A".
    """
    for one, others in needs.items():
        for other in others:
            if other == one:
                raise _refused(_("it cannot depend on itself"), names.get(one, str(one)))
            if other not in names:
                raise _refused(_("there is no action {number}").format(number=other), str(other))
    cycle = find_cycle(needs)
    if cycle:
        around = told_cycle([names[one] for one in cycle])
        raise _refused(_("this is a circle: {circle}").format(circle=around), names[cycle[0]])


def told_cycle(names: Sequence[str]) -> str:
    """A cycle in words, from its first back to its first: "A needs B needs A"."""
    shown = [visible(name) for name in (*names, *names[:1])]
    told = shown[0]
    for name in shown[1:]:
        told = _("{one} needs {other}").format(one=told, other=name)
    return told


def find_cycle(needs: Needs) -> tuple[int, ...]:
    """The ids of one cycle, each needing the next and the last the first; empty without one.

    Ids that are needed and have no entry need nothing.
    """
    done: set[int] = set()
    for start in needs:
        path: dict[int, Iterator[int]] = {}
        if start not in done:
            path[start] = iter(needs[start])
        while path:
            one, waiting = next(reversed(path.items()))
            other = next(waiting, None)
            if other is None:
                done.add(one)
                del path[one]
            elif other in path:
                around = list(path)
                return tuple(around[around.index(other) :])
            elif other not in done:
                path[other] = iter(needs.get(other, ()))
    return ()


def in_order(needs: Needs, rank: Mapping[int, Any]) -> list[int]:
    """The ids of ``needs``, each after what it needs, otherwise by ``rank`` (any sortable value).

    Needed ids without an entry are passed over. Of a cycle, which only data from elsewhere can
    hold, the lowest in rank comes first: every id is given once whatever the data.
    """
    left = {one: set(others) & needs.keys() - {one} for one, others in needs.items()}
    needed_by: dict[int, list[int]] = {one: [] for one in needs}
    for one, others in left.items():
        for other in others:
            needed_by[other].append(one)
    free = [(rank[one], one) for one, others in left.items() if not others]
    heapq.heapify(free)
    stuck = sorted(((rank[one], one) for one in left), reverse=True)
    ordered: dict[int, None] = {}
    while len(ordered) < len(left):
        one = heapq.heappop(free)[1] if free else stuck.pop()[1]
        if one in ordered:
            continue
        ordered[one] = None
        for other in needed_by[one]:
            left[other].discard(one)
            if not left[other] and other not in ordered:
                heapq.heappush(free, (rank[other], other))
    return list(ordered)


def _refused(problem: str, value: str) -> Refused:
    return Refused(f"{DEPENDS}: {problem}", [FieldProblem(DEPENDS, problem, value)])
