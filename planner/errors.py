"""The errors people may see. Each carries one or two plain sentences and no traceback.

The command line maps them to exit codes: 1 refused, 3 the book cannot be opened,
4 somebody else changed it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class FieldProblem(NamedTuple):
    """What is wrong with one field: its name, the problem in words, what was typed."""

    field: str
    problem: str
    value: str = ""


class FieldConflict(NamedTuple):
    """One field that two people changed: what it was, what the other wrote, what I wrote.

    ``who`` wrote theirs and ``when`` (UTC text); empty where that is not on record.
    """

    field: str
    was: object
    theirs: object
    mine: object
    who: str = ""
    when: str = ""


class TrustplanError(Exception):
    """Base of every error with a sentence for people."""

    exit_code = 1


class Refused(TrustplanError):
    """The input cannot be accepted; nothing was written."""

    def __init__(self, message: str, problems: Sequence[FieldProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class NotFound(Refused):
    """Nothing in the book answers to this name or id."""


class Ambiguous(Refused):
    """A name fits several records; ``candidates`` are their names with what tells them apart."""

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class Conflict(TrustplanError):
    """Somebody else saved first; nothing was written. ``archived``: they took the record away."""

    exit_code = 4

    def __init__(
        self,
        message: str,
        fields: Sequence[FieldConflict] = (),
        who: str = "",
        when: str = "",
        *,
        archived: bool = False,
    ) -> None:
        super().__init__(message)
        self.fields = tuple(fields)
        self.who = who
        self.when = when
        self.archived = archived


class BookUnavailable(TrustplanError):
    """The book cannot be opened, or not for writing; the sentence says why and what to do."""

    exit_code = 3


class Offline(BookUnavailable):
    """The line to the server is cut or it cannot be reached; nothing was saved."""


class SaveUnknown(Offline):
    """The line was cut before the server said whether it kept what was being saved."""
