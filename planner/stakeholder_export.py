"""The org tree for other programs: Mermaid (``graph TD``) and DOT (Graphviz).

Names are data: whatever they hold, they cannot end a label, add a line, a link or a style.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planner.language import gettext as _
from planner.stakeholders import Branch, Stakeholder, org_tree
from planner.text import visible
from planner.vocabulary_words import value_words

_MERMAID_ACTS = frozenset("ﬂ¶")
"""Mermaid marks its own entities with these while it reads."""
_DOT_SIGNS = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})


class _Edge(NamedTuple):
    """From a boss to who reports to them; ``circle``: it closes a circle in the data."""

    boss: str
    report: str
    circle: bool


def label_lines(person: Stakeholder, as_of: date) -> list[str]:
    """What a box says of a person, a text for each line: name, title, roles, standing, departure.

    Lines without anything to say are left out; no name is "somebody". Signs that act are made
    visible.
    """
    standing = [_("influence {level}").format(level=person.influence)] if person.influence else []
    if person.stance:
        standing.append(value_words(person.stance))
    left = _("left {day}").format(day=person.left_on) if person.has_left(as_of) else ""
    roles = ", ".join(value_words(role) for role in person.roles)
    rest = (person.title, roles, ", ".join(standing), left)
    name = person.name or _("somebody")
    return [visible(name), *(visible(line) for line in rest if line)]


def mermaid(people: Iterable[Stakeholder], as_of: date) -> str:
    """The org tree as a Mermaid flowchart, bosses above.

    Boxes have the ids p1, p2 and so on by person id, boss1 for a boss who is not of this account.
    Of a label every ASCII sign but letters, digits, space and comma is an entity (``#34;``): a
    colon would let it be taken for a style, a hyphen for a list. ``<br/>`` parts its lines. The
    line that closes a circle in the data is dotted. People who left have a dashed box and say so.
    """
    branches = org_tree(people)
    lines = ["graph TD"]
    for name, label, gone in _boxes(branches, as_of):
        told = "<br/>".join("".join(map(_mermaid_sign, line)) for line in label)
        lines.append(f'    {name}["{told}"]' + (":::gone" if gone else ""))
    lines += [
        f"    {edge.boss} {'-.->' if edge.circle else '-->'} {edge.report}"
        for edge in _edges(branches)
    ]
    lines.append("    classDef gone stroke-dasharray: 4 4")
    return "\n".join(lines) + "\n"


def dot(people: Iterable[Stakeholder], as_of: date) -> str:
    """The org tree as a Graphviz digraph, bosses above.

    Boxes and lines as in `mermaid`. In a label quotes and backslashes are escaped, an ampersand is
    ``&amp;`` (Graphviz reads entities), ``\\n`` parts its lines.
    """
    branches = org_tree(people)
    lines = ["digraph stakeholders {", "    rankdir=TB;", "    node [shape=box];"]
    for name, label, gone in _boxes(branches, as_of):
        told = "\\n".join(line.translate(_DOT_SIGNS) for line in label)
        lines.append(f'    {name} [label="{told}"' + (", style=dashed];" if gone else "];"))
    lines += [
        f"    {edge.boss} -> {edge.report}" + (" [style=dotted];" if edge.circle else ";")
        for edge in _edges(branches)
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _boxes(branches: Sequence[Branch], as_of: date) -> list[tuple[str, list[str], bool]]:
    """Every box as id, lines of its label and whether the person left."""
    boxes = [
        (f"p{b.person.id}", label_lines(b.person, as_of), b.person.has_left(as_of))
        for b in branches
    ]
    outside = {b.person.reports_to_id: b.person.reports_to_name for b in branches if b.outside}
    nobody = _("somebody")
    return boxes + [
        (f"boss{one}", [visible(name or nobody), _("not of this account")], False)
        for one, name in outside.items()
    ]


def _edges(branches: Sequence[Branch]) -> list[_Edge]:
    return [
        _Edge(
            f"{'boss' if b.outside else 'p'}{b.person.reports_to_id}",
            f"p{b.person.id}",
            b.circle is not None,
        )
        for b in branches
        if b.person.reports_to_id is not None
    ]


def _mermaid_sign(character: str) -> str:
    if character in _MERMAID_ACTS or (character.isascii() and not _is_plain(character)):
        return f"#{ord(character)};"
    return character


def _is_plain(character: str) -> bool:
    return character.isalnum() or character in " ,"
