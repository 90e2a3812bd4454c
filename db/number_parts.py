"""Parts of an account's numbers from its rows: people, complaints, pulses, sections, revenue.

Rows are tuples in the order of the columns that ``db.account_numbers`` asks for. What each part
means is said by its sister in ``planner.health.kept``, which makes the same of facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from planner.health.kept import KEY_ROLES, Complaints
from planner.health.points import ROLES, SEVERITY_BURDEN, STANCE_POINTS, Open, Resolved
from planner.readiness_kept import KeptSections, weighted

Row = Sequence[Any]
Rows = Sequence[Row]
ROLE_INDEX = {role: index for index, role in enumerate(ROLES)}
KEY_INDEXES = frozenset(ROLE_INDEX[role] for role in KEY_ROLES)
NOBODY = (None,) * len(ROLES)


@lru_cache(maxsize=20_000)
def ordinal_of(day: str) -> int:
    """A day's number."""
    return date.fromisoformat(day).toordinal()


@lru_cache(maxsize=20_000)
def maybe(day: str | None) -> int | None:
    """A day's number, None stays None."""
    return None if day is None else date.fromisoformat(day).toordinal()


@lru_cache(maxsize=256)
def role_indexes(text: str) -> tuple[int, ...]:
    """The indexes of the roles in a stored list; few lists differ."""
    return tuple(ROLE_INDEX[role] for role in json.loads(text) if role in ROLE_INDEX)


def people_part(
    people: Rows, as_of: str, coming: list[str]
) -> tuple[tuple[int | None, ...], tuple[float, float], tuple[int, ...]]:
    """The newest touch of an active holder of each role, the stances, who left unreplaced.

    Days on which somebody will leave are added to ``coming``.
    """
    if not people:
        return NOBODY, (0.0, 0.0), ()
    newest: list[str | None] = [None] * len(ROLES)
    weighted_sum = influences = 0.0
    leavers = False
    for _account, roles, influence, stance, left_on, _edited, last_on in people:
        if left_on is not None and left_on <= as_of:
            leavers = True
            continue
        if left_on is not None:
            coming.append(left_on)
        if last_on is not None:
            for index in role_indexes(roles):
                known = newest[index]
                if known is None or last_on > known:
                    newest[index] = last_on
        if stance is not None:
            influence = influence or 1
            influences += influence
            weighted_sum += influence * STANCE_POINTS[stance]
    touched = tuple(None if day is None else ordinal_of(day) for day in newest)
    return touched, (weighted_sum, influences), _gone(people, as_of) if leavers else ()


def _gone(people: Rows, as_of: str) -> tuple[int, ...]:
    """The days on which holders of a key role left who were not replaced.

    See ``planner.health.kept.is_replaced``, which says when somebody is.
    """
    found: dict[int, None] = {}
    for leaver in people:
        left_on = leaver[4]
        if left_on is None or left_on > as_of:
            continue
        for role in KEY_INDEXES.intersection(role_indexes(leaver[1])):
            replaced = any(
                one is not leaver
                and one[6] is not None
                and one[6] >= left_on
                and (one[4] is None or one[4] > left_on)
                and role in role_indexes(one[1])
                for one in people
            )
            if not replaced:
                found[ordinal_of(left_on)] = None
    return tuple(found)


NO_COMPLAINTS = Complaints((), (), None)


def complaints_part(
    complaints: Rows, as_of: str, moment: str, coming: list[str]
) -> tuple[Complaints, list[Row], bool]:
    """What complaints take from the score, those that still wait for a solution, and whether a
    clock was stopped at a later moment than this one.

    Later days of a solution are added to ``coming``.
    """
    if not complaints:
        return NO_COMPLAINTS, [], False
    opened: list[Open] = []
    resolved: list[Resolved] = []
    waiting: list[Row] = []
    heard, later = "", False
    for row in complaints:
        severity, opened_on, resolved_on = row[3], row[5], row[6]
        if opened_on > heard:
            heard = opened_on
        if (row[14] or "") > moment or (row[12] or "") > moment or (row[10] or "") > moment:
            later = True
        if resolved_on is not None and resolved_on <= as_of:
            resolved.append((SEVERITY_BURDEN[severity], ordinal_of(resolved_on), bool(row[7])))
            if resolved_on > heard:
                heard = resolved_on
            continue
        if resolved_on is not None:
            coming.append(resolved_on)
        late, late_from = _clocks(row, moment)
        opened.append((SEVERITY_BURDEN[severity], late, late_from, severity == "critical"))
        waiting.append(row)
    burdens = Complaints(tuple(opened), tuple(resolved), ordinal_of(heard))
    return burdens, waiting, later


