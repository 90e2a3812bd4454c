"""One call of every use case about entries of the timeline on the filled book."""

from __future__ import annotations

from planner.use_cases import entries
from tests.db.use_case_cases import Call, call
from tests.makers import World


def entry_cases(w: World) -> tuple[Call, ...]:
    """The calls; the touchpoint of the filled book is pinned."""
    return (
        call(entries.pin_entry, w.account, "complaint", w.complaint),
        call(entries.unpin_entry, w.account, "touchpoint", w.touchpoint),
        call(entries.archive_touchpoint, w.touchpoint),
    )
