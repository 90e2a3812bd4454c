"""You said, we did: what a customer may read of what came of their words. A model of its own.

Nothing is taken away here: whatever is not named below cannot get out. It holds complaints and
comments of named people who are at the account now, the remedy a complaint was given, and the
results of improvements that are done. Notes among us, causes, reasons, scores, signals, and
anonymous answers have no place in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Said(NamedTuple):
    """Words of theirs with what was done: ``who`` said it on ``said_on`` (ISO text).

    ``done`` are the remedy and the results of improvements.
    """

    who: str
    said_on: str
    words: str
    done: tuple[str, ...]


class YouSaid(NamedTuple):
    """Everything that goes to the customer, the newest words first."""

    account: str
    as_of: str
    lines: tuple[Said, ...]


class SaidSource(NamedTuple):
    """A row of the book that may become a line: closed feedback of one person."""

    who: str | None
    said_on: str
    words: str | None
    remedy: str | None
    results: tuple[str, ...]


def you_said(account: str, as_of: str, sources: Iterable[SaidSource]) -> tuple[YouSaid, int]:
    """The model, and how many pieces of closed feedback have nothing to tell the customer."""
    lines: list[Said] = []
    silent = 0
    for one in sources:
        told = dict.fromkeys(text.strip() for text in (one.remedy or "", *one.results))
        done = tuple(text for text in told if text)
        words = (one.words or "").strip()
        if one.who and words and done:
            lines.append(Said(one.who, one.said_on, words, done))
        else:
            silent += 1
    return YouSaid(account, as_of, tuple(lines)), silent


def as_document(said: YouSaid) -> dict[str, Any]:
    """The model by its field names."""
    lines = [{**line._asdict(), "done": list(line.done)} for line in said.lines]
    return {"account": said.account, "as_of": said.as_of, "lines": lines}