def _clocks(row: Row, moment: str) -> tuple[bool, str | None]:
    """Whether a clock was ever late, and when the first that runs will be.

    As ``db.complaint_clocks.breached`` and ``late_from``.
    """
    late, late_from = False, None
    held = row[8]
    for at in (9, 11, 13):
        limit, met = row[at], row[at + 1]
        if limit is None:
            continue
        stopped = met if met and met <= moment else held
        if (stopped or moment) > limit:
            late = True
        if not stopped and (late_from is None or limit < late_from):
            late_from = limit
    return late, late_from


def running_clock(row: Row) -> str | None:
    """The next clock of an open complaint (a row of ``COMPLAINTS``) that runs (UTC text)."""
    if row[8]:
        return None
    running: list[str] = [row[at] for at in (9, 11, 13) if row[at] and not row[at + 1]]
    return min(running, default=None)


_BY_DAY_AND_ID = itemgetter(4, 1)


def pulses_part(pulses: Rows) -> tuple[tuple[int, int], ...]:
    """The newest pulse of each function, in the order of the oldest of each."""
    newest: dict[str, tuple[str, int, int]] = {}
    for _account, pulse_id, function, score, given_on in sorted(pulses, key=_BY_DAY_AND_ID):
        newest[function] = (given_on, pulse_id, score)
    return tuple((score, ordinal_of(given)) for given, _id, score in newest.values())


def sections_part(
    size: str,
    objectives: Rows,
    people: Rows,
    actions: Rows,
    renewal: dict[str, Any] | None,
    held: Rows,
) -> KeptSections:
    """How full and of when the weighted sections are (planner.plan_sections says of what)."""
    complete = {
        "goals": _filled(3, [1 + (one[6] is not None) + one[7] for one in objectives]),
        "stakeholders": _filled(1, [one[1] != "[]" for one in people]),
        "actions": _filled(
            4, [1 + (one[4] is not None) + (one[3] is not None) + bool(one[7]) for one in actions]
        ),
    }
    edited: dict[str, str] = {}
    if objectives:
        edited["goals"] = max([row[8] for row in objectives])
    if people:
        edited["stakeholders"] = max([row[5] for row in people])
    if actions:
        edited["actions"] = max([row[8] for row in actions])
    if renewal is not None:
        said = (renewal["forecast"] != "unknown") + (renewal["end_on"] is not None)
        complete["renewal"] = said / 2
        edited["renewal"] = renewal["touched_on"]
    for _account, section, count, qbrs, day in held:
        if section == "contact_plan":
            complete[section] = max(complete.get(section, 0.0), 1.0 if qbrs else 0.0)
        elif count:
            complete[section] = 1.0
        if day and day > edited.get(section, ""):
            edited[section] = day
    names = weighted(size)
    return KeptSections(
        size,
        tuple([complete.get(name, 0.0) for name in names]),
        tuple([maybe(edited.get(name)) for name in names]),
    )


def _filled(stars: int, rows: list[int]) -> float:
    return min(1.0, sum(rows) / (len(rows) * stars)) if rows else 0.0


def active_arr(
    contracts: Iterable[dict[str, Any]], day: str, currency: str
) -> tuple[int | None, int]:
    """A year's revenue in minor units of the book's currency, and how many contracts are in others.

    Counts active contracts that began and did not end; one past its end counts while its renewal
    is undecided. None when no contract counts.
    """
    total: int | None = None
    foreign = 0
    for row in contracts:
        if row["status"] != "active" or (row["start_on"] is not None and row["start_on"] > day):
            continue
        if row["end_on"] is not None and row["end_on"] < day and row["decided_on"] is not None:
            continue
        if row["currency"] == currency:
            total = (total or 0) + row["arr_minor"]
        else:
            foreign += 1
    return total, foreign
