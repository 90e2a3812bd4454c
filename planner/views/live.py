"""What somebody saved, as a screen that is open hears of it."""

from __future__ import annotations

from typing import NamedTuple


class ChangeNote(NamedTuple):
    """One change: its id, who, when (UTC text), what in words, the accounts it touched and the
    ids of the records it wrote."""

    change_id: int
    actor: str
    at: str
    summary: str
    account_ids: frozenset[int]
    row_ids: frozenset[int] = frozenset()


class Place(NamedTuple):
    """Where somebody is in the changes of a book: all that was committed before is known.

    ``mark`` is the newest change of a file, or the oldest transaction that was open on a server;
    ``taken`` are the changes at or after that mark that are known all the same; ids up to
    ``floor`` are old, whatever their transactions are called.
    """

    on_server: bool
    mark: int
    taken: frozenset[int] = frozenset()
    floor: int = 0
