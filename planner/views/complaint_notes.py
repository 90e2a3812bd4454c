"""Lines under a complaint, as they are shown. Moments are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class ComplaintNoteRow(NamedTuple):
    """One line; ``told``: the customer was told it, ``person`` whom."""

    id: int
    told: bool
    note: str
    colleague: str | None
    person: str | None
    noted_at: str
    noted_on: str
    date_only: bool
