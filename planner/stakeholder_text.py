"""Stakeholders in text: org tree, influence by stance, roles and relationships, as lines.

Screens, commands and documents print the same lines. Widths are terminal cells; whatever has to
be known is in words or signs, never in colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planner.cell_width import clean, cut, fit, fold_words, width_of
from planner.language import gettext as _
from planner.language import ngettext
from planner.stakeholders import (
    INFLUENCE_ROWS,
    STANCE_COLUMNS,
    Branch,
    RoleState,
    Stakeholder,
    influence_by_stance,
    org_tree,
    role_coverage,
    threads,
    without_owner,
)
from planner.vocabulary_words import value_words

LEAST_WIDTH = 20
GRID_WIDTH = 72
"""From this width on influence by stance is a grid; under it a list of its filled cells."""
NAMES_IN_CELL = 4
_LABEL = 12


class Signs(NamedTuple):
    """What the lines are drawn with; each entry fills the same cells in both sets."""

    fork: str
    last_fork: str
    line: str
    gap: str
    more: str
    none: str
    good: str
    bad: str


LINES = Signs("├─ ", "└─ ", "│  ", "   ", "…", "·", "✓", "!")
ASCII = Signs("+- ", "`- ", "|  ", "   ", "~", ".", "+", "!")


def org_tree_lines(
    people: Iterable[Stakeholder], width: int, as_of: date, *, ascii_only: bool = False
) -> list[str]:
    """The reporting lines, a person a line of at most `width` cells.

    Behind the name stand, in words: that the person left and when, a boss who is not of this
    account, a circle in the data; then title, roles, influence and stance. A line deeper than half
    the width keeps its nearest levels and says its depth. Raises ValueError for a width under 20.
    """
    _check(width)
    branches = org_tree(people)
    if not branches:
        return [cut(_("There are no people yet."), width, ascii_only=ascii_only)]
    return [
        cut(
            branch_prefix(b, width // 2, ascii_only=ascii_only) + _told(b, as_of),
            width,
            ascii_only=ascii_only,
        )
        for b in branches
    ]


def influence_lines(
    people: Iterable[Stakeholder], width: int, as_of: date, *, ascii_only: bool = False
) -> list[str]:
    """Influence by stance with counts and names, in lines of at most `width` cells.

    A grid from 72 cells on: up to four names in a cell, then how many more, and totals below;
    a list of the filled cells with all names under it. Raises ValueError for a width under 20.
    """
    _check(width)
    grid = influence_by_stance(people, as_of)
    if not any(grid.values()):
        return [cut(_("There are no people yet."), width, ascii_only=ascii_only)]
    return _grid(grid, width, ascii_only) if width >= GRID_WIDTH else _list(grid, width)


def role_words(state: RoleState) -> str:
    """Whether a role is covered, by whom, since when, and what is missing, in words."""
    if not state.people:
        return _("not covered: nobody has this role")
    first = clean(state.people[0].name)
    if state.days_since is None:
        words = _("not covered: no two-way touch with {name} yet").format(name=first)
    elif state.covered:
        words = _("covered by {name}, {ago}").format(name=first, ago=_ago(state.days_since))
    else:
        words = ngettext(
            "not covered: {name}, {ago}, {count} day past the limit of {limit}",
            "not covered: {name}, {ago}, {count} days past the limit of {limit}",
            state.overdue_days or 0,
        ).format(
            name=first, ago=_ago(state.days_since), count=state.overdue_days, limit=state.limit
        )
    others = ", ".join(clean(person.name) for person in state.people[1:])
    return _("{words}; also {names}").format(words=words, names=others) if others else words


def role_lines(
    people: Sequence[Stakeholder], width: int, as_of: date, *, ascii_only: bool = False
) -> list[str]:
    """The five roles, each with a sign and its words, and how many are not covered.

    Lines of at most `width` cells. Raises ValueError for a width under 20.
    """
    _check(width)
    signs = ASCII if ascii_only else LINES
    states = role_coverage(people, as_of)
    lines: list[str] = []
    for state in states:
        told = _("{role}: {words}").format(role=value_words(state.role), words=role_words(state))
        lines += _hanging(signs.good if state.covered else signs.bad, told, width)
    gaps = sum(not state.covered for state in states)
    total = ngettext(
        "{count} of {all} roles is not covered.", "{count} of {all} roles are not covered.", gaps
    ).format(count=gaps, all=len(states))
    return lines + fold_words(total, width)


def relationship_lines(
    people: Sequence[Stakeholder], width: int, as_of: date, *, ascii_only: bool = False
) -> list[str]:
    """Whose relationship nobody owns, and how many people we really talk with.

    Lines of at most `width` cells. Raises ValueError for a width under 20.
    """
    _check(width)
    if all(person.has_left(as_of) for person in people):
        return fold_words(_("There are no people yet."), width)
    signs = ASCII if ascii_only else LINES
    unowned = [_with_influence(person) for person in without_owner(people, as_of)]
    owned = _("Every relationship has an owner of ours.")
    if unowned:
        owned = _("Nobody of ours owns the relationship with {names}.").format(
            names=", ".join(unowned)
        )
    threaded = threads(people, as_of)
    reached = {
        "none": _("Nobody had a two-way touch in 90 days."),
        "single": _("Single-threaded: one person had a two-way touch in 90 days."),
        "dual": _("Dual-threaded: not yet three people of two departments in 90 days."),
        "multi": _("Multi-threaded: three people or more of two departments in 90 days."),
    }[threaded]
    good = threaded in ("dual", "multi")
    return [
        *_hanging(signs.bad if unowned else signs.good, owned, width),
        *_hanging(signs.good if good else signs.bad, reached, width),
    ]


def stakeholder_map_lines(
    account: str,
    people: Sequence[Stakeholder],
    width: int,
    as_of: date,
    *,
    ascii_only: bool = False,
) -> list[str]:
    """All of it with a head: who reports to whom, influence, roles, relationships.

    Lines of at most `width` cells. Raises ValueError for a width under 20.
    """
    _check(width)
    head = _("Stakeholders of {account}, {day}").format(account=clean(account), day=as_of)
    lines = [cut(head, width, ascii_only=ascii_only)]
    for title, write in (
        (_("Who reports to whom"), org_tree_lines),
        (_("Influence by stance"), influence_lines),
        (_("Roles"), role_lines),
        (_("Relationships"), relationship_lines),
    ):
        lines += ["", title, *write(people, width, as_of, ascii_only=ascii_only)]
    return lines


def _check(width: int) -> None:
    if width < LEAST_WIDTH:
        raise ValueError("a line has at least 20 cells")


def _hanging(sign: str, text: str, width: int) -> list[str]:
    first, *rest = fold_words(text, width - 2)
    return [f"{sign} {first}", *(f"  {line}" for line in rest)]


def branch_prefix(branch: Branch, most: int, *, ascii_only: bool = False) -> str:
    """What is drawn before a name of the org tree, in about `most` cells; empty for a root."""
    signs = ASCII if ascii_only else LINES
    if not branch.depth:
        return ""
    *above, own = branch.last
    levels = [signs.gap if last else signs.line for last in above]
    levels.append(signs.last_fork if own else signs.fork)
    room = max(1, most // width_of(signs.gap) - 2)
    if len(levels) <= room:
        return "".join(levels)
    return f"{signs.more}{branch.depth} " + "".join(levels[-room:])


def branch_name(branch: Branch, as_of: date) -> str:
    """A name of the org tree; behind it that they left, a boss from elsewhere, a circle."""
    person = branch.person
    notes = []
    if person.has_left(as_of):
        notes.append(_("left {day}").format(day=person.left_on))
    if branch.outside and person.reports_to_name:
        notes.append(
            _("reports to {name}, not of this account").format(name=clean(person.reports_to_name))
        )
    elif branch.outside:
        notes.append(_("reports to somebody not of this account"))
    if branch.circle is not None:
        notes.append(_("a circle: reports to {name}").format(name=clean(branch.circle.name)))
    return clean(person.name) + "".join(f" ({note})" for note in notes)


def _told(branch: Branch, as_of: date) -> str:
    person, name = branch.person, branch_name(branch, as_of)
    return ", ".join(part for part in (name, clean(person.title), *_part_played(person)) if part)


def _part_played(person: Stakeholder) -> list[str]:
    parts = [value_words(role) for role in person.roles]
    if person.influence is not None:
        parts.append(_("influence {level}").format(level=person.influence))
    if person.stance:
        parts.append(value_words(person.stance))
    return parts


def _with_influence(person: Stakeholder) -> str:
    if person.influence is None:
        return clean(person.name)
    return _("{name} (influence {level})").format(name=clean(person.name), level=person.influence)


def _influence(level: int | None) -> str:
    if level is None:
        return _("unknown")
    return _("influence {level}").format(level=level)


def _ago(days: int) -> str:
    if days == 0:
        return _("today")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def _grid(
    grid: dict[tuple[int | None, str], tuple[Stakeholder, ...]], width: int, ascii_only: bool
) -> list[str]:
    cells = (width - _LABEL) // len(STANCE_COLUMNS)

    def line(label: str, texts: Iterable[str]) -> str:
        shown = [fit(text, cells - 1, ascii_only=ascii_only) for text in texts]
        return " ".join((fit(label, _LABEL - 1, ascii_only=ascii_only), *shown)).rstrip()

    none = (ASCII if ascii_only else LINES).none
    lines = [line("", map(value_words, STANCE_COLUMNS))]
    for level in INFLUENCE_ROWS:
        found = [grid[level, stance] for stance in STANCE_COLUMNS]
        lines.append(line(_influence(level), (str(len(here) or none) for here in found)))
        columns = [_names(here) for here in found]
        lines += [
            line("", (names[row] if row < len(names) else "" for names in columns))
            for row in range(max(map(len, columns)))
        ]
    totals = (
        str(sum(len(grid[level, stance]) for level in INFLUENCE_ROWS)) for stance in STANCE_COLUMNS
    )
    return [*lines, line(_("total"), totals)]


def _names(people: Sequence[Stakeholder]) -> list[str]:
    names = [person.name for person in people]
    if len(names) <= NAMES_IN_CELL:
        return names
    more = len(names) - NAMES_IN_CELL + 1
    return [*names[: NAMES_IN_CELL - 1], _("{count} more").format(count=more)]


def _list(grid: dict[tuple[int | None, str], tuple[Stakeholder, ...]], width: int) -> list[str]:
    lines: list[str] = []
    for (level, stance), people in grid.items():
        if not people:
            continue
        head = _("{influence}, {stance}: {count}").format(
            influence=_("influence unknown") if level is None else _influence(level),
            stance=_("stance unknown") if stance == "unknown" else value_words(stance),
            count=len(people),
        )
        names = ", ".join(clean(person.name) for person in people)
        lines += fold_words(head, width)
        lines += [f"  {line}" for line in fold_words(names, width - 2)]
    return lines
