"""Which complaints may have one cause, by their words. It proposes; a person decides. Pure."""

from __future__ import annotations

from typing import NamedTuple

from planner.text import search_words

LEAST = 60
"""From this likeness (0 to 100) on a complaint is proposed; not calibrated."""
MOST_SHOWN = 10
LONGEST = 2_000
"""So many characters of a text are compared."""
WORDS_ASKED = 6
SHORTEST_WORD = 4
LEAST_COMMON = 2
"""Words both titles have to share before their order is left aside."""


class CauseText(NamedTuple):
    """What a complaint says: its title and its detail, as stored."""

    title: str
    detail: str


def likeness(one: CauseText, other: CauseText) -> int:
    """How alike two complaints are, 0 to 100: by their titles or by all their words.

    The better of rapidfuzz's ratio of the sorted words of the titles and, where the titles share
    two words, of that of the shared words of everything, nine tenths of it.
    """
    from rapidfuzz import fuzz

    title, other_title = search_words(one.title[:LONGEST]), search_words(other.title[:LONGEST])
    score = fuzz.token_sort_ratio(title, other_title)
    if len(set(title.split()) & set(other_title.split())) >= LEAST_COMMON:
        whole, other_whole = (
            search_words(f"{each.title[:LONGEST]} {each.detail[:LONGEST]}") for each in (one, other)
        )
        score = max(score, 0.9 * fuzz.token_set_ratio(whole, other_whole))
    return int(score)


def asked_words(title: str) -> list[str]:
    """The words of a title by which others are looked up: the longest, a bounded number."""
    words = dict.fromkeys(search_words(title[:LONGEST]).split())
    longest = sorted((word for word in words if len(word) >= SHORTEST_WORD), key=len, reverse=True)
    return longest[:WORDS_ASKED] or list(words)[:1]
