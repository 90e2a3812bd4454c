"""One owner on each side: several in one name are refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.text import fold

_LISTED = re.compile(r"[,;\n]")
_JOINED = re.compile(r"\s+(?:[&+/]|and)\s+", re.IGNORECASE)


def check_one_owner(field: str, text: str, known: Iterable[str]) -> None:
    """Refuse a text that names several owners of one side.

    ``known``: names that the text may mean; one of them is one owner whatever it holds. A list with
    commas names several. "Ann and Bob", "Ann & Bob" do when each is known: "Sales and Marketing" or
    "R&D" are one. Raises ``Refused`` with the field.
    """
    names = {fold(name) for name in known}
    if fold(text) in names:
        return
    listed = [part for part in _LISTED.split(text) if part.strip()]
    joined = [part for part in _JOINED.split(text) if part.strip()]
    if len(listed) > 1 or (len(joined) > 1 and all(fold(part) in names for part in joined)):
        raise two_owners(field, text)


def two_owners(field: str, text: str) -> Refused:
    """The refusal of a second owner on one side."""
    problem = _("there is one owner on each side, and {text} are several").format(
        text=repr(text[:80])
    )
    return Refused(f"{field}: {problem}", [FieldProblem(field, problem, text[:200])])
