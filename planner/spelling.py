"""The nearest known word, for messages that say what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from planner.language import gettext as _
from planner.text import fold

NEAR_ENOUGH = 0.6
LONGEST_WORD = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word`` after folding, or None when nothing is near.

    A proposal for a sentence only: nothing acts on it.
    """
    from difflib import get_close_matches

    folded = {fold(one): one for one in known}
    found = get_close_matches(fold(word[:LONGEST_WORD]), list(folded), n=1, cutoff=NEAR_ENOUGH)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question "Did you mean X?" with a leading space, or nothing."""
    near = nearest(word, known)
    return " " + _("Did you mean {word}?").format(word=near) if near else ""
