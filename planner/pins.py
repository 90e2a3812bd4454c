"""Pins: entries of an account's timeline that stay on top."""

from __future__ import annotations

from planner.entity import Entity, RowId
from planner.vocabulary import PinKind


class Pin(Entity):
    """One pinned entry, by the table that holds it and its id there."""

    account_id: int
    kind: PinKind
    row_id: RowId
