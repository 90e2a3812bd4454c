"""Who acts and what came of it. Apart from the protocols: every start loads this file."""

from __future__ import annotations

from typing import Any, NamedTuple


class Actor(NamedTuple):
    """Who acts: a name that the audit keeps, and the colleague it belongs to, if known."""

    name: str
    colleague_id: int | None = None
    function: str | None = None


class Done(NamedTuple):
    """What a use case did: its record or result, the change that ``undo`` takes back, the words.

    ``change_id`` is None when nothing needed to change, and where the change ``waits`` on this
    machine until the server can be reached.
    """

    result: Any
    change_id: int | None
    summary: str
    merged: tuple[str, ...] = ()
    waits: bool = False
